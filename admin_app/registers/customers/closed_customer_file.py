"""Files of signed customers, due to the general service department for filing."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Area,
    Code,
    Day,
    IdentityNumber,
    LongText,
    Moment,
    Money,
    Phone,
    ShortText,
    YesNo,
    after,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import (
    heads_manage,
    information_keeps,
    keeper_reads,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...grants.customers import deals_confirmed
from ...models import Register


class ClosedCustomerFile(
    Register,
    title="客户档案表",
    key="closed_on customer_id contract_number",
    list="closed_on customer_id deal_kind unit_name amount contract_number owner_id filed_on late",
    level=2,
    scope="store department owner",
    grants=own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | deals_confirmed
    | keeper_reads
    | information_keeps
    | supervision,
    parties="closed_on customer_id deal_kind unit_name contract_number owner_id filed_on",
):
    """One deal of one signed customer; handed in late it costs points (R-CUST-12, R-ARCH-07/11). 003 篇十二 附件1."""

    due = "due_on until sent_at"
    late_costs = "due_on of owner_id in sent_at filed_on"
    ends_with = "filed_on"
    filled_after_judging = "reported_on"

    __table_args__ = (
        between("amount", 0),
        in_order("closed_on", "filed_on"),
    )

    customer_id: Mapped[int] = link(
        "客户",
        also="客户姓名 客户名称",
        to="customer",
        belongs=True,
        filter=True,
        section="成交",
        place="003 篇十二 附件1",
    )
    owner_id: Mapped[int | None] = person("客户经理", also="招商经理", filter=True, place="003 篇十二 附件1")
    deal_kind: Mapped[Code] = choice("成交类型", also="类型", codes="deal_kind", filter=True, place="003 篇十二 附件1")
    closed_on: Mapped[Day] = field(
        "成交日期", also="成交日 日期 签约日期", filter=True, today=True, place="003 篇十二 附件1"
    )
    unit_name: Mapped[ShortText | None] = field("物业", also="房号 项目", search=True, place="003 篇十二 附件1")
    area: Mapped[Area | None] = field("面积（㎡）", also="面积", filter=True, place="+")
    amount: Mapped[Money] = field("金额（元）", also="成交金额 合同金额", filter=True, place="003 篇十二 附件1")
    contract_number: Mapped[ShortText | None] = field("合同号", also="合同编号", search=True, place="003 篇十二 附件1")
    lease_from_on: Mapped[Day | None] = field("租期起", place="+")
    lease_until_on: Mapped[Day | None] = field("租期止", filter=True, place="+")
    payment: Mapped[Code | None] = choice(
        "付款方式", also="付款", codes="deal_payment", filter=True, section="付款", place="003 篇十二 附件1"
    )
    paid: Mapped[Money | None] = field("已付金额（元）", also="已付", filter=True, place="+")
    payment_note: Mapped[LongText | None] = field("付款情况", place="003 篇十二 附件1")
    contact: Mapped[ShortText | None] = field("联系人", search=True, section="客户", place="003 篇三")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="003 篇三")
    identity_number: Mapped[IdentityNumber | None] = field("身份证号", mask=True, place="+")
    address: Mapped[ShortText | None] = field("通讯地址", also="地址", mask=True, place="+")
    website: Mapped[ShortText | None] = field("网址", place="003 篇三")
    credit_note: Mapped[LongText | None] = field("信用状况描述", also="信用状况", level=3, place="003 篇三")
    dealings: Mapped[LongText | None] = field("以往交易记录", also="交易记录", place="003 篇三")
    satisfaction: Mapped[LongText | None] = field("意见与满意度记录", also="满意度", place="003 篇三")
    confirmed_by_id: Mapped[int | None] = sign(
        "销售总监确认", signed_with="approve", roles="sales_manager general_manager", place="003 篇三 4.1.2"
    )
    sent_at: Mapped[Moment | None] = field(
        "上交时间", also="发送时间", filter=True, section="归档", place="003 篇十二 3.2.4"
    )
    due_on: Mapped[Day | None] = field("应交日期", computed=True, filter=True, place="R-CUST-12")
    late: Mapped[YesNo | None] = field("迟交", computed=True, filter=True, place="003 篇十二 4.1")
    filed_on: Mapped[Day | None] = field("归档日期", also="归档日", filter=True, place="003 篇十二 3.2.4")
    filed_by_id: Mapped[int | None] = person("归档人", filter=True, place="003 篇十二 3.2.4")
    archive_file_id: Mapped[int | None] = link("案卷", to="archive_file", place="R-ARCH-11")
    keep_until_on: Mapped[Day | None] = field(
        "保管到期", reckoned=after("closed_on", months=120), filter=True, place="003 篇十二 3.2.8 ?保管期限十年"
    )
    reported_on: Mapped[Day | None] = field("报备日期（总经办）", filter=True, place="000 信息整理")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

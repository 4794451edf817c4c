"""Partners: firms whose terms the member card carries."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Attachment, Code, Day, LongText, Percentage, Phone, ShortText, YesNo, choice, field, person
from ...grants.customers import partners_kept, partners_looked_up
from ...models import Register


class Partner(
    Register,
    title="合作伙伴资源",
    key="name kind",
    list="since_on name kind contact phone discount valid_until_on state",
    level=1,
    grants=partners_looked_up | partners_kept,
    parties="name kind since_on discount state",
):
    """One partner with what it gives members and what it gets (R-MEMB-01). 004 工作方向3, 5.4."""

    ends_with = "state: ended"

    __table_args__ = (
        in_order("since_on", "valid_until_on"),
        between("discount_rate", 0, 100),
    )

    name: Mapped[ShortText] = field(
        "合作单位", also="单位名称 企业名称 名称", search=True, section="单位", place="004 工作方向3"
    )
    kind: Mapped[Code] = choice("类别", also="行业", codes="partner_kind", filter=True, place="004 工作方向3")
    since_on: Mapped[Day] = field("合作起", also="签约日期 合作日期 日期", filter=True, place="004 工作方向3")
    valid_until_on: Mapped[Day | None] = field("合作止", also="有效期至 到期日期", filter=True, place="004 工作方向3")
    address: Mapped[ShortText | None] = field("地址", search=True, place="+")
    website: Mapped[ShortText | None] = field("网址", place="+")
    contact: Mapped[ShortText | None] = field("联系人", search=True, section="联系", place="004 工作方向3")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="004 工作方向3")
    email: Mapped[ShortText | None] = field("邮箱", mask=True, place="+")
    owner_id: Mapped[int | None] = person("我方对接人", also="对接人", party=True, filter=True, place="+")
    discount: Mapped[ShortText | None] = field(
        "会员优惠", also="优惠内容 折扣", search=True, section="会员卡待遇", place="004 5.4"
    )
    discount_rate: Mapped[Percentage | None] = field("折扣率", filter=True, place="004 5.4")
    terms: Mapped[LongText | None] = field("使用条件", also="条款", place="004 5.4")
    on_card: Mapped[YesNo | None] = field("列入会员卡", filter=True, place="004 5.4")
    shared: Mapped[ShortText | None] = field("共享资源", section="资源共享", place="004 工作方向3")
    our_side: Mapped[LongText | None] = field("我方义务", place="+")
    shares_customer_data: Mapped[YesNo | None] = field(
        "涉及客户资料", filter=True, place="R-CONF-09 ?向外提供客户资料须另行审批"
    )
    agreement: Mapped[Attachment | None] = field("合作协议", place="+")
    activities: Mapped[LongText | None] = field("合作活动", place="004 工作方向7")
    state: Mapped[Code | None] = choice(
        "合作状态", also="状态", codes="partner_state", default="active", filter=True, place="004 工作方向3"
    )
    evaluation: Mapped[LongText | None] = field("合作评价", also="评价", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

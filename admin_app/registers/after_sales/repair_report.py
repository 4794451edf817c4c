"""Repair reports: fault, cause, parts, labour and charge."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order, needs
from ...declaration import slip
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Money,
    Number,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.after_sales import service_by_whom_it_names, service_carried_out, service_kept, service_led, service_read
from ...models import Lines, Register


class RepairReportPart(Lines, of="repair_report"):
    """A part replaced."""

    part: Mapped[ShortText] = field("配件名称", place="001 ch5 三 二")
    code: Mapped[ShortText | None] = field("配件编号", place="+")
    quantity: Mapped[Count] = field("数量", default=1, place="001 ch5 三 二")
    price: Mapped[Money | None] = field("单价", place="001 ch5 三 二")
    amount: Mapped[Money | None] = field("金额", place="001 ch5 三 二")
    returned: Mapped[YesNo | None] = field("旧件已收回", place="002 欧普 操作流程2")


class RepairReport(
    Register,
    title="产品维修报告单",
    key="repaired_on number",
    list="repaired_on number request_id product fault_kind repairer_id parts_amount labour_amount charge accepted",
    level=1,
    scope="department owner",
    grants=service_kept | service_carried_out | service_by_whom_it_names | service_led | service_read,
    parties="repaired_on number request_id product fault cause repairer_id done_at charge accepted",
):
    """One repair, accepted by the customer. 001 ch5 三 二, 002 欧普."""

    on_paper = slip(also="客户")

    __table_args__ = (
        between("labour_amount", 0),
        between("parts_amount", 0),
        between("charge", 0),
        in_order("arrived_at", "done_at"),
        needs("accepted_on", "accepted"),
    )

    repaired_on: Mapped[Day] = field(
        "维修日期", also="日期", filter=True, section="报修", today=True, place="001 ch5 三 二"
    )
    number: Mapped[Number] = field("报告单号", also="单号 编号", unique=True, series="CX", search=True, place="+")
    request_id: Mapped[int | None] = link(
        "服务登记", also="服务单号", to="service_request", filter=True, belongs=True, place="001 ch5 三 二"
    )
    customer_id: Mapped[int | None] = link("客户", also="客户名称", to="customer", filter=True, place="001 ch5 三 二")
    product: Mapped[ShortText] = field("产品名称", also="产品", search=True, place="001 ch5 三 二")
    model: Mapped[ShortText | None] = field("型号", also="规格型号", search=True, place="001 ch5 三 二")
    serial: Mapped[ShortText | None] = field("机号或批号", also="机号 批号", search=True, place="+")
    bought_on: Mapped[Day | None] = field("购买日期", place="+")
    in_warranty: Mapped[YesNo | None] = field("保修期内", also="是否保修", filter=True, place="001 ch5 三 二")
    reported: Mapped[LongText] = field("用户反映", also="报修内容", section="故障", place="001 ch5 三 二")
    fault_kind: Mapped[Code | None] = choice("故障类别", codes="fault_kind", filter=True, place="+")
    fault: Mapped[LongText | None] = field("故障现象", also="故障", place="001 ch5 三 二")
    cause: Mapped[LongText | None] = field("故障原因", also="原因", place="001 ch5 三 二")
    fault_of: Mapped[Code | None] = choice(
        "责任归属", also="责任", codes="fault_party", filter=True, place="002 回访 7"
    )
    action: Mapped[LongText | None] = field("维修措施", also="处理措施", place="001 ch5 三 二")
    parts: Mapped[list[RepairReportPart]] = child_rows(
        "更换配件", RepairReportPart, section="配件与工时", place="001 ch5 三 二"
    )
    parts_amount: Mapped[Money | None] = field("配件费", also="材料费", place="001 ch5 三 二")
    hours: Mapped[ShortText | None] = field("工时", place="001 ch5 三 二")
    labour_amount: Mapped[Money | None] = field("工时费", also="人工费", place="001 ch5 三 二")
    other_amount: Mapped[Money | None] = field("其他费用", also="上门费", place="+")
    charge: Mapped[Money | None] = field("收费合计", also="收费 合计", filter=True, place="001 ch5 三 二")
    charged: Mapped[YesNo | None] = field("已收费", filter=True, place="+")
    outlet_id: Mapped[int | None] = link(
        "特约维修点", to="repair_outlet", filter=True, section="维修与验收", place="002 欧普"
    )
    repairer_id: Mapped[int | None] = person("维修人员", also="维修人", filter=True, party=True, place="001 ch5 三 二")
    repairer_name: Mapped[ShortText | None] = field("外派维修工", search=True, place="002 欧普 D")
    arrived_at: Mapped[Moment | None] = field("到达时间", place="+")
    done_at: Mapped[Moment | None] = field("修复时间", also="完成时间", filter=True, place="001 ch5 三 二")
    accepted: Mapped[YesNo | None] = field("客户验收合格", also="客户验收 验收", filter=True, place="001 ch5 三 二")
    accepted_on: Mapped[Day | None] = field("验收日期", filter=True, place="001 ch5 三 二")
    customer_opinion: Mapped[LongText | None] = field("客户意见", place="001 ch5 三 二")
    checked_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

"""Monthly quality reports to five departments."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Codes, Count, Day, LongText, Percentage, ShortText, child_rows, choice, choices, field, sign
from ...grants.after_sales import quality_read, service_kept, service_led, service_read
from ...models import Lines, Register


class QualityFeedbackFault(Lines, of="quality_feedback"):
    """A kind of fault and how often it came up."""

    fault: Mapped[ShortText] = field("故障现象", place="002 欧普 三1 F")
    cause: Mapped[Code | None] = choice("原因", codes="fault_kind", place="+")
    count: Mapped[Count] = field("件数", place="002 欧普 三1 F")
    batch: Mapped[ShortText | None] = field("批号", place="+")


class QualityFeedback(
    Register,
    title="质量信息反馈表",
    key="month_on product",
    list="month_on product category repaired returned defect_rate main_cause sent_on answered_on",
    level=2,
    scope="department",
    grants=service_kept | quality_read | service_led | service_read,
    parties="month_on product category repaired returned main_cause sent_to sent_on answer answered_on",
):
    """One product's faults of a month, for five departments to answer (R-SERV-04). 002 欧普 三1 F."""

    __table_args__ = (
        between("defect_rate", 0, 100),
        in_order("sent_on", "answered_on"),
        between("sold", 0),
        between("repaired", 0),
        between("returned", 0),
        between("complaints", 0),
    )

    month_on: Mapped[Day] = field(
        "月份", also="日期", filter=True, section="月份与产品", place="002 欧普 三1 F", help="填该月1日"
    )
    product: Mapped[ShortText] = field("产品名称", also="产品", search=True, place="002 欧普 三1 F")
    category: Mapped[ShortText | None] = field("产品类别", also="类别", filter=True, search=True, place="+")
    compiled_by_id: Mapped[int | None] = sign(
        "编制人", signed_with="edit", roles="service_officer service_manager", place="002 欧普 三1 F"
    )
    sold: Mapped[Count | None] = field("销售数量", section="数据", place="+")
    repaired: Mapped[Count | None] = field("维修件数", also="维修数", filter=True, place="002 欧普 三1 F")
    returned: Mapped[Count | None] = field("退换件数", also="退换数", filter=True, place="002 欧普 三1 F")
    complaints: Mapped[Count | None] = field("投诉件数", place="+")
    defect_rate: Mapped[Percentage | None] = field("不良率", filter=True, place="002 欧普 三1 F")
    faults: Mapped[list[QualityFeedbackFault]] = child_rows("故障明细", QualityFeedbackFault, place="002 欧普 三1 F")
    main_cause: Mapped[Code | None] = choice("主要原因", codes="fault_kind", filter=True, place="002 欧普 三1 F")
    service_opinion: Mapped[LongText | None] = field("服务方面的信息", also="服务信息", place="002 欧普 三1 F")
    analysis: Mapped[LongText | None] = field("分析", place="002 欧普 三1 F")
    advice: Mapped[LongText | None] = field("改进建议", also="建议", place="002 欧普 三1 F")
    sent_to: Mapped[Codes | None] = choices(
        "报送部门", codes="quality_department", filter=True, section="报送", place="002 欧普 三1 F"
    )
    sent_on: Mapped[Day | None] = field("报送日期", filter=True, place="002 欧普 三1 F")
    approved_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    answer: Mapped[LongText | None] = field("部门反馈", also="反馈", place="+")
    answered_on: Mapped[Day | None] = field("反馈日期", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

"""Violations of the archive rules and their fines."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Money,
    Number,
    Percentage,
    ShortText,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.archives import violations_handled
from ...models import Register


class ArchiveViolation(
    Register,
    title="档案违规与罚款记录",
    key="recorded_at adviser_id clause",
    list="recorded_at number adviser_id clause items month_count amount correct_by corrected_on",
    level=2,
    scope="department",
    grants=violations_handled,
    parties="number recorded_at adviser_id adviser_kind clause items month_count multiplier amount told_at correct_by "
    "corrected_on repeats total performance_cut executed_by_id executed_at description",
):
    """One visit and kind of violation; items multiply its amount, repeats are added each working day (R-FINE-01..04). 003 篇七."""

    called = "number adviser_id clause"
    filled_after_judging = "corrected_on settled_on objection remark"

    __table_args__ = (
        between("items", 1),
        in_order("recorded_at", "told_at"),
    )

    number: Mapped[Number] = field(
        "罚款单号", also="编号", unique=True, series="WG", search=True, section="违规", place="+"
    )
    recorded_at: Mapped[Moment] = field("登记时间", also="日期 违规日期", filter=True, today=True, place="003 篇七")
    adviser_id: Mapped[int] = person("违规人", also="顾问 销售顾问 服务顾问", party=True, filter=True, place="003 篇七")
    department_id: Mapped[int | None] = link("所属部门", also="部门", to="department", filter=True, place="003 篇七 8")
    adviser_kind: Mapped[Code] = choice(
        "人员类别", also="顾问类别", codes="archive_adviser_kind", filter=True, place="003 篇七 1-5"
    )
    handover_id: Mapped[int | None] = link("签收记录", to="archive_handover", filter=True, place="003 篇七")
    file_id: Mapped[int | None] = link("案卷", also="档案号 档案编号", to="archive_file", filter=True, place="003 篇七")
    item_id: Mapped[int | None] = link("涉及文件", to="archive_item", filter=True, place="+")
    visit_number: Mapped[ShortText | None] = field("车次", also="车次编号", search=True, place="003 篇七")
    plate: Mapped[ShortText | None] = field("车牌号", also="车牌", mask=True, search=True, place="+")
    clause: Mapped[Code] = choice("条款", also="违规条款", codes="archive_fine", filter=True, place="003 篇七")
    description: Mapped[LongText | None] = field("违规情况", place="003 篇七")
    items: Mapped[Count] = field("项数", also="项 件数", default=1, filter=True, place="003 篇七 5")
    month_count: Mapped[Count | None] = field(
        "当月第几次", also="当月次数", computed=True, filter=True, section="罚款", place="003 篇七 6"
    )
    multiplier: Mapped[Count | None] = field("倍数", computed=True, filter=True, place="003 篇七 6")
    amount: Mapped[Money | None] = field("罚款金额", also="金额", computed=True, filter=True, place="003 篇七")
    told_at: Mapped[Moment | None] = field("责令改正时间", filter=True, section="改正", place="003 篇七 10")
    correct_by: Mapped[Day | None] = field(
        "责令改正日", also="改正期限", computed=True, filter=True, place="003 篇七 10", help="告知后一个工作日内"
    )
    corrected_on: Mapped[Day | None] = field("改正日", also="改正日期", filter=True, place="003 篇七 10")
    repeats: Mapped[Count | None] = field("再罚次数", computed=True, filter=True, place="003 篇七 10")
    total: Mapped[Money | None] = field("罚款合计", also="合计", computed=True, filter=True, place="003 篇七 10")
    performance_cut: Mapped[Percentage | None] = field(
        "绩效扣罚（%）",
        also="绩效扣罚",
        filter=True,
        section="执行",
        place="003 篇七 6",
        help="10%至30%，由客户总监决定",
    )
    objection: Mapped[LongText | None] = field("当事人说明", place="+")
    executed_by_id: Mapped[int | None] = sign(
        "客户总监执行", also="执行人", signed_with="approve", roles="director", place="003 篇七 9"
    )
    settled_on: Mapped[Day | None] = field("扣款日期", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

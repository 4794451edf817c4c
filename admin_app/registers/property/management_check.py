"""Audits of departments and daily rounds of the service windows."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, ShortText, YesNo, child_rows, choice, field, link, person, sign
from ...grants.property import audits_kept, property_approved, property_headed
from ...models import Lines, Register


class ManagementCheckFinding(Lines, of="management_check"):
    """One finding."""

    item: Mapped[ShortText] = field("稽核项目", also="项目", place="+")
    finding: Mapped[ShortText] = field("发现情况", place="+")
    severity: Mapped[Code | None] = choice("程度", codes="property_finding_level", place="+")
    deducted: Mapped[Count | None] = field("扣分", place="+")
    rectify_by: Mapped[Day | None] = field("整改期限", place="+")
    rectified_on: Mapped[Day | None] = field("整改日期", place="+")


class ManagementCheck(
    Register,
    title="管理稽核表",
    key="checked_on audited_department_id kind",
    list="checked_on kind audited_department_id responsible_id score severity rectify_by rectified_on reviewed_by_id",
    level=2,
    scope="department",
    grants=audits_kept | property_headed | property_approved,
    parties="checked_on checked_at kind audited_department_id window responsible_id period findings score severity "
    "good_points problems suggestions measure rectify_by rectified_on rechecked_on recheck checked_by_id "
    "checked_at accepted accepted_on reviewed_by_id reviewed_at",
):
    """One audit, daily round of a window or evaluation; findings are put right by a date (R-PROP-01). 002 3.21, 4.0."""

    due = "rectify_by until rectified_on by responsible_id"

    __table_args__ = (
        between("score", 0, 100),
        in_order("checked_on", "rectify_by"),
        in_order("checked_on", "rectified_on"),
        in_order("rectified_on", "rechecked_on"),
    )

    checked_on: Mapped[Day] = field(
        "稽核日期", also="日期 检查日期", filter=True, section="稽核", today=True, place="002 3.21"
    )
    checked_at: Mapped[ShortText | None] = field("检查时间", place="+")
    kind: Mapped[Code] = choice(
        "稽核类别", also="类别", codes="property_check_kind", default="windows", filter=True, place="002 3.21"
    )
    audited_department_id: Mapped[int] = link(
        "被稽核部门", also="受检部门", to="department", filter=True, place="002 3.21"
    )
    window: Mapped[ShortText | None] = field("服务窗口", search=True, place="002 职责2")
    responsible_id: Mapped[int | None] = person("部门负责人", also="责任人", party=True, filter=True, place="+")
    period: Mapped[ShortText | None] = field("评估期间", search=True, place="002 4.0")
    findings: Mapped[list[ManagementCheckFinding]] = child_rows("稽核项目", ManagementCheckFinding, place="002 3.21")
    score: Mapped[Count | None] = field("得分", also="评分", filter=True, section="结果", place="+")
    severity: Mapped[Code | None] = choice("最高程度", codes="property_finding_level", filter=True, place="+")
    good_points: Mapped[LongText | None] = field("良好做法", place="+")
    problems: Mapped[LongText | None] = field("发现问题", also="问题", place="002 3.21")
    suggestions: Mapped[LongText | None] = field("改进建议", also="建议", place="002 4.0")
    measure: Mapped[LongText | None] = field("整改措施", section="整改", place="002 3.21")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="002 3.21")
    rectified_on: Mapped[Day | None] = field("整改完成日期", also="整改日期", filter=True, place="002 3.21")
    rechecked_on: Mapped[Day | None] = field("复查日期", filter=True, place="+")
    recheck: Mapped[LongText | None] = field("复查结果", place="+")
    checked_by_id: Mapped[int | None] = sign(
        "稽核人签字", also="稽核人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    accepted: Mapped[YesNo | None] = field("被稽核部门已确认", also="被稽核部门签字", filter=True, place="+")
    accepted_on: Mapped[Day | None] = field("确认日期", place="+")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

"""Audits of branch offices."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Money, ShortText, YesNo, child_rows, choice, field, link, person, sign
from ...grants import LEADERSHIP
from ...grants.after_sales import audits_kept
from ...models import Lines, Register


class OfficeAuditMember(Lines, of="office_audit"):
    """A member of the audit, with the department they come from."""

    person_id: Mapped[int] = person("人员", place="002 欧普 一7")
    department_id: Mapped[int | None] = link("部门", to="department", place="002 欧普 一7")


class OfficeAuditItem(Lines, of="office_audit"):
    """An item checked."""

    item: Mapped[ShortText] = field("项目", place="002 欧普 四4")
    standard: Mapped[ShortText | None] = field("标准", place="+")
    passed: Mapped[YesNo | None] = field("合格", place="002 欧普 四4")
    score: Mapped[Count | None] = field("得分", place="+")
    finding: Mapped[ShortText | None] = field("发现问题", place="002 欧普 四4")


class OfficeAudit(
    Register,
    title="办事处审计检查表",
    key="audited_on office",
    list="audited_on office from_on until_on leader_id score findings_count rectify_by rectified_on approved_by_id",
    level=3,
    scope="department",
    grants=audits_kept,
    parties="audited_on office from_on until_on head_id leader_id findings_count summary rectify_by rectified_on",
):
    """One audit of an office: checked items, findings, rectified by when (R-SERV-04). 002 欧普 四4, 五4."""

    due = "rectify_by until rectified_on by head_id"
    closes_with = "approved_by_id"
    __table_args__ = (
        in_order("from_on", "until_on"),
        between("score", 0, 100),
        in_order("audited_on", "rectified_on"),
        between("findings_count", 0),
    )

    audited_on: Mapped[Day] = field(
        "审计日期", also="日期 检查日期", filter=True, section="审计", today=True, place="002 欧普 四4"
    )
    office: Mapped[ShortText] = field("办事处", also="被审计单位", filter=True, search=True, place="002 欧普 四4")
    office_department_id: Mapped[int | None] = link("对应部门", to="department", filter=True, place="+")
    head_id: Mapped[int | None] = person("办事处负责人", also="负责人", filter=True, party=True, place="002 欧普 四4")
    kind: Mapped[Code | None] = choice("审计类别", also="类别", codes="audit_kind", filter=True, place="002 欧普 一7")
    from_on: Mapped[Day | None] = field("审计期间起", filter=True, place="+")
    until_on: Mapped[Day | None] = field("审计期间止", place="+")
    leader_id: Mapped[int] = person("审计组长", filter=True, party=True, place="002 欧普 五4")
    auditors: Mapped[list[OfficeAuditMember]] = child_rows("审计人员", OfficeAuditMember, place="002 欧普 一7")
    items: Mapped[list[OfficeAuditItem]] = child_rows(
        "检查项目", OfficeAuditItem, section="检查项目", place="002 欧普 四4"
    )
    score: Mapped[Count | None] = field("总分", also="得分", filter=True, section="结果", place="+", help="0 至 100 分")
    findings_count: Mapped[Count | None] = field("问题数", filter=True, place="+")
    summary: Mapped[LongText | None] = field("审计结论", also="结论 发现问题", place="002 欧普 四4")
    amount: Mapped[Money | None] = field("涉及金额", filter=True, place="+")
    concluded_by_id: Mapped[int | None] = sign("审计组长签字", signed_with="edit", by="leader_id", place="+")
    demands: Mapped[LongText | None] = field("整改要求", section="整改", place="002 欧普 四4")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="002 欧普 四4")
    rectified_on: Mapped[Day | None] = field("整改完成日期", filter=True, place="002 欧普 四4")
    result: Mapped[LongText | None] = field("整改结果", place="002 欧普 四4")
    rechecked_by_id: Mapped[int | None] = sign(
        "复查人", signed_with="edit", roles="service_manager director", place="+"
    )
    head_confirmed: Mapped[YesNo | None] = field("办事处已确认", place="+")
    approved_by_id: Mapped[int | None] = sign("结案批准", signed_with="approve", roles=LEADERSHIP, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

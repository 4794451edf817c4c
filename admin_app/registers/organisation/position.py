"""Posts: what each is there for, may do and answers for."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, ShortText, YesNo, child_rows, choice, field, link
from ...grants import reference_data
from ...grants.organisation import personnel_keeps, policies_kept
from ...models import Lines, Register


class PositionDuty(Lines, of="position"):
    """One duty of the post, in the order of the manual."""

    content: Mapped[ShortText] = field("职责内容", place="001 ch1 图1-4")
    standard: Mapped[ShortText | None] = field("标准或频次", place="004 概览")


class Position(
    Register,
    title="岗位职责",
    key="name department_id",
    list="name department_id reports_to headcount effective_on approved_on",
    level=0,
    grants=reference_data | personnel_keeps | policies_kept,
    parties="name department_id reports_to",
):
    """One post with its duties, powers, obligations and requirements, as the manuals list them. 001 ch1-8, 000 ch1."""

    __table_args__ = (
        in_order("approved_on", "effective_on"),
        between("headcount", 0),
    )

    name: Mapped[ShortText] = field("岗位名称", also="岗位 职位 职务", search=True, section="岗位", place="001 ch1")
    number: Mapped[ShortText | None] = field("岗位编号", also="编号", search=True, place="+")
    department_id: Mapped[int | None] = link("所属部门", also="部门", to="department", filter=True, place="001 ch1")
    superior_id: Mapped[int | None] = link("上级岗位", to="position", filter=True, place="+")
    reports_to: Mapped[ShortText | None] = field("直接上级", also="上级", search=True, place="001 ch1")
    manages: Mapped[ShortText | None] = field("直接下级", also="下级 下属岗位", search=True, place="001 ch1")
    role: Mapped[Code | None] = choice("对应系统岗位", codes="role", filter=True, place="R-ROLE-01")
    headcount: Mapped[Count | None] = field("编制人数", also="人数 编制", filter=True, place="+")
    purpose: Mapped[LongText | None] = field("岗位目的", also="岗位概述", place="001 ch1")
    duties: Mapped[list[PositionDuty]] = child_rows(
        "职责明细", PositionDuty, section="职责与权利", place="001 ch1 图1-4"
    )
    powers: Mapped[LongText | None] = field("工作权利", also="权力 权限", place="000 ch1 工作权利")
    obligations: Mapped[LongText | None] = field("应尽义务", also="义务", place="000 ch1 应尽义务")
    education: Mapped[ShortText | None] = field("学历要求", also="学历", section="任职要求", place="000 三")
    experience: Mapped[ShortText | None] = field("经验要求", also="工作经验", place="+")
    requirements: Mapped[LongText | None] = field("基本任职要求", also="资格要求 任职资格", place="000 三")
    conduct: Mapped[LongText | None] = field("行为规范", place="000 三")
    effective_on: Mapped[Day | None] = field("生效日期", also="实施日期", filter=True, section="生效", place="+")
    approved_on: Mapped[Day | None] = field("批准日期", place="+")
    valid: Mapped[YesNo | None] = field("现行岗位", default=True, filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

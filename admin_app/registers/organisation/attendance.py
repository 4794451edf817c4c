"""Attendance: who was there on which day, late or absent."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Count, Day, LongText, Moment, choice, field, person, sign
from ...grants import HEADS_AND_ABOVE
from ...grants.organisation import leadership_reads, leave_granted, personnel_keeps, staff_named, store_keeps
from ...models import Register


class Attendance(
    Register,
    title="考勤登记表",
    key="day employee_id",
    list="day employee_id state came_at left_at late_minutes registered_by_id",
    level=1,
    scope="store department",
    grants=store_keeps | personnel_keeps | staff_named | leave_granted | leadership_reads,
    parties="day employee_id state came_at left_at late_minutes reason",
):
    """One person on one day; lateness and absence count in dispatch and the monthly score (R-DISP-07, R-SCOR-01). 000 职责7."""

    carried = "day registered_by_id"

    __table_args__ = (
        in_order("came_at", "left_at"),
        in_order("leave_from_on", "leave_until_on"),
    )

    day: Mapped[Day] = field("日期", also="考勤日期", filter=True, section="出勤", today=True, place="000 职责7")
    employee_id: Mapped[int] = person("姓名", also="员工 设计师 员工姓名", party=True, filter=True, place="000 职责7")
    state: Mapped[Code] = choice(
        "出勤情况",
        also="状态 考勤情况 出勤",
        codes="attendance_state",
        default="present",
        filter=True,
        place="000 派单制度6",
    )
    came_at: Mapped[Moment | None] = field("上班时间", also="签到时间 到岗时间", filter=True, place="000 职责7")
    left_at: Mapped[Moment | None] = field("下班时间", also="签退时间 离岗时间", place="000 职责7")
    late_minutes: Mapped[Count | None] = field("迟到分钟", also="迟到", filter=True, place="+")
    early_minutes: Mapped[Count | None] = field("早退分钟", also="早退", place="+")
    leave_from_on: Mapped[Day | None] = field("请假起", section="请假", place="000 派单制度2")
    leave_until_on: Mapped[Day | None] = field("请假止", place="000 派单制度2")
    leave_kind: Mapped[Code | None] = choice(
        "请假类别", also="缺勤原因", codes="absence_reason", filter=True, place="000 派单制度2"
    )
    reason: Mapped[LongText | None] = field("事由", also="原因 请假事由", place="+")
    approved_by_id: Mapped[int | None] = sign(
        "准假签字",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="+",
    )
    registered_by_id: Mapped[int | None] = person("登记人", filter=True, place="000 职责7")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

"""Staff training: topic, trainer, who took part and how they did."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Attachment, Code, Count, Day, LongText, Money, ShortText, child_rows, choice, field, person, sign
from ...grants import HEADS_AND_ABOVE
from ...grants.organisation import colleagues_read, heads_keep, leadership_keeps, personnel_keeps
from ...models import Lines, Register


class TrainingParticipant(Lines, of="training"):
    """One participant with their result."""

    employee_id: Mapped[int | None] = person("员工", also="姓名", place="004 概览")
    name: Mapped[ShortText | None] = field("姓名（外部人员）", place="+")
    score: Mapped[Count | None] = field("成绩", place="+")
    result: Mapped[Code | None] = choice("结果", codes="training_result", place="004 概览")
    remark: Mapped[ShortText | None] = field("说明", place="+")


class Training(
    Register,
    title="员工培训记录",
    key="held_on topic",
    list="held_on topic subject trainer form hours passed",
    level=1,
    scope="store department owner",
    grants=personnel_keeps | heads_keep | leadership_keeps | colleagues_read,
    parties="held_on topic subject trainer form hours place",
):
    """One training with its participants and their results (R-WORK-01). 001 ch1, 002 3.20, 004 概览."""

    __table_args__ = (
        between("hours", 0, 80),
        in_order("held_on", "until_on"),
        between("cost", 0),
    )

    held_on: Mapped[Day] = field(
        "培训日期", also="日期 开始日期", filter=True, section="培训", today=True, place="004 概览"
    )
    until_on: Mapped[Day | None] = field("结束日期", place="+")
    topic: Mapped[ShortText] = field("培训主题", also="主题 培训内容 课程", search=True, place="004 概览")
    subject: Mapped[Code | None] = choice(
        "培训类别", also="类别", codes="training_subject", filter=True, place="001 ch1"
    )
    form: Mapped[Code | None] = choice(
        "培训方式", also="方式", codes="training_form", default="internal", filter=True, place="004 概览"
    )
    trainer: Mapped[ShortText] = field("培训讲师", also="讲师 主讲人 培训人", search=True, place="004 概览")
    teacher_id: Mapped[int | None] = person("内部讲师", party=True, filter=True, place="+")
    place: Mapped[ShortText | None] = field("地点", also="培训地点", place="+")
    hours: Mapped[Count | None] = field("课时（小时）", also="课时 时长", filter=True, place="004 概览")
    department_taught: Mapped[ShortText | None] = field("参加部门", also="培训对象 对象", place="+")
    aim: Mapped[LongText | None] = field("培训目的", also="目的", place="+")
    content: Mapped[LongText | None] = field("内容提要", place="004 概览")
    participants: Mapped[list[TrainingParticipant]] = child_rows(
        "参加人员", TrainingParticipant, section="人员与结果", place="004 概览"
    )
    planned: Mapped[Count | None] = field("应到人数", filter=True, place="+")
    attended: Mapped[Count | None] = field("实到人数", also="参加人数", filter=True, place="+")
    passed: Mapped[Count | None] = field("合格人数", place="+")
    result: Mapped[LongText | None] = field("培训效果", also="结果 效果评价", place="004 概览")
    cost: Mapped[Money | None] = field("培训费用（元）", also="费用", filter=True, place="+")
    material: Mapped[Attachment | None] = field("培训资料", place="+")
    next_on: Mapped[Day | None] = field("下次培训日期", filter=True, place="+")
    confirmed_by_id: Mapped[int | None] = sign(
        "负责人签字",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="+",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

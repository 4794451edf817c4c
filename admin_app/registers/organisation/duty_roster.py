"""Duty roster: who is on duty in the store, so that the desk is never empty."""

from sqlalchemy.orm import Mapped

from ...fields import Code, Day, LongText, ShortText, YesNo, choice, field, person
from ...grants.organisation import colleagues_read, leadership_reads, store_keeps
from ...models import Register


class DutyRoster(
    Register,
    title="店面值班表",
    key="day shift employee_id",
    list="day shift employee_id duty_place present swapped_with_id",
    level=1,
    scope="store",
    grants=store_keeps | colleagues_read | leadership_reads,
    parties="day shift employee_id duty_place from_time until_time swapped_with_id",
):
    """One person on one shift; the order of dispatch and the one on duty at the door go by it (R-DISP-04, R-CUST-04). 000 ch3."""

    carried = "day shift arranged_by_id"

    day: Mapped[Day] = field("日期", also="值班日期", filter=True, section="值班", place="000 ch3")
    employee_id: Mapped[int] = person("值班人", also="姓名 值班人员", party=True, filter=True, place="000 ch3")
    shift: Mapped[Code] = choice("班次", codes="duty_shift", filter=True, place="000 ch3")
    duty_place: Mapped[Code | None] = choice(
        "值班位置",
        also="岗位 位置",
        codes="duty_place",
        default="front_desk",
        filter=True,
        place="000 ch3 接待客户流程",
    )
    from_time: Mapped[ShortText | None] = field("起", also="开始时间", place="+")
    until_time: Mapped[ShortText | None] = field("止", also="结束时间", place="+")
    present: Mapped[YesNo | None] = field("已到岗", also="到岗", filter=True, section="执行", place="000 ch3")
    swapped_with_id: Mapped[int | None] = person("调班人", also="替班人", party=True, filter=True, place="+")
    swap_reason: Mapped[ShortText | None] = field("调班原因", place="+", required_if="swapped_with_id")
    arranged_by_id: Mapped[int | None] = person("排班人", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")

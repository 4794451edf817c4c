"""When files are to be inspected, and what an inspection may say of one (R-ARCH-05)."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from ..permissions import Level
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: a year is inspected in equal parts, half-yearly at the least
_PARTS = (6, 4, 3, 2, 1)
#: what was not found is looked for once more within so many working days
SECOND_LOOK_DAYS = 3
ABSENT = "absent"
#: condition (``archive_condition``) -> the damage (``archive_damage``) that its repair is opened for
REPAIRED: Mapping[str, str] = MappingProxyType(
    {"faded": "faded", "damaged": "torn", "mouldy": "mould", "eaten": "pest", "mixed": "torn"}
)


class Period(NamedTuple):
    """A period of inspection, both days included; it is due on its last."""

    first: date
    due: date

    @property
    def code(self) -> str:
        """As ``archive_check_period`` has it."""
        if (self.due - self.first).days < 150:
            return "quarter"
        return "first_half" if self.first.month == 1 else "second_half"


@rule("R-ARCH-05", "案卷每半年检查一次，六月三十日、十二月三十一日以前查完；类型规定每季度的，每季度查完。")
def period_of(day: date, months: int) -> Period:
    """The period that *day* lies in, for a type that is inspected every *months* months."""
    length = next((part for part in _PARTS if part <= months), 1)
    begins = (day.month - 1) // length * length + 1
    ends = begins + length
    following = date(day.year + ends // 13, (ends - 1) % 12 + 1, 1)
    return Period(date(day.year, begins, 1), following - timedelta(days=1))


@rule("R-ARCH-05 R-ARCH-09", "本期内立卷的，以收件验收代替检查。")
def is_left(period: Period, opened_on: date, inspected_on: date | None) -> bool:
    """Whether a file has still to be inspected in *period*; one opened in it was checked as it came in."""
    return opened_on < period.first and (inspected_on is None or inspected_on < period.first)


@rule("R-ARCH-05", "一期查一次；外借中的归还时检查。")
def may_inspect(left: bool, out: int) -> Verdict:
    """Whether a file is inspected now; refused "wrong_state" once it has been, "on_loan" while *out* of its papers are out."""
    if not left:
        return refuse("R-ARCH-05", "wrong_state", say("本期已检查过"))
    return refuse("R-ARCH-05", "on_loan", say("有 {n} 件外借中，归还时检查", n=out)) if out else ALLOWED


@rule("R-ARCH-05", "破损、变色、霉变、虫蛀须写明情况，并转修复。")
def may_find(condition: str, note: str) -> Verdict:
    """Whether *condition* may be noted so; refused "no_reason" for damage that isn't described, "out_of_range"."""
    if condition in ("good", ABSENT):
        return ALLOWED
    if condition not in REPAIRED:
        return refuse("R-ARCH-05", "out_of_range", say("请选择损坏情况"))
    return ALLOWED if note.strip() else refuse("R-ARCH-05", "no_reason", say("请写明损坏情况"))


@rule("R-ARCH-05", "没有找到的另日再找一次，再没有找到才按遗失登记。")
def may_miss(last: date | None, today: date) -> Verdict:
    """Whether a file may be noted absent *today*, which it was noted *last* in this period; refused "too_soon"."""
    if last is None or last < today:
        return ALLOWED
    return refuse("R-ARCH-05", "too_soon", say("今天已记过没找到，另日再找一次"))


@rule("R-ARCH-05 R-ARCH-06", "检查日期不能晚于今天。")
def is_not_to_come(day: date, today: date) -> Verdict:
    """Whether something may have been checked on *day*; refused "time_order" for one of the future."""
    if day <= today:
        return ALLOWED
    return refuse("R-ARCH-05", "time_order", say("检查日期不能晚于今天"))


@rule("R-CONF-04", "机密和绝密档案只能放在相应密级的柜位。")
def may_lie(level: int, clearance: int) -> Verdict:
    """Whether a file of *level* may be put into a place meant for up to *clearance*; refused "place"."""
    if level <= clearance:
        return ALLOWED
    return refuse("R-CONF-04", "place", say("这个柜位只能放{level}以下的档案", level=Level(clearance).label))

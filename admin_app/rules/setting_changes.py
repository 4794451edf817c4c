"""What may be set, and from when on: the past keeps the figures of its time (R-SCOR-04)."""

from datetime import date, timedelta
from typing import Any

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .figures import Declared

#: whatever is further ahead is a slip of the pen
_AHEAD = timedelta(days=2 * 366)
#: own days entered in one go
_MOST_DAYS = 31


@rule("R-ROLE-01", "制度数值只能在系统规定的范围内更改。")
def may_be_set(setting: Declared, value: Any) -> Verdict:
    """Whether a company may set *value*, None being what can't be read; refused "out_of_range"."""
    if value is not None and setting.fits(value):
        return ALLOWED
    return refuse(setting.bounds or "R-ROLE-01", "out_of_range", setting.wanted)


@rule("R-SCOR-04", "设置从今天或以后某天起生效，以前的月份仍按当时的数值。")
def may_hold_from(day: date | None, today: date) -> Verdict:
    """Whether a change may hold from *day* on, None being no date; refused "past" or "out_of_range"."""
    if day is not None and day < today:
        return refuse("R-SCOR-04", "past", say("不能早于今天，以前的数值不再改动"))
    if day is None or day > today + _AHEAD:
        return refuse("R-SCOR-04", "out_of_range", say("请填两年之内的日期"))
    return ALLOWED


@rule("R-SCOR-04", "尚未生效的更改可以撤回，已生效的只能另改。")
def may_withdraw(valid_from: date, today: date) -> Verdict:
    """Whether a change that holds from *valid_from* on can still be taken back; refused "wrong_state"."""
    if valid_from > today:
        return ALLOWED
    return refuse("R-SCOR-04", "wrong_state", say("已经生效，不能撤回；请另行更改"))


@rule("R-SCOR-04", "自定的休息日和上班日从今天起往后填。")
def may_be_own_days(first: date, last: date, today: date) -> Verdict:
    """Whether the days from *first* to *last* may be declared; refused "past", "time_order" or "out_of_range"."""
    if not (verdict := may_hold_from(first, today)):
        return verdict
    if last < first:
        return refuse("R-SCOR-04", "time_order", say("结束日期早于开始日期"))
    if last - first >= timedelta(days=_MOST_DAYS):
        return refuse("R-SCOR-04", "out_of_range", say("一次最多 {days} 天", days=_MOST_DAYS))
    return ALLOWED

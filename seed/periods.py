"""The months, weeks and quarters of the company's year that are over."""

from datetime import date, datetime, timedelta

from .invented import ZONE, local_day

_YEAR = 365
_STEP = {"month": 1, "quarter": 3}


def periods(now: datetime, name: str) -> list[datetime]:
    """The first moment after each *name* (month, quarter, week) of the past year, the earliest first."""
    today = local_day(now)
    opened = today - timedelta(days=_YEAR)
    ends: list[date] = []
    end = today - timedelta(days=today.weekday()) if name == "week" else _begun(today, _STEP[name])
    while end > opened + timedelta(days=6):
        ends.append(end)
        before = end - timedelta(days=1)
        end = end - timedelta(days=7) if name == "week" else _begun(before, _STEP[name])
    whole = [one for one in ends if name == "week" or _begun(one - timedelta(days=1), _STEP[name]) >= opened]
    return [datetime(one.year, one.month, one.day, 9, tzinfo=ZONE) for one in reversed(whole)]


def _begun(day: date, months: int) -> date:
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)

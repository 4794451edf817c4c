"""Weeks in which nobody patrolled a customer manager (R-SCOR-07)."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from .book import rule

_WEEK = timedelta(days=7)


@rule("R-SCOR-07", "每位客户经理每周有一次巡访记录；一周过完而没有的，显示为缺。")
def missing_weeks(mondays: Sequence[date], patrolled: Collection[date], today: date) -> list[date]:
    """Of the weeks that begin on *mondays*, those that are over on *today* without one of the days *patrolled*."""
    had = {day - timedelta(days=day.weekday()) for day in patrolled}
    return [monday for monday in mondays if monday + _WEEK <= today and monday not in had]

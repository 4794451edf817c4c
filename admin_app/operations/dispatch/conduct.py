"""Who keeps to the store's rules and who is there today: incidents, roster, outings, all designers at once (R-DISP-04, 07).

Sessions here see beneath the row rule; what leaves are days and names of nobody else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models import register_named
from ..today import local_day, midnight

#: penalties for what disturbs the store, hurtful words among it
_WORDS = ("store_image",)


def incidents(session: Session, people: Collection[int], since: date, today: date) -> dict[int, list[date]]:
    """The days of absences, latenesses, outings not registered and hurtful words of each, the earliest first."""
    registered = {(one.designer_id, local_day(session, one.out_at)) for one in _outings(session, people, since)}
    found: dict[int, list[date]] = defaultdict(list)
    for one in _attendance(session, people, since, today):
        found[one.employee_id] += [one.day] * len(list(_kinds(one, registered)))
    for person, day in _words(session, people, since, today):
        found[person].append(day)
    return {person: sorted(days) for person, days in found.items()}


def _kinds(one: Any, registered: Collection[tuple[int, date]]) -> Iterator[str]:
    """What one day's attendance counts as: somebody late who also left early, twice."""
    if one.state == "absent":
        yield "absent"
    if one.state == "late" or one.late_minutes:
        yield "late"
    if one.state == "early" or one.early_minutes:
        yield "early"
    if one.state == "out" and (one.employee_id, one.day) not in registered:
        yield "out"


def _attendance(session: Session, people: Collection[int], since: date, today: date) -> list[Any]:
    one = register_named("attendance")
    theirs = (one.employee_id.in_(people), one.day.between(since, today), one.voided_at.is_(None))
    columns = (one.employee_id, one.day, one.state, one.late_minutes, one.early_minutes)
    return list(session.execute(select(*columns).where(*theirs)))


def _words(session: Session, people: Collection[int], since: date, today: date) -> list[tuple[int, date]]:
    """Days of approved penalties."""
    one = register_named("reward_penalty")
    day = func.coalesce(one.happened_on, one.decided_on)
    theirs = (
        one.person_id.in_(people), one.penalty_clause.in_(_WORDS), day.between(since, today),
        one.approved_by_id.is_not(None), one.voided_at.is_(None),
    )  # fmt: skip
    return list(session.execute(select(one.person_id, day).where(*theirs)))


def _outings(session: Session, people: Collection[int], since: date) -> list[Any]:
    one = register_named("outing")
    theirs = (one.designer_id.in_(people), one.out_at >= midnight(session, since), one.voided_at.is_(None))
    return list(session.execute(select(one.id, one.designer_id, one.out_at, one.back_at).where(*theirs)))


def on_roster(session: Session, people: Collection[int], today: date) -> set[int]:
    """Those of *people* who are on the roster of the day; whoever swapped is there in the other's place."""
    one = register_named("duty_roster")
    there = func.coalesce(one.swapped_with_id, one.employee_id)
    return set(session.scalars(select(there).where(one.day == today, there.in_(people), one.voided_at.is_(None))))


def outings_now(session: Session, people: Collection[int], now: datetime) -> dict[int, Any]:
    """The outing that each is on: begun today and without a return, or with one that is still to come."""
    today = local_day(session, now)
    return {
        one.designer_id: one
        for one in _outings(session, people, today - timedelta(days=30))
        if one.out_at <= now and (one.back_at > now if one.back_at else local_day(session, one.out_at) == today)
    }

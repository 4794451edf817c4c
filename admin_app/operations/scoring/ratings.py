"""Colleagues' ratings of the month (R-SCOR-01)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...guard.stamped import hold
from ...guard.stamps import operating
from ...models import Register, register_named
from ...rules.combining import first_refusal
from ...rules.months import Month
from ...rules.ratings import is_in_own_name, is_of_another, is_the_only_one
from ...rules.scoring import is_rating
from ...verdicts import require
from ..followups import after_writing, before_adding
from .period import Period

#: the order in which ratings stand in line, so that two of the same are seen by the second
LINE = "ratings"
#: whose rating it is, of whom and when; a restored one counts as new
_IDENTITY = frozenset({"rated_id", "rater_id", "month_on", "voided_at"})
_CRITERIA = ("dispatch_form", "reconcile", "communicate", "team")


class Rating(NamedTuple):
    """One colleague's rating: its record, the day it is of, the total of the four criteria."""

    record: int
    rated_on: date
    total: Decimal


def ratings_of(period: Period) -> dict[int, list[Rating]]:
    """Person -> the ratings of their month, in the order they were given."""
    rating = register_named("internal_rating")
    columns = (rating.id, rating.rated_id, rating.month_on, *(getattr(rating, name) for name in _CRITERIA))
    rows = select(*columns).where(
        rating.voided_at.is_(None), period.holds(rating.month_on), rating.rated_id.in_(period.people)
    )
    found: dict[int, list[Rating]] = {}
    for row in period.session.execute(rows.order_by(rating.id)):
        found.setdefault(row.rated_id, []).append(Rating(row.id, row.month_on, _total(row._mapping)))
    return found


@before_adding("internal_rating")
def sign_rating(session: Session, record: Any) -> None:
    """Where no rater is named it is who writes; raises Refused: own_request, role."""
    person = acting(session)
    if record.rater_id is None:
        record.rater_id = person.id
    require(first_refusal(is_of_another(person.id, record.rated_id), is_in_own_name(person, record.rater_id)))


@after_writing("internal_rating")
def keep_single(session: Session, record: Any, before: Mapping[str, Any]) -> None:
    """Nobody is rated twice by one colleague in a month, nor writes what is about themselves.

    Raises Refused: own_request, taken.
    """
    person = acting(session).id
    require(first_refusal(*(is_of_another(person, one.get("rated_id", record.rated_id)) for one in ({}, before))))
    if record.voided_at is None and (not before or _IDENTITY & before.keys()):
        hold(session, LINE)
        with elevated(session) as beneath:
            others = _others(beneath, beneath.get_one(type(record), record.id))
        require(is_the_only_one(others))


def _others(session: Session, record: Any) -> int:
    """How many more ratings in use the same rater gave the same person for that month."""
    rating, month = type(record), Month.of(record.month_on)
    same = (rating.rated_id == record.rated_id, rating.rater_id == record.rater_id, rating.voided_at.is_(None))
    more = (rating.id != record.id, rating.month_on.between(month.first, month.last))
    return session.scalar(select(func.count()).select_from(rating).where(*same, *more)) or 0


@after_writing("internal_rating")
def add_up(session: Session, record: Register, before: Mapping[str, Any]) -> None:
    """A rating is of half points, and knows its total; raises Refused "out_of_range"."""
    values: Mapping[str, Any] = {name: getattr(record, name) for name in _CRITERIA}
    require(is_rating(values.values()))
    with operating(session):
        record.total = _total(values)


def _total(values: Mapping[str, Any]) -> Decimal:
    return sum((values[name] for name in _CRITERIA), Decimal(0))

"""Colleagues' ratings of the month (R-SCOR-01)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.stamps import operating
from ...models import Register, register_named
from ...rules.scoring import is_rating
from ...verdicts import require
from ..followups import after_writing
from .period import Period

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


@after_writing("internal_rating")
def add_up(session: Session, record: Register, before: Mapping[str, Any]) -> None:
    """A rating is of half points, and knows its total; raises Refused "out_of_range"."""
    values: Mapping[str, Any] = {name: getattr(record, name) for name in _CRITERIA}
    require(is_rating(values.values()))
    with operating(session):
        record.total = _total(values)


def _total(values: Mapping[str, Any]) -> Decimal:
    return sum((values[name] for name in _CRITERIA), Decimal(0))

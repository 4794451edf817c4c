"""Whether a customer is still looked after: neither given up, nor out of reach, nor off the lists (R-RELA-02, R-PRIV-01)."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from ...guard.readable import where_read
from ...permissions import Person
from ...rules.coverage import GIVEN_UP


def looked_after(one: Any) -> tuple[ColumnElement[bool], ...]:
    """What holds of the customers *one* who are."""
    return one.status.not_in(GIVEN_UP), one.withdrawn_on.is_(None), one.voided_at.is_(None)


def given_up(one: Any, person: Person) -> ColumnElement[bool]:
    """Whether the customer *one* is no more, as far as *person* reads why."""
    lost = one.status.in_(GIVEN_UP) & where_read(one, one.faces["status"], person)
    withdrew = one.withdrawn_on.is_not(None) & where_read(one, one.faces["withdrawn_on"], person)
    return or_(lost, withdrew, one.voided_at.is_not(None))

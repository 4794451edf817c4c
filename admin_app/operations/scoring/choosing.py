"""The records of somebody's month that a reviewer may name as evidence (R-SCOR-02)."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...class_words import LateCost, Scored
from ...fields import Reading
from ...guard.titles import linked
from ...models import Register, all_registers, register_named
from ...permissions import Person
from ...rules.months import Month
from .evidence import path_of
from .period import Period

#: of each register, the latest
_MOST = 200


class Choice(NamedTuple):
    """A record: the register's title, the record's, and its path."""

    register_title: str
    title: str
    path: str


def records_of(session: Session, month: Month, whose: int, person: Person, reading: Reading) -> list[Choice]:
    """What *whose* wrote or answered for in *month*, as far as the acting *person* sees it."""
    period = Period(session, month, frozenset({whose}))
    return [choice for register, day, by in _counted() for choice in _of(period, register, day, by, person, reading)]


def _counted() -> list[tuple[type[Register], str, str]]:
    """The registers that count, each with the fields of its day and its person."""
    scored = [(one, Scored.of(one.scored)) for one in all_registers().values() if one.scored]
    late = [(one, LateCost.of(one.late_costs)) for one in all_registers().values() if one.late_costs]
    return [
        *((one, how.day, how.person) for one, how in scored),
        *((one, how.due, how.person) for one, how in late),
        (register_named("outing"), "out_at", "designer_id"),
    ]


def _of(
    period: Period, register: type[Register], day: str, by: str, person: Person, reading: Reading
) -> list[Choice]:  # fmt: skip
    happened = getattr(register, day)
    mine = select(register.id).where(
        register.voided_at.is_(None), period.holds(happened), getattr(register, by).in_(period.people)
    )
    ids = period.session.scalars(mine.order_by(happened.desc(), register.id.desc()).limit(_MOST)).all()
    titles = linked(period.session, register.__tablename__, ids, person, reading)
    named = ((titles[id_], id_) for id_ in ids)
    return [
        Choice(str(register.declaration.title), title, path_of(register, public_id))
        for (title, public_id), _id in named
        if public_id is not None
    ]

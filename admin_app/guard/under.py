"""What is written under a plan waits until the plan is approved, on every path beneath all screens (R-DEVE-01).

A link declared ``once_closed=True`` leads to a form that its last signature closes (``closes_with``); until then nothing new
may name it. What is closed itself when it comes in is history, and comes in as it was.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from ..fields import Face
from ..models import Register, register_named, register_of
from ..texts import Text, say
from ..verdicts import Refused, refuse
from .parts import in_parts


def check_under(session: Session, records: Iterable[Any], new: bool) -> None:
    """Raise Refused "not_signed" where one of *records* newly names a form that isn't closed.

    One query for each such link and some hundreds of forms, however many records there are.
    """
    named: dict[tuple[str, Face], set[int]] = defaultdict(set)
    for record in records:
        for face in links_under(register_of(record)):
            if (id_ := getattr(record, face.name)) is not None and _counts(record, face, new):
                named[record.steps_by, face].add(id_)
    for (rule, face), ids in named.items():
        if ids - closed_among(session, face, ids):
            raise Refused(refuse(rule, "not_signed", not_yet(face)))


def not_yet(face: Face) -> Text:
    """Why nothing may name a form in *face* yet."""
    return say("“{field}”还没有批准，批准后才能登记；请先送批，或不填这一项", field=face.label)


@lru_cache(maxsize=1000)
def links_under(register: type[Register]) -> tuple[Face, ...]:
    """The links of *register* that lead to forms which have to be closed."""
    return tuple(face for face in register.faces.values() if face.once_closed)


def _counts(record: Any, face: Face, new: bool) -> bool:
    if new:
        return not record.closes_with or getattr(record, record.closes_with) is None
    return inspect(record).attrs[face.name].history.has_changes()


def closed_among(session: Session, face: Face, ids: Iterable[int]) -> set[int]:
    """Which of the forms *ids*, named in *face*, have their last signature; read beneath the row rule, as whoever writes names
    them already."""
    register = register_named(face.to or "")
    one = register.__table__.c
    closed = select(one.id).where(one[register.closes_with].is_not(None))
    return {id_ for some in in_parts(ids) for id_ in session.connection().scalars(closed.where(one.id.in_(some)))}

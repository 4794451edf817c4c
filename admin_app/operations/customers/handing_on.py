"""A customer's open duties go with the customer: greetings, appointments, contacts to be made by their manager (R-CUST-09).

What belongs to the customer takes its owner over by itself (``guard.belonging``); here go those who are named in charge of the
work. While the customer is in the pool the former manager keeps what was promised, until somebody takes the customer. A form
that has been judged stays as it was judged (R-ROLE-05), and the custody of files is no such duty (R-CONF-04).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.at_commit import before_commit
from ...guard.parts import in_parts
from ...guard.session import elevated
from ...guard.stamps import operating
from ...models import Register, links_to, register_named
from ...permissions import Level, Person
from ...rules.leaving import may_take_over
from ...working.trail import TrailEntry, TrailValue
from ..closing import is_judged
from ..followups import after_changing
from ..leaving.duties import duties, follows, still_open
from ..people import load_person

_CUSTOMER = "customer"


@after_changing(_CUSTOMER)
def go_along(session: Session, customer: Any, before: Mapping[str, Any]) -> None:
    """A list of customers is handed on together, once all of them are given away."""
    if "owner_id" in before:
        before_commit(session, _hand_on_all, (customer.id, before["owner_id"]))


def _hand_on_all(session: Session, given: list[tuple[int, int | None]]) -> None:
    """Of who was given away twice the first manager counts, and of all whose they are now."""
    one, former = register_named(_CUSTOMER), dict(reversed(given))
    with elevated(session) as beneath:
        now = {
            id_: owner
            for some in in_parts(former)
            for id_, owner in beneath.execute(select(one.id, one.owner_id).where(one.id.in_(some)))
        }
        hand_on(beneath, {id_: (former[id_], owner) for id_, owner in now.items() if owner not in (None, former[id_])})


def hand_on(session: Session, given: Mapping[int, tuple[int | None, int]]) -> None:
    """Put the successor where the former manager stands in open work of each customer *given* away; for one from the pool,
    where the last one stands whom they had. One statement for each register that knows such work, however many they are.

    *session* sees beneath the row rule. What lies above the successor's clearance stays where it is (R-CONF-02).
    """
    people = {id_: load_person(session, id_) for id_ in {successor for _former, successor in given.values()}}
    last = _last_managers(session, [id_ for id_, (former, _successor) in given.items() if former is None])
    handed = {
        id_: (was, person)
        for id_, (former, successor) in given.items()
        if (was := former or last.get(id_)) is not None and (person := people[successor]) is not None
    }
    with operating(session):
        for some in in_parts(handed):
            _hand_on_some(session, {id_: handed[id_] for id_ in some})


def _hand_on_some(session: Session, handed: Mapping[int, tuple[int, Person]]) -> None:
    former = {was for was, _person in handed.values()}
    for register, link, faces in _work():
        theirs = or_(*(getattr(register, face.name).in_(former) for face in faces))
        open_ = getattr(register, link.name).in_(list(handed)), theirs, still_open(register)
        for record in session.scalars(select(register).where(*open_).order_by(register.id).with_for_update()):
            was, person = handed[getattr(record, link.name)]
            may = may_take_over(Level(record.level), person.clearance, leaver_sees=False, successor_sees=True)
            if may and not is_judged(record):
                _put(record, faces, was, person.id)


def _last_managers(session: Session, customers: Sequence[int]) -> dict[int, int]:
    """Customer -> whose they were before nobody's, as the trail has it."""
    return {id_: was for some in in_parts(customers) for id_, was in _managers_before(session, some)}


def former_managers(session: Session, customer: int) -> set[int]:
    """Everybody whose *customer* was before, as the trail has it."""
    return {was for _customer, was in _managers_before(session, [customer])}


def _managers_before(session: Session, customers: Sequence[int]) -> list[tuple[int, int]]:
    """Customer and whose they were before each change, in order."""
    owned = select(TrailEntry.record_id, TrailValue.old).join(TrailEntry, TrailEntry.seq == TrailValue.seq)
    owned = owned.where(
        TrailEntry.table_name == _CUSTOMER, TrailEntry.record_id.in_(customers), TrailEntry.event == "changed",
        TrailValue.field == "owner_id", TrailValue.old.is_not(None), TrailValue.salt.is_not(None),
    )  # fmt: skip
    return [(id_, int(json.loads(old))) for id_, old in session.execute(owned.order_by(TrailEntry.seq))]


def _work() -> Iterator[tuple[Any, Face, list[Face]]]:
    """Every register whose records belong to customers, by which link, and the fields that name who is in charge of them."""
    for register, link in links_to(_CUSTOMER):
        if link.belongs and (faces := _in_charge(register)):
            yield register, link, faces


def _in_charge(register: type[Register]) -> list[Face]:
    return [face for face in duties(register) if not (face.custodian or follows(register, face))]


def _put(record: Any, faces: list[Face], was: int, successor: int) -> None:
    for face in faces:
        if getattr(record, face.name) == was:
            setattr(record, face.name, successor)

"""A customer's open duties go with the customer: greetings, appointments, contacts to be made by their manager (R-CUST-09).

What belongs to the customer takes its owner over by itself (``guard.belonging``); here go those who are named in charge of the
work. While the customer is in the pool the former manager keeps what was promised, until somebody takes the customer. A form
that has been judged stays as it was judged (R-ROLE-05), and the custody of files is no such duty (R-CONF-04).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.session import elevated
from ...guard.stamps import operating
from ...models import Register, links_to
from ...permissions import Level
from ...rules.leaving import may_take_over
from ...working.trail import TrailEntry, TrailValue
from ..closing import is_judged
from ..followups import after_changing
from ..leaving.duties import duties, follows, still_open
from ..people import load_person

_CUSTOMER = "customer"


@after_changing(_CUSTOMER)
def go_along(session: Session, customer: Any, before: Mapping[str, Any]) -> None:
    if "owner_id" in before and customer.owner_id is not None:
        with elevated(session) as beneath:
            hand_on(beneath, customer.id, before["owner_id"], customer.owner_id)


def hand_on(session: Session, customer: int, former: int | None, successor: int) -> None:
    """Put *successor* where the *former* manager stands in open work of *customer*; for one from the pool, where the last one
    stands whom they had. *session* sees beneath the row rule.

    What lies above the successor's clearance stays where it is (R-CONF-02).
    """
    person, was = load_person(session, successor), former or _last_manager(session, customer)
    if person is None or was is None:
        return
    with operating(session):
        for register, link, faces in _work():
            theirs = or_(*(getattr(register, face.name) == was for face in faces))
            mine = getattr(register, link.name) == customer, theirs, still_open(register)
            for record in session.scalars(select(register).where(*mine).order_by(register.id).with_for_update()):
                may = may_take_over(Level(record.level), person.clearance, leaver_sees=False, successor_sees=True)
                if may and not is_judged(record):
                    _put(record, faces, was, successor)


def _last_manager(session: Session, customer: int) -> int | None:
    """Whose the customer was before nobody's, as the trail has it."""
    newest = select(TrailValue.old).join(TrailEntry, TrailEntry.seq == TrailValue.seq)
    newest = newest.where(
        TrailEntry.table_name == _CUSTOMER, TrailEntry.record_id == customer, TrailEntry.event == "changed"
    )
    owned = TrailValue.field == "owner_id", TrailValue.old.is_not(None), TrailValue.salt.is_not(None)
    old = session.scalar(newest.where(*owned).order_by(TrailEntry.seq.desc()).limit(1))
    return None if old is None else int(json.loads(old))


def _work() -> Iterator[tuple[Any, Face, list[Face]]]:
    """Every register whose records belong to customers, by which link, and the fields that name who is in charge of them."""
    for register, link in links_to(_CUSTOMER):
        if link.belongs and (faces := _in_charge(register)):
            yield register, link, faces


def _in_charge(register: type[Register]) -> list[Face]:
    return [face for face in duties(register) if not (face.custodian or follows(register, face))]


def _put(record: Any, faces: list[Face], was: int | None, successor: int) -> None:
    for face in faces:
        if getattr(record, face.name) == was:
            setattr(record, face.name, successor)

"""A proposal confirmed, authorised while the store manager is absent, countersigned, or sent back (R-DISP-01, R-DISP-02)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action, Person, can
from ...rules.approvals import password_is_fresh
from ...rules.combining import first_refusal
from ...rules.dispatch import has_file, obstacles
from ...rules.dispatch_steps import (
    Absence,
    State,
    Verb,
    lapses_on,
    may,
    may_authorise,
    may_confirm,
    may_countersign,
    may_withdraw,
    next_state,
)
from ...rules.figures import ORDER_LAPSES, PASSWORD_GOOD_FOR
from ...rules.rights import may_do
from ...rules.signatures import is_unsigned_and_as_seen
from ...verdicts import Obstructed, Verdict, require
from ..figures import span_on, value_on
from ..records import facts
from ..today import local_day
from .customers import assign
from .files import locked, renew
from .standings import standings


@dataclass(frozen=True)
class Seal:
    """What goes with a signature: the version that the page showed, and when the signer last gave their password."""

    seen: int
    checked_at: datetime | None


def concerned(order: Any) -> frozenset[int]:
    """Who may not confirm it: who proposed, and who is proposed (R-ROLE-04)."""
    return frozenset(filter(None, (order.created_by_id, order.owner_id, order.designer_id)))


def concerned_in_countersigning(order: Any) -> frozenset[int]:
    """Who may not countersign it: who authorised it neither, as two approvals come from two people (R-ROLE-04)."""
    return concerned(order) | frozenset(filter(None, (order.authorised_by_id,)))


def absence_of(session: Session, order: Any) -> Absence:
    """What is recorded of the absence of the store's manager."""
    store = session.get(register_named("store"), order.store_id) if order.store_id else None
    return Absence(store.absent_from, store.absent_until) if store is not None else Absence()


def confirm(session: Session, order: Register, seal: Seal, now: datetime) -> None:
    """The store manager confirms: the order is out. Raises Refused, and Obstructed where the designer may no longer get it."""
    with _deciding(session, order) as (beneath, mine, person):
        require(may_confirm(person.id, person.roles, concerned(mine)))
        _send(beneath, mine, seal, now)
        mine.confirmed_by_id, mine.confirmed_at = person.id, now
        _note_on_consultation(beneath, mine, person.id, now)
        trail.note(beneath, "signed", mine, field="confirmed_by_id")


def authorise(session: Session, order: Register, seal: Seal, now: datetime) -> None:
    """The general manager authorises in the store manager's recorded absence; the countersignature stays open (R-DISP-02)."""
    with _deciding(session, order) as (beneath, mine, person):
        require(may_authorise(person.id, person.roles, concerned(mine), absence_of(beneath, mine), now))
        _send(beneath, mine, seal, now)
        mine.authorised_by_id, mine.authorised_at = person.id, now
        mine.absence = beneath.get_one(register_named("store"), mine.store_id).absence_reason
        mine.own_dispatch, mine.countersigned = True, False
        trail.note(beneath, "signed", mine, field="authorised_by_id")


def countersign(session: Session, order: Register, seal: Seal, now: datetime) -> None:
    """The store manager signs what was authorised in their absence; it shows 补签 and its date (R-DISP-02)."""
    with _deciding(session, order) as (beneath, mine, person):
        signed = mine.countersigned_by_id is not None
        others, authorised = concerned_in_countersigning(mine), mine.authorised_by_id is not None
        asked = may_countersign(person.id, person.roles, others, authorised, signed)
        require(first_refusal(asked, sealed(beneath, mine, seal, now)))
        mine.countersigned, mine.countersigned_by_id, mine.countersigned_at = True, person.id, now
        _note_on_consultation(beneath, mine, person.id, now, late=True)
        trail.note(beneath, "signed", mine, field="countersigned_by_id")


def withdraw(session: Session, order: Register, reason: str, now: datetime) -> None:
    """The proposer takes it back, or who might have confirmed it sends it back with a reason."""
    person = acting(session)
    decides = can(person, Action.APPROVE, type(order), facts(session, order))
    with elevated(session) as beneath:
        mine = _held(beneath, order)
        require(may_withdraw(person.id, mine.created_by_id, decides, reason))
        mine.state = next_state(State(mine.state), Verb.WITHDRAW)
        if reason.strip():
            mine.remark = "\n".join(filter(None, [mine.remark, reason.strip()[:200]]))
        trail.note(beneath, "withdrawn", mine)


@contextmanager
def _deciding(session: Session, order: Register) -> Iterator[tuple[Session, Any, Person]]:
    """The session beneath the row rule, the order held there, and who decides; raises Refused without the right."""
    person = acting(session)
    require(may_do(person, Action.APPROVE, type(order), facts(session, order)))
    with elevated(session) as beneath:
        yield beneath, _held(beneath, order), person


def _held(session: Session, order: Register) -> Any:
    """The order, held until the transaction ends, so that simultaneous decisions on it queue up here."""
    return session.get_one(type(order), order.id, with_for_update=True)


def sealed(session: Session, order: Any, seal: Seal, now: datetime) -> Verdict:
    """The form is as it was seen, and the password fresh (R-ROLE-05)."""
    return first_refusal(
        is_unsigned_and_as_seen(False, seal.seen, order.version),
        password_is_fresh(seal.checked_at, now, span_on(session, PASSWORD_GOOD_FOR, now)),
    )


def _send(session: Session, order: Any, seal: Seal, now: datetime) -> None:
    """Send the order out, if the designer may still get it: what they hold is counted with their file locked (R-DISP-05)."""
    require(first_refusal(may(State(order.state), Verb.SEND), sealed(session, order, seal, now)))
    files = locked(session, [order.designer_id])
    require(has_file(bool(files)))
    for standing in standings(session, files, now).values():
        if against := obstacles(standing):
            raise Obstructed(tuple(one.verdict for one in against))
    order.state = next_state(State(order.state), Verb.SEND)
    order.dispatched_at, order.designer_answer = now, "waiting"
    order.lapses_on = lapses_on(local_day(session, now), value_on(session, ORDER_LAPSES, now))
    assign(session, order)
    session.flush()
    renew(session, [order.designer_id], now)


def _note_on_consultation(session: Session, order: Any, signer: int, now: datetime, late: bool = False) -> None:
    """The designer's name and the store manager's signature on the customer's consultation, 补签 marked (000 ch2 三)."""
    if order.consultation_id is None:
        return
    form = session.get_one(register_named("consultation"), order.consultation_id)
    form.designer_id, form.confirmed_by_id, form.confirmed_at = order.designer_id, signer, now
    if late:
        form.countersigned, form.countersigned_at = True, now

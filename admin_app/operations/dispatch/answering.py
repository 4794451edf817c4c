"""A designer accepts or refuses; what a refusal brings about, whoever notes it and on whatever path (R-DISP-06)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Person
from ...rules.combining import first_refusal
from ...rules.dispatch import month_from
from ...rules.dispatch_steps import WAITING, State, Verb, may, may_answer, may_strike_off, next_state
from ...texts import say
from ...verdicts import Refused, refuse, require
from .. import records
from ..followups import after_adding, after_writing, before_adding
from ..today import local_day
from .customers import release
from .deciding import Seal, sealed
from .files import renew
from .standings import STRUCK_OFF

#: a refusal with good reason suspends nobody
EXCUSED, SEVERE = "excused", "severe"
#: fields of a refusal that its suspension follows
_DECIDING = frozenset({"severity", "refused_at", "designer_id"})


def accept(session: Session, order: Register, now: datetime) -> None:
    """The designer takes the order; raises Refused: not_signer, wrong_state."""
    person = acting(session).id
    with elevated(session) as beneath:
        mine = beneath.get_one(type(order), order.id, with_for_update=True)
        require(may_answer(person, mine.designer_id))
        mine.state = next_state(State(mine.state), Verb.ACCEPT)
        mine.designer_answer, mine.answered_at = "accepted", now


def decline(session: Session, order: Register, ground: str, reason: str, now: datetime) -> None:
    """The designer refuses the order: it is noted as a refusal, and what follows from one follows.

    Raises Refused: not_signer, wrong_state, no_reason.
    """
    person = acting(session).id
    with elevated(session) as beneath:
        mine = beneath.get_one(type(order), order.id, with_for_update=True)
        require(first_refusal(may_answer(person, mine.designer_id), may(State(mine.state), Verb.REFUSE)))
        if not (ground and reason.strip()):
            raise Refused(refuse("R-DISP-06", "no_reason", say("请写明拒单的原因")))
        values = {
            "refused_at": now, "designer_id": person, "dispatch_order_id": mine.id, "customer_id": mine.customer_id,
            "ground": ground, "reason": reason.strip(), "told_by_id": person, "store_id": mine.store_id,
        }  # fmt: skip
        records.create(beneath, register_named("dispatch_refusal"), values)


@after_adding("dispatch_refusal")
def end_orders(session: Session, refusals: Sequence[Register]) -> None:
    """A refusal ends the order that it is about."""
    ids = [(type(refusal), refusal.id) for refusal in refusals]
    with elevated(session) as beneath:
        for register, id_ in ids:
            _end_order(beneath, beneath.get_one(register, id_))


@before_adding("dispatch_refusal")
def tell_month(session: Session, refusal: Register) -> None:
    """A new refusal says for how long it suspends."""
    _tell(session, refusal)


@after_writing("dispatch_refusal")
def keep_suspension(session: Session, refusal: Register, before: Mapping[str, Any]) -> None:
    """A refusal suspends for a month from its day, unless it is excused; the suspension follows how it is judged."""
    if before and not _DECIDING & before.keys():
        return
    with elevated(session) as beneath:
        mine = beneath.get_one(type(refusal), refusal.id)
        _tell(beneath, mine)
        _suspend(beneath, mine)
        renew(beneath, [mine.designer_id], clock.now())


@after_writing("designer_suspension")
def note_suspension(session: Session, suspension: Register, before: Mapping[str, Any]) -> None:
    """The designer's file says so at once."""
    with elevated(session) as beneath:
        renew(beneath, [suspension.designer_id], clock.now())


def _end_order(session: Session, refusal: Any) -> None:
    if refusal.dispatch_order_id is None:
        return
    order = session.get_one(register_named("dispatch_order"), refusal.dispatch_order_id, with_for_update=True)
    if order.designer_id == refusal.designer_id and order.state in WAITING:
        order.state = next_state(State(order.state), Verb.REFUSE)
        order.designer_answer, order.answered_at = (
            "refused",
            max(filter(None, (refusal.refused_at, order.dispatched_at))),
        )
        release(session, [order])


def _tell(session: Session, refusal: Any) -> None:
    day = local_day(session, refusal.refused_at)
    dates = (day, month_from(day)) if _stands(refusal) else (None, None)
    refusal.suspended_from_on, refusal.suspended_until_on = dates


def _stands(refusal: Any) -> bool:
    return refusal.severity != EXCUSED and refusal.voided_at is None


def _suspend(session: Session, refusal: Any) -> None:
    """The month's suspension, lifted where the refusal is excused."""
    day, found = local_day(session, refusal.refused_at), _suspension(session, refusal)
    if found is not None:
        _lift_or_keep(found, refusal, _stands(refusal), day)
    elif _stands(refusal):
        _add(session, refusal, "refusal", from_on=day, until_on=month_from(day), severe=refusal.severity == SEVERE)
    session.flush()


def _suspension(session: Session, refusal: Any) -> Any:
    one = register_named("designer_suspension")
    return session.scalars(select(one).where(one.refusal_id == refusal.id, one.kind == "refusal")).first()


def _lift_or_keep(suspension: Any, refusal: Any, stands: bool, day: Any) -> None:
    if stands:
        suspension.lifted_at = suspension.lift_reason = None
        suspension.from_on, suspension.until_on = day, month_from(day)
        suspension.severe = refusal.severity == SEVERE
    elif suspension.lifted_at is None:
        suspension.lifted_at, suspension.lift_reason = clock.now(), str(say("拒单有正当理由或已作废"))


def _add(session: Session, refusal: Any, kind: str, **values: Any) -> Register:
    about = {"designer_id": refusal.designer_id, "refusal_id": refusal.id, "store_id": refusal.store_id}
    values = {**about, "kind": kind, "reason": refusal.reason, **values}
    return records.create(session, register_named("designer_suspension"), values)


def may_be_struck_off(refusal: Any, person: Person) -> bool:
    """Whether *person* might strike off the designer of *refusal* now."""
    severe, done = refusal.severity == SEVERE, refusal.struck_off_by_id is not None
    return refusal.voided_at is None and bool(may_strike_off(person.roles, severe, done))


def strike_off(session: Session, refusal: Register, seal: Seal, now: datetime) -> None:
    """The general manager strikes off the designer of a severe refusal; raises Refused: role, wrong_state, those of a seal."""
    person = acting(session)
    with elevated(session) as beneath:
        mine = beneath.get_one(type(refusal), refusal.id, with_for_update=True)
        asked = may_strike_off(person.roles, mine.severity == SEVERE, mine.struck_off_by_id is not None)
        require(first_refusal(asked, sealed(beneath, mine, seal, now)))
        mine.struck_off_by_id, mine.struck_off_at = person.id, now
        _add(beneath, mine, STRUCK_OFF, from_on=local_day(beneath, now), severe=True,
             struck_off_by_id=person.id, struck_off_at=now)  # fmt: skip
        trail.note(beneath, "signed", mine, field="struck_off_by_id")
        renew(beneath, [mine.designer_id], now)

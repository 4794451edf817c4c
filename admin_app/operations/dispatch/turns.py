"""Whose turn an order is: what the acting person may do with it now, and all that waits for them (R-DISP-01, R-DISP-02)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...guard.session import acting
from ...models import Register, register_named
from ...permissions import Action, Facts, Person, Role, can
from ...rules.dispatch_steps import (
    WAITING,
    State,
    Verb,
    may,
    may_answer,
    may_authorise,
    may_confirm,
    may_countersign,
    may_withdraw,
)
from ...rules.figures import MOST_HELD
from ...texts import Titled, say
from ..records import facts
from .deciding import absence_of, concerned, concerned_in_countersigning

_MOST = 200


class Act(Titled):
    """What somebody does with an order."""

    CONFIRM = "confirm", say("确认派单")
    AUTHORISE = "authorise", say("授权派单")
    COUNTERSIGN = "countersign", say("补签")
    ACCEPT = "accept", say("接受派单")
    DECLINE = "decline", say("拒单")
    WITHDRAW = "withdraw", say("撤回或退回")


#: what waits for a person; taking a proposal back doesn't
PRESSING = (Act.CONFIRM, Act.AUTHORISE, Act.COUNTERSIGN, Act.ACCEPT)


def acts_of(session: Session, order: Any, person: Person, known: Facts, now: datetime) -> list[Act]:
    """What *person* may do with *order* now, the next step first; *known* are the order's facts."""
    if order.voided_at is not None or order.state is None:
        return []
    return list(_acts(session, order, person, can(person, Action.APPROVE, type(order), known), now))


def _acts(session: Session, order: Any, person: Person, decides: bool, now: datetime) -> Iterator[Act]:
    state, others = State(order.state), concerned(order)
    if state is State.PROPOSED:
        if decides and may_confirm(person.id, person.roles, others):
            yield Act.CONFIRM
        elif decides and may_authorise(person.id, person.roles, others, absence_of(session, order), now):
            yield Act.AUTHORISE
        if may_withdraw(person.id, order.created_by_id, decides, reason="-"):
            yield Act.WITHDRAW
    authorised, signed = order.authorised_by_id is not None, order.countersigned_by_id is not None
    if decides and may_countersign(person.id, person.roles, concerned_in_countersigning(order), authorised, signed):
        yield Act.COUNTERSIGN
    if may_answer(person.id, order.designer_id):
        yield from (act for act, verb in ((Act.ACCEPT, Verb.ACCEPT), (Act.DECLINE, Verb.REFUSE)) if may(state, verb))


def waiting_for(session: Session, now: datetime) -> list[tuple[Any, Act]]:
    """The orders that wait for the acting person, the oldest first, each with what is due; those they see only."""
    person, order = acting(session), register_named("dispatch_order")
    mine = []
    if not person.roles.isdisjoint((Role.STORE_MANAGER, Role.GENERAL_MANAGER)):
        mine += [order.state == State.PROPOSED, uncountersigned(order)]
    if Role.DESIGNER in person.roles:
        mine.append((order.designer_id == person.id) & order.state.in_(WAITING))
    if not mine:
        return []
    asked = (
        select(order).where(or_(*mine), order.voided_at.is_(None)).order_by(order.proposed_at, order.id).limit(_MOST)
    )
    return [(one, act) for one in session.scalars(asked) for act in _first(session, one, person, now)]


def _first(session: Session, order: Any, person: Person, now: datetime) -> Sequence[Act]:
    acts = acts_of(session, order, person, facts(session, order), now)
    return [act for act in acts if act in PRESSING][:1]


def uncountersigned(order: Any) -> Any:
    """Authorised in the store manager's absence, and not yet countersigned (R-DISP-02)."""
    return order.authorised_by_id.is_not(None) & order.countersigned_by_id.is_(None)


def over_the_limit(session: Session) -> list[Register]:
    """The files of designers whom late deposits gave more than they may hold: the store manager is told (R-DISP-05)."""
    if Role.STORE_MANAGER not in acting(session).roles:
        return []
    designer = register_named("designer")
    asked = select(designer).where(designer.held > MOST_HELD, designer.voided_at.is_(None)).order_by(designer.id)
    return list(session.scalars(asked))

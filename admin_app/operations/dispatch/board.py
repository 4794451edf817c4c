"""What the dispatch board looks at, each list within the acting person's rights (R-DISP-01 … 07)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action
from ...rules.dispatch import Obstacle, Standing, obstacles
from ...rules.dispatch_steps import OPEN, State
from ..today import local_day
from .conduct import outings_now
from .proposing import filled_in
from .standings import standings
from .turns import uncountersigned

_MOST = 100
#: so far back refusals are shown
_LATELY = timedelta(days=90)
#: of attendance: who isn't there, whatever the roster says
AWAY = ("absent", "leave", "travel", "rest")


@dataclass(frozen=True)
class Load:
    """One designer as the board shows them: their file, how they stand, what is against an order.

    ``outing``: the outing they are on, ``absences``: the entries of attendance by which they aren't there today, the newest
    last, of those that the acting person sees (R-CONF-02).
    """

    file: Any
    standing: Standing
    obstacles: tuple[Obstacle, ...]
    outing: Any | None
    absences: Sequence[Any]


def loads(session: Session, now: datetime) -> list[Load]:
    """The designers whose files this person sees, by what they hold; figures as the offer counts them."""
    designer = register_named("designer")
    files = session.scalars(select(designer).where(designer.voided_at.is_(None)).limit(_MOST)).all()
    with elevated(session) as beneath:
        mine = beneath.scalars(select(designer).where(designer.id.in_([one.id for one in files]))).all()
        found = standings(beneath, mine, now)
        out = outings_now(beneath, found.keys(), now)
    outings = _outings(session, [one.id for one in out.values()])
    away = _absences(session, found.keys(), local_day(session, now))
    made = [
        Load(one, found[id_], obstacles(found[id_]), outings.get(id_), away.get(id_, ()))
        for one in mine
        for id_ in [one.employee_id]
    ]
    return sorted(made, key=lambda load: (load.standing.struck_off, -load.standing.held, load.standing.number))


def _outings(session: Session, ids: Collection[int]) -> dict[int, Any]:
    """Designer -> their outing, of those with these *ids* that the acting person sees."""
    outing = register_named("outing")
    return {one.designer_id: one for one in session.scalars(select(outing).where(outing.id.in_(ids)))}


def _absences(session: Session, people: Collection[int], today: date) -> dict[int, list[Any]]:
    """Designer -> the entries that keep them away today, of those that the acting person sees; whether a field of them says so
    to that person too is for whoever tells it."""
    one = register_named("attendance")
    on_leave = (one.leave_from_on <= today) & (one.leave_until_on >= today)
    away = or_((one.day == today) & one.state.in_(AWAY), on_leave)
    asked = select(one).where(one.employee_id.in_(people), away, one.voided_at.is_(None)).order_by(one.day, one.id)
    found: dict[int, list[Any]] = {}
    for entry in session.scalars(asked):
        found.setdefault(entry.employee_id, []).append(entry)
    return found


def absent_managers(session: Session, now: datetime) -> Sequence[Any]:
    """The stores with proposals whose manager is recorded absent now, so that the general manager authorises (R-DISP-02)."""
    store, order = register_named("store"), register_named("dispatch_order")
    waiting = exists().where(order.store_id == store.id, order.state == State.PROPOSED, order.voided_at.is_(None))
    gone = (store.absent_from <= now, or_(store.absent_until.is_(None), store.absent_until > now))
    return session.scalars(select(store).where(*gone, waiting, store.voided_at.is_(None)).order_by(store.id)).all()


def proposals(session: Session) -> Sequence[Register]:
    """What waits to be confirmed, the oldest first."""
    order = register_named("dispatch_order")
    return _orders(session, order.state == State.PROPOSED)


def to_countersign(session: Session) -> Sequence[Register]:
    """What was authorised in the store manager's absence and isn't countersigned."""
    return _orders(session, uncountersigned(register_named("dispatch_order")))


def mine_to_answer(session: Session) -> Sequence[Register]:
    """The orders sent to the acting person that they haven't answered."""
    order = register_named("dispatch_order")
    return _orders(session, order.designer_id == acting(session).id, order.state == State.DISPATCHED)


def _orders(session: Session, *conditions: Any) -> Sequence[Register]:
    order = register_named("dispatch_order")
    asked = select(order).where(*conditions, order.voided_at.is_(None)).order_by(order.proposed_at, order.id)
    return session.scalars(asked.limit(_MOST)).all()


def to_dispatch(session: Session) -> Sequence[Register]:
    """The acting person's own customers who have been consulted and have no designer yet, the latest first."""
    if acting(session).reach(Action.ADD, "dispatch_order") is None:
        return []
    customer, form, order = (register_named(table) for table in ("customer", "consultation", "dispatch_order"))
    consulted = exists().where(form.customer_id == customer.id, *filled_in(form))
    given = exists().where(order.customer_id == customer.id, order.state.in_(OPEN), order.voided_at.is_(None))
    theirs = (customer.owner_id == acting(session).id, customer.designer_id.is_(None), customer.voided_at.is_(None))
    asked = select(customer).where(*theirs, consulted, ~given).order_by(customer.registered_at.desc()).limit(_MOST)
    return session.scalars(asked).all()


def refusals(session: Session, now: datetime) -> Sequence[Register]:
    """The refusals of late, the latest first."""
    one = register_named("dispatch_refusal")
    asked = select(one).where(one.refused_at >= now - _LATELY, one.voided_at.is_(None))
    return session.scalars(asked.order_by(one.refused_at.desc(), one.id.desc()).limit(_MOST)).all()

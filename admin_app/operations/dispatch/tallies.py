"""What is counted of designers, all of them at once: orders held and received, plans, suspensions (R-DISP-03 … 06).

Sessions here see beneath the row rule; what leaves are figures, by employee id.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from ...models import register_named
from ...rules.dispatch import in_a_row
from ...rules.dispatch_steps import WAITING, State


def waiting_for_deposit(order: Any, today: date) -> ColumnElement[bool]:
    """Approved and not lapsed on *today*, whether the lapse has been noted or not (R-DISP-05)."""
    in_time = or_(order.lapses_on.is_(None), order.lapses_on > today)
    return order.state.in_(WAITING) & order.voided_at.is_(None) & in_time


def held(session: Session, people: Collection[int], today: date) -> Counter[int]:
    """Agreements with deposit, not finished or withdrawn, and approved orders that wait for theirs (R-DISP-03, R-DISP-05)."""
    agreement, order = register_named("design_agreement"), register_named("dispatch_order")
    running = (agreement.received_on.is_not(None), agreement.state == "held", agreement.voided_at.is_(None))
    return _count(session, agreement, people, *running) + _count(
        session, order, people, waiting_for_deposit(order, today)
    )


def _count(session: Session, register: Any, people: Collection[int], *conditions: ColumnElement[bool]) -> Counter[int]:
    asked = select(register.designer_id, func.count()).where(register.designer_id.in_(people), *conditions)
    return Counter(dict(session.execute(asked.group_by(register.designer_id)).all()))


def last_orders(session: Session, people: Collection[int]) -> dict[int, datetime]:
    """When each was last sent an order."""
    order = register_named("dispatch_order")
    sent = (order.designer_id.in_(people), order.dispatched_at.is_not(None), order.voided_at.is_(None))
    asked = select(order.designer_id, func.max(order.dispatched_at)).where(*sent).group_by(order.designer_id)
    return dict(session.execute(asked).all())


def received(session: Session, people: Collection[int], since: datetime) -> Counter[int]:
    """Orders sent to each since then."""
    order = register_named("dispatch_order")
    return _count(session, order, people, order.dispatched_at >= since, order.voided_at.is_(None))


def signed(session: Session, people: Collection[int], since: date) -> Counter[int]:
    """Contracts that each one's agreements since that day came to."""
    agreement = register_named("design_agreement")
    counted = (agreement.contract_signed.is_(True), agreement.signed_on >= since, agreement.voided_at.is_(None))
    return _count(session, agreement, people, *counted)


def plans_unsigned(
    session: Session, people: Collection[int], forgiven: dict[int, date], most: int, today: date
) -> dict[int, int]:
    """How many of each one's latest plans had no signature, in a row and since they were last forgiven (R-DISP-06).

    A plan is settled by the contract, by an agreement that ended without one, or by an order that lapsed; off-plan
    customers don't count (R-DISP-03). Of each at most *most* of either kind are read.
    """
    settled: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for person, day, was_signed in [*_agreements(session, people, most), *_lapsed(session, people, most, today)]:
        if person not in forgiven or day > forgiven[person]:
            settled[person].append((day, bool(was_signed)))
    # of one day the signature counts as the later
    return {who: in_a_row(was for _day, was in sorted(found, reverse=True)) for who, found in settled.items()}


def _agreements(session: Session, people: Collection[int], most: int) -> list[tuple[int, date, bool]]:
    one = register_named("design_agreement")
    day, over = func.coalesce(one.finished_on, one.signed_on), one.state.in_(("finished", "withdrawn"))
    settled = (or_(one.contract_signed.is_(True), over), one.off_plan.is_not(True), one.voided_at.is_(None))
    return _latest(session, one, people, most, day, one.contract_signed, *settled)


def _lapsed(session: Session, people: Collection[int], most: int, today: date) -> list[tuple[int, date, bool]]:
    one = register_named("dispatch_order")
    settled = (
        one.state.in_((State.LAPSED, *WAITING)), one.lapses_on <= today, one.off_plan.is_not(True), one.voided_at.is_(None)
    )  # fmt: skip
    return _latest(session, one, people, most, one.lapses_on, false(), *settled)


def _latest(
    session: Session, one: Any, people: Collection[int], most: int, day: Any, was_signed: Any, *settled: Any
) -> list[tuple[int, date, bool]]:
    """Of each person the *most* latest settled plans among the rows of *one*: person, day, whether signed."""
    place = func.row_number().over(partition_by=one.designer_id, order_by=(day.desc(), one.id.desc()))
    latest = (
        select(one.designer_id.label("person"), day.label("day"), was_signed.label("was_signed"), place.label("place"))
        .where(one.designer_id.in_(people), *settled)
        .subquery()
    )
    asked = select(latest.c.person, latest.c.day, latest.c.was_signed).where(latest.c.place <= most)
    return list(session.execute(asked))


def suspensions(session: Session, people: Collection[int], today: date) -> list[Any]:
    """Every stop that may hold today or has forgiven plans: those struck off, those running, those lifted for plans."""
    one = register_named("designer_suspension")
    matters = or_(one.until_on.is_(None), one.until_on >= today, one.kind == "no_signature")
    asked = select(one).where(one.designer_id.in_(people), one.from_on <= today, matters, one.voided_at.is_(None))
    return list(session.scalars(asked))

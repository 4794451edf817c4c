"""A shipment is checked against the customer's credit as it is written, and again before goods leave (R-CRED-01, R-CRED-02).

One of today that its kind doesn't allow is refused; one that went out before is written down as it was, with the figures of
its day, and shows among those without prepayment or approval (R-CRED-03).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from ... import clock
from ...fields import Face
from ...guard.session import acting, elevated
from ...guard.stamped import hold
from ...models import Register, register_named, register_of
from ...rules.combining import first_refusal
from ...rules.credit import Kind
from ...rules.credit_ladder import SIGNERS, WITH_PLAN, due_day, is_covered, may_ship
from ...rules.credit_steps import (
    REMITTANCE,
    is_not_ahead,
    may_change_after,
    may_leave,
    may_retell_remittance,
    signs_shipment,
)
from ...verdicts import ALLOWED, Verdict, require
from ..followups import after_adding, after_changing, before_adding, before_changing, before_signing
from ..records import bring
from ..today import local_day
from .accounts import remitted_for
from .judging import judged
from .lines import CREDITING, LINE, refresh_lines
from .payments import settle_shipments
from .standings import Credit, credit_of

_JUDGED = frozenset({"amount", "kind", "customer_id", "shipped_on", "prepaid", "prepaid_amount", "voided_at"})


@before_adding("shipment")
@before_changing("shipment")
def stand_in_line(session: Session, shipment: Register) -> None:
    """Whoever invoices meanwhile waits, or two would use what is left of one limit; before the row is written, as its
    insert shares a lock on the customer and who books money locks shipments behind the line."""
    hold(session, LINE)


@after_adding("shipment")
def check_new(session: Session, added: Sequence[Register]) -> None:
    """Each is checked behind those before it, a ledger's too."""
    with elevated(session) as beneath:
        mine = [beneath.get_one(register_of(one), one.id) for one in added]
        for one in sorted(mine, key=lambda one: (one.shipped_on, one.id)):
            _check(beneath, one)
        _follow(beneath, {one.customer_id for one in mine})


@after_changing("shipment")
def check_again(session: Session, shipment: Register, before: Mapping[str, Any]) -> None:
    _keep_what_left(session, shipment, before)
    if not before.keys() & _JUDGED:
        return
    with elevated(session) as beneath:
        mine = beneath.get_one(type(shipment), shipment.id)
        customers = {mine.customer_id, before.get("customer_id") or mine.customer_id}
        if mine.voided_at is None:
            _check(beneath, mine)
        _follow(beneath, customers)


def _keep_what_left(session: Session, shipment: Any, before: Mapping[str, Any]) -> None:
    """Goods that left on a signature, or needed none, stay written as they left; money remitted, as it was told that day."""
    kind, signer = before.get("kind", shipment.kind), before.get("signed_by_id", shipment.signed_by_id)
    left = shipment.delivered_by_id is not None and (kind not in SIGNERS or signer is not None)
    require(may_change_after(left, before))
    retold = bool(before.keys() & REMITTANCE) or ("kind" in before and Kind.PREPAID in (kind, shipment.kind))
    day = min(before.get("shipped_on", shipment.shipped_on), shipment.shipped_on)
    require(may_retell_remittance(day, local_day(session, clock.now()), retold))


def check_all(session: Session) -> None:
    """Check every shipment behind those before it, for a company whose shipments were entered without (the demo's)."""
    one = register_named("shipment")
    with elevated(session) as beneath:
        found = beneath.scalars(select(one).where(one.voided_at.is_(None)).order_by(one.shipped_on, one.id)).all()
        for shipment in found:
            _check(beneath, shipment)
        _follow(beneath, {shipment.customer_id for shipment in found})


def _check(session: Session, shipment: Any) -> None:
    credit = credit_of(session, {shipment.customer_id}, shipment.shipped_on, shipment.id)[shipment.customer_id]
    remitted, today = remitted_for(shipment), local_day(session, clock.now())
    order = credit.order(shipment.amount, remitted)
    require(is_not_ahead(shipment.shipped_on, today))
    if shipment.shipped_on == today and not shipment.hand_written:
        require(may_ship(order, shipment.kind))
        require(is_covered(order, remitted) if shipment.kind == Kind.PREPAID else ALLOWED)
    bring(shipment, _figures(shipment, credit, order))
    session.flush()


def _figures(shipment: Any, credit: Credit, order: Any) -> dict[str, Any]:
    due = due_day(shipment.kind, shipment.shipped_on, credit.days)
    return {
        "credit_line_id": shipment.credit_line_id or (credit.line.id if credit.line else None),
        "limit_amount": order.standing.limit, "used_amount": order.standing.used,
        "over_amount": order.standing.passed_by(shipment.amount), "third_ok": order.under_third,
        "needs_plan": shipment.kind in WITH_PLAN,
        "due_on": due if shipment.kind == Kind.LAST else shipment.due_on or due,
    }  # fmt: skip


def _follow(session: Session, customers: set[int]) -> None:
    settle_shipments(session, customers, clock.now())
    refresh_lines(session, customers, clock.now())


@before_signing("shipment")
def may_be_signed(shipment: Register, face: Face) -> Verdict:
    """The signature that lets a shipment go is of who its kind asks for; goods leave with all that it asks for."""
    session = object_session(shipment)
    if session is None:
        return ALLOWED
    if face.name == "signed_by_id":
        return first_refusal(signs_shipment(shipment.kind, acting(session).roles), _judged(session, shipment))
    signed, needs = shipment.kind not in SIGNERS or shipment.signed_by_id is not None, bool(shipment.needs_plan)
    return first_refusal(may_leave(signed, needs, needs and has_plan(session, shipment.id)), _judged(session, shipment))


def _judged(session: Session, shipment: Register) -> Verdict:
    with elevated(session, CREDITING) as beneath:
        return judged(beneath, [beneath.get_one(type(shipment), shipment.id)])[shipment.id]


def has_plan(session: Session, shipment: int) -> bool:
    """Whether there is a plan for it, whoever asks: the clerk who hands the goods over needn't see it."""
    plan = register_named("collection_plan")
    with elevated(session, CREDITING) as beneath:
        found = select(plan.id).where(plan.shipment_id == shipment, plan.voided_at.is_(None)).limit(1)
        return beneath.scalar(found) is not None

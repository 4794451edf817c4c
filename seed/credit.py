"""Credit customers of the demo in the middle of their month: kinds as the ladder offers them, some at and over the limit."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.credit import bad_debts, lines, plans, shipments
from admin_app.operations.credit.standings import credit_of
from admin_app.operations.today import local_day
from admin_app.rules.credit import Kind
from admin_app.rules.credit_ladder import SIGNERS, ladder, offered

from .people import Company

#: (days ago, yuan): what was invoiced, and below 0 what was paid. Paying regularly; late, so that the limit is passed; new
_RUNS = (
    ((58, 90_000), (31, 62_000), (24, -62_000), (18, 48_000), (6, 36_500)),
    ((75, 120_000), (52, 90_000), (26, 60_000), (9, 18_000), (9, 15_000)),
    ((64, 80_000), (45, 52_000), (20, 30_000), (4, 8_600)),
    ((12, 40_000), (5, 22_800)),
)


def settle(company: Company) -> None:
    """Give the first customers with credit their shipments, then every one of the company's the kind that it may have."""
    session, today = company.session, local_day(company.session, company.invent.now)
    line = register_named("credit_line")
    credited = session.scalars(select(line).where(line.approved_by_id.is_not(None)).order_by(line.id).limit(len(_RUNS)))
    for one, run in zip(list(credited), _RUNS, strict=False):
        _run(company, one, run, today)
    with operating(session):
        for shipment in _in_order(session):
            _offer(session, shipment)
    shipments.check_all(session)
    plans.note_overdue(session, company.invent.now)
    lines.refresh_all(session, company.invent.now)
    debt = register_named("bad_debt")
    for one in session.scalars(select(debt).order_by(debt.id)).all():
        bad_debts.share_if_known(session, one)


def _run(company: Company, line: Any, run: tuple[tuple[int, int], ...], today: date) -> None:
    customer = company.session.get_one(register_named("customer"), line.customer_id)
    shared = {"customer_id": customer.id, "seller_id": customer.owner_id}
    for number, (ago, amount) in enumerate(run, start=1):
        day, label = today - timedelta(days=ago), f"{customer.id:04}{number}"
        if amount < 0:
            told = {
                "received_on": day,
                "receipt_number": f"SJ-{label}",
                "amount": Decimal(-amount),
                "method": "transfer",
            }
            records.create(company.session, register_named("receipt"), {**shared, **told})
        else:
            told = {"shipped_on": day, "invoice_number": f"FP-{label}", "amount": Decimal(amount), "kind": "within"}
            goods = {"product": "装饰主材", "quantity": 1, "amount": Decimal(amount)}
            records.create(company.session, register_named("shipment"), {**shared, **told}, {"goods": [(None, goods)]})


def _in_order(session: Session) -> Sequence[Any]:
    one = register_named("shipment")
    return session.scalars(select(one).where(one.voided_at.is_(None)).order_by(one.shipped_on, one.id)).all()


def _offer(session: Session, shipment: Any) -> None:
    """The kind that was open on its day; what goes prepaid or for cash is paid, what is signed over the limit is signed."""
    found = credit_of(session, {shipment.customer_id}, shipment.shipped_on, shipment.id)[shipment.customer_id]
    kind = offered(ladder(found.order(shipment.amount))).kind
    shipment.kind, shipment.prepaid = kind.value, kind is Kind.PREPAID
    shipment.prepaid_amount = shipment.amount if kind is Kind.PREPAID else None
    shipment.prepaid_on = shipment.shipped_on if kind is Kind.PREPAID else None
    if kind not in SIGNERS:
        shipment.signed_by_id = shipment.signed_at = None
    session.flush()

"""The accounts of customers from their shipments and receipts, some hundreds of them in two statements (R-CRED-01)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...models import register_named
from ...rules.credit import Account, Invoice, Payment

_AT_ONCE = 500


def accounts_of(session: Session, customers: Collection[int], window: int) -> dict[int, Account]:
    """Customer -> account, one of nothing for who has neither invoice nor payment; *session* sees beneath the row rule."""
    found: dict[int, Account] = {}
    ids = sorted(customers)
    for some in (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE)):
        shipments, receipts = _shipments(session, some), _receipts(session, some)
        for id_ in some:
            invoices = [Invoice(one.shipped_on, one.id, one.amount, one.kind) for one in shipments[id_]]
            found[id_] = Account(invoices, _payments(shipments[id_], receipts[id_]), window)
    return found


def _shipments(session: Session, customers: Collection[int]) -> dict[int, list[Row[Any]]]:
    one = register_named("shipment")
    columns = (one.customer_id, one.id, one.shipped_on, one.amount, one.kind, one.prepaid_amount)
    asked = select(*columns).where(one.customer_id.in_(customers), one.voided_at.is_(None))
    return _by_customer(session.execute(asked))


def _receipts(session: Session, customers: Collection[int]) -> dict[int, list[Row[Any]]]:
    one = register_named("receipt")
    columns = (one.customer_id, one.received_on, one.amount, one.shipment_id)
    asked = select(*columns).where(one.customer_id.in_(customers), one.voided_at.is_(None))
    return _by_customer(session.execute(asked.order_by(one.received_on, one.id)))


def _by_customer(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.customer_id].append(row)
    return found


def _payments(shipments: Iterable[Row[Any]], receipts: Iterable[Row[Any]]) -> Iterator[Payment]:
    """What was remitted before a shipment counts from its day; the receipts written of the same money don't once more."""
    remitted = {one.id: min(one.prepaid_amount, one.amount) for one in shipments if one.prepaid_amount}
    for one in shipments:
        if one.id in remitted:
            yield Payment(one.shipped_on, remitted[one.id], one.id)
    for one in receipts:
        known = min(one.amount, remitted.get(one.shipment_id, Decimal(0)))
        if known:
            remitted[one.shipment_id] -= known
        if one.amount > known:
            yield Payment(one.received_on, one.amount - known, one.shipment_id)

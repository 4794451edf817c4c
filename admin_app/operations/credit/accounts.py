"""The accounts of customers from their shipments and receipts, some hundreds of them in two statements (R-CRED-01)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...guard.parts import in_parts
from ...models import register_named
from ...rules.credit import Account, Invoice, Kind, Payment

_NOTHING = Decimal(0)


def accounts_of(session: Session, customers: Collection[int], window: int) -> dict[int, Account]:
    """Customer -> account, one of nothing for who has neither invoice nor payment; *session* sees beneath the row rule."""
    found: dict[int, Account] = {}
    for some in in_parts(customers):
        shipments, receipts = _shipments(session, some), _receipts(session, some)
        for id_ in some:
            invoices = [Invoice(one.shipped_on, one.id, one.amount, one.kind) for one in shipments[id_]]
            payments = [one for one in _payments(shipments[id_], receipts[id_]) if one.amount]
            found[id_] = Account(invoices, payments, window)
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


def remitted_for(shipment: Any) -> Decimal:
    """What a shipment says was remitted beforehand, in yuan: of a prepaid one alone, and no more than it costs."""
    if shipment.kind != Kind.PREPAID:
        return _NOTHING
    return min(shipment.prepaid_amount or _NOTHING, shipment.amount)


def _payments(shipments: Iterable[Row[Any]], receipts: Sequence[Row[Any]]) -> Iterator[Payment]:
    """All money once: receipts, and what prepaid shipments say was remitted and no receipt shows yet, from their day.

    A receipt of the same money names the shipment, or names none and is of no later day; of the latter the latest are
    taken first. Money remitted is booked before it is said of a second shipment, then.
    """
    prepaid = sorted((one for one in shipments if remitted_for(one)), key=lambda one: (one.shipped_on, one.id))
    unbooked = {one.id: remitted_for(one) for one in prepaid}
    for one in (one for one in receipts if one.shipment_id is not None):
        unbooked[one.shipment_id] = unbooked.get(one.shipment_id, _NOTHING)
        known = min(one.amount, unbooked[one.shipment_id])
        unbooked[one.shipment_id] -= known
        yield Payment(one.received_on, one.amount - known, one.shipment_id)
    left = {one.id: unbooked[one.id] for one in prepaid}
    for one in (one for one in reversed(receipts) if one.shipment_id is None):
        yield from _shared(one, [each for each in prepaid if each.shipped_on >= one.received_on], left)
    for one in prepaid:
        yield Payment(one.shipped_on, remitted_for(one) - (unbooked[one.id] - left[one.id]), one.id)


def _shared(receipt: Row[Any], prepaid: Iterable[Row[Any]], left: dict[int, Decimal]) -> Iterator[Payment]:
    """A receipt that names no shipment: first for what is *left* to be booked of the *prepaid* ones, in their order."""
    rest = receipt.amount
    for one in prepaid:
        known = min(rest, left[one.id])
        left[one.id] -= known
        rest -= known
        yield Payment(receipt.received_on, known, one.id)
    yield Payment(receipt.received_on, rest)

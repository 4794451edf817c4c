"""What everybody sold and collected within some days: one grouped statement for each register (R-INCE-01, R-INCE-02)."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from ...models import register_named
from ...rules.sales import Result


class Source(NamedTuple):
    """A register that counts: the part of the result, the amount, the person and the day that it is of.

    *only*: those with this code. *unless*: an order with a form of this kind counts by its forms, not its own field.
    """

    part: str
    table: str
    amount: str
    person: str
    day: str
    only: tuple[str, str] | None = None
    unless: str | None = None


_SOURCES = (
    Source("orders", "sale", "amount", "seller_id", "ordered_on"),
    Source("discounts", "sale", "discount", "seller_id", "ordered_on"),
    Source("rebates", "sale", "rebate", "seller_id", "ordered_on", unless="rebate"),
    Source("rebates", "sale_discount", "amount", "seller_id", "granted_on", ("kind", "rebate")),
    Source("returns", "sale_return", "amount", "seller_id", "returned_on"),
    Source("cancellations", "sale_cancellation", "amount", "seller_id", "cancelled_on"),
    Source("receipts", "receipt", "amount", "seller_id", "received_on"),
    Source("bill_result", "receipt", "bill_result", "seller_id", "received_on"),
    Source("expenses", "sales_expense", "amount", "person_id", "spent_on"),
)  # fmt: skip


def results(session: Session, first: date, last: date) -> dict[int, Result]:
    """Person -> result of the days *first* to *last*; *session* sees beneath the row rule."""
    found: dict[int, Result] = defaultdict(Result)
    for source in _SOURCES:
        register = register_named(source.table)
        amount, person = getattr(register, source.amount), getattr(register, source.person)
        held = [_within(register, source.day, first, last), register.voided_at.is_(None), amount.is_not(None)]
        if source.unless:
            held.append(_without_forms(register, source.unless))
        if source.only:
            held.append(getattr(register, source.only[0]) == source.only[1])
        for id_, total in session.execute(select(person, _sum(amount)).where(*held).group_by(person)):
            found[id_] = replace(found[id_], **{source.part: getattr(found[id_], source.part) + total})
    for id_, cost in session.execute(_cost(first, last)):
        found[id_] = replace(found[id_], cost=cost)
    return dict(found)


def _without_forms(sale: Any, kind: str) -> ColumnElement[bool]:
    """Orders of which no form of the *kind* stands, so that what both tell is taken off once."""
    form = register_named("sale_discount")
    return ~exists().where(form.sale_id == sale.id, form.kind == kind, form.voided_at.is_(None))


def _cost(first: date, last: date) -> Any:
    """The marginal cost of what was ordered."""
    sale = register_named("sale")
    line = sale.lines.property.mapper.class_
    costs = select(sale.seller_id, _sum(line.marginal_cost)).join(line, sale.lines)
    held = (_within(sale, "ordered_on", first, last), sale.voided_at.is_(None), line.marginal_cost.is_not(None))
    return costs.where(*held).group_by(sale.seller_id)


def receivable(session: Session, day: date) -> dict[int, Decimal]:
    """Seller -> what was shipped and not received by the end of *day*; *session* sees beneath the row rule."""
    shipment, receipt = register_named("shipment"), register_named("receipt")
    shipped = select(shipment.seller_id, _sum(shipment.amount)).where(
        shipment.shipped_on <= day, shipment.seller_id.is_not(None), shipment.voided_at.is_(None)
    )
    received = select(receipt.seller_id, _sum(receipt.amount)).where(
        receipt.received_on <= day, receipt.voided_at.is_(None)
    )
    paid = {id_: total for id_, total in session.execute(received.group_by(receipt.seller_id))}
    owed = session.execute(shipped.group_by(shipment.seller_id))
    return {id_: max(total - paid.get(id_, Decimal(0)), Decimal(0)) for id_, total in owed}


def _sum(amount: Any) -> Any:
    """In the scale of the field itself."""
    return func.sum(amount, type_=amount.type)


def _within(register: Any, day: str, first: date, last: date) -> ColumnElement[bool]:
    return getattr(register, day).between(first, last)

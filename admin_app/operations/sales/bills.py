"""What a bill costs or gains, worked out as its receipt is written (R-INCE-02)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from ...guard.session import elevated
from ...models import Register, register_of
from ...rules.figures_money import BILL_FREE_DAYS, BILL_RATE
from ...rules.sales import bill_interest
from ..figures import value_on
from ..followups import after_adding, after_changing
from ..records import bring
from ..today import midnight

_COUNTS = frozenset({"amount", "method", "shipped_on", "matures_on", "received_on"})


@after_adding("receipt")
def reckon_new(session: Session, added: Sequence[Register]) -> None:
    bills = [one.id for one in added if one.method == "bill"]
    if bills:
        _reckon(session, register_of(added[0]), bills)


@after_changing("receipt")
def reckon_again(session: Session, receipt: Register, before: Mapping[str, Any]) -> None:
    if before.keys() & _COUNTS:
        _reckon(session, type(receipt), [receipt.id])


def _reckon(session: Session, register: type[Register], receipts: Sequence[int]) -> None:
    with elevated(session) as beneath:
        for id_ in receipts:
            one = beneath.get_one(register, id_)
            bring(one, _figures(beneath, one))


def _figures(session: Session, receipt: Any) -> dict[str, Any]:
    """By the figures of the day of receipt; nothing for what is no bill, or without its days."""
    if receipt.method != "bill" or receipt.shipped_on is None or receipt.matures_on is None:
        return {"daily_rate": None, "bill_days": None, "bill_result": None}
    at = midnight(session, receipt.received_on)
    rate, free = value_on(session, BILL_RATE, at), value_on(session, BILL_FREE_DAYS, at)
    days, result = bill_interest(receipt.amount, receipt.shipped_on, receipt.matures_on, free, rate)
    return {"daily_rate": Decimal(rate) / 100, "bill_days": days, "bill_result": result}

"""How customers stand with their credit on a day: the line, what it rests on, what is owed (R-CRED-01)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import register_named
from ...rules.credit import Account, Standing, is_over_term, settled, standing_on
from ...rules.credit_eligibility import Condition, Contract, Evidence, conditions, is_eligible
from ...rules.credit_ladder import Order
from ...rules.figures_money import CREDIT_TERM, CREDIT_WINDOW
from ..figures import value_on
from ..today import midnight
from .accounts import accounts_of


@dataclass(frozen=True)
class Credit:
    """A customer's credit on *day*; *line* is the newest that has begun, *days* by when they pay."""

    day: date
    line: Any | None
    found: tuple[Condition, ...]
    account: Account
    standing: Standing
    over_term: bool
    days: int

    @property
    def eligible(self) -> bool:
        return is_eligible(self.found)

    def order(self, amount: Decimal, remitted: Decimal = Decimal(0)) -> Order:
        """A shipment of *amount*; *remitted*: what the account has of it already, which isn't to count here."""
        standing = replace(self.standing, balance=self.standing.balance + remitted)
        return Order(amount, standing, self.eligible, self.over_term)


def credit_of(session: Session, customers: Collection[int], day: date, before: int | None = None) -> dict[int, Credit]:
    """Customer -> credit on *day*, in five statements; *before*: the shipment of that day ahead of which it is asked.

    *session* sees beneath the row rule. The figures are those of that day.
    """
    at = midnight(session, day)
    accounts = accounts_of(session, customers, value_on(session, CREDIT_WINDOW, at))
    term, lines = value_on(session, CREDIT_TERM, at), _lines(session, customers, day)
    contracts = _rows(session, "contract", {one.contract_id for one in lines.values()})
    files = _rows(session, "archive_file", {one.archive_file_id for one in lines.values()})
    found = {}
    for id_, account in accounts.items():
        line = lines.get(id_)
        contract = contracts.get(line.contract_id) if line else None
        evidence = _evidence(line, contract, files.get(line.archive_file_id) if line else None, account, day)
        standing, agreed = standing_on(account, day, before), contract.credit_days if contract else None
        over = is_over_term(agreed, term) or bool(line and line.special)
        found[id_] = Credit(day, line, conditions(evidence, day), account, standing, over, agreed or term)
    return found


def _lines(session: Session, customers: Collection[int], day: date) -> dict[int, Any]:
    """The newest line of each that has begun."""
    one = register_named("credit_line")
    asked = select(one).where(one.customer_id.in_(customers), one.valid_from <= day, one.voided_at.is_(None))
    return {line.customer_id: line for line in session.scalars(asked.order_by(one.valid_from, one.id))}


def _rows(session: Session, table: str, ids: set[int | None]) -> dict[int | None, Any]:
    one, wanted = register_named(table), ids - {None}
    if not wanted:
        return {}
    return {row.id: row for row in session.scalars(select(one).where(one.id.in_(wanted), one.voided_at.is_(None)))}


def _evidence(line: Any, contract: Any, file: Any, account: Account, day: date) -> Evidence:
    """What is on record: papers count only if they are this customer's."""
    if line is None:
        return Evidence(earlier=_earlier(account, day))
    own = contract is not None and contract.customer_id == line.customer_id
    return Evidence(
        file=bool(line.file_complete and file and file.customer_id == line.customer_id and file.state != "destroyed"),
        identity_copy=bool(line.identity_copy), contract=_contract(contract) if own else None,
        cleared=_cleared(line, day), earlier=_earlier(account, day), approved=line.approved_by_id is not None,
        in_force=line.state == "valid" and (line.valid_until is None or day <= line.valid_until),
    )  # fmt: skip


def _contract(contract: Any) -> Contract:
    return Contract(
        approved=contract.approved_by_id is not None, settlement=bool(contract.settlement), begins=contract.valid_from,
        ends=contract.valid_until,
    )  # fmt: skip


def _cleared(line: Any, day: date) -> bool:
    """Said, and shown by a day of the last year or this one, or by a proof."""
    shown = line.cleared_on.year >= day.year - 1 if line.cleared_on else line.cleared_proof is not None
    return bool(line.cleared and shown)


def _earlier(account: Account, day: date) -> Decimal:
    """What is left of invoices of earlier years."""
    return sum((one.left for one in settled(account, day).values() if one.invoice.day.year < day.year), Decimal(0))

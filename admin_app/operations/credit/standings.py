"""How customers stand with their credit on a day: the line, what it rests on, what is owed (R-CRED-01)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.parts import in_parts
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


class Asked(NamedTuple):
    """A customer on a day, ahead of the shipment *before* of that day; None: after all of them."""

    customer: int
    day: date
    before: int | None = None


def credit_of(session: Session, customers: Collection[int], day: date, before: int | None = None) -> dict[int, Credit]:
    """Customer -> credit on *day*, *before*: the shipment of that day ahead of which it is asked.

    *session* sees beneath the row rule. The figures are those of that day.
    """
    asked = [Asked(id_, day, before) for id_ in customers]
    return {one.customer: credit for one, credit in credits_at(session, asked).items()}


def credits_at(session: Session, asked: Collection[Asked], looking_back: bool = False) -> dict[Asked, Credit]:
    """The credit of each customer, day and shipment *asked* for; the statements grow with the days, not with what is asked.

    *looking_back*: a line stopped since isn't held against what went out; one stopped earlier ends by its last day.
    """
    customers = {one.customer for one in asked}
    lines = _lines(session, customers)
    newest = {one: _newest(lines[one.customer], one.day) for one in asked}
    found_lines = [line for line in newest.values() if line is not None]
    contracts = _rows(session, "contract", {line.contract_id for line in found_lines})
    files = _rows(session, "archive_file", {line.archive_file_id for line in found_lines})
    days = {one.day: midnight(session, one.day) for one in asked}
    windows = {day: value_on(session, CREDIT_WINDOW, at) for day, at in days.items()}
    terms = {day: value_on(session, CREDIT_TERM, at) for day, at in days.items()}
    accounts = {window: accounts_of(session, customers, window) for window in set(windows.values())}
    found = {}
    for one, line in newest.items():
        account, term = accounts[windows[one.day]][one.customer], terms[one.day]
        contract = contracts.get(line.contract_id) if line else None
        file = files.get(line.archive_file_id) if line else None
        evidence = _evidence(line, contract, file, account, one.day, looking_back)
        standing, agreed = standing_on(account, one.day, one.before), contract.credit_days if contract else None
        over = is_over_term(agreed, term) or bool(line and line.special)
        found[one] = Credit(one.day, line, conditions(evidence, one.day), account, standing, over, agreed or term)
    return found


def _lines(session: Session, customers: Collection[int]) -> dict[int, list[Any]]:
    """The lines of each, the earliest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    one = register_named("credit_line")
    for some in in_parts(customers):
        asked = select(one).where(one.customer_id.in_(some), one.voided_at.is_(None))
        for line in session.scalars(asked.order_by(one.valid_from, one.id)):
            found[line.customer_id].append(line)
    return found


def _newest(lines: list[Any], day: date) -> Any | None:
    """The newest that has begun by *day*."""
    return next((line for line in reversed(lines) if line.valid_from <= day), None)


def _rows(session: Session, table: str, ids: set[int | None]) -> dict[int | None, Any]:
    one, found = register_named(table), {}
    for some in in_parts(id_ for id_ in ids if id_ is not None):
        rows = session.scalars(select(one).where(one.id.in_(some), one.voided_at.is_(None)))
        found.update({row.id: row for row in rows})
    return found


def _evidence(line: Any, contract: Any, file: Any, account: Account, day: date, looking_back: bool) -> Evidence:
    """What is on record: papers count only if they are this customer's."""
    if line is None:
        return Evidence(earlier=_earlier(account, day))
    own = contract is not None and contract.customer_id == line.customer_id
    return Evidence(
        file=bool(line.file_complete and file and file.customer_id == line.customer_id and file.state != "destroyed"),
        identity_copy=bool(line.identity_copy), contract=_contract(contract) if own else None,
        cleared=_cleared(line, day), earlier=_earlier(account, day), approved=line.approved_by_id is not None,
        in_force=(looking_back or line.state == "valid") and (line.valid_until is None or day <= line.valid_until),
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

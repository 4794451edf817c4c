"""What a customer may owe and owes, day by day, and the episodes over the limit (R-CRED-01). Amounts are yuan.

Everything follows from invoices and payments, so that an old day comes out as it was.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from .book import rule

_NOTHING = Decimal(0)
_DAY = timedelta(days=1)


class Kind(StrEnum):
    """How goods are invoiced and sent: the codes of shipment_kind."""

    WITHIN = "within"
    FIRST = "first_over"
    LAST = "last_over"
    SPECIAL = "special"
    PREPAID = "prepaid"
    CASH = "cash"


class Invoice(NamedTuple):
    """A shipment as the account knows it; those of one day stand in the order of their ids."""

    day: date
    id: int
    amount: Decimal
    kind: str


class Payment(NamedTuple):
    """Money received; *invoice*: what it is for, None where it says nothing of that."""

    day: date
    amount: Decimal
    invoice: int | None = None


class Settled(NamedTuple):
    """An invoice, what is *left* of it to pay, and the day on which nothing was."""

    invoice: Invoice
    left: Decimal
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Episode:
    """Over the limit *since* a day; whether its one first shipment has gone out, and its one last."""

    since: date
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """An account before something is invoiced on a day; *balance* is what is owed, below 0 where money lies ready."""

    limit: Decimal
    balance: Decimal
    episode: Episode | None = None
    oldest_unpaid: date | None = None

    @property
    def used(self) -> Decimal:
        return max(self.balance, _NOTHING)

    @property
    def free(self) -> Decimal:
        return self.limit - self.balance

    def passed_by(self, amount: Decimal) -> Decimal:
        """By how much the limit is passed once *amount* is invoiced; 0 within it."""
        return max(self.balance + amount - self.limit, _NOTHING)


class Account:
    """All invoices and payments of one customer; *window*: so many days before count for the limit."""

    def __init__(self, invoices: Iterable[Invoice], payments: Iterable[Payment], window: int):
        self.invoices, self.payments, self.window = sorted(invoices), sorted(payments, key=lambda one: one.day), window
        self._invoiced = [_NOTHING, *accumulate(one.amount for one in self.invoices)]
        self._paid = [_NOTHING, *accumulate(one.amount for one in self.payments)]
        self._days = [one.day for one in self.invoices]
        self._pay_days = [one.day for one in self.payments]

    def limit_on(self, day: date) -> Decimal:
        """What was invoiced in the days before *day*, that day not among them."""
        first, end = bisect_left(self._days, day - self.window * _DAY), bisect_left(self._days, day)
        return self._invoiced[end] - self._invoiced[first]

    def balance_on(self, day: date, invoices: int | None = None) -> Decimal:
        """What is owed with all payments of *day* and its invoices, or the first so many *invoices* of all."""
        count = bisect_right(self._days, day) if invoices is None else invoices
        return self._invoiced[count] - self._paid[bisect_right(self._pay_days, day)]

    def place_of(self, day: date, id_: int | None) -> int:
        """How many invoices go before the one of *day* with that id; before a new one, None, all of the day's do."""
        return sum((one.day, one.id) < (day, id_) if id_ is not None else one.day <= day for one in self.invoices)

    def paid_days(self, after: date, until: date) -> list[date]:
        """The days after *after* and up to *until* on which money came."""
        return self._pay_days[bisect_right(self._pay_days, after) : bisect_right(self._pay_days, until)]


@rule("R-CRED-01", "授信额为开票日前三十天的开票货款，已用额为已开票未收的货款，每日重算。")
def standing_on(account: Account, day: date, id_: int | None = None) -> Standing:
    """How the account stands before the invoice *id_* of *day*, or before a new one: payments of that day are in."""
    place = account.place_of(day, id_)
    return Standing(
        account.limit_on(day), account.balance_on(day, place), episode_on(account, day, place),
        min((one.invoice.day for one in settled(account, day, place).values() if one.left), default=None),
    )  # fmt: skip


@rule(
    "R-CRED-01 R-CRED-02",
    "已用额加本单货款超过授信额时起算一次超额，已用额回到额内时结束；每次先首次、后末次，各一单。",
)
def episode_on(account: Account, day: date, place: int | None = None) -> Episode | None:
    """The episode that runs on *day* before the invoice at *place* of all; None within the limit."""
    known = account.invoices[: account.place_of(day, None) if place is None else place]
    episode: Episode | None = None
    before: date | None = None
    for count, one in enumerate(known):
        if episode and before and _ended(account, before, one.day, count):
            episode = None
        passes = account.balance_on(one.day, count) + one.amount > account.limit_on(one.day)
        if episode is None and passes:
            episode = Episode(one.day)
        if episode is not None:
            episode = Episode(
                episode.since, episode.first or one.kind == Kind.FIRST, episode.last or one.kind == Kind.LAST
            )
        before = one.day
    return None if episode and before and _ended(account, before, day, len(known)) else episode


def _ended(account: Account, before: date, day: date, count: int) -> bool:
    """Whether what is used came back within the limit after the first *count* invoices, the last of *before*, by *day*.

    It can on days of payment, on the day after an invoice, which then counts for the limit, and on *day* itself.
    """
    days = {*account.paid_days(before, day), min(before + _DAY, day), day}
    return any(account.balance_on(one, count) <= account.limit_on(one) for one in days)


@rule("R-CRED-01", "写明发货单的收款先抵该单，其余先抵最早的货款。")
def settled(account: Account, day: date, place: int | None = None) -> dict[int, Settled]:
    """Id -> what is left of each of the first *place* invoices (all up to *day*) with the payments of that day."""
    known = account.invoices[: account.place_of(day, None) if place is None else place]
    left = {one.id: one.amount for one in known}
    paid: dict[int, date] = {}
    waiting, ready = deque[Invoice](), _NOTHING
    for event in _in_order(known, [one for one in account.payments if one.day <= day]):
        if isinstance(event, Invoice):
            waiting.append(event)
        else:
            named = min(event.amount, left.get(event.invoice or 0, _NOTHING))
            ready += event.amount - named
            if named:
                _take(left, paid, event.invoice or 0, named, event.day)
        while waiting and (ready or not left[waiting[0].id]):
            taken = min(ready, left[waiting[0].id])
            ready -= taken
            _take(left, paid, waiting[0].id, taken, event.day)
            if not left[waiting[0].id]:
                waiting.popleft()
    return {one.id: Settled(one, left[one.id], paid.get(one.id)) for one in known}


def _in_order(invoices: Iterable[Invoice], payments: Iterable[Payment]) -> list[Invoice | Payment]:
    """By day, a day's invoices before its payments."""
    return sorted([*invoices, *payments], key=lambda one: (one.day, isinstance(one, Payment)))


def _take(left: dict[int, Decimal], paid: dict[int, date], invoice: int, amount: Decimal, day: date) -> None:
    left[invoice] -= amount
    if not left[invoice]:
        paid.setdefault(invoice, day)


@rule("R-CRED-02", "约定款期超过规定天数（三十天）的，由客户开发主管逐单审批。")
def is_over_term(agreed: int | None, term: int) -> bool:
    """Whether more days than *term* were *agreed* until payment; late payment is a matter of the limit, not of the term."""
    return (agreed or 0) > term

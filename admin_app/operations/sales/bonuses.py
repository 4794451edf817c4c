"""Bonuses of a ranking that has been published, and those claimed back for returns of earlier months (R-INCE-01, R-INCE-05)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...guard.stamped import hold
from ...models import register_named
from ...permissions import Action
from ...rules.figures_money import ACCOUNTS_MONTH, BONUS_MONTH, BONUS_RATE, BONUS_YEAR, PAY_DAY
from ...rules.months import Month
from ...rules.rights import may_do
from ...rules.sales import bonus_due, claimed_back, is_ready, result_bonus
from ...texts import say
from ...verdicts import require
from ..figures import value_on
from ..records import bring
from ..today import midnight
from .ranking import LINE, Period, held

RESULT, RANK_MONTH, RANK_YEAR = "result", "rank_month", "rank_year"


class Owed(NamedTuple):
    """A bonus as it is worked out: of whom, which kind, and its fields."""

    person: int
    kind: str
    values: dict[str, Any]


def compute(session: Session, period: Period, now: datetime) -> int:
    """Work the bonuses of *period* out as the acting person; how many there are. Those approved stay as they are.

    Raises Refused: no_right, "wrong_state" before the ranking is published.
    """
    register = register_named("sales_bonus")
    require(may_do(acting(session), Action.ADD, register))
    hold(session, LINE)
    with elevated(session) as beneath:
        rows = held(beneath, period)
        require(is_ready(bool(rows), all(one.approved_by_id is not None for one in rows.values())))
        return work_out(beneath, period)


def work_out(session: Session, period: Period) -> int:
    """Bring the bonuses of *period* to what its ranking asks for; *session* sees beneath the row rule."""
    register, rows = register_named("sales_bonus"), held(session, period)
    month = Month(period.month.year, 12) if period.yearly else period.month
    kept = _kept(session, month)
    owed = list(_owed(session, period, rows, _claims(session, period, rows, kept)))
    for one in owed:
        row = kept.get((one.person, one.kind))
        if row is None:
            session.add(register(month_on=month.first, person_id=one.person, kind=one.kind,
                                 department_id=rows[one.person].department_id, **one.values))  # fmt: skip
        elif row.approved_by_id is None:
            bring(row, one.values)
    session.flush()
    return len(owed)


def _kept(session: Session, month: Month) -> dict[tuple[int, str], Any]:
    one = register_named("sales_bonus")
    found = session.scalars(select(one).where(one.month_on == month.first, one.voided_at.is_(None)))
    return {(row.person_id, row.kind): row for row in found}


def _owed(session: Session, period: Period, rows: Mapping[int, Any], claims: Mapping[int, Decimal]) -> Iterator[Owed]:
    """By the figures of the period's last day; a claim is taken off the result's bonus, also where that is nothing."""
    at = midnight(session, period.last)
    rate = value_on(session, BONUS_RATE, at)
    by_place = {
        place: value_on(session, one, at) for place, one in (BONUS_YEAR if period.yearly else BONUS_MONTH).items()
    }
    due = bonus_due(period.month, period.yearly, value_on(session, PAY_DAY, at), value_on(session, ACCOUNTS_MONTH, at))
    for person, row in rows.items():
        shared = {"ranking_id": row.id, "rank_no": row.rank_no, "base": row.net_sales, "due_on": due}
        amount, claim = result_bonus(row.net_sales, rate), claims.get(person, Decimal(0))
        if not period.yearly and (amount or claim):
            yield Owed(person, RESULT, {
                **shared, "rate": Decimal(rate), "amount": amount, "reclaimed": claim, "paid_amount": amount - claim,
                "reclaim_reason": str(say("以前月份订货退回")) if claim else None,
            })  # fmt: skip
        place_bonus = Decimal(by_place.get(row.rank_no, 0)) if row.published else Decimal(0)
        if place_bonus:
            kind = RANK_YEAR if period.yearly else RANK_MONTH
            yield Owed(person, kind, {**shared, "amount": place_bonus, "paid_amount": place_bonus})


def _claims(session: Session, period: Period, rows: Mapping[int, Any], kept: Mapping[Any, Any]) -> dict[int, Decimal]:
    """Person -> what all returns so far claim back and no earlier month's bonus has borne.

    So a return that comes after its month's bonus was approved is borne by the next open one. Each return is told its
    claim together with the bonus that bears it, never where that is approved or missing.
    """
    if period.yearly:
        return {}
    found: dict[int, Decimal] = defaultdict(Decimal)
    for person, returned, claim in _asked_back(session, period.last):
        bonus = kept.get((person, RESULT))
        if person in rows and (bonus is None or bonus.approved_by_id is None):
            found[person] += claim
            bring(returned, {"bonus_reclaimed": claim})
    borne = _borne(session, period.first)
    return {person: max(claim - borne.get(person, Decimal(0)), Decimal(0)) for person, claim in found.items()}


def _asked_back(session: Session, last: date) -> Iterator[tuple[int, Any, Decimal]]:
    """Seller of the order, return, its claim; those of one order month together no more than its bonus."""
    one, sale = register_named("sale_return"), register_named("sale")
    asked = select(one, sale.ordered_on, sale.seller_id).join(sale, sale.id == one.sale_id, isouter=True)
    until = asked.where(one.returned_on <= last, one.voided_at.is_(None)).order_by(one.returned_on, one.id)
    granted: dict[Month, Mapping[Any, Any]] = {}
    left: dict[tuple[int, Month], Decimal] = {}
    for returned, ordered_on, seller in session.execute(until):
        ordered, person = returned.order_month or ordered_on, seller or returned.seller_id
        if ordered is None:
            continue
        month = Month.of(ordered)
        if month not in granted:
            granted[month] = _kept(session, month)
        bonus = granted[month].get((person, RESULT))
        left.setdefault((person, month), bonus.amount if bonus is not None else Decimal(0))
        rate = value_on(session, BONUS_RATE, midnight(session, month.last))
        claim = claimed_back(returned.amount, ordered, returned.returned_on, rate, left[person, month])
        left[person, month] -= claim
        yield person, returned, claim


def _borne(session: Session, first: date) -> dict[int, Decimal]:
    """Person -> what the bonuses of the months before *first* were lessened by."""
    one = register_named("sales_bonus")
    asked = select(one.person_id, func.sum(one.reclaimed, type_=one.reclaimed.type)).where(
        one.kind == RESULT, one.month_on < first, one.reclaimed.is_not(None), one.voided_at.is_(None)
    )
    return {person: amount for person, amount in session.execute(asked.group_by(one.person_id))}

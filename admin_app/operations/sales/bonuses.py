"""Bonuses of a ranking that has been published, and those claimed back for returns of earlier months (R-INCE-01, R-INCE-05)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
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
    owed = list(_owed(session, period, rows, _claims(session, period)))
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


def _claims(session: Session, period: Period) -> dict[int, Decimal]:
    """Person -> what their returns of the month claim back, written on each return, too.

    Returns of one order month together claim no more than the bonus of that month.
    """
    if period.yearly:
        return {}
    one, sale = register_named("sale_return"), register_named("sale")
    asked = select(one, sale.ordered_on).join(sale, sale.id == one.sale_id, isouter=True)
    within = asked.where(one.returned_on.between(period.first, period.last), one.voided_at.is_(None))
    found: dict[int, Decimal] = defaultdict(Decimal)
    left: dict[tuple[int, Month], Decimal] = {}
    for returned, ordered_on in session.execute(within.order_by(one.returned_on, one.id)):
        ordered = returned.order_month or ordered_on
        if ordered is None:
            continue
        key = returned.seller_id, Month.of(ordered)
        if key not in left:
            left[key] = _granted(session, *key) - _claimed(session, *key, period)
        rate = value_on(session, BONUS_RATE, midnight(session, key[1].last))
        claim = claimed_back(returned.amount, ordered, returned.returned_on, rate, left[key])
        left[key] -= claim
        found[returned.seller_id] += claim
        bring(returned, {"bonus_reclaimed": claim})
    return found


def _granted(session: Session, person: int, month: Month) -> Decimal:
    """The result's bonus of a person's month."""
    row = _kept(session, month).get((person, RESULT))
    return row.amount if row is not None else Decimal(0)


def _claimed(session: Session, person: int, ordered: Month, period: Period) -> Decimal:
    """What earlier months have claimed back of that month's bonus already."""
    one, sale = register_named("sale_return"), register_named("sale")
    asked = select(one.order_month, sale.ordered_on, one.bonus_reclaimed).join(
        sale, sale.id == one.sale_id, isouter=True
    )
    earlier = asked.where(
        one.seller_id == person, one.returned_on < period.first, one.bonus_reclaimed > 0, one.voided_at.is_(None)
    )
    return sum(
        (claim for told, by_sale, claim in session.execute(earlier) if Month.of(told or by_sale) == ordered), Decimal(0)
    )

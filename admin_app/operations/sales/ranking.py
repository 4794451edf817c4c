"""Rankings of a month or year: computed, approved and published, then locked (R-INCE-03, R-INCE-04)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.jobs import job
from ...guard.session import acting, elevated
from ...guard.stamped import hold
from ...models import Register, register_named
from ...permissions import Action, Level
from ...rules.approvals import password_is_fresh
from ...rules.digests import digest
from ...rules.figures import PASSWORD_GOOD_FOR
from ...rules.figures_money import GRADE_A, GRADE_B
from ...rules.months import Month
from ...rules.rights import may_do
from ...rules.sales import Result, grade, growth, is_open, is_past, is_published, percent, places
from ...rules.signatures import is_unsigned_and_as_seen
from ...texts import say, word
from ...verdicts import Refused, refuse, require
from ..figures import span_on, value_on
from ..records import bring
from ..today import local_day, midnight
from .results import results

#: the whole ranking is 秘密; who reads the first three inside needn't see it
PUBLISHING = job("sales_ranking", word("业绩公布"), Level.SECRET)
#: the order in which rankings stand in line
LINE = "sales"


class Period(NamedTuple):
    """A month, or the year that it is of."""

    month: Month
    yearly: bool = False

    @property
    def first(self) -> date:
        return date(self.month.year, 1, 1) if self.yearly else self.month.first

    @property
    def last(self) -> date:
        return date(self.month.year, 12, 31) if self.yearly else self.month.last

    @property
    def code(self) -> str:
        return "year" if self.yearly else "month"

    @property
    def before(self) -> "Period":
        return Period(Month(self.month.year - 1, 12), True) if self.yearly else Period(self.month.before)


def held(session: Session, period: Period) -> dict[int, Any]:
    """Person -> their place in the ranking of *period*, as the session sees them."""
    one = register_named("sales_ranking")
    asked = select(one).where(one.month_on == period.first, one.period == period.code, one.voided_at.is_(None))
    return {row.person_id: row for row in session.scalars(asked.order_by(one.rank_no, one.person_id))}


def compute(session: Session, period: Period, now: datetime) -> int:
    """Rank *period* anew as the acting person; how many are ranked. Raises Refused: no_right, wrong_state, locked."""
    require(may_do(acting(session), Action.ADD, register_named("sales_ranking")))
    require(is_past(period.last, local_day(session, now)))
    hold(session, LINE)
    with elevated(session) as beneath:
        kept = held(beneath, period)
        require(is_open(any(one.approved_by_id is not None for one in kept.values())))
        return rank(beneath, period, now)


def rank(session: Session, period: Period, now: datetime) -> int:
    """Bring the ranking to what the records show, whoever asks; how many are ranked. *session* sees beneath the row rule."""
    kept, worked_out = held(session, period), _worked_out(session, period)
    for person, values in worked_out.items():
        _write(session, kept.get(person), period, person, values, now)
    for person in kept.keys() - worked_out.keys():
        kept[person].voided_at, kept[person].void_reason = now, str(say("重新计算后没有业绩"))
    session.flush()
    return len(worked_out)


def _worked_out(session: Session, period: Period) -> dict[int, dict[str, Any]]:
    """Person -> the fields of their place: of everybody who sold, collected, spent, or has a target."""
    found, before = (
        results(session, period.first, period.last),
        results(session, period.before.first, period.before.last),
    )
    goals, at = _goals(session, period), midnight(session, period.last)
    best, second = value_on(session, GRADE_A, at), value_on(session, GRADE_B, at)
    people = {person: found.get(person, Result()) for person in found.keys() | goals.keys()}
    ranked = places({person: one.net_sales for person, one in people.items()})
    new, seen = (
        _count(session, period, "customer", "registered_at"),
        _count(session, period, "visit_report", "visited_at"),
    )
    rows = {}
    for person, one in people.items():
        goal = goals.get(person, Goal(Decimal(0), None))
        achieved = percent(one.net_sales, goal.amount)
        rows[person] = {
            "rank_no": ranked[person], "net_sales": one.net_sales, "target": goal.amount if person in goals else None,
            "achievement": achieved, "grade": grade(achieved, best, second), "receipts": one.receipts,
            "receipts_growth": growth(one.receipts, before.get(person, Result()).receipts), "gross": one.gross,
            "new_customers": new.get(person, 0), "visits": seen.get(person, 0),
            "group_name": goal.group_name,
        }  # fmt: skip
    return rows


class Goal(NamedTuple):
    """What a person's sales of a period are measured by, and the group that they are in."""

    amount: Decimal
    group_name: str | None


def _goals(session: Session, period: Period) -> dict[int, Goal]:
    """A year is measured by its target; a month by its own where it has one, else by the monthly standard of the year's."""
    own = {person: Goal(row.target, row.group_name) for person, row in _targets(session, period).items()}
    if period.yearly:
        return own
    of_year = _targets(session, Period(period.month, yearly=True))
    return {person: Goal(row.standard, row.group_name) for person, row in of_year.items()} | own


def _targets(session: Session, period: Period) -> Mapping[int, Any]:
    one = register_named("sales_target")
    asked = select(one).where(
        one.month_on.between(period.first, period.last), one.period == period.code, one.voided_at.is_(None)
    )
    return {row.person_id: row for row in session.scalars(asked.order_by(one.id))}


def _count(session: Session, period: Period, table: str, moment: str) -> dict[int, int]:
    """Owner -> how many records of *table* were of the period."""
    one = register_named(table)
    begins, ends = midnight(session, period.first), midnight(session, Month.of(period.last).next.first)
    when = getattr(one, moment)
    asked = select(one.owner_id, func.count()).where(when >= begins, when < ends, one.voided_at.is_(None))
    return {id_: number for id_, number in session.execute(asked.group_by(one.owner_id)) if id_ is not None}


def _write(session: Session, row: Any, period: Period, person: int, values: Mapping[str, Any], now: datetime) -> None:
    """A place is of its person's department, so that its head sees it."""
    if row is None:
        employee = session.get_one(register_named("employee"), person)
        register = register_named("sales_ranking")
        session.add(register(month_on=period.first, period=period.code, person_id=person, published=False,
                             department_id=employee.department_id, computed_at=now, **values))  # fmt: skip
    elif bring(row, values):
        row.computed_at = now


def digest_of(rows: Mapping[int, Register]) -> str:
    """The digest of a ranking, as a signer's page carries it."""
    told = [
        [person, one.rank_no, str(one.net_sales), str(one.receipts), str(one.gross)] for person, one in rows.items()
    ]
    return digest({"ranking": sorted(told)})


def _is_stale(rows: Mapping[int, Any], worked_out: Mapping[int, Mapping[str, Any]]) -> bool:
    """Whether the records show another ranking by now than the one that was computed."""
    return rows.keys() != worked_out.keys() or any(
        getattr(rows[person], name) != value for person, values in worked_out.items() for name, value in values.items()
    )


def publish(session: Session, period: Period, seen: str, checked_at: datetime | None, now: datetime) -> int:
    """Approve the ranking that the page showed: it is locked, its first three published; how many these are.

    Raises Refused: no_right, own_request, wrong_state, locked, changed, password_due.
    """
    person = acting(session)
    require(may_do(person, Action.APPROVE, register_named("sales_ranking")))
    hold(session, LINE)
    with elevated(session) as beneath:
        rows = held(beneath, period)
        if not rows:
            raise Refused(refuse("R-INCE-03", "wrong_state", say("还没有排名，请先计算")))
        require(is_open(any(one.approved_by_id is not None for one in rows.values())))
        if person.id in rows:
            raise Refused(refuse("R-ROLE-04", "own_request", say("本人在排名中，须由他人审核")))
        require(is_unsigned_and_as_seen(False, int(seen == digest_of(rows)), 1))
        if _is_stale(rows, _worked_out(beneath, period)):
            raise Refused(refuse("R-INCE-03", "changed", say("计算之后又有新的登记，请重新计算后再公布")))
        require(password_is_fresh(checked_at, now, span_on(beneath, PASSWORD_GOOD_FOR, now)))
        for one in rows.values():
            one.approved_by_id, one.approved_at = person.id, now
            one.published = is_published(one.rank_no, one.net_sales)
            one.published_on = local_day(beneath, now) if one.published else None
            trail.note(beneath, "signed", one, field="approved_by_id", digest=seen)
        return sum(one.published for one in rows.values())


def published(session: Session, most: int) -> list[tuple[date, str, int, str]]:
    """First day, period, place and name of the newest published ones, all that 内部 is told; read beneath the row rule."""
    one, employee = register_named("sales_ranking"), register_named("employee")
    told = select(one.month_on, one.period, one.rank_no, employee.name).join(employee, employee.id == one.person_id)
    held_so = told.where(one.published.is_(True), one.voided_at.is_(None))
    newest = held_so.order_by(one.month_on.desc(), one.period, one.rank_no, employee.name).limit(most)
    with elevated(session, PUBLISHING) as beneath:
        return [tuple(row) for row in beneath.execute(newest)]

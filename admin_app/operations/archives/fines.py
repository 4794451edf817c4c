"""The fines of archive violations: worked out anew for a person's month whenever one of its violations changes (R-FINE-01..03).

What has been executed stays as it was, and still counts among the month's. Repeats are a matter of the clock: ``keep_up``
asks for them every night.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.jobs import job
from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action, Level
from ...rules.figures import CUT_SALES_TOO, FINES
from ...rules.fines import correction_due, fined, may_cut, repeated_on
from ...rules.months import Month
from ...rules.rights import may_do
from ...rules.working_days import Calendar
from ...texts import word
from ...verdicts import require
from ..figures import value_on
from ..followups import after_writing, before_adding
from ..records import bring, facts
from ..today import local_day, midnight
from ..working_time import working_time
from .handovers import department_of

#: a person's violations of a month are reckoned together, whoever of them the one at work sees
FINING = job("fines", word("档案罚款"), Level.TOP_SECRET)
VIOLATION = "archive_violation"


@before_adding(VIOLATION)
def name_department(session: Session, violation: Register) -> None:
    """Where none is named it is the department of who is fined, not of who writes it down."""
    if violation.department_id is None:
        violation.department_id = department_of(session, violation.adviser_id)


@after_writing(VIOLATION)
def reckon_month(session: Session, violation: Register, before: Mapping[str, Any]) -> None:
    """Keep the fines of the violation's person and month true; raises Refused for a cut in pay that may not be."""
    held = {
        (
            one.get("adviser_id", violation.adviser_id),
            _month(session, one.get("recorded_at", violation.recorded_at)),
        )
        for one in ({}, before)
    }
    executed_now = violation.id if "executed_by_id" in before else None
    with elevated(session, FINING) as beneath:
        calendar = working_time(session)
        for adviser_id, month in sorted(held):
            _reckon(beneath, adviser_id, month, clock.now(), calendar, executed_now)
    if violation.performance_cut is not None and (not before or "performance_cut" in before):
        _check_cut(session, violation)


def _check_cut(session: Session, violation: Register) -> None:
    """Who executes fines cuts pay, and where the month's count allows it."""
    require(may_do(acting(session), Action.APPROVE, type(violation), facts(session, violation)))
    sales_too = bool(value_on(session, CUT_SALES_TOO, violation.recorded_at))
    require(may_cut(violation.performance_cut, violation.adviser_kind, violation.month_count, sales_too))


def reckon_all(session: Session, now: datetime) -> None:
    """Work out every month's fines, for a company whose violations were entered without (the demo's)."""
    register = register_named(VIOLATION)
    _reckon_months(session, select(register.adviser_id, register.recorded_at), now)


def reckon_uncorrected(session: Session, now: datetime) -> None:
    """Add the repeats that have come to what nobody has corrected yet (R-FINE-03)."""
    register = register_named(VIOLATION)
    waiting = select(register.adviser_id, register.recorded_at).where(
        register.told_at.is_not(None), register.corrected_on.is_(None), register.executed_by_id.is_(None),
        register.voided_at.is_(None),
    )  # fmt: skip
    _reckon_months(session, waiting, now)


def _reckon_months(session: Session, of: Select[Any], now: datetime) -> None:
    with elevated(session, FINING) as beneath:
        months = {(row.adviser_id, _month(session, row.recorded_at)) for row in beneath.execute(of)}
        calendar = working_time(session)
        for adviser_id, month in sorted(months):
            _reckon(beneath, adviser_id, month, now, calendar)


def _reckon(
    session: Session, adviser_id: int, month: Month, now: datetime, calendar: Calendar, executed_now: int | None = None
) -> None:
    """Each violation of a person in *month* is fined by its place in it.

    What has been executed stays, once the one *executed_now* has been given the repeats that have come to it.
    """
    employee = register_named("employee")
    # whoever writes another violation of theirs meanwhile waits, or both would be the month's first; links to them don't
    session.execute(select(employee.id).where(employee.id == adviser_id).with_for_update(key_share=True))
    for count, violation in enumerate(_of_month(session, adviser_id, month), start=1):
        settled = violation.executed_by_id is not None and violation.month_count is not None
        if not settled or violation.id == executed_now:
            bring(violation, _worked_out(session, violation, count, now, calendar))


def _of_month(session: Session, adviser_id: int, month: Month) -> Sequence[Register]:
    """The violations of a person in *month*, by recorded time, then number (R-FINE-02)."""
    register = register_named(VIOLATION)
    begins, ends = midnight(session, month.first), midnight(session, month.next.first)
    found = select(register).where(
        register.adviser_id == adviser_id, register.recorded_at >= begins, register.recorded_at < ends,
        register.voided_at.is_(None),
    )  # fmt: skip
    return session.scalars(found.order_by(register.recorded_at, register.number)).all()


def _month(session: Session, recorded_at: datetime) -> Month:
    return Month.of(local_day(session, recorded_at))


def _worked_out(session: Session, violation: Register, count: int, now: datetime, calendar: Calendar) -> dict[str, Any]:
    told, figure = violation.told_at, FINES.get(violation.clause)
    clause = Decimal(value_on(session, figure, violation.recorded_at)) if figure else Decimal(0)
    repeats = 0 if told is None else len(repeated_on(told, violation.corrected_on, now, calendar))
    cost = fined(clause, violation.items, violation.adviser_kind, count, repeats)
    return {
        "month_count": cost.month_count, "multiplier": cost.multiplier, "amount": cost.amount, "repeats": cost.repeats,
        "total": cost.total, "correct_by": None if told is None else correction_due(told, calendar),
    }  # fmt: skip

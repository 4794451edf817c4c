"""The month's summary for human resources: every locked sheet, and rewards and fines by clause (R-SCOR-03, R-SCOR-06).

It is brought up to date with each sheet that is locked; one that was approved or sent stays, and a new one follows it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from ...models import Register, lines_of, register_named
from ...rules.figures import REPORT_DAYS
from ...rules.months import Month
from ...rules.working_days import deadline
from ...working.codes import CodeEntry
from ..figures import value_on
from ..working_time import working_time
from .period import Period
from .sheets import current

_CENT = Decimal("0.01")


def report(session: Session, month: Month, now: datetime) -> Register:
    """The summary of *month* as its locked sheets have it, however far corrections are; *session* sees beneath the row rule."""
    locked = list(current(session, month, locked=True).values())
    made: Any = _open_report(session, month)
    _set_scores(made, sorted(locked, key=lambda one: (one.rank_no is None, one.rank_no, one.person_id)))
    made.people_count = len(locked)
    made.mean_score = _mean([one.total for one in locked])
    _set_clauses(session, made, month)
    made.computed_at, made.due_on = now, _due_on(session, month)
    session.add(made)
    session.flush()
    return made


def _open_report(session: Session, month: Month) -> Register:
    """The newest that may still change, or a new one."""
    register = register_named("hr_report")
    of_month = select(register).where(register.month_on.between(month.first, month.last), register.voided_at.is_(None))
    newest: Any = session.scalars(of_month.order_by(register.version_no.desc(), register.id.desc()).limit(1)).first()
    if newest is not None and newest.approved_by_id is None and newest.sent_on is None:
        return newest
    return register(month_on=month.first, version_no=newest.version_no + 1 if newest is not None else 1)


def _set_scores(made: Any, locked: Sequence[Any]) -> None:
    """One line for each sheet, those that stand already kept as they are."""
    line_class = lines_of(type(made), type(made).faces["scores"])
    held = {line.sheet_id: line for line in made.scores}
    lines = []
    for position, sheet in enumerate(locked):
        line = held.get(sheet.id) or line_class(person_id=sheet.person_id, sheet_id=sheet.id)
        line.total, line.full_marks, line.rank_no, line.position = (
            sheet.total,
            sheet.full_marks,
            sheet.rank_no,
            position,
        )
        lines.append(line)
    made.scores = lines


def _set_clauses(session: Session, made: Any, month: Month) -> None:
    """Count and sum of approved rewards and fines by clause, no names (R-SCOR-06)."""
    rows = _clauses(session, month)
    line_class = lines_of(type(made), type(made).faces["clauses"])
    held = {(line.kind, line.clause): line for line in made.clauses}
    lines = []
    for position, row in enumerate(rows):
        line = held.get((row.kind, row.clause_text)) or line_class(kind=row.kind, clause=row.clause_text)
        line.people, line.amount, line.position = row.people, row.amount, position
        lines.append(line)
    made.clauses = lines
    for kind, name in (("reward", "rewards"), ("penalty", "penalties")):
        mine = [row for row in rows if row.kind == kind]
        setattr(made, f"{name}_count", sum(row.people for row in mine))
        setattr(made, f"{name}_amount", sum((row.amount for row in mine), Decimal(0)))
    made.recovered_amount = sum((row.recovered or Decimal(0) for row in rows), Decimal(0))


def _clauses(session: Session, month: Month) -> Sequence[Any]:
    """By the words of the company's list, so that nothing that somebody typed is told; an old row without a clause has its own."""
    paid, entry = register_named("reward_penalty"), CodeEntry
    named = or_(
        and_(entry.codes == "reward", entry.code == paid.reward_clause),
        and_(entry.codes == "penalty", entry.code == paid.penalty_clause),
    )
    clause = func.coalesce(entry.label, paid.clause_text)
    told = [paid.kind, clause.label("clause_text"), func.count().label("people")]
    sums = [func.sum(one, type_=paid.amount.type).label(one.key) for one in (paid.amount, paid.recovered)]
    of_month = func.coalesce(paid.month_on, paid.decided_on).between(month.first, month.last)
    asked = select(*told, *sums).outerjoin(entry, named)
    counted = asked.where(of_month, paid.voided_at.is_(None), paid.approved_by_id.is_not(None))
    return session.execute(counted.group_by(paid.kind, clause).order_by(paid.kind.desc(), clause)).all()


def _mean(totals: Sequence[Decimal]) -> Decimal | None:
    return (sum(totals, Decimal(0)) / len(totals)).quantize(_CENT, ROUND_HALF_UP) if totals else None


def _due_on(session: Session, month: Month) -> Any:
    """The last working day on which it is in time."""
    last = Period(session, month, frozenset()).end - timedelta(seconds=1)
    return deadline(last, value_on(session, REPORT_DAYS, last), working_time(session)).date()

"""Rewards and fines that are approved, changed or voided after a month's summary was made stand in it, too (R-SCOR-06)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ... import clock
from ...guard.session import elevated
from ...guard.stamped import hold
from ...models import Register
from ...rules.months import Month
from ..followups import after_adding, after_changing
from .computing import LINE
from .reporting import report
from .sheets import current

_PAID = "reward_penalty"
#: what the summary counts by
_COUNTED = frozenset(
    {
        "approved_by_id",
        "amount",
        "recovered",
        "kind",
        "clause_text",
        "reward_clause",
        "penalty_clause",
        "month_on",
        "decided_on",
    }
    | {"voided_at"}
)


@after_adding(_PAID)
def count_new(session: Session, added: Sequence[Register]) -> None:
    _renew(session, (_month_on(one, {}) for one in added if one.approved_by_id is not None))


@after_changing(_PAID)
def count_again(session: Session, record: Any, before: Mapping[str, Any]) -> None:
    """In the month where it stood, and in the one where it stands."""
    approved = record.approved_by_id, before.get("approved_by_id")
    if _COUNTED & before.keys() and any(approved):
        _renew(session, (_month_on(record, {}), _month_on(record, before)))


def _month_on(record: Any, before: Mapping[str, Any]) -> date:
    return before.get("month_on", record.month_on) or before.get("decided_on", record.decided_on)


def _renew(session: Session, days: Iterable[date]) -> None:
    """Bring the summaries of these months up to date, as far as there are any; one that went out is followed by another."""
    months = {Month.of(day) for day in days}
    if not months:
        return
    hold(session, LINE)
    with elevated(session) as beneath:
        for month in sorted(months):
            if current(beneath, month, locked=True):
                report(beneath, month, clock.now())

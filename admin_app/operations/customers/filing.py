"""When a signed customer's file is due for filing, and whether it is late (R-CUST-12)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.jobs import job
from ...guard.session import elevated
from ...guard.stamps import operating
from ...models import register_named
from ...permissions import Level
from ...rules.figures import FILING_DAYS
from ...rules.filing import filing_due, is_filed_late
from ...texts import word
from ..figures import value_on
from ..followups import after_changing, before_adding
from ..records import bring
from ..today import local_day, midnight
from ..working_time import working_time

_FILE = "closed_customer_file"
_TELLING = frozenset({"closed_on", "sent_at", "filed_on"})
#: files of every level are due
FILING = job("filing", word("客户档案归档"), Level.TOP_SECRET)
_A_NIGHT = 5000


@before_adding(_FILE)
def begin_due(session: Session, file: Any) -> None:
    bring(file, _standing(session, file, clock.now()))


@after_changing(_FILE)
def keep_due(session: Session, file: Any, before: Mapping[str, Any]) -> None:
    if _TELLING & before.keys():
        with operating(session):
            bring(file, _standing(session, file, clock.now()))


def note_late_files(session: Session, now: datetime) -> None:
    """Let the day pass over files that are still out, and give those without one their day; run every night."""
    one = register_named(_FILE)
    out = (
        one.sent_at.is_(None) & one.filed_on.is_(None) & one.late.is_not(True) & (one.due_on < local_day(session, now))
    )
    waiting = select(one).where(or_(one.due_on.is_(None), out), one.voided_at.is_(None)).order_by(one.id)
    with elevated(session, FILING) as beneath:
        for file in beneath.scalars(waiting.limit(_A_NIGHT)):
            bring(file, _standing(beneath, file, now))


def _standing(session: Session, file: Any, now: datetime) -> dict[str, Any]:
    """The day by the company's figure of the day of the deal; nothing where that is missing, which is refused by itself."""
    if file.closed_on is None:
        return {}
    closed = midnight(session, file.closed_on)
    due = filing_due(closed, value_on(session, FILING_DAYS, closed), working_time(session))
    return {"due_on": due, "late": is_filed_late(due, _handed_in(session, file), local_day(session, now))}


def _handed_in(session: Session, file: Any) -> date | None:
    """The day on which the manager sent it counts; where none is written down, that of its filing."""
    return local_day(session, file.sent_at) if file.sent_at is not None else file.filed_on

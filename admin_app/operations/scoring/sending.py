"""The month's summary is approved once all its sheets are locked, and goes to human resources with that (R-SCOR-03)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session, object_session

from ...fields import Face
from ...guard.session import elevated
from ...guard.stamps import operating
from ...rules.months import Month
from ...rules.scoring_steps import may_send_summary
from ...verdicts import Verdict
from ..followups import after_changing, before_signing
from ..today import local_day
from .sheets import current

_REPORT = "hr_report"


@before_signing(_REPORT)
def all_are_locked(report: Any, signature: Face) -> Verdict:
    """Of whom a correction is under way the old sheet stands in the summary: it waits, too."""
    session = object_session(report)
    assert session is not None
    with elevated(session) as beneath:
        newest = current(beneath, Month.of(report.month_on)).values()
        return may_send_summary(sum(sheet.approved_by_id is None for sheet in newest))


@after_changing(_REPORT)
def send(session: Session, report: Any, before: Mapping[str, Any]) -> None:
    """Approved is sent: HR reads it from then on as it stands; what is locked later goes into another (``reporting``)."""
    if "approved_by_id" in before and report.approved_by_id is not None:
        with operating(session):
            report.sent_on = report.sent_on or local_day(session, report.approved_at)  # some went out unsigned, before

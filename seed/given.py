"""What follows from the signatures on permits, releases and reports of leaks, which the story writes without their operations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin_app.guard.stamps import operating
from admin_app.operations.archives.copy_keepers import keep_keepers
from admin_app.operations.archives.leaks import keep_state
from admin_app.registers.archives.copy_permit import CopyPermit
from admin_app.registers.archives.leak_report import LeakReport
from admin_app.registers.archives.report_release import ReportRelease

from .people import Company


def settle(company: Company) -> None:
    """Copies are out of what was handed out alone; changes are approved with their signature; signed leaks are closed."""
    session = company.session
    with operating(session):
        _settle_permits(session)
        _settle_releases(session)
        for leak in session.scalars(select(LeakReport)):
            keep_state(session, leak, {})


def _settle_permits(session: Session) -> None:
    for permit in session.scalars(select(CopyPermit)):
        if permit.handed_out_on is None:
            permit.copies_given, permit.issued_by_id = [], None
        keep_keepers(session, permit, {})


def _settle_releases(session: Session) -> None:
    for release in session.scalars(select(ReportRelease)):
        if release.issued_on is None:
            release.copies_given, release.changes = [], []
        for place, copy in enumerate(release.copies_given, start=1):
            copy.copy_number = f"{place}/{release.copies}"
        if not release.changes:
            release.change_approved_by_id = release.change_approved_at = None
        if release.change_approved_by_id is None:
            for change in release.changes:
                change.approved_on = change.filed_on = None

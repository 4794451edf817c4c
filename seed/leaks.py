"""What follows from the signatures on reports of leaks, which the company's story writes without their operations."""

from sqlalchemy import select

from admin_app.guard.stamps import operating
from admin_app.operations.archives.leaks import keep_state
from admin_app.registers.archives.leak_report import LeakReport

from .people import Company


def settle(company: Company) -> None:
    """Reports that the general manager signed are closed."""
    with operating(company.session):
        for leak in company.session.scalars(select(LeakReport)):
            keep_state(company.session, leak, {})

"""Customers whom nobody contacted for long: the longest forgotten are back in the pool (R-CUST-09)."""

from admin_app.guard.session import elevated
from admin_app.operations.customers.pool import cold
from admin_app.operations.records import bring

from .people import Company

_BACK = 3


def settle(company: Company) -> None:
    """Put the first few back, as a store manager would."""
    with elevated(company.session) as beneath:
        for card in cold(beneath, company.invent.now).records[:_BACK]:
            bring(card, {"owner_id": None})

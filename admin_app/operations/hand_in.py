"""The company's hours by which a day's records are handed in (R-CUST-05)."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from ..rules.figures import HAND_IN_HOUR, LEAVE_HOUR
from ..rules.registering import Hours
from .figures import value_on
from .today import zone_of


def hand_in_hours(session: Session, at: datetime) -> Hours:
    """As they hold on the day of *at*."""
    closing, leave = value_on(session, HAND_IN_HOUR, at), value_on(session, LEAVE_HOUR, at)
    return Hours(time(closing), time(leave), zone_of(session))

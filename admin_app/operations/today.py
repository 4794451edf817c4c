"""The company's day: moments are kept in UTC, but days, years and closing hours are those of its zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ..guard.session import state_of


def zone_of(session: Session) -> ZoneInfo:
    """The company's zone, as the session was told."""
    return state_of(session).zone


def local_day(session: Session, now: datetime) -> date:
    """The day it is in the company's zone at *now*."""
    return now.astimezone(zone_of(session)).date()


def midnight(session: Session, day: date) -> datetime:
    """The midnight with which *day* begins in the company's zone."""
    return datetime.combine(day, time(), zone_of(session))


def end_of_day(session: Session, day: date) -> datetime:
    """The midnight that ends *day* in the company's zone."""
    return midnight(session, day + timedelta(days=1))

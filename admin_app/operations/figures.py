"""The company's figures as they hold on the day, for whoever asks a rule."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ..guard.settings import setting
from ..rules.figures import Declared, Figure
from .today import local_day


def value_on(session: Session, declared: Declared, now: datetime) -> Any:
    """What was set and holds at *now*, else the default."""
    found = setting(session, declared.name, local_day(session, now))
    return declared.default if found is None else found


def span_on(session: Session, figure: Figure, now: datetime) -> timedelta:
    """A figure that counts minutes or hours, as a span of time."""
    return value_on(session, figure, now) * figure.unit.each

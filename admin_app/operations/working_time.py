"""When the company works: its week, its closing time and its own days, for deadlines counted in working days."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from ..guard.settings import all_versions
from ..rules.figures import CLOSING_TIME, WORKING_WEEK
from ..rules.working_days import Calendar
from .today import zone_of

#: a day of the company's own is a setting named after it; its value {works, note}, or nothing once it is cancelled
_OWN_DAY = "own_day_"


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that the company works, or doesn't, in spite of the public calendar."""

    day: date
    works: bool
    note: str = ""


def own_day_name(day: date) -> str:
    return f"{_OWN_DAY}{day}"


def day_of(name: str) -> date | None:
    """The day that a setting called *name* is about; None for every other setting."""
    return date.fromisoformat(name.removeprefix(_OWN_DAY)) if name.startswith(_OWN_DAY) else None


def own_days(session: Session) -> list[OwnDay]:
    """All of them, the past ones too, by day."""
    newest = {name: versions[0][1] for name, versions in all_versions(session).items()}
    found = [OwnDay(day, **value) for name, value in newest.items() if value and (day := day_of(name))]
    return sorted(found, key=lambda own: own.day)


def working_time(session: Session) -> Calendar:
    """The calendar by which deadlines are counted; week and closing time change from their day on."""
    own, settings = own_days(session), all_versions(session)
    return Calendar(
        closed=frozenset(one.day for one in own if not one.works),
        open=frozenset(one.day for one in own if one.works),
        weeks=tuple((since, frozenset(days)) for since, days in settings.get(WORKING_WEEK.name, ())),
        closings=tuple((since, time.fromisoformat(hour)) for since, hour in settings.get(CLOSING_TIME.name, ())),
        zone=zone_of(session),
    )

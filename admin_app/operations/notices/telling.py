"""Telling somebody of an event, once, and what of it is still true (R-NOTE-01)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ...guard.titles import number_of
from ...models import Register, new_public_id, register_named
from ...rules.notices import EVENTS, Event
from ...texts import Text
from ...working.notices import Notice
from ..today import local_day, midnight, zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What *person* (employee id) is to be told of *record*; *due*: the time, or day, that the text names."""

    event: Event
    person: int
    record: Register
    due: datetime | date | None = None
    #: what makes it another event of its kind; blank is the company's day
    occurrence: str = ""


def notify(
    session: Session,
    event: Event,
    person: int,
    record: Register,
    now: datetime,
    *,
    due: datetime | date | None = None,
    occurrence: str = "",
) -> bool:
    """Tell *person* of *event* at *record* in the running transaction; False where they have been told of it."""
    return (
        notify_all(session, [Told(event=event, person=person, record=record, due=due, occurrence=occurrence)], now) > 0
    )


def notify_all(session: Session, told: Iterable[Told], now: datetime) -> int:
    """Tell all of it in one statement; how many are new. What the database has under the same key isn't told again."""
    rows = [_row(session, one, now) for one in told]
    if not rows:
        return 0
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[session.get_bind().dialect.name]
    added = dialect.insert(Notice).values(rows).on_conflict_do_nothing().returning(Notice.id)
    return len(session.scalars(added).all())


def _row(session: Session, one: Told, now: datetime) -> dict[str, Any]:
    due = one.due if one.due is None or isinstance(one.due, datetime) else midnight(session, one.due)
    return {
        "public_id": new_public_id(), "event": one.event.name, "person_id": one.person,
        "table_name": one.record.__tablename__, "record_id": one.record.id,
        "occurrence": one.occurrence or local_day(session, now).isoformat(), "number": number_of(type(one.record), one.record),
        "due_at": due, "told_at": now,
    }  # fmt: skip


def is_told_today(session: Session, event: Event, record: Register, now: datetime) -> bool:
    """Whether anybody was told of *event* at *record* on the company's day of *now*."""
    told = (Notice.event == event.name, Notice.table_name == record.__tablename__, Notice.record_id == record.id)
    asked = select(Notice.id).where(*told, Notice.occurrence == local_day(session, now).isoformat())
    return session.scalar(asked.limit(1)) is not None


def end(session: Session, event: Event, person: int | None, record: Register, now: datetime) -> None:
    """What *person*, or with None anybody, was told of *event* at *record* isn't so any more."""
    told = [Notice.event == event.name, Notice.table_name == record.__tablename__, Notice.record_id == record.id]
    if person is not None:
        told.append(Notice.person_id == person)
    ended = update(Notice).where(*told, Notice.read_at.is_(None)).values(read_at=now)
    session.execute(ended.execution_options(synchronize_session=False))


def end_untrue(session: Session, record: Register, now: datetime) -> None:
    """What anybody was told of *record* and isn't so any more goes off their desk with the writing that made it untrue."""
    over = [
        event.name for event in EVENTS.values() if record.__tablename__ in event.tables and not _holds(event, record)
    ]
    told = (Notice.event.in_(over), Notice.table_name == record.__tablename__, Notice.record_id == record.id)
    ended = update(Notice).where(*told, Notice.read_at.is_(None)).values(read_at=now)
    session.execute(ended.execution_options(synchronize_session=False))


def is_true(event: Event, notice: Notice, record: Register | None, today: date) -> bool:
    """Whether a notice still holds: its record is there, what ends it hasn't happened, and its day isn't over."""
    if record is None or record.voided_at is not None or (event.daily and notice.occurrence != today.isoformat()):
        return False
    return _holds(event, record)


def _holds(event: Event, record: Register) -> bool:
    """Whether *record* is in a state in which *event* is true, and what ends it hasn't happened."""
    if event.states and record.state not in event.states:
        return False
    return not event.ended_by or getattr(record, event.ended_by) is None


def text_of(session: Session, event: Event, notice: Notice) -> Text:
    """The sentence: the record's number and its due time in the company's zone, nothing else of it."""
    return Text(event.text.message, {"number": notice.number, "due": _written(session, notice.due_at)})


def _written(session: Session, due: datetime | None) -> str:
    """Local midnight is a day."""
    if due is None:
        return ""
    local = due.astimezone(zone_of(session))
    return f"{local:%Y-%m-%d}" if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"


def records_of(session: Session, notices: Iterable[Notice]) -> dict[tuple[str, int], Register]:
    """(table, id) -> the record of each of *notices* that *session* sees; one query for each register."""
    by_table: dict[str, set[int]] = {}
    for notice in notices:
        by_table.setdefault(notice.table_name, set()).add(notice.record_id)
    return {
        (table, record.id): record
        for table, ids in by_table.items()
        for record in session.scalars(select(register_named(table)).where(register_named(table).id.in_(ids)))
    }

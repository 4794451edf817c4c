"""Naming who takes an absent person's steps, and ending it (R-ROLE-03)."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..guard.stamped import Stamped
from ..permissions import Person, Role
from ..rules.signers import StandIn, may_name_stand_in
from ..texts import Text, say
from ..verdicts import Refused, refuse, require
from ..working.people import StandIn as StandInRow
from .archives.upkeep import keep_up
from .staff import staff_on
from .today import local_day


def name(session: Session, asked: StandIn, now: datetime) -> StandInRow:
    """Name a stand-in; raises Refused: role, same_person, time_order."""
    by, today = acting(session), local_day(session, now)
    require(may_name_stand_in(asked, by))
    if asked.last < today:
        raise Refused(refuse("R-ROLE-03", "time_order", say("结束日期已经过去")))
    row = StandInRow(
        absent_id=asked.absent,
        stand_in_id=asked.person,
        from_day=asked.first,
        until_day=asked.last,
        named_by_id=by.id,
        named_at=now,
    )
    session.add(row)
    session.flush()
    _note(session, "stand_in_named", row)
    keep_up(session, now)
    return row


def end(session: Session, row: StandInRow, now: datetime) -> None:
    """End a stand-in's days: those to come are dropped, begun ones end with yesterday; by who may name one."""
    require(may_name_stand_in(StandIn(row.absent_id, row.stand_in_id, row.from_day, row.until_day), acting(session)))
    _end(session, row, local_day(session, now))
    keep_up(session, now)


def end_all(session: Session, employee_id: int, now: datetime) -> int:
    """End every stand-in for, and by, an employee who leaves; how many. ``keep_up`` is left to the caller."""
    today, theirs = (
        local_day(session, now),
        or_(StandInRow.absent_id == employee_id, StandInRow.stand_in_id == employee_id),
    )
    rows = session.scalars(select(StandInRow).where(theirs, StandInRow.until_day >= today)).all()
    for row in rows:
        _end(session, row, today)
    return len(rows)


def _end(session: Session, row: StandInRow, today: date) -> None:
    _note(session, "stand_in_ended", row)
    if row.from_day < today:
        row.until_day = date.fromordinal(today.toordinal() - 1)
    else:
        session.delete(row)
    session.flush()


def named(session: Session, person: Person, now: datetime) -> list[StandInRow]:
    """Present and coming stand-ins that concern *person*; all of them for the general manager.

    Who looks on as *person* is told of those that they are told of themselves.
    """
    today = local_day(session, now)
    rows = select(StandInRow).where(StandInRow.until_day >= today).order_by(StandInRow.from_day, StandInRow.id)
    if Role.GENERAL_MANAGER not in person.roles:
        rows = rows.where(or_(StandInRow.absent_id == person.id, StandInRow.stand_in_id == person.id))
    found = list(session.scalars(rows))
    if person.seen_by is None:
        return found
    viewers = named(session, person.seen_by, now)
    return [row for row in found if row in viewers]


def stands_in(session: Session, person: Person, day: date) -> bool:
    """Whether *person* stands in for anybody on *day*."""
    return any(first <= day <= last for first, last in _all_days.get(session).get(person.id, ()))


def _load_days(session: Session, key: object) -> dict[int, list[tuple[date, date]]]:
    """Stand-in -> first and last day of each time they stand in; every page of theirs asks."""
    days: dict[int, list[tuple[date, date]]] = {}
    for row in session.execute(select(StandInRow.stand_in_id, StandInRow.from_day, StandInRow.until_day)):
        days.setdefault(row.stand_in_id, []).append((row.from_day, row.until_day))
    return days


_all_days = Stamped("stand_ins", _load_days, tables=["stand_in"])


def warning(session: Session, row: StandInRow, now: datetime) -> Text | None:
    """What would still stand still with this stand-in, said at naming: steps above their clearance."""
    people = staff_on(session, local_day(session, now)).people
    absent, stand_in = people.get(row.absent_id), people.get(row.stand_in_id)
    if stand_in is None:
        return say("代理人没有登录账号，不能签批")
    if absent is not None and stand_in.clearance < absent.clearance:
        return say("代理人的密级权限低于被代理人，超出部分的步骤不能代签")
    return None


def _note(session: Session, what: str, row: StandInRow) -> None:
    days = {"first": row.from_day.isoformat(), "last": row.until_day.isoformat()}
    trail.note(session, what, absent=row.absent_id, stand_in=row.stand_in_id, **days)

"""Naming who takes an absent person's steps, and ending it (R-ROLE-03)."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..permissions import Person, Role
from ..rules.signers import StandIn, may_name_stand_in
from ..texts import Text, say
from ..verdicts import Refused, refuse, require
from ..working.people import StandIn as StandInRow
from .archives.upkeep import keep_up
from .staff import staff_on
from .today import local_day


def name(session: Session, absent: int, person: int, first: date, last: date, now: datetime) -> StandInRow:
    """Name *person* for the steps of *absent* from *first* to *last*; raises Refused: role, same_person, time_order."""
    by, today = acting(session), local_day(session, now)
    require(may_name_stand_in(StandIn(absent, person, first, last), by))
    if last < today:
        raise Refused(refuse("R-ROLE-03", "time_order", say("结束日期已经过去")))
    row = StandInRow(
        absent_id=absent, stand_in_id=person, from_day=first, until_day=last, named_by_id=by.id, named_at=now
    )
    session.add(row)
    session.flush()
    trail.note(session, "stand_in_named", absent=absent, stand_in=person, first=str(first), last=str(last))
    keep_up(session, now)
    return row


def end(session: Session, row: StandInRow, now: datetime) -> None:
    """End a stand-in's days: those to come are dropped, begun ones end with yesterday; by who may name one."""
    by, today = acting(session), local_day(session, now)
    require(may_name_stand_in(StandIn(row.absent_id, row.stand_in_id, row.from_day, row.until_day), by))
    trail.note(session, "stand_in_ended", absent=row.absent_id, stand_in=row.stand_in_id, last=str(row.until_day))
    if row.from_day < today:
        row.until_day = date.fromordinal(today.toordinal() - 1)
    else:
        session.delete(row)
    session.flush()
    keep_up(session, now)


def named(session: Session, person: Person, now: datetime) -> list[StandInRow]:
    """Present and coming stand-ins that concern *person*; all of them for the general manager."""
    today = local_day(session, now)
    rows = select(StandInRow).where(StandInRow.until_day >= today).order_by(StandInRow.from_day, StandInRow.id)
    if Role.GENERAL_MANAGER not in person.roles:
        rows = rows.where(or_(StandInRow.absent_id == person.id, StandInRow.stand_in_id == person.id))
    return list(session.scalars(rows))


def warning(session: Session, row: StandInRow, now: datetime) -> Text | None:
    """What would still stand still with this stand-in, said at naming: steps above their clearance."""
    people = staff_on(session, local_day(session, now)).people
    absent, stand_in = people.get(row.absent_id), people.get(row.stand_in_id)
    if stand_in is None:
        return say("代理人没有登录账号，不能签批")
    if absent is not None and stand_in.clearance < absent.clearance:
        return say("代理人的密级权限低于被代理人，超出部分的步骤不能代签")
    return None

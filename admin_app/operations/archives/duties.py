"""What the archive room waits for from somebody: files to inspect, rooms to check, faults, due files, lists to sign (R-DESK-01)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Face
from ...models import Register, register_named
from ...permissions import Action, Person
from ...rules.signers import Staff
from ...texts import Text, say
from ..leaving.duties import still_open
from ..records import facts_of_each
from ..signatures import open_signatures
from ..staff import staff_on
from ..today import local_day
from .destroying import WITNESSES, heads_of
from .intake import badly_written, unscanned
from .retention import how_many_ready
from .rounds import how_many_left
from .storage import faults, rooms

#: the list of papers
_PAPERS = "archive_item.index_view"


class Duty(NamedTuple):
    """One thing to do: said so, by which day, on which *page* with *query*; about one *record*, on that record's own."""

    text: Text | str
    when: date | None
    late: bool
    page: str = ""
    record: Register | None = None
    query: Mapping[str, str] = MappingProxyType({})


def duties_of(session: Session, person: Person, now: datetime) -> list[Duty]:
    """Whoever keeps a register of upkeep has what it asks for; whoever signs lists, those at their place."""
    today = local_day(session, now)
    return [*_inspections(session, person, today), *_rooms(session, person, now), *_due(session, person, today),
            *_incoming(session, person),
            *_to_sign(session, person, today)]  # fmt: skip


def has_part(person: Person) -> bool:
    """Whether any of it can be *person*'s."""
    return any(
        person.reach(Action.ADD, table) is not None for table in ("archive_inspection", "storage_check", "destruction")
    ) or any(person.reach(action, "destruction") is not None for action in (Action.EDIT, Action.APPROVE))


def _inspections(session: Session, person: Person, today: date) -> Iterator[Duty]:
    if person.reach(Action.ADD, "archive_inspection") is None:
        return
    left, due = how_many_left(session, today)
    if left:
        yield Duty(say("还有 {n} 卷待查", n=left), due, False, "inspection_round.overview")


def _rooms(session: Session, person: Person, now: datetime) -> Iterator[Duty]:
    """A room shows from its day on; a fault until it is settled."""
    if person.reach(Action.ADD, "storage_check") is None:
        return
    today = local_day(session, now)
    for room in rooms(session, now):
        if room.due <= today:
            yield Duty(say("环境检查：{room}", room=room.name), room.due, room.due < today, "rooms.overview")
    for one in faults(session):
        yield Duty(
            say("{room}：{what}", room=one.room, what=one.problems or say("有不合格项")),
            one.checked_on,
            False,
            record=one,
        )


def _due(session: Session, person: Person, today: date) -> Iterator[Duty]:
    if person.reach(Action.ADD, "destruction") is None:
        return
    if ready := how_many_ready(session, today):
        yield Duty(say("{n} 卷到期，可以销毁", n=ready), None, False, "due_files.worklist")


def _incoming(session: Session, person: Person) -> Iterator[Duty]:
    """What whoever adds papers has still to scan, or to have written anew (R-ARCH-09)."""
    if person.reach(Action.ADD, "archive_item") is None:
        return
    if number := unscanned(session):
        yield Duty(say("{n} 件没有扫描", n=number), None, False, _PAPERS, query={"f-scanned": "no"})
    if number := badly_written(session):
        yield Duty(say("{n} 件字迹不合格，退回重写", n=number), None, False, _PAPERS, query={"f-ink_ok": "no"})


def _to_sign(session: Session, person: Person, today: date) -> Iterator[Duty]:
    """Lists whose next signature *person* may give; a witness once there is something to witness."""
    destruction = register_named("destruction")
    if all(person.reach(action, "destruction") is None for action in (Action.EDIT, Action.APPROVE)):
        return
    lists = session.scalars(select(destruction).where(still_open(destruction)).order_by(destruction.id)).all()
    known, staff = facts_of_each(session, lists), staff_on(session, today)
    for one in lists:
        if any(_is_theirs(one, place, person, staff) for place in open_signatures(one, person, known[one.id])):
            yield Duty(say("待签：{number}", number=one.number), one.listed_on, False, record=one)


def _is_theirs(listing: Register, place: Face, person: Person, staff: Staff) -> bool:
    """Whether *person*, who has the right at *place*, is the one whose signature is waited for."""
    if place.name == "head_signed_by_id":
        return person.id in heads_of(listing, staff)
    return place.name not in WITNESSES or listing.destroyed_on is not None

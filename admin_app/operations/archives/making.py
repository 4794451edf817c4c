"""Important material exported or printed as a copy that was handed out: its number stands on what leaves (R-CONF-12)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.session import acting, elevated
from ...models import Lines, Register, register_named
from ...rules.combining import first_refusal
from ...rules.copies import is_in_force, may_leave_as
from ...verdicts import require
from ..today import local_day
from .copied import is_outside, permit_of


class Held(NamedTuple):
    """A copy that was handed out, with its permit."""

    permit: Register
    copy: Lines

    @property
    def number(self) -> str:
        """As people write it: FZ-2026-000012 2/5."""
        return f"{self.permit.number} {self.copy.copy_number}"


def held_copy(session: Session, number: str) -> Held | None:
    """The copy that people call *number*, if it is in the acting person's hands, who needn't see its permit."""
    of, _, place = " ".join(number.split()).partition(" ")
    register, person = register_named("copy_permit"), acting(session).id
    with elevated(session) as beneath:
        named = select(register).where(register.number == of, register.voided_at.is_(None))
        permit = beneath.scalars(named).first()
        given = permit.copies_given if permit else ()
        copy = next((one for one in given if one.copy_number == place and one.holder_id == person), None)
    return Held(permit, copy) if permit and copy and is_outside(copy) else None


def make(session: Session, held: Held | None, table: str, records: Sequence[Any], now: datetime) -> str:
    """Let the important *records* of *table* leave as the copy *held*, once; its number, which stands on them.

    Raises Refused: no_permit, copies, and for a permit that is not in force.
    """
    if held is None:
        require(may_leave_as(covers=False, holds=False, used=False))
    assert held is not None
    covers = all(_covers(held.permit, table, record) for record in records)
    with elevated(session) as beneath:
        permit = beneath.get_one(type(held.permit), held.permit.id, with_for_update=True)
        copy = beneath.get_one(type(held.copy), held.copy.id)
        holds = copy.holder_id == acting(session).id and is_outside(copy)
        in_force = is_in_force(permit_of(permit), local_day(session, now))
        require(first_refusal(may_leave_as(covers, holds, copy.made_at is not None), in_force))
        copy.made_at = permit.changed_at = now
    return held.number


def unmake(session: Session, number: str) -> None:
    """The copy *number* may be used again: what was to leave as it never came into being, and nobody has had it."""
    of, _, place = number.partition(" ")
    register = register_named("copy_permit")
    with elevated(session) as beneath:
        permit = beneath.scalars(select(register).where(register.number == of).with_for_update()).one()
        for copy in permit.copies_given:
            if copy.copy_number == place:
                copy.made_at = None


def can_be_permitted(table: str) -> bool:
    """Whether a permit can name records of *table*, or what they belong to."""
    nameable = {face.to for face in register_named("copy_permit").faces.values() if face.to and not face.party}
    return table in nameable or any(home.to in nameable for home in _homes(table))


def _covers(permit: Register, table: str, record: Any) -> bool:
    """Whether the permit names *record*, or what it belongs to while it names nothing narrower."""
    links = (face for face in permit.faces.values() if face.to and not face.party)
    named = {face.to: id_ for face in links if (id_ := getattr(permit, face.name)) is not None}
    wider = {home.to for to in named for home in _homes(to)}
    named = {to: id_ for to, id_ in named.items() if to not in wider}
    if table in named:
        return bool(named[table] == record.id)
    return any(home.to in named and named[home.to] == getattr(record, home.name) for home in _homes(table))


def _homes(table: str) -> list[Face]:
    """The links from records of *table* to what they belong to."""
    return [face for face in register_named(table).faces.values() if face.belongs]

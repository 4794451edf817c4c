"""What a code in the scan box means: its kind tells the register, one look-up; what is typed is tried in turn (R-LOAN-11)."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Fault, Reading
from ...guard.session import acting
from ...models import Register, register_named
from ...rules.label_codes import is_code, labelled, normalised
from .. import links, lookups, records
from .standing import KINDS

#: register and the field by which it goes, in the order in which what was typed is tried
_NUMBERED = (
    *((table, "number") for table in KINDS), ("archive_item", "number"), ("archive_file", "number"), ("archive_place", "code"),
)  # fmt: skip


@dataclass(frozen=True)
class Scanned:
    """What was meant: one record, or several people that it could be (id in addresses, name, second line).

    ``misread``: it has the form of a label's code and isn't one.
    """

    record: Register | None = None
    alike: list[tuple[str, str, str]] = field(default_factory=list)
    misread: bool = False


def scanned(session: Session, typed: str, reading: Reading) -> Scanned:
    """What *typed* means among the records that the acting person sees."""
    text = normalised(typed)
    if is_code(text):
        named = labelled(text)
        return Scanned(
            misread=named is None,
            record=named and records.find(session, register_named(named.table), named.public_id),
        )
    if (record := _numbered(session, text) or _person(session, text, reading)) is not None:
        return Scanned(record)
    return _named(session, text, reading)


def _numbered(session: Session, text: str) -> Register | None:
    """The record that goes by this number, whatever its capitals."""
    for table, name in _NUMBERED:
        register = register_named(table)
        number = select(register).where(getattr(register, name).in_({text, text.upper()}), register.voided_at.is_(None))
        if (found := session.scalars(number.limit(1)).first()) is not None:
            return found
    return None


def _person(session: Session, text: str, reading: Reading) -> Register | None:
    """The one person with this number or name."""
    employee = register_named("employee")
    try:
        return session.get(employee, links.by_text(session, "employee", text, reading))
    except Fault:
        return None


def _named(session: Session, text: str, reading: Reading) -> Scanned:
    """Whoever has *text* in their name, or begins so in pinyin; the one where it is only one."""
    found = lookups.offered(session, "employee", text, acting(session), reading)
    if len(found) == 1:
        return Scanned(records.find(session, register_named("employee"), found[0][0]))
    return Scanned(alike=found)

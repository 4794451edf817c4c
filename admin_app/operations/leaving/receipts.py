"""The receipt of a handover, read from the trail: what went to whom, in numbers (R-CUST-09, R-AUDT-01)."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.session import acting
from ...models import Register, all_registers, register_named
from ...permissions import Level, Role
from ...working.trail import TrailEntry
from .duties import may_know

_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """So many records of a register went to *to*, who stands now where the leaver stood in the field."""

    register: type[Register]
    face: Face
    to: int
    number: int


@dataclass(frozen=True)
class Receipt:
    """Who left, when it was done and by whom, what they held, and what went to whom as far as the reader may know."""

    employee_id: int
    last_day: date
    at: datetime
    by: int | None
    roles: tuple[Role, ...]
    clearance: Level
    lines: tuple[Line, ...]


def receipts(session: Session) -> list[Receipt]:
    """The newest receipts, newest first."""
    return [_receipt(session, entry) for entry in session.scalars(_entries().limit(_SHOWN))]


def receipt_of(session: Session, employee_id: int) -> Receipt | None:
    """The newest receipt of an employee."""
    entry = session.scalars(_entries().where(TrailEntry.record_id == employee_id).limit(1)).first()
    return _receipt(session, entry) if entry else None


def is_seen_off(session: Session, employee: Register) -> bool:
    """Whether *employee* has handed over for the day on which they left; who came back may leave again."""
    receipt = receipt_of(session, employee.id)
    return receipt is not None and receipt.last_day == employee.left_on


def _entries() -> Select[tuple[TrailEntry]]:
    of_employees = TrailEntry.table_name == register_named("employee").__tablename__
    return select(TrailEntry).where(of_employees, TrailEntry.event == "left").order_by(TrailEntry.seq.desc())


def _receipt(session: Session, entry: TrailEntry) -> Receipt:
    detail = json.loads(entry.detail)
    return Receipt(
        employee_id=entry.record_id or 0, last_day=date.fromisoformat(detail["last_day"]), at=entry.at, by=entry.actor_id,
        roles=tuple(Role(role) for role in detail["held"]["roles"]), clearance=Level(detail["held"]["clearance"]),
        lines=_lines(session, detail["handed"]),
    )  # fmt: skip


def _lines(session: Session, rows: list[list]) -> tuple[Line, ...]:
    """Levels added up: of those the reader doesn't see, nothing is counted (R-CONF-02)."""
    reader, registers, numbers = acting(session), all_registers(), {}
    for table, name, level, to, number in rows:
        if table in registers and name in registers[table].faces and may_know(reader, registers[table], level):
            numbers[table, name, to] = numbers.get((table, name, to), 0) + number
    return tuple(
        Line(registers[table], registers[table].faces[name], to, number)
        for (table, name, to), number in numbers.items()
    )

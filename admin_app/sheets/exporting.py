"""What leaves in a file: exactly what the list shows this person, masked alike, with who, when and why (R-CONF-12).

The trail is written before the first row leaves; the rows come in chunks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..guard import trail
from ..guard.cells import Cell, Row
from ..guard.facts import facts_names
from ..guard.listing import ListQuery, all_ids, rows_by_id
from ..guard.rows import within
from ..guard.session import acting
from ..guard.shown import rows_of
from ..models import Register
from ..permissions import Action, Level, Person, Sight, View
from ..rules.rights import may_do
from ..texts import Text, say
from ..verdicts import Refused, refuse, require

_CHUNK = 500
_ALWAYS = ("id", "public_id", "voided_at")


@dataclass(frozen=True)
class Export:
    """An export that was allowed and noted: its rows are read while they are written."""

    session: Session
    query: ListQuery
    columns: Sequence[Face]
    ids: Sequence[int]
    reading: Reading
    #: who, when, how many and why, for the first line of the file
    line: Text

    @property
    def register(self) -> type[Register]:
        return self.query.register

    @property
    def headers(self) -> list[str]:
        return [face.label for face in self.columns]

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each row in the order of the list; a row that disappeared meanwhile is left out."""
        for chunk in _chunks(self.ids):
            found = rows_by_id(self.session, self.query, chunk)
            for row in rows_of(self.session, self.register, found, self.columns, self.reading):
                yield [row.cell(face) for face in self.columns]


def whole_list(register: type[Register]) -> ListQuery:
    """All of a register that is in use, sorted as its list is."""
    sort = register.faces[register.declaration.sort]
    return ListQuery(register, [], [], sort, descending=sort.kind.name in ("day", "moment"))


def leaving(query: ListQuery, columns: Sequence[Face]) -> ListQuery:
    """*query* within the scope of the right to export, with the columns that the decisions and *columns* need."""
    register = query.register
    marks = ["important"] if "important" in register.faces else []
    names = dict.fromkeys([*_ALWAYS, *facts_names(register), *marks, *(face.name for face in columns)])
    return replace(query, columns=list(names), conditions=[*query.conditions, _may_leave])


def prepare(
    session: Session,
    query: ListQuery,
    columns: Sequence[Face],
    reading: Reading,
    *,
    now: datetime,
    reason: str,
    asked: Sequence[str] = (),
) -> Export:
    """Ask for the right, note the export and the views it brings (R-AUDT-01). *asked*: names of the fields filtered by.

    The notes are written with the transaction that follows. Raises Refused without the right, without a reason, or for
    important material, which needs a copy permit.
    """
    person, register = acting(session), query.register
    require(may_do(person, Action.EXPORT, register))
    if not reason.strip():
        raise Refused(refuse("R-CONF-12", "no_reason", say("请写明导出用途")))
    query = leaving(query, columns)
    ids = all_ids(session, query)
    _note_views(session, register, query, ids, reading)
    trail.note(
        session, "exported", table=register.__tablename__, rows=len(ids), reason=reason.strip()[:200],
        filters=list(asked), columns=[face.name for face in columns],
    )  # fmt: skip
    return Export(session, query, columns, ids, reading, _line(person, now, reading, len(ids), reason))


def _may_leave(cls: Any, person: Person) -> ColumnElement[bool]:
    """Rows in the scope of the right to export."""
    scope = person.reach(Action.EXPORT, cls.__tablename__)
    rows = within(cls, scope) if scope is not None else None
    return false() if rows is None else rows


def _note_views(
    session: Session, register: type[Register], query: ListQuery, ids: Sequence[int], reading: Reading
) -> None:
    """Views from 秘密 up, a chunk an entry; important material stops the export."""
    for chunk in _chunks(ids):
        levels = session.execute(select(register.id, register.level).where(register.id.in_(chunk))).all()
        if any(level >= trail.NOTED_FROM for _, level in levels) or "important" in register.faces:
            found = rows_by_id(session, query, chunk)
            if any(map(_is_important, rows_of(session, register, found, (), reading))):
                raise Refused(refuse("R-CONF-12", "no_permit", say("其中有重要资料，导出前须先取得复制许可")))
        trail.note_views(session, register.__tablename__, levels, "export")


def _is_important(row: Row) -> bool:
    """Classified or marked important; a line of the catalogue shows nothing of the contents.

    A mark that the person doesn't get counts as set, so that no refusal tells whether it is (R-CONF-02, R-CONF-15).
    """
    if row.sight is Sight.CATALOGUE:
        return False
    mark = row.register.faces.get("important")
    return Level(row.facts.level).classified or (
        mark is not None and (row.view(mark) is not View.SHOWN or bool(row.record.important))
    )


def _line(person: Person, now: datetime, reading: Reading, number: int, reason: str) -> Text:
    when = now.astimezone(reading.zone).strftime("%Y-%m-%d %H:%M")
    return say(
        "导出人：{who}　时间：{when}　共 {number} 条　用途：{why}",
        who=person.name, when=when, number=number, why=" ".join(reason.split())[:200],
    )  # fmt: skip


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]

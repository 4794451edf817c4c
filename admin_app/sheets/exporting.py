"""What leaves in a file: exactly what the list shows this person, masked alike, with who, when and why (R-CONF-12).

The trail is written before the first row leaves; the rows come in chunks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..guard import trail
from ..guard.by_ids import rows_by_id
from ..guard.facts import facts_names
from ..guard.listing import ListQuery, count
from ..guard.raw import raw_by_id, raw_levels
from ..guard.rows import within
from ..guard.session import acting
from ..guard.shown import rows_of
from ..models import Register
from ..operations.archives.making import Held, make
from ..operations.importance import MARK, is_important, marks_importance
from ..permissions import Action, Level, Person
from ..rules.rights import may_do
from ..texts import Text, say
from ..verdicts import Refused, refuse, require
from .telling import Teller, Telling, told_columns

_CHUNK = 2000
#: the lowest level that is classified
_LOWEST = min(int(level) for level in Level if level.classified)
_ALWAYS = ("id", "public_id", "voided_at")


@dataclass(frozen=True)
class Export:
    """An export that was allowed and noted: its rows are read while they are written."""

    session: Session
    query: ListQuery
    columns: Sequence[Face]
    #: of the rows that were found and noted, each with the level that it had
    ids: Sequence[int]
    levels: Sequence[int]
    reading: Reading
    #: who, when, how many and why, for the first line of the file
    line: Text
    #: told after each chunk of rows how many they were
    passed: Callable[[int], None] = lambda rows: None

    @property
    def register(self) -> type[Register]:
        return self.query.register

    @property
    def headers(self) -> list[str]:
        return [face.label for face in self.columns]

    def pieces(self, told: Teller) -> Iterator[list[list[Any]]]:
        """The cells of some rows after others, column by column as *told* makes them, in the order of the list; a row that
        disappeared meanwhile is left out, and one whose level rose: that view is not noted."""
        telling = Telling(self.session, self.register, self.columns, self.reading, told)
        query = replace(self.query, columns=told_columns(self.register, self.columns))
        for start in range(0, len(self.ids), _CHUNK):
            ids = self.ids[start : start + _CHUNK]
            noted = dict(zip(ids, self.levels[start : start + _CHUNK], strict=True))
            rows = [row for row in raw_by_id(self.session, query, ids) if row[1] <= noted[row[0]]]
            if rows:
                yield telling.cells(rows)
            self.passed(len(ids))


def whole_list(register: type[Register]) -> ListQuery:
    """All of a register that is in use, sorted as its list is."""
    sort = register.faces[register.declaration.sort]
    return ListQuery(register, [], [], sort, descending=sort.kind.name in ("day", "moment"))


def leaving(query: ListQuery, columns: Sequence[Face]) -> ListQuery:
    """*query* within the scope of the right to export, with the columns that the decisions and *columns* need."""
    register = query.register
    marks = [MARK] if marks_importance(register) else []
    marks += [face.name for face in register.faces.values() if face.belongs]
    names = dict.fromkeys([*_ALWAYS, *facts_names(register), *marks, *(face.name for face in columns)])
    return replace(query, columns=list(names), conditions=[*query.conditions, _may_leave])


def may_need_copy(session: Session, query: ListQuery, columns: Sequence[Face]) -> bool:
    """Whether what leaves with *query* may be important: marked so, or classified, in whatever register (R-CONF-12)."""
    if marks_importance(query.register):
        return True
    asked = leaving(query, columns)
    return count(session, replace(asked, conditions=[*asked.conditions, _classified]), 1) > 0


def prepare(
    session: Session,
    query: ListQuery,
    columns: Sequence[Face],
    reading: Reading,
    *,
    now: datetime,
    reason: str,
    asked: Sequence[str] = (),
    copy: Held | None = None,
) -> Export:
    """Ask for the right, note the export and the views it brings (R-AUDT-01). *asked*: names of the fields filtered by.

    *copy*: as which important material leaves; it is then used up, so the caller holds a transaction. The notes are written
    with the transaction that follows. Raises Refused without the right, without a reason, or for important material
    without such a copy.
    """
    person, register = acting(session), query.register
    require(may_do(person, Action.EXPORT, register))
    if not reason.strip():
        raise Refused(refuse("R-CONF-12", "no_reason", say("请写明导出用途")))
    query = leaving(query, columns)
    ids, levels = raw_levels(session, query)
    important = _note_views(session, query, ids, levels, reading)
    number = make(session, copy, register.__tablename__, important, now) if important else ""
    told = {"copy": number} if number else {}
    trail.note(
        session, "exported", table=register.__tablename__, rows=len(ids), reason=reason.strip()[:200],
        filters=list(asked), columns=[face.name for face in columns], **told,
    )  # fmt: skip
    return Export(session, query, columns, ids, levels, reading, _line(person, now, reading, len(ids), reason, number))


def _may_leave(cls: Any, person: Person) -> ColumnElement[bool]:
    """Rows in the scope of the right to export."""
    scope = person.reach(Action.EXPORT, cls.__tablename__)
    rows = within(cls, scope) if scope is not None else None
    return false() if rows is None else rows


def _classified(cls: Any, _person: Person) -> ColumnElement[bool]:
    return cls.level >= _LOWEST


def _note_views(
    session: Session, query: ListQuery, ids: Sequence[int], levels: Sequence[int], reading: Reading
) -> list[Any]:
    """Note views from 秘密 up, a chunk an entry; the important records among them."""
    important: list[Any] = []
    register, marked = query.register, marks_importance(query.register)
    for start in range(0, len(ids), _CHUNK):
        chunk = list(zip(ids[start : start + _CHUNK], levels[start : start + _CHUNK], strict=True))
        asked = [id_ for id_, level in chunk if marked or level >= _LOWEST]
        if asked:
            rows = rows_of(session, register, rows_by_id(session, query, asked), (), reading)
            important += [row.record for row in rows if is_important(row)]
        trail.note_views(session, register.__tablename__, chunk, "export")
    return important


def _line(person: Person, now: datetime, reading: Reading, number: int, reason: str, copy: str) -> Text:
    when = now.astimezone(reading.zone).strftime("%Y-%m-%d %H:%M")
    line = say(
        "导出人：{who}　时间：{when}　共 {number} 条　用途：{why}",
        who=person.name, when=when, number=number, why=" ".join(reason.split())[:200],
    )  # fmt: skip
    return say("{line}　副本：{copy}", line=line, copy=copy) if copy else line

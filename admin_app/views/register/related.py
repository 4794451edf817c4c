"""The tabs of a record's page: what links to it, counted and newest first, as far as this person may see.

All are counted in one query and only the open one's rows are read, for half of all registers lead to an employee. What
somebody signed is no tab of theirs: the trail and the record itself tell it.
"""

from typing import Any
from urllib.parse import urlencode

from ...fields import Face
from ...guard.cells import Row
from ...guard.conditions import filtered
from ...guard.facts import facts_names
from ...guard.listing import ListQuery, count_each, find_page
from ...guard.shown import rows_of
from ...models import Register, links_to
from ...operations.importance import MARK, marks_importance, may_be_printed
from ...permissions import Action, can
from ..words import counted, words
from .ledger import ledger_rows

#: how many rows and columns the open tab shows
_ROWS, _COLUMNS = 10, 6


def related(session: Any, row: Row, wanted: str | None) -> list[dict[str, Any]]:
    """The tabs of the record of *row*; the one named *wanted* (``table.field``) is open, else the first."""
    person = row.person
    leading = [(register, face) for register, face in links_to(row.register.__tablename__)
               if person.has_part_in(register.__tablename__) and not face.signed_with]  # fmt: skip
    counts = count_each(session, [ListQuery(register, ["id"], _linked(face, row)) for register, face in leading])
    filled = [(register, face, number) for (register, face), number in zip(leading, counts, strict=True) if number]
    names = [f"{register.__tablename__}.{face.name}" for register, face, _number in filled]
    opened = wanted if wanted in names else next(iter(names), None)
    return [
        _tab(row, register, face, number) | (_opened(session, row, register, face) if name == opened else {})
        for name, (register, face, number) in zip(names, filled, strict=True)
    ]


def _linked(face: Face, row: Row) -> list[Any]:
    return [filtered(face, "equals", [row.record.id])]


def _tab(row: Row, register: type[Register], face: Face, number: int) -> dict[str, Any]:
    """The tab while it is closed: its title, count and the address that opens it."""
    title, several = words(register.declaration.title), _links_twice(register, face)
    tab = f"{register.__tablename__}.{face.name}"
    return {
        "title": f"{title}·{words(face.label)}" if several else title, "count_text": counted(number), "rows": None,
        "printable": True,
        "open_url": f"?{urlencode({'id': row.record.public_id, 'tab': tab})}#related",
    }  # fmt: skip


def _links_twice(register: type[Register], face: Face) -> bool:
    """Whether one register leads here by several fields, so that its title alone doesn't tell its tabs apart."""
    return sum(other.to == face.to for other in register.faces.values()) > 1


def _opened(session: Any, row: Row, register: type[Register], face: Face) -> dict[str, Any]:
    columns = [register.faces[name] for name in register.declaration.list if name != face.name][:_COLUMNS]
    mark = [MARK] if marks_importance(register) else []
    names = dict.fromkeys(
        ["id", "public_id", "voided_at", *facts_names(register), *(one.name for one in columns), *mark]
    )
    sort = register.faces[register.declaration.sort]
    newest_first = sort.kind.name in ("day", "moment")
    found = find_page(session, ListQuery(register, list(names), _linked(face, row), sort, newest_first, size=_ROWS))
    shown = rows_of(session, register, found.rows, columns, row.reading, "related")
    base, here = f"/admin/{register.__tablename__}/", row.record.public_id
    may_add = not register.operations_only and can(row.person, Action.ADD, register)
    return {
        "columns": [{"name": one.name, "label": words(one.label), "align": one.kind.align, "sort_url": None, "sorted": ""}
                    for one in columns],
        "rows": ledger_rows(shown, columns, base), "printable": may_be_printed(shown),
        "more_url": f"{base}?{urlencode({f'f-{face.name}': here})}" if found.more and face.filter else None,
        "add_url": f"{base}new/?{urlencode({face.name: here})}" if may_add else None,
    }  # fmt: skip

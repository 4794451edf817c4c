"""What is kept of the records that points come off for: what they are called, what was wrong, where they open (R-SCOR-02)."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Reading
from ...guard.codes import reading
from ...guard.titles import number_face, number_of, title_fields
from ...models import Register, register_named
from ..today import zone_of

#: ids in one question
_AT_ONCE = 5000


class Named(NamedTuple):
    """A record as a deduction names it."""

    register_title: str
    number: str
    path: str


def path_of(register: type[Register], public_id: str) -> str:
    """Where a record opens: its register's table and its id in addresses."""
    return f"{register.__tablename__}/{public_id}"


def named(session: Session, records: Iterable[tuple[str, int]], level: int) -> dict[tuple[str, int], Named]:
    """(table, id) -> its name, for a sheet of *level*: a record above that is named by its number alone (R-CONF-02)."""
    wanted: dict[str, set[int]] = {}
    for table, record in records:
        wanted.setdefault(table, set()).add(record)
    read = reading(session, zone_of(session))
    return {
        (table, row.id): _named(register, row, level, read)
        for table, ids in wanted.items()
        for register in [register_named(table)]
        for row in _rows(session, register, sorted(ids))
    }


def _rows(session: Session, register: type[Register], ids: Collection[int]) -> Iterable[Any]:
    names = dict.fromkeys([*title_fields(register), *filter(None, [number_face(register)])])
    columns = [register.id, register.public_id, register.level, *(getattr(register, name) for name in names)]
    for first in range(0, len(ids), _AT_ONCE):
        yield from session.execute(select(*columns).where(register.id.in_(list(ids)[first : first + _AT_ONCE])))


def _named(register: type[Register], row: Any, level: int, read: Reading) -> Named:
    words = [number_of(register, row)] if number_face(register) or row.level > level else []
    if row.level <= level:
        words += [_text(register, row, name, read) for name in title_fields(register) if name != number_face(register)]
    title = " ".join(filter(None, words)) or number_of(register, row)
    return Named(str(register.declaration.title), title[:200], path_of(register, row.public_id))


def _text(register: type[Register], row: Any, name: str, read: Reading) -> str:
    value = getattr(row, name)
    return "" if value is None else register.faces[name].kind.text(value, read)

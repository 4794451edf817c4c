"""Every key of a stored file that the database refers to: in records and lines, in working tables, in their history.

Columns are found by what they declare: the kind of their field, or ``info=FILE_KEYS``. A register added tomorrow is among
them. Beneath the row rule: whether something is referred to doesn't depend on who asks.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, or_, select
from sqlalchemy.orm import Mapper, Session

from ..models import Base, Lines
from ..working.trail import TrailEntry, TrailValue

#: as ``storage.new_key`` makes them, alone, before a name, or within JSON
_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_AT_ONCE = 2000


def file_columns() -> dict[Column[Any], str]:
    """Every column that holds keys of stored files -> the table under whose name the trail has its changes."""
    return {
        column: _in_trail(mapper)
        for mapper in Base.registry.mappers
        if mapper.local_table.name in Base.metadata.tables
        for column in mapper.local_table.c
        if _holds_keys(column)
    }


def _holds_keys(column: Column[Any]) -> bool:
    face = column.info.get("face")
    return bool(column.info.get("file_keys") or (face and face.kind.keeps_files))


def _in_trail(mapper: Mapper[Any]) -> str:
    """Lines stand in the trail of their record."""
    return mapper.class_.parent_table if issubclass(mapper.class_, Lines) else mapper.class_.__tablename__


def unreferenced(session: Session, keys: Iterable[str]) -> set[str]:
    """Those of *keys* that nothing refers to any more, neither as it is now nor as it was before some change."""
    left, columns = set(keys), file_columns()
    for column in columns:
        if not left:
            return left
        left -= _keys_in(session, select(column).where(column.is_not(None), column != ""))
    if left:
        left -= _keys_in(session, _history(set(columns.values())))
    return left


def _history(tables: set[str]) -> Any:
    """Values before and after every change of *tables* that can have a key among them (``<key>/<name>``)."""
    told = select(TrailValue.old, TrailValue.new).join(TrailEntry, TrailEntry.seq == TrailValue.seq)
    return told.where(TrailEntry.table_name.in_(tables), or_(TrailValue.old.like("%/%"), TrailValue.new.like("%/%")))


def _keys_in(session: Session, asked: Any) -> set[str]:
    return {key for text in _texts(session, asked) for key in _KEY.findall(text)}


def _texts(session: Session, asked: Any) -> Iterator[str]:
    rows = session.connection().execute(asked, execution_options={"yield_per": _AT_ONCE})
    return (text for row in rows for text in row if text)

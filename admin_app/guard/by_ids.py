"""Rows of known ids: a list that was found before is read piece by piece, as an export does."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from .conditions import Proposed
from .listing import ListQuery
from .plain import plain_row

_IDS = bindparam("page_ids")


def rows_by_id(session: Session, query: ListQuery, ids: Sequence[int]) -> list[Any]:
    """The rows of *ids* in that order, as far as the person sees them; thousands are one value of the statement."""
    if not ids:
        return []
    register, these = query.register, Proposed(session.get_bind().dialect.name, ids=tuple(map(str, ids)))
    wanted = select(*(getattr(register, name) for name in query.columns)).where(these.among(register.id, _IDS))
    plain = plain_row(tuple(query.columns))
    rows = {row.id: row for row in map(plain, session.execute(wanted, {"page_ids": these.value()}))}
    return [rows[id_] for id_ in ids if id_ in rows]

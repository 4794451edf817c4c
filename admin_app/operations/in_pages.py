"""A list of records that is read a page at a time, with how many there are in all."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

SIZE = 50


class Page(NamedTuple):
    """The records of page *number*, of so many *pages* from 1; *total* in all."""

    records: Sequence[Any]
    number: int
    pages: int
    total: int


def page_of(
    session: Session, one: Any, where: Sequence[ColumnElement[bool]], order: Sequence[Any], wanted: int
) -> Page:
    """Page *wanted* of the records of register *one*, the nearest that there is; two queries, both under the row rule."""
    total = session.scalar(select(func.count(one.id)).where(*where)) or 0
    pages = max(1, -(-total // SIZE))
    number = min(max(wanted, 1), pages)
    asked = select(one).where(*where).order_by(*order, one.id).offset((number - 1) * SIZE).limit(SIZE)
    return Page(session.scalars(asked).all(), number, pages, total)

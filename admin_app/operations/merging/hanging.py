"""What hangs on a record, by every link that the registers declare: from them alone, whatever they are (R-CUST-07)."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Face
from ...models import Lines, Register, lines_leading_to, links_to


class Link(NamedTuple):
    """A link to a register: the class of the rows it stands in, a register or repeating lines, and its face."""

    cls: type[Register] | type[Lines]
    face: Face


class Hanging(NamedTuple):
    """One row that leads to a record, and by which link; ``stays``: it can't lead to the other instead."""

    link: Link
    row: Any
    stays: bool


def links(table: str) -> list[Link]:
    """Every link that leads to *table*, of records and of their lines."""
    return [Link(*one) for one in (*links_to(table), *lines_leading_to(table))]


def hanging(session: Session, gone: Any, kept: Any) -> Iterator[Hanging]:
    """All that leads to *gone*, void and closed rows too; *session* sees beneath the row rule.

    A link says whose a row is, not what was judged of it: closed and signed forms move with the rest, or they would be lost to
    the customer's page. What stays: a form of which a customer has one, where *kept* has theirs, and what would lead to
    *kept* twice, or from *kept* to itself. The rows are locked; OperationalError where somebody is writing one.
    """
    for link in links(gone.__tablename__):
        column = getattr(link.cls, link.face.name)
        taken = _has_its_own(session, link, kept.id)
        asked = select(link.cls).where(column == gone.id).order_by(link.cls.id)
        # who writes one of them may wait for us: we never for them
        for row in session.scalars(asked.with_for_update(nowait=True, key_share=True)):
            yield Hanging(link, row, taken or _leads_to(row, link, kept))


def _has_its_own(session: Session, link: Link, kept: int) -> bool:
    column = link.cls.__mapper__.columns[link.face.name]
    if not column.unique:
        return False
    return session.scalar(select(link.cls.id).where(getattr(link.cls, link.face.name) == kept).limit(1)) is not None


def _leads_to(row: Any, link: Link, kept: Any) -> bool:
    """Whether *row* is *kept* itself, or names them in another of its links."""
    others = (face for face in row.faces.values() if face.to == kept.__tablename__ and face.name != link.face.name)
    return row is kept or any(getattr(row, face.name) == kept.id for face in others)


def counted(found: Collection[Hanging]) -> dict[Link, tuple[int, int]]:
    """Link -> how many rows move, how many stay."""
    numbers: dict[Link, tuple[int, int]] = {}
    for one in found:
        move, stay = numbers.get(one.link, (0, 0))
        numbers[one.link] = (move + (not one.stays), stay + one.stays)
    return numbers

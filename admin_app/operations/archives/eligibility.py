"""What stands in the way of destroying files, read for many at once (R-ARCH-07).

Read beneath the row rule: complaints and other lists that the keeper may not see stand in the way all the same. What is
told of them is ``rules.disclosures``'s.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from ...models import lines_of, register_named
from ...rules.destruction import has_owner
from ...rules.retention import Kept, kept_until, obstacles
from ...verdicts import Verdict
from ..leaving.duties import still_open

#: states of a paper that is in somebody's hands
OUT = ("on_loan", "reading")


class Found(NamedTuple):
    """A file by its number, with the department that owns it (None where nobody says) and what its destruction asks."""

    number: str
    owner: int | None
    kept: Kept

    @property
    def against(self) -> tuple[Verdict, ...]:
        """Every refusal that stands in the way of listing it; empty when it may be."""
        return (*obstacles(self.kept), *(verdict for verdict in [has_owner(self.owner)] if not verdict))


def eligibility(
    session: Session, files: Collection[int], today: date, apart_from: int | None = None
) -> dict[int, Found]:
    """File id -> what is found of it, in four queries; *session* sees beneath the row rule.

    *apart_from*: the list that is being looked at, which isn't another one.
    """
    out, lists = _out(session, files), listed_in(session, files, apart_from)
    rows = session.execute(_facts(files)).all()
    disputed = _disputed(session, {row.customer_id for row in rows})
    return {
        row.id: Found(row.number, row.owner, Kept(
            today=today, kept_until=kept_until(row.closed_on, row.retention_years) if row.closed_on else None,
            destroyed=row.state == "destroyed", void=row.voided_at is not None, out=out.get(row.id, 0),
            disputed=row.customer_id in disputed, held=row.held, listed_in=lists.get(row.id),
        ))
        for row in rows
    }  # fmt: skip


def stopped_among(session: Session, which: Sequence[ColumnElement[bool]]) -> set[int]:
    """Those of the files for which *which* holds that something stands in the way of, other than their time."""
    file, type_, item = (register_named(name) for name in ("archive_file", "archive_type", "archive_item"))
    complaint = register_named("complaint")
    disputed = exists().where(complaint.customer_id == file.customer_id, still_open(complaint))
    out = exists().where(item.file_id == file.id, item.state.in_(OUT))
    nobodys = func.coalesce(type_.department_id, file.department_id).is_(None)
    asked = select(file.id).join(type_, type_.id == file.archive_type_id).where(*which)
    listed = file.id.in_(listed_in(session, session.scalars(select(file.id).where(*which)).all()))
    return set(session.scalars(asked.where(or_(file.held, out, disputed, nobodys, listed))))


def _facts(files: Collection[int]) -> Any:
    """The owning department is the type's (责任部门), else the file's own."""
    file, type_ = register_named("archive_file"), register_named("archive_type")
    owner = func.coalesce(type_.department_id, file.department_id).label("owner")
    columns = (file.id, file.number, file.customer_id, file.closed_on, file.state, file.held, file.voided_at)
    joined = select(*columns, type_.retention_years, owner).join(type_, type_.id == file.archive_type_id)
    return joined.where(file.id.in_(files))


def _out(session: Session, files: Collection[int]) -> dict[int, int]:
    item = register_named("archive_item")
    counted = select(item.file_id, func.count(item.id).label("out")).where(item.file_id.in_(files), item.state.in_(OUT))
    return {row.file_id: row.out for row in session.execute(counted.group_by(item.file_id))}


def _disputed(session: Session, customers: Collection[int]) -> set[int]:
    """Those of *customers* with a complaint that isn't settled."""
    complaint = register_named("complaint")
    asked = select(complaint.customer_id).where(complaint.customer_id.in_(customers), still_open(complaint)).distinct()
    return set(session.scalars(asked))


def listed_in(session: Session, files: Collection[int], apart_from: int | None = None) -> dict[int, str]:
    """File id -> the number of the open list that it, or a paper of it, stands in, read beneath the row rule."""
    destruction, item = register_named("destruction"), register_named("archive_item")
    line = lines_of(destruction, destruction.faces["lines"])
    of_file = func.coalesce(line.file_id, item.file_id)
    asked = (
        select(of_file.label("file"), func.min(destruction.number).label("number"))
        .select_from(line)
        .join(destruction, destruction.id == line.parent_id)
        .outerjoin(item, item.id == line.item_id)
        .where(or_(line.file_id.in_(files), item.file_id.in_(files)), still_open(destruction))
        .group_by(of_file)
    )
    if apart_from is not None:
        asked = asked.where(destruction.id != apart_from)
    return {row.file: row.number for row in session.connection().execute(asked)}

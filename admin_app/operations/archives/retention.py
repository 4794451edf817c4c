"""Until when a file is kept, worked out whenever the file or its type changes; and which files are due (R-ARCH-07)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ...guard.jobs import job
from ...guard.session import elevated
from ...guard.stamps import operating
from ...models import Register, register_named
from ...permissions import Level
from ...rules.retention import Kept, kept_until
from ...texts import word
from ...verdicts import Verdict
from ..followups import after_changing, before_adding
from ..records import bring
from .eligibility import OUT, eligibility, stopped_among

#: so far ahead the worklist looks, so that what isn't due yet is no surprise
AHEAD = timedelta(days=183)
#: on the worklist at a time
SHOWN = 300
_A_NIGHT = 5000
#: files of every level are kept
KEEPING = job("keeping", word("保管期限"), Level.TOP_SECRET)


class Due(NamedTuple):
    """A file that is due, or soon will be: the department that owns it, and what stands against its destruction."""

    file: Register
    owner: int | None
    kept: Kept
    against: tuple[Verdict, ...]


@before_adding("archive_file")
def begin_retention(session: Session, file: Register) -> None:
    """A ledger's old files come in closed."""
    if file.closed_on is not None:
        bring(file, _retention(file.closed_on, _years(session, file.archive_type_id)))


@after_changing("archive_file")
def keep_retention(session: Session, file: Register, before: Mapping[str, Any]) -> None:
    """Closed or open by its day of closing, and kept for as long as its type says from then on."""
    if file.state != "destroyed" and before.keys() & {"closed_on", "archive_type_id"}:
        with operating(session):
            bring(file, _retention(file.closed_on, _years(session, file.archive_type_id)))


@after_changing("archive_type")
def keep_files_of_type(session: Session, type_: Register, before: Mapping[str, Any]) -> None:
    """A type's new retention holds for the files that it has already."""
    if "retention_years" not in before:
        return
    with elevated(session) as beneath:
        file = register_named("archive_file")
        closed = select(file).where(
            file.archive_type_id == type_.id, file.closed_on.is_not(None), file.state != "destroyed"
        )
        for one in beneath.scalars(closed):
            bring(one, _retention(one.closed_on, type_.retention_years))


def keep_forgotten(session: Session, now: datetime) -> None:
    """Work it out for closed files that have none, those of before the rule was kept or of a ledger; run every night."""
    file = register_named("archive_file")
    without = file.closed_on.is_not(None), file.retained_until.is_(None), file.state != "destroyed"
    with elevated(session, KEEPING) as beneath:
        type_ = register_named("archive_type")
        years = {row.id: row.retention_years for row in beneath.execute(select(type_.id, type_.retention_years))}
        for one in beneath.scalars(select(file).where(*without).order_by(file.id).limit(_A_NIGHT)):
            bring(one, _retention(one.closed_on, years[one.archive_type_id]))


def _retention(closed_on: date | None, years: int) -> dict[str, Any]:
    if closed_on is None:
        return {"state": "open", "retained_until": None}
    return {"state": "closed", "retained_until": kept_until(closed_on, years)}


def _years(session: Session, type_id: int) -> int:
    types = register_named("archive_type").__table__
    return session.connection().scalar(select(types.c.retention_years).where(types.c.id == type_id))


def due_files(session: Session, today: date) -> tuple[list[Due], bool]:
    """The files whose retention is over or ends soon, the longest over first, and whether there are more than are shown.

    As the acting person finds them in the catalogue.
    """
    file = register_named("archive_file")
    asked = select(file).where(*_ends_by(today + AHEAD)).order_by(file.retained_until, file.number)
    found = session.scalars(asked.limit(SHOWN + 1)).all()
    shown = found[:SHOWN]
    with elevated(session) as beneath:
        facts = eligibility(beneath, [one.id for one in shown], today)
    return [Due(one, facts[one.id].owner, facts[one.id].kept, facts[one.id].against) for one in shown], len(
        found
    ) > SHOWN


def how_many_ready(session: Session, today: date) -> int:
    """How many files may be listed, of those that the acting person finds; counted beyond what the worklist shows."""
    file = register_named("archive_file")
    over = _ends_by(today - timedelta(days=1))
    with elevated(session) as beneath:
        stopped = stopped_among(beneath, over)
    found = set(session.scalars(select(file.id).where(*over)))
    return len(found - stopped)


def _ends_by(day: date) -> tuple[ColumnElement[bool], ...]:
    file = register_named("archive_file")
    return file.retained_until <= day, file.state != "destroyed", file.voided_at.is_(None)


def holders(session: Session, files: Collection[int]) -> dict[int, set[int]]:
    """File id -> who has papers of it now, as the acting person finds it in the catalogue."""
    item = register_named("archive_item")
    found: dict[int, set[int]] = {}
    asked = select(item.file_id, item.holder_id).where(item.file_id.in_(files), item.state.in_(OUT))
    for file_id, holder in session.execute(asked):
        found.setdefault(file_id, set()).add(holder)
    return found

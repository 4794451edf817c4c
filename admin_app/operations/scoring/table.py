"""A month's scores as lines of text, for the command."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.codes import reading
from ...guard.session import acting
from ...guard.titles import linked
from ...rules.months import Month
from ...rules.scoring import Part
from ...texts import word
from ..today import zone_of
from .overview import Row, month_rows

_HEAD = (
    word("名次"), word("客户经理"), *(str(part.title) for part in Part), word("合计"), word("满分"), word("状态"),
)  # fmt: skip


def lines(session: Session, month: Month, now: datetime) -> list[str]:
    """Head and one line for each person, fields between tabs, as the acting person sees them; the view is noted."""
    rows = month_rows(session, month, now)
    read = reading(session, zone_of(session))
    names = linked(session, "employee", {row.sheet.person_id for row in rows}, acting(session), read)
    states = read.options("score_state")
    trail.note_views(session, "score_sheet", [(row.sheet.id, row.sheet.level) for row in rows], "command")
    found = ["\t".join(_HEAD)]
    found += ["\t".join(_cells(row, names[row.sheet.person_id][0], states[row.state])) for row in rows]
    trail.write_notes(session)
    return found


def _cells(row: Row, name: str, state: str) -> Iterator[str]:
    sheet: Any = row.sheet
    yield str(sheet.rank_no or "-")
    yield name
    for value in (*(getattr(sheet, part.value) for part in Part), sheet.total):
        yield "-" if value is None else f"{value.normalize():f}"
    yield str(sheet.full_marks)
    yield state

"""An inspection and what follows from it: a repair, a second look, a violation, a file put where it lies (R-ARCH-05)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ... import clock
from ...guard import trail
from ...guard.session import acting, elevated
from ...guard.stamps import operating
from ...models import Register, register_named
from ...permissions import Action
from ...rules.destruction import may_be_touched
from ...rules.figures import REPAIR_DAYS
from ...rules.fines import Adviser
from ...rules.inspection import (
    ABSENT,
    REPAIRED,
    SECOND_LOOK_DAYS,
    is_left,
    may_find,
    may_inspect,
    may_lie,
    may_miss,
    period_of,
)
from ...rules.rights import may_do
from ...rules.working_days import deadline
from ...verdicts import require
from .. import records
from ..figures import value_on
from ..followups import after_writing, before_adding
from ..today import local_day
from ..working_time import working_time
from .eligibility import OUT
from .holding import condition as standing_of

#: conditions that the form also ticks
_FLAGS = ("faded", "damaged", "mouldy", "eaten")


def inspect(session: Session, file: Register, found: str, note: str, now: datetime) -> Register:
    """Note what was *found* of *file* (``archive_condition``) as the acting person's word; the record.

    Who finds it absent for the second time in a period opens a violation. Raises Refused: no_right, destroyed, wrong_state,
    on_loan, no_reason, out_of_range, too_soon.
    """
    register, today = register_named("archive_inspection"), local_day(session, now)
    require(may_do(acting(session), Action.ADD, register))
    require(may_find(found, note))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(file), file.id, with_for_update=True)
        period = _due_now(beneath, mine, today)
        last = _last_missed(beneath, mine.id, period.first) if found == ABSENT else None
        require(may_miss(last, today))
        next_on = deadline(now, SECOND_LOOK_DAYS, working_time(session)).date() if found == ABSENT else None
        values = {
            "inspected_on": today, "year": today.year, "period": period.code, "file_id": mine.id, "place_id": mine.place_id,
            "files_checked": 1, "condition": found, "in_place": found != ABSENT, "problems": note.strip()[:2000] or None,
            "repair_needed": found in REPAIRED, "next_on": next_on, **{flag: found == flag for flag in _FLAGS},
            "inspected_by_id": acting(session).id, "inspected_at": now,
        }  # fmt: skip
        with operating(beneath):
            record = records.create(beneath, register, values)
        _whereabouts(beneath, mine, found, missed=last is not None)
        if last is not None:
            _report_lost(beneath, mine, acting(session).id, now)
        made = record.id
    return session.get_one(register, made)


def _due_now(session: Session, file: Register, today: date) -> Any:
    """The present period of *file*, if it is to be inspected now."""
    type_, item = register_named("archive_type"), register_named("archive_item")
    period = period_of(today, session.get_one(type_, file.archive_type_id).inspection_months)
    destroyed, _held, _listed = standing_of(session, file.id)
    out = session.scalar(select(func.count(item.id)).where(item.file_id == file.id, item.state.in_(OUT)))
    left = not destroyed and file.voided_at is None and is_left(period, file.opened_on, file.inspected_on)
    require(may_inspect(left, out or 0))
    return period


def _last_missed(session: Session, file: int, since: date) -> date | None:
    inspection = register_named("archive_inspection")
    absent = inspection.file_id == file, inspection.condition == ABSENT, inspection.inspected_on >= since
    return session.scalar(select(func.max(inspection.inspected_on)).where(*absent, inspection.voided_at.is_(None)))


def _whereabouts(session: Session, file: Register, found: str, missed: bool) -> None:
    """Papers of a file missed twice are missing; of one that is found again, in."""
    item, gone = register_named("archive_item"), found == ABSENT
    if gone and not missed:
        return
    before, after = ("in", "missing") if gone else ("missing", "in")
    for one in session.scalars(select(item).where(item.file_id == file.id, item.state == before)):
        one.state = after


def _report_lost(session: Session, file: Register, keeper: int, now: datetime) -> None:
    """A violation of whoever has charge of the file, else of *keeper*, who is to find it (R-FINE-01)."""
    item = register_named("archive_item")
    papers = session.scalar(select(func.count(item.id)).where(item.file_id == file.id, item.voided_at.is_(None)))
    values = {
        "recorded_at": now, "adviser_id": file.custodian_id or keeper, "adviser_kind": Adviser.OTHER.value,
        "file_id": file.id, "clause": "lost", "items": max(papers or 0, 1),
    }  # fmt: skip
    records.create(session, register_named("archive_violation"), values)


def put_here(session: Session, file: Register, place: Register) -> None:
    """A file found elsewhere belongs where it lies from now on, its papers with it.

    Raises Refused: no_right, place, destroyed, held, listed.
    """
    require(may_do(acting(session), Action.EDIT, type(place), records.facts(session, place)))
    require(may_be_touched(*standing_of(session, file.id)))
    require(may_lie(file.level, int(place.clearance)))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(file), file.id, with_for_update=True)
        trail.note(beneath, "moved", mine, before=mine.place_id, after=place.id)
        mine.place_id = place.id


@before_adding("archive_inspection")
def not_of_destroyed(session: Session, inspection: Register) -> None:
    """What is destroyed isn't inspected."""
    if inspection.file_id is not None:
        destroyed, _held, _listed = standing_of(session, inspection.file_id)
        require(may_be_touched(destroyed, held=False, listed_in=None))


@after_writing("archive_inspection")
def keep_inspected(session: Session, inspection: Register, before: Mapping[str, Any]) -> None:
    """A file knows when it was last found in its place, whoever wrote that and how; damage opens a repair, once."""
    with elevated(session) as beneath:
        mine = beneath.get_one(type(inspection), inspection.id)
        for file_id in sorted({mine.file_id, before.get("file_id", mine.file_id)} - {None}):
            _keep_last(beneath, file_id)
        damage = _damage(mine)
        if damage is not None and mine.voided_at is None and mine.file_id is not None:
            _open_repair(beneath, mine, damage)


def _keep_last(session: Session, file_id: int) -> None:
    inspection = register_named("archive_inspection")
    seen = inspection.file_id == file_id, inspection.condition != ABSENT, inspection.voided_at.is_(None)
    last = session.scalar(select(func.max(inspection.inspected_on)).where(*seen))
    records.bring(session.get_one(register_named("archive_file"), file_id), {"inspected_on": last})


def _damage(inspection: Register) -> str | None:
    """The damage that a repair is opened for; None where nothing is to be repaired."""
    ticked = (REPAIRED[flag] for flag in _FLAGS if getattr(inspection, flag))
    return REPAIRED.get(inspection.condition) or next(ticked, None)


def _open_repair(session: Session, inspection: Register, damage: str) -> None:
    """By the day that the company's figure gives, by who inspected."""
    repair = register_named("archive_repair")
    if session.scalar(select(func.count(repair.id)).where(repair.inspection_id == inspection.id)):
        return
    days = value_on(session, REPAIR_DAYS, clock.now())
    values = {
        "found_on": inspection.inspected_on, "inspection_id": inspection.id, "file_id": inspection.file_id, "damage": damage,
        "description": inspection.problems, "repair_by": inspection.inspected_on + timedelta(days=days),
        "repairer_id": inspection.inspected_by_id or inspection.created_by_id,
    }  # fmt: skip
    records.create(session, repair, values)

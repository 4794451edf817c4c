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
from ...rules.combining import first_refusal
from ...rules.destruction import may_be_touched
from ...rules.figures import REPAIR_DAYS
from ...rules.inspection import (
    ABSENT,
    REPAIRED,
    SECOND_LOOK_DAYS,
    Period,
    is_left,
    is_not_to_come,
    may_find,
    may_inspect,
    may_lie,
    may_miss,
    period_of,
)
from ...rules.rights import is_in_use, may_do
from ...rules.working_days import deadline
from ...verdicts import require
from .. import records
from ..figures import value_on
from ..followups import after_writing, before_adding
from ..today import local_day
from ..working_time import working_time
from .condition import condition as standing_of
from .condition import file_as_told
from .eligibility import OUT
from .misses import follow_find, follow_miss, misses

#: conditions that the form also ticks
_FLAGS = ("faded", "damaged", "mouldy", "eaten")


def inspect(session: Session, file: Register, found: str, note: str, now: datetime) -> Register:
    """Note what was *found* of *file* (``archive_condition``) as the acting person's word; the record.

    Who finds it absent for the second time in a period opens a violation. Raises Refused: no_right, destroyed, wrong_state,
    on_loan, no_reason, out_of_range, too_soon.
    """
    register, today = register_named("archive_inspection"), local_day(session, now)
    require(may_do(acting(session), Action.ADD, register))
    with elevated(session) as beneath:
        mine = _held(beneath, file)
        period = _due_now(beneath, mine, today)
        first_miss = found == ABSENT and not misses(beneath, mine.id, period)
        values = {
            "inspected_on": today, "year": today.year, "period": period.code, "file_id": mine.id, "place_id": mine.place_id,
            "files_checked": 1, "condition": found, "in_place": found != ABSENT, "problems": note.strip()[:2000] or None,
            "repair_needed": found in REPAIRED, **{flag: found == flag for flag in _FLAGS},
            "next_on": deadline(now, SECOND_LOOK_DAYS, working_time(session)).date() if first_miss else None,
            "inspected_by_id": acting(session).id, "inspected_at": now,
        }  # fmt: skip
        with operating(beneath):
            made = records.create(beneath, register, values).id
    return session.get_one(register, made)


def _held(session: Session, record: Register) -> Register:
    """*record* as it is now and stays until the end; what only leads to it needn't wait."""
    return session.get_one(type(record), record.id, with_for_update={"key_share": True})


def _due_now(session: Session, file: Register, today: date) -> Period:
    """The present period of *file*, if it is to be inspected now."""
    item, period = register_named("archive_item"), _period(session, file, today)
    destroyed, _held, _listed = standing_of(session, file.id)
    require(may_be_touched(destroyed, held=False, listed_in=None))
    require(is_in_use(file.voided_at is not None))
    out = session.scalar(select(func.count(item.id)).where(item.file_id == file.id, item.state.in_(OUT)))
    require(may_inspect(is_left(period, file.opened_on, file.inspected_on), out or 0))
    return period


def _period(session: Session, file: Register, day: date) -> Period:
    return period_of(day, session.get_one(register_named("archive_type"), file.archive_type_id).inspection_months)


def put_here(session: Session, file: Register, place: Register) -> None:
    """A file found elsewhere belongs where it lies from now on, its papers with it.

    Raises Refused: no_right, place, destroyed, held, listed, wrong_state.
    """
    require(may_do(acting(session), Action.EDIT, type(place), records.facts(session, place)))
    with elevated(session) as beneath:
        there, mine = _held(beneath, place), _held(beneath, file)
        require(first_refusal(is_in_use(there.voided_at is not None), is_in_use(mine.voided_at is not None)))
        require(file_as_told(session, mine.id, may_be_touched(*standing_of(beneath, mine.id))))
        require(may_lie(mine.level, int(there.clearance)))
        trail.note(beneath, "moved", mine, before=mine.place_id, after=there.id)
        mine.place_id = there.id


@before_adding("archive_inspection")
def is_noted_as_it_may_be(session: Session, inspection: Register) -> None:
    """Whoever writes it and how: not of what is destroyed, not of a day to come, a second miss on another day."""
    require_sound(session, inspection)
    if inspection.file_id is None:
        return
    destroyed, _held, _listed = standing_of(session, inspection.file_id)
    require(may_be_touched(destroyed, held=False, listed_in=None))
    if inspection.condition == ABSENT:
        with elevated(session) as beneath:
            day, file = inspection.inspected_on, beneath.get_one(register_named("archive_file"), inspection.file_id)
            before = [one for one in misses(beneath, file.id, _period(beneath, file, day)) if one <= day]
        require(may_miss(max(before, default=None), day))


def require_sound(session: Session, inspection: Register) -> None:
    require(is_not_to_come(inspection.inspected_on, local_day(session, clock.now())))
    require(may_find(inspection.condition, inspection.problems or ""))


@after_writing("archive_inspection")
def keep_inspected(session: Session, inspection: Register, before: Mapping[str, Any]) -> None:
    """A file knows when it was last found in its place, whoever wrote that and how; damage opens a repair, once."""
    if before.keys() & {"inspected_on", "condition", "problems"}:
        require_sound(session, inspection)
    with elevated(session) as beneath:
        mine = beneath.get_one(type(inspection), inspection.id)
        for file_id in sorted({mine.file_id, before.get("file_id", mine.file_id)} - {None}):
            _keep_last(beneath, file_id)
        if mine.voided_at is not None or mine.file_id is None:
            return
        if not before:
            _follow(beneath, mine)
        if (damage := _damage(mine)) is not None:
            _open_repair(beneath, mine, damage)


def _follow(session: Session, inspection: Register) -> None:
    """What the present period's inspections bring about; what is typed of older ones says nothing of today."""
    now = clock.now()
    file = session.get_one(register_named("archive_file"), inspection.file_id)
    period = _period(session, file, local_day(session, now))
    if inspection.inspected_on < period.first:
        return
    if inspection.condition == ABSENT:
        follow_miss(session, inspection, period, now)
    elif inspection.inspected_on >= max(misses(session, file.id, period), default=inspection.inspected_on):
        follow_find(session, file.id)


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

"""Exports in the background as their owner has them: asked for, listed, cancelled, fetched, asked anew (R-CONF-12).

Nobody else's is ever found here: each query is bounded by the acting person, whatever their rights. Who looks on as
somebody else has none.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..background import Progress, Workplace
from ..guard import trail
from ..guard.session import acting
from ..models import register_named
from ..permissions import Action, Person
from ..rules.exporting import OPEN, Stage, may_ask, may_cancel, may_fetch, may_make_anew, stage_at
from ..rules.rights import may_do
from ..texts import say
from ..verdicts import Refused, refuse, require
from ..working.exports import ExportRun

#: so many are listed, newest first
_LISTED = 100


@dataclass(frozen=True)
class Asked:
    """What an export is asked for with: the register, csv or xlsx, the list's address, its filters in words, and why."""

    table: str
    kind: str
    query: str
    conditions: Sequence[str]
    reason: str
    copy: str = ""


def ask(session: Session, asked: Asked, place: Workplace, now: datetime) -> ExportRun:
    """Put the export in the queue, within a transaction. Raises Refused: no_right, no_reason, full."""
    person = acting(session)
    require(may_do(person, Action.EXPORT, register_named(asked.table)))
    if not asked.reason.strip():
        raise Refused(refuse("R-CONF-12", "no_reason", say("请写明导出用途")))
    require(may_ask(_open_ones(session, place, now)))
    run = ExportRun(
        person_id=person.id, table_name=asked.table, kind=asked.kind, query=asked.query,
        conditions=json.dumps(list(asked.conditions), ensure_ascii=False), reason=asked.reason.strip()[:200],
        copy_number=asked.copy or None, asked_at=now, stage=Stage.WAITING.value, classified=False,
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def ask_anew(session: Session, run: ExportRun, place: Workplace, now: datetime) -> ExportRun:
    """Ask for the same as *run*, with the rights of today; a copy that a file has left as is used up, and refused in the making."""
    require(may_make_anew(stage(run, place, now)))
    same = Asked(run.table_name, run.kind, run.query, json.loads(run.conditions), run.reason, run.copy_number or "")
    return ask(session, same, place, now)


def mine(session: Session) -> Sequence[ExportRun]:
    """The acting person's exports, newest first."""
    return session.scalars(_mine(session).order_by(ExportRun.asked_at.desc(), ExportRun.id.desc()).limit(_LISTED)).all()


def find(session: Session, public_id: str) -> ExportRun | None:
    """The acting person's export of that id; None for anybody else's."""
    return session.scalars(_mine(session).where(ExportRun.public_id == public_id)).one_or_none()


def work_name(run: ExportRun) -> str:
    """What the making of *run* is called among the works under way."""
    return f"export-{run.public_id}"


def stage(run: ExportRun, place: Workplace, now: datetime) -> Stage:
    """Where *run* stands at *now*."""
    return stage_at(run.stage, progress(run, place) is not None, run.expires_at, now)


def settled(session: Session, run: ExportRun, place: Workplace, now: datetime) -> Stage:
    """``stage``, never taking for cut what has come to its end since *run* was read; not within a transaction."""
    if stage(run, place, now) is Stage.INTERRUPTED:
        session.rollback()
        session.refresh(run)
    return stage(run, place, now)


def progress(run: ExportRun, place: Workplace) -> Progress | None:
    """How far the making of *run* is; None when nobody is about it."""
    return place.look(work_name(run)) if run.stage == Stage.MAKING else None


def cancel(session: Session, run: ExportRun, place: Workplace, now: datetime) -> None:
    """Stop the export, within a transaction; who makes it finds out when next telling how far. Raises Refused: wrong_state."""
    session.refresh(run, with_for_update=True)
    require(may_cancel(stage(run, place, now)))
    run.stage = Stage.CANCELLED.value
    place.stop(work_name(run))


def fetched(session: Session, run: ExportRun, place: Workplace, now: datetime) -> None:
    """Note that the owner downloads the file. Raises Refused: no_right, wrong_state."""
    person, register = acting(session), register_named(run.table_name)
    require(may_do(person, Action.EXPORT, register))
    require(may_fetch(stage(run, place, now), powers(person, run.table_name) == run.powers))
    trail.note(session, "export_fetched", table=run.table_name, rows=run.total, reason=run.reason)


def powers(person: Person, table: str) -> str:
    """A digest of all of *person* that decides what an export of *table* holds."""
    rights = sorted((action.value, scope.value) for action, scope in person.rights.get(table, {}).items())
    held = rights, int(person.clearance), person.store_id, person.department_id
    return hashlib.sha256(repr(held).encode()).hexdigest()


def _mine(session: Session) -> Select[tuple[ExportRun]]:
    person = acting(session)
    nobody = 0  # no employee has that id
    return select(ExportRun).where(ExportRun.person_id == (nobody if person.seen_by else person.id))


def _open_ones(session: Session, place: Workplace, now: datetime) -> int:
    theirs = session.scalars(_mine(session).where(ExportRun.stage.in_(OPEN)))
    return sum(stage(run, place, now) in OPEN for run in theirs)

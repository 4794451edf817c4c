"""Waiving a deduction, or adding one that names its record, with a reason (R-SCOR-01, R-SCOR-02, R-SCOR-03)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard.session import acting
from ...models import Register, all_registers, register_named
from ...rules.scoring import BY_HAND, Kind
from ...rules.scoring_steps import may_adjust
from ...texts import say
from ...verdicts import Refused, refuse, require
from .. import records
from ..staff import staff_on
from ..today import local_day, zone_of
from .computing import compute_sheets
from .evidence import named
from .period import ONE
from .sheets import deductions
from .steps import month_of, taking


def waive(
    session: Session, sheet: Register, deduction_id: str, reason: str, now: datetime, waived: bool = True
) -> None:
    """Let a deduction be, or count it again; another fault takes its place where the part was used up.

    Raises Refused: own_request, not_signer, wrong_state, locked, no_reason, not_in.
    """
    person = acting(session).id
    with taking(session, sheet) as (beneath, mine, stands):
        require(may_adjust(person, stands, staff_on(beneath, local_day(beneath, now)), reason, now))
        one = next((one for one in deductions(beneath, [mine.id])[mine.id] if one.public_id == deduction_id), None)
        if one is None:
            raise Refused(refuse("R-SCOR-02", "not_in", say("考核表上没有这一条扣分")))
        one.waived, one.waived_by_id, one.waived_at = waived, person, now
        one.waive_reason = reason.strip()[:200]
        beneath.flush()
        compute_sheets(beneath, month_of(mine), {mine.person_id: mine}, now)


def add(session: Session, sheet: Register, kind: str, path: str, reason: str, now: datetime) -> None:
    """Take a point off for a fault that a reviewer found in a record they see (*path*: its table and id in addresses).

    Raises Refused: those of ``waive``, incomplete.
    """
    person = acting(session).id
    fault, record = _kind(kind), _record(session, path)
    with taking(session, sheet) as (beneath, mine, stands):
        require(may_adjust(person, stands, staff_on(beneath, local_day(beneath, now)), reason, now))
        values = {**_evidence(beneath, mine, record), "fault": fault.value, "part": BY_HAND[fault].value}
        _require_new(beneath, mine, values)
        beneath.add(
            register_named("score_deduction")(
                **values, sheet_id=mine.id, person_id=mine.person_id, points=ONE, added=True, waived=False,
                waived_by_id=person, waived_at=now, waive_reason=reason.strip()[:200],
                noted_on=now.astimezone(zone_of(beneath)).date(),
            )
        )  # fmt: skip
        beneath.flush()
        compute_sheets(beneath, month_of(mine), {mine.person_id: mine}, now)


def _kind(kind: str) -> Kind:
    if kind not in BY_HAND:
        raise Refused(refuse("R-SCOR-01", "incomplete", say("请选择扣分原因")))
    return Kind(kind)


def _record(session: Session, path: str) -> Register:
    """The record that the acting person names; one that they don't see is none."""
    table, _, public_id = path.partition("/")
    register = all_registers().get(table)
    found = records.find(session, register, public_id) if register is not None else None
    if found is None:
        raise Refused(refuse("R-SCOR-02", "incomplete", say("请指明扣分所依据的记录")))
    return found


def _evidence(session: Session, sheet: Any, record: Register) -> dict[str, Any]:
    key = (record.__tablename__, record.id)
    name = named(session, [key], int(type(sheet).declaration.level))[key]
    return {
        "evidence_table": name.register_title, "evidence_number": name.number, "evidence_path": name.path,
        "evidence_summary": str(say("审核时发现")),
    }  # fmt: skip


def _require_new(session: Session, sheet: Any, values: dict[str, Any]) -> None:
    """One point per kind and record."""
    told = ("part", "fault", "evidence_path")
    for one in deductions(session, [sheet.id])[sheet.id]:
        if all(getattr(one, name) == values[name] for name in told):
            raise Refused(refuse("R-SCOR-01", "wrong_state", say("这条记录的这个问题已经扣过分")))

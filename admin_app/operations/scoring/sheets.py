"""The sheets of a month and their deductions, as they are kept: which stand, and how they follow what was found.

What people waived or added stays; of the rest a sheet keeps exactly what counts (R-SCOR-02, R-SCOR-04).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.adding import NewRecord, new_record
from ...models import Register, register_named
from ...rules.digests import digest
from ...rules.months import Month
from ...rules.scoring import FULL_MARKS, Part, points_taken, ranks, total_of
from ...rules.scoring_steps import State
from ...texts import say
from ..records import bring
from .evidence import Named
from .findings import Findings
from .period import Fault

#: what a deduction is known by: one per kind and record
Key = tuple[str, str, str | None]
#: what is no part of what is signed
_UNSIGNED = frozenset({"rank_no", "computed_at", "state"})
_AT_ONCE = 1000


def current(
    session: Session, month: Month, people: Iterable[int] | None = None, locked: bool = False
) -> dict[int, Register]:
    """Person -> the newest sheet of their month, as the session sees them; *locked*: the newest of those approved."""
    sheet = register_named("score_sheet")
    asked = select(sheet).where(sheet.month_on.between(month.first, month.last), sheet.voided_at.is_(None))
    if people is not None:
        asked = asked.where(sheet.person_id.in_(list(people)))
    if locked:
        asked = asked.where(sheet.approved_by_id.is_not(None))
    return {one.person_id: one for one in session.scalars(asked.order_by(sheet.version_no, sheet.id))}


def deductions(session: Session, sheets: Iterable[int], voided: bool = False) -> dict[int, list[Register]]:
    """Sheet id -> its deductions in the order they were noted; *voided*: those that no longer hold as well."""
    deduction, ids = register_named("score_deduction"), sorted(sheets)
    found: dict[int, list[Register]] = {id_: [] for id_ in ids}
    for first in range(0, len(ids), _AT_ONCE):
        asked = select(deduction).where(deduction.sheet_id.in_(ids[first : first + _AT_ONCE]))
        if not voided:
            asked = asked.where(deduction.voided_at.is_(None))
        for one in session.scalars(asked.order_by(deduction.noted_on, deduction.id)):
            found[one.sheet_id].append(one)
    return found


def key_of(deduction: Register) -> Key:
    return deduction.part, deduction.fault, deduction.evidence_path


def stands(deduction: Register) -> bool:
    """Whether it takes points off."""
    return deduction.voided_at is None and not deduction.waived


class Plan:
    """What a sheet is to hold: the deductions that count, then the points they leave."""

    def __init__(self, found: Findings, names: Mapping[tuple[str, int], Named], kept: Sequence[Register]):
        self.found, self.kept = found, kept
        by_hand = [one for one in kept if one.voided_at is None and (one.added or one.waived)]
        self._by_hand = {key_of(one) for one in by_hand}
        self._added = [one for one in by_hand if one.added and not one.waived]
        self.rows: dict[Key, dict[str, Any]] = {}
        self._off: dict[Part, Decimal] = {}
        for part in Part:
            self._count(
                part, [(fault, names[fault.table, fault.record]) for fault in found.faults if fault.part == part]
            )

    def _count(self, part: Part, faults: list[tuple[Fault, Named]]) -> None:
        added = [one.points for one in self._added if one.part == part]
        open_ = [pair for pair in faults if (part, pair[0].kind, pair[1].path) not in self._by_hand]
        taken = points_taken([*added, *(fault.points for fault, _name in open_)], part)
        self._off[part] = sum(taken, Decimal(0))
        for (fault, name), points in zip(open_, taken[len(added) :], strict=True):
            if points:
                self.rows[part, fault.kind, name.path] = _row(fault, name, points)

    @property
    def points(self) -> dict[Part, Decimal | None]:
        rated = bool(self.found.ratings)
        return {
            part: FULL_MARKS[part] - self._off[part] if rated or part is not Part.INTERNAL_SERVICE else None
            for part in Part
        }

    def sheet_values(self) -> dict[str, Any]:
        """The sheet's fields, and the digest of what is signed: points and all that they rest on."""
        total, full = total_of(self.points)
        values = {**self.points, "total": total, "full_marks": full, "ratings_count": len(self.found.ratings)}
        values = {str(name): value for name, value in values.items()} | {"evidence": str(self.found.summary)}
        by_hand = [[*key_of(one), one.points, one.waived] for one in self.kept if key_of(one) in self._by_hand]
        rest = [[*key, row["points"], row["evidence_summary"]] for key, row in self.rows.items()]
        signed = {**values, "by_hand": sorted(by_hand, key=str), "rest": sorted(rest, key=str)}
        return {**values, "evidence_digest": digest(signed)}


def _row(fault: Fault, name: Named, points: Decimal) -> dict[str, Any]:
    return {
        "noted_on": fault.noted_on, "person_id": fault.person, "part": fault.part.value, "fault": fault.kind.value,
        "points": points, "evidence_table": name.register_title, "evidence_number": name.number,
        "evidence_path": name.path, "evidence_summary": str(fault.why), "waived": False, "added": False,
    }  # fmt: skip


def settle(plan: Plan, sheet_id: int, now: datetime) -> list[NewRecord]:
    """Bring a sheet's deductions to *plan*: those that hold no longer are voided, those that hold again restored.

    The new ones, to be written together (``guard.adding``): of a whole company they are thousands.
    """
    left = dict(plan.rows)
    for one in plan.kept:
        if one.added or one.waived:
            continue
        if (wanted := left.pop(key_of(one), None)) is None:
            _void(one, now)
        else:
            bring(one, {**wanted, "voided_at": None, "void_reason": None})
    deduction = register_named("score_deduction")
    return [new_record(deduction, {"sheet_id": sheet_id, **values}) for values in left.values()]


def _void(deduction: Register, now: datetime) -> None:
    if deduction.voided_at is None:
        deduction.voided_at, deduction.void_reason = now, str(say("重新计算后不再扣分"))


def bring_up(sheet: Register, values: Mapping[str, Any], now: datetime) -> None:
    """Set a sheet to what was computed; if that is new, what was signed before is signed no longer (R-ROLE-05)."""
    if bring(sheet, values):
        sheet.computed_at = now
        sheet.reviewed_by_id = sheet.reviewed_at = sheet.accepted_at = None
        unanswered = sheet.objected_at is not None and sheet.objection_answer is None
        sheet.state = (State.OBJECTED if unanswered else State.COMPUTED).value


def rank(sheets: Iterable[Register]) -> None:
    """Give each sheet its place among all of its month; a locked one keeps the place it was approved with."""
    sheets = list(sheets)
    places = ranks({one.person_id: (one.total, one.full_marks) for one in sheets if one.total is not None})
    for one in sheets:
        if one.approved_by_id is None:
            bring(one, {"rank_no": places.get(one.person_id)})


def new_sheet(person: Any, month: date) -> Register:
    """A sheet of *person* (id, store_id, department_id) that is still to be computed."""
    return register_named("score_sheet")(
        month_on=month, person_id=person.id, store_id=person.store_id, department_id=person.department_id,
        version_no=1, state=State.COMPUTED.value,
    )  # fmt: skip


def correction_of(locked: Any, reason: str) -> Register:
    """The sheet that takes the place of *locked*, still to be computed."""
    return register_named("score_sheet")(
        month_on=locked.month_on, person_id=locked.person_id, store_id=locked.store_id,
        department_id=locked.department_id, version_no=locked.version_no + 1, replaces_id=locked.id,
        state=State.COMPUTED.value, remark=reason, level=locked.level,
    )  # fmt: skip

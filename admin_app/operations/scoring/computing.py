"""Computing a month: all managers in a few statements, the same from the same records, whoever asks (R-SCOR-01, R-SCOR-04).

It looks beneath the row rule, or two directors would find two scores; what it writes bears the name of who asked, and
tells of a record above the sheet's level its number alone.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from ...guard.adding import add_together
from ...guard.session import acting, elevated
from ...guard.stamped import hold
from ...models import Register, register_named
from ...permissions import Action
from ...rules.months import Month
from ...rules.rights import may_do
from ...rules.scoring import Part
from ...rules.scoring_steps import is_over
from ...verdicts import require
from .evidence import named
from .findings import Findings, find
from .managers import managers_of
from .period import Period
from .sheets import Plan, bring_up, current, deductions, new_sheet, rank, settle

#: the order in which computations of all months stand in line
LINE = "scores"


class Outcome(NamedTuple):
    """How many sheets were computed, and how many are locked and stay as they are."""

    computed: int
    locked: int


def compute(session: Session, month: Month, now: datetime) -> Outcome:
    """Compute or recompute *month* as the acting person; raises Refused without the right, or before the month is over."""
    require(may_do(acting(session), Action.ADD, register_named("score_sheet")))
    require(is_over(Period(session, month, frozenset()).end, now))
    hold(session, LINE)
    with elevated(session) as beneath:
        return compute_month(beneath, month, now)


def compute_month(session: Session, month: Month, now: datetime) -> Outcome:
    """Compute *month*, whoever may; *session* sees beneath the row rule."""
    people, sheets = managers_of(Period(session, month, frozenset())), current(session, month)
    locked = {id_ for id_ in people if id_ in sheets and sheets[id_].approved_by_id is not None}
    mine = {
        id_: sheets.get(id_) or new_sheet(person, month.first) for id_, person in people.items() if id_ not in locked
    }
    compute_sheets(session, month, mine, now)
    return Outcome(len(mine), len(locked))


def compute_sheets(session: Session, month: Month, sheets: Mapping[int, Register], now: datetime) -> None:
    """Bring these sheets, new ones among them, to what the records show; *session* sees beneath the row rule."""
    kept = deductions(session, (one.id for one in sheets.values() if one.id is not None), voided=True)
    mine = {person: kept.get(sheet.id, []) for person, sheet in sheets.items()}
    period = Period(session, month, frozenset(sheets))
    found = find(period, _most_moving_up(period, mine.values()))
    plans = _plans(session, found, mine)
    for person, plan in plans.items():
        bring_up(sheets[person], plan.sheet_values(), now)
    session.add_all(sheets.values())
    session.flush()
    rank({**current(session, month), **sheets}.values())
    session.flush()
    new = [one for person, plan in plans.items() for one in settle(plan, sheets[person].id, now)]
    add_together(session, register_named("score_deduction"), new)


def _plans(session: Session, found: Mapping[int, Findings], kept: Mapping[int, list[Register]]) -> dict[int, Plan]:
    level = int(register_named("score_sheet").declaration.level)
    records = {(fault.table, fault.record) for one in found.values() for fault in one.faults}
    names = named(session, records, level)
    return {id_: Plan(one, names, kept[id_]) for id_, one in found.items()}


def _most_moving_up(period: Period, kept: Iterable[list[Any]]) -> int:
    """The most contacts that take the place of those waived of anybody, whatever was left of these beneath full marks."""
    waived = (sum(one.waived and one.part == Part.FOLLOW_UP for one in mine) for mine in kept)
    return max(waived, default=0) * max(period.needs.values())

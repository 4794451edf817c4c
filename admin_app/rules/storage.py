"""The monthly check of the rooms that archives lie in (R-ARCH-06)."""

from collections.abc import Mapping
from datetime import date, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: the rule's eleven, by the fields of ``storage_check``
POINTS = (
    "damp_proof", "mould_proof", "pest_proof", "dust_proof", "rodent_proof", "ventilated", "fire_ok", "doors_ok", "windows_ok",
    "cabinets_ok", "locks_ok",
)  # fmt: skip


@rule("R-ARCH-06", "保管环境按期检查，默认每月一次。")
def check_due(last: date | None, today: date, every: int) -> date:
    """The day by which a room is checked again, *every* so many days; one that never was is due today."""
    return today if last is None else last + timedelta(days=every)


@rule("R-ARCH-06", "十一项逐项检查；有一项不合格的，写明情况，处理完之前一直列着。")
def may_note_check(points: Mapping[str, bool | None], problems: str) -> Verdict:
    """Whether *points* say it all; refused "incomplete" for one that wasn't looked at, "no_reason" for an untold fault."""
    if any(points.get(name) is None for name in POINTS):
        return refuse("R-ARCH-06", "incomplete", say("十一项都要查"))
    if not all(points[name] for name in POINTS) and not problems.strip():
        return refuse("R-ARCH-06", "no_reason", say("请写明哪里不合格"))
    return ALLOWED


@rule("R-ARCH-06", "不合格的写明怎样处理才算处理完。")
def may_settle(settled: bool, measure: str) -> Verdict:
    """Whether a fault may be called settled; refused "wrong_state", "no_reason"."""
    if settled:
        return refuse("R-ARCH-06", "wrong_state", say("已处理"))
    return ALLOWED if measure.strip() else refuse("R-ARCH-06", "no_reason", say("请写明怎样处理的"))

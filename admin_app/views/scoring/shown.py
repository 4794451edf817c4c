"""What both pages show of a sheet: points as an office writes them, states as tags."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from ...rules.scoring import FULL_MARKS, Part
from ...rules.scoring_steps import State

_STATES = {
    State.COMPUTED: (lambda: _("待审核"), "state-due"), State.REVIEWED: (lambda: _("待本人认可"), "state-open"),
    State.OBJECTED: (lambda: _("有异议，待答复"), "state-late"), State.ACCEPTED: (lambda: _("待批准"), "state-due"),
    State.APPROVED: (lambda: _("已批准锁定"), "state-done"), State.CORRECTED: (lambda: _("已更正"), "state-off"),
}  # fmt: skip


def points(value: Decimal | None) -> str:
    """98, 17.5; a dash for a part that nobody rated."""
    return "—" if value is None else f"{value.normalize():f}"


def state_tag(state: State) -> dict[str, str]:
    text, kind = _STATES[state]
    return {"text": text(), "tag": kind}


def part_points(sheet: Any) -> list[dict[str, Any]]:
    """The four parts in order, each with whether points came off."""
    return [
        {"text": points(value := getattr(sheet, part.value)), "lacks": value is not None and value < FULL_MARKS[part]}
        for part in Part
    ]


def total_text(sheet: Any) -> str:
    """91, or 74 / 80 where it is out of less than 100."""
    whole = sum(FULL_MARKS.values())
    return points(sheet.total) if sheet.full_marks in (whole, None) else f"{points(sheet.total)} / {sheet.full_marks}"

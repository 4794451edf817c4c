"""The week's reconciliation of sources: what is missing of each, confirmed or disputed by who may (R-CUST-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...guard.stamped import hold
from ...models import Register, register_named
from ...permissions import Action
from ...rules.combining import first_refusal
from ...rules.rights import may_do
from ...rules.signatures import is_unsigned_and_as_seen
from ...rules.valid_customers import (
    Path,
    Said,
    Step,
    counted_source,
    is_unwritten,
    may_say,
    may_write_up,
    missing,
)
from ...verdicts import require
from .. import records
from ..signatures import is_to_sign, sign
from ..today import local_day
from .reported import is_unreported
from .validity import forms_of, forms_out, path_of

_CHECK, _SIGNATURE = "source_check", "confirmed_by_id"
#: of a week's list, and of what is left over from earlier weeks
MOST = 300
#: sheets are written up one transaction after another: of two clicks at once the second finds the first's
_LINE = "reconciliations"


@dataclass(frozen=True)
class Line:
    """One check of the week: how far its customer has come, what that lacks, what it counts for, whether the valid
    customer is still to be reported (R-CUST-12), whether one may rule it."""

    check: Any
    path: Path
    missing: tuple[Step, ...]
    source: str
    countersigned: bool
    unreported: bool
    mine_to_say: bool


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def lines_of(session: Session, week: date) -> tuple[list[Line], bool]:
    """The checks of the week that begins with the Monday *week*, and open ones of before, as the acting person sees them.

    At most ``MOST``, those first that wait to be reconciled, and whether there are more.
    """
    check = register_named(_CHECK)
    of_week = and_(check.came_on >= week, check.came_on < week + timedelta(days=7))
    left = and_(check.came_on < week, check.verdict == Said.OPEN, check.confirmed_by_id.is_(None))
    asked = select(check).where(or_(of_week, left), check.voided_at.is_(None))
    waiting_first = case((check.confirmed_by_id.is_(None), 0), else_=1)
    asked = asked.order_by(waiting_first, check.owner_id, check.came_on, check.id).limit(MOST + 1)
    found = session.scalars(asked).all()
    shown = sorted(found[:MOST], key=lambda one: (one.owner_id or 0, one.came_on, one.id))
    forms, facts = forms_of(session, shown), records.facts_of_each(session, shown)
    return [_line(session, one, forms[one.id], facts[one.id]) for one in shown], len(found) > MOST


def _line(session: Session, check: Any, form: Any, facts: Any) -> Line:
    path, signature = path_of(check, form), check.faces[_SIGNATURE]
    open_still = check.confirmed_by_id is None
    # to confirm, the steps are asked; a dispute needs none of them
    mine = open_still and bool(is_to_sign(check, signature, acting(session), facts))
    source = counted_source(check.claimed_source, path.agrees, check.verdict)
    countersigned = bool(form is not None and form.countersigned)
    return Line(check, path, missing(path), source, countersigned, is_unreported(form), mine)


def say_of(
    session: Session, check: Any, said: str, dispute: str, seen: int, checked_at: datetime | None, now: datetime
) -> None:
    """Confirm or dispute one check and sign it, for what the page showed: version *seen*.

    Raises Refused: no_right, not_signer, own_request, incomplete, no_reason, changed, wrong_state, password_due.
    """
    signature = check.faces[_SIGNATURE]
    session.refresh(check, with_for_update=True)
    require(is_to_sign(check, signature, acting(session), records.facts(session, check)))
    require(is_unsigned_and_as_seen(check.confirmed_by_id is not None, seen, check.version))
    path = path_of(check, forms_of(session, [check])[check.id])
    require(may_say(said, dispute, missing(path)))
    values = {
        "verdict": said, "dispute": dispute.strip()[:2000] if said == Said.DISPUTED else None,
        "week_on": monday(check.came_on), "source": counted_source(check.claimed_source, path.agrees, said),
    }  # fmt: skip
    with elevated(session) as beneath:  # whoever signs what the store's head wrote has no right to edit it otherwise
        records.bring(beneath.get_one(type(check), check.id), values)
    sign(session, check, signature, check.version, checked_at, now)


def write_up(session: Session, week: date, owner: int, now: datetime) -> Register:
    """The week's sheet of one customer manager from what was said of their checks; made, or renewed while unsigned.

    Raises Refused: no_right, role, wrong_state once it is signed, and what the sheet's own rules say.
    """
    sheet, check = register_named("reconciliation"), register_named(_CHECK)
    require(first_refusal(may_do(acting(session), Action.ADD, sheet), may_write_up(acting(session).roles)))
    hold(session, _LINE)
    of_week = (check.came_on >= week, check.came_on < week + timedelta(days=7), check.owner_id == owner)
    checks = session.scalars(
        select(check).where(*of_week, check.voided_at.is_(None)).order_by(check.came_on, check.id)
    ).all()
    values = _sheet_values(session, checks, week, owner, now)
    lines = {"lines": [(None, _sheet_line(one)) for one in checks if one.verdict in _LINE_CODES]}
    theirs = (sheet.week_on == week, sheet.owner_id == owner, sheet.voided_at.is_(None))
    held = session.scalars(select(sheet).where(*theirs).order_by(sheet.id.desc())).first()
    require(is_unwritten(held is not None and held.confirmed_by_id is not None))
    if held is None:
        return records.add(session, sheet, values, lines)
    return records.change(session, held, values, lines)


def _sheet_values(session: Session, checks: Sequence[Any], week: date, owner: int, now: datetime) -> dict[str, Any]:
    said = [one.verdict for one in checks]
    return {
        "week_on": week, "owner_id": owner, "marketing_manager_id": acting(session).id, "reconciled_on": local_day(session, now),
        "customers_count": len(checks), "matched": said.count(Said.CONFIRMED), "disputed": said.count(Said.DISPUTED),
        "forms_out": len(forms_out(session, owner)),
    }  # fmt: skip


#: what was said of a check -> code of ``reconcile_line``; what is still open is counted among the customers, no line of it
_LINE_CODES = {Said.CONFIRMED: "matched", Said.DISPUTED: "disputed"}


def _sheet_line(check: Any) -> dict[str, Any]:
    return {
        "came_on": check.came_on, "customer_id": check.customer_id, "source_check_id": check.id,
        "claimed_source": check.claimed_source, "marketing_source": check.source,
        "verdict": _LINE_CODES[check.verdict], "note": (check.dispute or "")[:100] or None,
    }  # fmt: skip

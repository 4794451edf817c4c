"""A stop for plans without signature, lifted by the store manager with a reason (R-DISP-06)."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action
from ...rules.combining import first_refusal
from ...rules.dispatch import Standing, signs_plans
from ...rules.dispatch_steps import may_lift
from ...rules.rights import may_do
from ...verdicts import Verdict, require
from .. import records
from ..records import facts
from ..today import local_day
from .files import locked
from .standings import standings


def may_lift_now(session: Session, designer: Register, standing: Standing) -> bool:
    """Whether the acting person would be let lift the stop of *designer* (their file)."""
    person = acting(session)
    stopped = not signs_plans(standing)
    return stopped and bool(first_refusal(_has_right(session, designer), may_lift(person.roles, stopped, reason="-")))


def _has_right(session: Session, designer: Register) -> Verdict:
    person = acting(session)
    return first_refusal(
        may_do(person, Action.EDIT, type(designer), facts(session, designer)),
        may_do(person, Action.ADD, register_named("designer_suspension")),
    )


def lift(session: Session, designer: Register, reason: str, now: datetime) -> None:
    """Let *designer* (their file) be offered orders again: plans up to today no longer count.

    Raises Refused: no_right on the file or on suspensions, role, wrong_state, no_reason.
    """
    person, suspension = acting(session), register_named("designer_suspension")
    require(_has_right(session, designer))
    with elevated(session) as beneath:
        (file,) = locked(beneath, [designer.employee_id])
        standing = standings(beneath, [file], now)[file.employee_id]
        require(may_lift(person.roles, not signs_plans(standing), reason))
        values = {
            "designer_id": file.employee_id, "store_id": file.store_id, "from_on": local_day(beneath, now),
            "until_on": local_day(beneath, now), "kind": "no_signature", "reason": reason.strip(),
            "plans_unsigned": standing.plans_unsigned, "lifted_at": now, "lift_reason": reason.strip(),
            "lifted_by_id": person.id,
        }  # fmt: skip
        made = records.create(beneath, suspension, values)
        trail.note(beneath, "signed", made, field="lifted_by_id")

"""What time does to orders and designers: orders lapse, suspensions end (R-DISP-05, R-DISP-06).

No rule waits for this: what has lapsed isn't held by the clock. It keeps lists and files true; run it after midnight.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import elevated
from ...models import register_named
from ...rules.dispatch_steps import WAITING, State, Verb, next_state
from ..archives.upkeep import KEEP_UP
from ..today import local_day
from .customers import release
from .files import renew


def lapse(session: Session, now: datetime) -> int:
    """Let orders lapse whose deposit didn't come, and every designer's file say how things stand; how many lapsed."""
    order, designer = register_named("dispatch_order"), register_named("designer")
    with elevated(session, KEEP_UP) as beneath:
        due = (order.state.in_(WAITING), order.lapses_on <= local_day(session, now), order.voided_at.is_(None))
        lapsed = beneath.scalars(select(order).where(*due).order_by(order.id).with_for_update()).all()
        for one in lapsed:
            one.state = next_state(State(one.state), Verb.LAPSE)
        release(beneath, lapsed)
        beneath.flush()
        renew(beneath, set(beneath.scalars(select(designer.employee_id))), now)
    return len(lapsed)

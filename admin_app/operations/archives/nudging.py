"""An applicant reminds whoever is to sign their request (R-LOAN-02, R-DESK-01)."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register
from ...rules.notices import SIGNING_NUDGED
from ...rules.urging import may_nudge
from ...verdicts import require
from ..notices.telling import Told, end, is_told_today, notify_all
from .overview import signers_of


def nudge(session: Session, request: Register, now: datetime) -> None:
    """Tell everybody who may sign the waiting step; raises Refused "not_applicant", "wrong_state", "too_soon"."""
    with elevated(session) as beneath:
        # whoever signs or nudges at the same time waits here, or is waited for
        mine = beneath.get_one(type(request), request.id, with_for_update=True)
        signers = signers_of(beneath, mine, now)
        nudged = is_told_today(beneath, SIGNING_NUDGED, mine, now)
        require(may_nudge(acting(session).id == mine.applicant_id, bool(signers), nudged))
        end(beneath, SIGNING_NUDGED, None, mine, now)  # yesterday's says no more than this one
        notify_all(beneath, [Told(event=SIGNING_NUDGED, person=one.person, record=mine) for one in signers], now)
        trail.note(beneath, "nudged", mine)

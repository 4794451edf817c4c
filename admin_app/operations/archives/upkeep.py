"""What time itself does to requests: grants lapse, stand-ins' days begin and end (R-LOAN-04, R-ROLE-03).

No rule waits for this: a lapsed grant is refused by the clock. It keeps lists and inboxes true; run it after midnight,
after each change of stand-ins, heads or roles.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.jobs import job
from ...guard.session import elevated
from ...models import Register, register_named
from ...permissions import Level
from ...rules.states import State, Verb, next_state
from ...texts import word
from ..staff import staff_on
from ..today import local_day
from .copy_keepers import keep_up_keepers
from .parties import expect, renew_grant
from .standing import KINDS, item_of, kind_of, standing

#: which signatures a request needs depends on its item, of whatever level
KEEP_UP = job("keep_up", word("到期与签批顺序"), Level.TOP_SECRET)
_OPEN = (State.SIGNING, State.GRANTED, State.ON_LOAN, State.READING)


def keep_up(session: Session, now: datetime) -> int:
    """Let grants lapse that have run out, and let those be next who may act today; how many lapsed.

    Time does this, not whoever happens to set it off: the trail names the job. It locks requests and no items:
    issue and return lock the item first, so a step that did both would wait for them while they wait for it.
    """
    staff = staff_on(session, local_day(session, now))
    lapsed = 0
    with elevated(session, KEEP_UP) as beneath:
        for table in KINDS:
            register = register_named(table)
            open_ones = select(register).where(register.state.in_(_OPEN)).order_by(register.id)
            for request in beneath.scalars(open_ones).all():
                lapsed += _lapse(beneath, request, now)
                expect(beneath, request, standing(beneath, request, item_of(beneath, request)), staff)
        keep_up_keepers(beneath, staff)
    return lapsed


def _lapse(session: Session, request: Register, now: datetime) -> bool:
    if request.state != State.GRANTED or request.lapses_at >= now:
        return False
    request.state = next_state(kind_of(request), State.GRANTED, Verb.LAPSE)
    renew_grant(session, request.item_id, request.applicant_id)
    return True

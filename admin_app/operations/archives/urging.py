"""Urging whoever has an item to bring it back: who was urged when and by whom (R-LOAN-09)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register
from ...rules.figures import URGE_QUIET
from ...rules.notices import URGED
from ...rules.urging import may_urge
from ...texts import say
from ...verdicts import Refused, refuse, require
from ...working.lending import Urge
from ..figures import span_on
from ..notices.telling import end, notify
from ..staff import staff_on
from ..today import local_day
from .at_desk import works_at_desk


def urge(session: Session, request: Register, now: datetime) -> Urge:
    """Ask whoever has it to bring it back; raises Refused "not_signer", "wrong_state", "too_soon"."""
    keeper = acting(session).id
    if not works_at_desk(staff_on(session, local_day(session, now)), keeper, request.applicant_id):
        raise Refused(refuse("R-ROLE-03", "not_signer", say("催还由档案管理员或其代理人办理")))
    with elevated(session) as beneath:
        # whoever urges at the same time waits here, and then finds this one
        mine = beneath.get_one(type(request), request.id, with_for_update=True)
        last = last_urges(beneath, [mine]).get((mine.__tablename__, mine.id))
        out = mine.issued_at is not None and mine.returned_at is None
        require(may_urge(out, last.urged_at if last else None, now, span_on(beneath, URGE_QUIET, now)))
        made = Urge(
            table_name=mine.__tablename__,
            record_id=mine.id,
            person_id=mine.applicant_id,
            urged_at=now,
            urged_by_id=keeper,
        )
        beneath.add(made)
        beneath.flush()
        trail.note(beneath, "urged", mine)
        end(beneath, URGED, mine.applicant_id, mine, now)  # the one before says no more than this one
        notify(beneath, URGED, mine.applicant_id, mine, now, occurrence=now.isoformat())
        return made


def last_urges(session: Session, requests: Iterable[Register]) -> Mapping[tuple[str, int], Urge]:
    """(table, id) -> the last time that somebody was urged for it, of *requests*."""
    keys = [(one.__tablename__, one.id) for one in requests]
    if not keys:
        return {}
    last = (
        select(func.max(Urge.id)).where(tuple_(Urge.table_name, Urge.record_id).in_(keys))
        .group_by(Urge.table_name, Urge.record_id)
    )  # fmt: skip
    found = session.scalars(select(Urge).where(Urge.id.in_(last)))
    return {(one.table_name, one.record_id): one for one in found}

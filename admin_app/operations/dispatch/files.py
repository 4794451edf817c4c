"""The designers' files follow what happens: orders held and received, contracts, last order, state (R-DISP-03)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import register_named
from ...rules.dispatch import Standing, has_room
from ..records import bring
from ..today import local_day
from . import tallies
from .standings import standings

#: so far back the file counts orders and contracts as lately
LATELY = timedelta(days=90)


def locked(session: Session, people: Collection[int]) -> Sequence[Any]:
    """The files of *people*, held until the transaction ends: approvals for one designer queue up here (R-DISP-05)."""
    designer = register_named("designer")
    asked = select(designer).where(designer.employee_id.in_(people), designer.voided_at.is_(None)).order_by(designer.id)
    return session.scalars(asked.with_for_update().execution_options(populate_existing=True)).all()


def renew(session: Session, people: Collection[int], now: datetime) -> None:
    """Let the files of *people* say how things stand now; *session* sees beneath the row rule."""
    files, since = locked(session, people), now - LATELY
    found = standings(session, files, now)
    received = tallies.received(session, people, since)
    signed = tallies.signed(session, people, local_day(session, since))
    for file in files:
        one = found[file.employee_id]
        bring(file, {"held": one.held, "last_received_at": one.last_order_at, "state": state_of(one),
                     "received": received[one.designer], "signed": signed[one.designer]})  # fmt: skip
    session.flush()


def state_of(one: Standing) -> str:
    """The designer's state of work: the code list designer_state."""
    if not one.active:
        return "inactive"
    if one.struck_off:
        return "struck_off"
    if one.suspended:
        return "suspended"
    return "available" if has_room(one) else "full"

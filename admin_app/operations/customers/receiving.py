"""A registration says what it must, and goes to who receives the customer where nobody is written down (R-CUST-04, R-CUST-11)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.session import acting, elevated, state_of
from ...models import Register, register_named
from ...permissions import Action, Role, Scope
from ...rules.receiving import Door, Why, receiver, says_what_it_must
from ...verdicts import require
from ..followups import after_changing, before_adding
from ..staff import staff_on
from ..today import local_day

_REGISTRATION = "customer_registration"
_SAYING = frozenset({"intending", "phone", "wants", "via_intermediary", "intermediary_id", "intermediary_name"})
#: the shift of who is off; code of ``duty_shift``
_OFF = "rest"


@before_adding(_REGISTRATION)
def receive(session: Session, sheet: Any) -> None:
    """Whoever registers for another may leave the manager blank: the rule names them."""
    _check(sheet)
    if (
        sheet.owner_id is None
        and not _owns_what_they_add(session, sheet)
        and (found := received_by(session, sheet)) is not None
    ):
        sheet.owner_id = found[0]


@after_changing(_REGISTRATION)
def still_says(session: Session, sheet: Register, before: Mapping[str, Any]) -> None:
    if _SAYING & before.keys():
        _check(sheet)


def received_by(session: Session, sheet: Any) -> tuple[int, Why] | None:
    """Who receives the customer of *sheet* and why, as the company was on its day."""
    on_duty = _on_duty(session, sheet.registered_at, sheet.store_id or acting(session).store_id)
    return receiver(
        Door(
            named=sheet.known_manager_id, brought=sheet.introducer_id is not None, by_introducer=sheet.named_manager_id,
            on_duty=on_duty,
        )
    )  # fmt: skip


def met_at_door(session: Session, phone: str, at: datetime, store_id: int | None) -> tuple[int, Why | None] | None:
    """Whose customer of that *phone* came *at* that moment: the earliest manager's, with no reason but the registration;
    else who is on duty, and why. None where nobody is."""
    sheet, card = register_named(_REGISTRATION), register_named("customer")
    known = [
        select(one.owner_id, one.registered_at).where(
            one.phone == phone, one.owner_id.is_not(None), one.registered_at <= at, one.voided_at.is_(None)
        )
        for one in (sheet, card)
    ]
    with elevated(session) as beneath:
        managers = [(since, owner) for asked in known for owner, since in beneath.execute(asked)]
    if managers:
        return min(managers)[1], None
    return receiver(Door(on_duty=_on_duty(session, at, store_id)))


def _check(sheet: Any) -> None:
    agent = sheet.intermediary_id is not None or bool(sheet.intermediary_name)
    require(says_what_it_must(bool(sheet.intending), sheet.phone, sheet.wants, bool(sheet.via_intermediary), agent))


def _owns_what_they_add(session: Session, sheet: Any) -> bool:
    """Whoever may edit their own sheets only is the manager of those they add; that is stamped as it is written."""
    adder = state_of(session).actor or acting(session)
    return adder.reach(Action.EDIT, sheet.__tablename__) == Scope.OWN


def _on_duty(session: Session, at: datetime, store_id: int | None) -> int | None:
    """The customer manager who is on that store's roster of the day; the acting person, if they are."""
    me, day = acting(session), local_day(session, at)
    managers = {
        one.id
        for one in staff_on(session, local_day(session, clock.now())).people.values()
        if Role.CUSTOMER_MANAGER in one.roles
    }
    one = register_named("duty_roster")
    there = func.coalesce(one.swapped_with_id, one.employee_id)
    asked = select(there).where(one.day == day, one.store_id == store_id, one.shift != _OFF, one.voided_at.is_(None))
    with elevated(session) as beneath:
        found = [id_ for id_ in beneath.scalars(asked.order_by(one.id)) if id_ in managers]
    return me.id if me.id in found else next(iter(found), None)

"""Customers going cold, and the pool of unsold ones without a manager: who takes one, who puts one back (R-CUST-09)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ...guard.jobs import job
from ...guard.session import acting, elevated
from ...models import register_named
from ...permissions import Level
from ...rules.figures import COLD_DAYS
from ...rules.going_cold import SETTLED, cold_since, may_release, may_take
from ...rules.notices import CUSTOMER_COLD
from ...texts import word
from ...verdicts import require
from ..figures import value_on
from ..in_pages import Page, page_of
from ..notices.telling import Told, notify_all
from ..records import bring
from ..staff import staff_on
from ..today import end_of_day, local_day
from .handing_on import hand_on

#: what is told of is on cards that everybody of the staff may read
GOING_COLD = job("going_cold", word("客户待激活提醒"), Level.INTERNAL)
#: so many are told of in one go
_AT_ONCE = 100
#: longer cold isn't news any more: after a standstill of the program it is still told
_STILL_NEWS = timedelta(days=7)


def cold(session: Session, now: datetime, page: int = 1) -> Page:
    """Customers of somebody, as far as the acting person sees them, whom nobody has contacted for long, the coldest first."""
    one = register_named("customer")
    return page_of(session, one, (one.owner_id.is_not(None), *_gone_cold(session, now)), (_last(),), page)


def pool(session: Session, page: int = 1) -> Page:
    """Unsold customers without a manager, as far as the acting person sees them, the latest registered first."""
    one = register_named("customer")
    return page_of(session, one, (*_unsold(), one.owner_id.is_(None)), (one.registered_at.desc(),), page)


def since(session: Session, customers: Sequence[Any], now: datetime) -> dict[int, date | None]:
    """Customer -> the day since when they are cold."""
    return {card.id: _since(session, card, now) for card in customers}


def take(session: Session, customer: Any, now: datetime) -> None:
    """Let the acting person be the manager of *customer*, whom they see; of two at once the first (Refused: R-CUST-09)."""
    person = acting(session)
    with elevated(session) as beneath:
        held = _held(beneath, customer.id)
        unsold = held.voided_at is None and held.withdrawn_on is None and held.status not in SETTLED
        in_pool = held.owner_id is None and unsold
        require(may_take(person.roles, held.store_id == person.store_id, in_pool))
        bring(held, {"owner_id": person.id, "department_id": person.department_id})
        hand_on(beneath, {held.id: (None, person.id)})


def release(session: Session, customer: Any, now: datetime) -> None:
    """Put *customer*, whom the acting person sees and who is cold, back into the pool (Refused: R-CUST-09)."""
    with elevated(session) as beneath:
        held = _held(beneath, customer.id)
        is_cold = held.voided_at is None and _since(beneath, held, now) is not None
        require(may_release(acting(session).roles, held.owner_id is not None, is_cold))
        bring(held, {"owner_id": None})


def tell_of_cold(session: Session, now: datetime) -> None:
    """Tell each manager, once, of customers that went cold in the last days; run every night."""
    with elevated(session, GOING_COLD) as beneath:
        one, today = register_named("customer"), local_day(beneath, now)
        days = value_on(beneath, COLD_DAYS, now)
        still_news = _last() >= end_of_day(beneath, today - timedelta(days=days) - _STILL_NEWS)
        staff = staff_on(beneath, today).people
        cards = beneath.scalars(select(one).where(one.owner_id.in_(staff), still_news, *_gone_cold(beneath, now))).all()
        told = [
            Told(event=CUSTOMER_COLD, person=card.owner_id, record=card, due=day, occurrence=day.isoformat())
            for card in sorted(cards, key=lambda card: card.id) if (day := _since(beneath, card, now)) is not None
        ]  # fmt: skip
        for first in range(0, len(told), _AT_ONCE):
            notify_all(beneath, told[first : first + _AT_ONCE], now)


def _held(session: Session, customer: int) -> Any:
    """The card, locked, as it stands once whoever held it is done."""
    one = register_named("customer")
    return session.scalars(select(one).where(one.id == customer).with_for_update(key_share=True)).one()


def _gone_cold(session: Session, now: datetime) -> tuple[ColumnElement[bool], ...]:
    limit = end_of_day(session, local_day(session, now) - timedelta(days=value_on(session, COLD_DAYS, now)))
    return *_unsold(), _last() < limit


def _since(session: Session, card: Any, now: datetime) -> date | None:
    last = local_day(session, card.last_contact_at or card.registered_at)
    today = local_day(session, now)
    return cold_since(card.status, last, card.withdrawn_on, today, value_on(session, COLD_DAYS, now))


def _unsold() -> tuple[ColumnElement[bool], ...]:
    one = register_named("customer")
    return one.status.not_in(SETTLED), one.withdrawn_on.is_(None), one.voided_at.is_(None)


def _last() -> ColumnElement[datetime]:
    one = register_named("customer")
    return func.coalesce(one.last_contact_at, one.registered_at)

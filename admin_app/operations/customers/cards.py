"""Relationship cards show as stale by themselves and as good once they are confirmed (R-RELA-01)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.jobs import job
from ...guard.readable import where_read
from ...guard.session import acting, elevated
from ...guard.stamps import operating
from ...models import register_named
from ...permissions import Level
from ...rules.cards import STALE, VALID, standing
from ...rules.figures import CARD_DAYS
from ...texts import word
from ..figures import value_on
from ..followups import after_changing, before_adding
from ..in_pages import Page, page_of
from ..records import bring
from ..today import local_day

_CARD = "relationship_card"
#: cards of every level become stale
CARDS = job("relationship_cards", word("客户关系卡核实"), Level.TOP_SECRET)
_A_NIGHT = 5000


@before_adding(_CARD)
def begin_standing(session: Session, card: Any) -> None:
    bring(card, {"state": _standing(session, card, False, clock.now())})


@after_changing(_CARD)
def keep_standing(session: Session, card: Any, before: Mapping[str, Any]) -> None:
    if before.keys() & {"checked_on", "made_on", "state"}:
        with operating(session):
            bring(card, {"state": _standing(session, card, "checked_on" in before, clock.now())})


def note_stale_cards(session: Session, now: datetime) -> None:
    """Let the day pass over cards that nobody confirms; run every night."""
    one = register_named(_CARD)
    with elevated(session, CARDS) as beneath:
        last = local_day(beneath, now) - timedelta(days=value_on(beneath, CARD_DAYS, now))
        old = (one.state == VALID, func.coalesce(one.checked_on, one.made_on) <= last, one.voided_at.is_(None))
        for card in beneath.scalars(select(one).where(*old).order_by(one.id).limit(_A_NIGHT)):
            bring(card, {"state": _standing(beneath, card, False, now)})


def stale(session: Session, wanted: int = 1) -> Page:
    """The cards to be brought up to date of the acting person's own customers, as far as they read that, the longest first."""
    one, person = register_named(_CARD), acting(session)
    read = (where_read(one, one.faces[name], person) for name in ("owner_id", "state"))
    mine = (one.owner_id == person.id, one.state == STALE, one.voided_at.is_(None), *read)
    return page_of(session, one, mine, (func.coalesce(one.checked_on, one.made_on),), wanted)


def _standing(session: Session, card: Any, anew: bool, now: datetime) -> str | None:
    confirmed = card.checked_on or card.made_on
    return standing(card.state, confirmed, anew, local_day(session, now), value_on(session, CARD_DAYS, now))

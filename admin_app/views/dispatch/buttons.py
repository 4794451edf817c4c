"""The buttons that lead to the next step of an order, to a customer's offer, and to striking off."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard.cells import Row
from ...operations.dispatch.answering import may_be_struck_off
from ...operations.dispatch.turns import PRESSING, acts_of
from ...permissions import Action
from ..register.acts import acts_on
from ..words import words


@acts_on("dispatch_order")
def next_steps(row: Row) -> list[dict[str, Any]]:
    """What this person may do with the order now."""
    acts = acts_of(db.session, row.record, row.person, row.facts, clock.now())
    return [
        _button(words(act.title), "dispatch_acts.order_act", act=act.value, id=row.record.public_id,
                kind="primary" if act in PRESSING else "plain")
        for act in acts
    ]  # fmt: skip


@acts_on("customer")
def to_offer(row: Row) -> list[dict[str, Any]]:
    """To whoever may propose a designer for their own customer."""
    customer, person = row.record, row.person
    may = person.reach(Action.ADD, "dispatch_order") is not None and customer.owner_id == person.id
    if not may or customer.voided_at is not None or customer.designer_id is not None:
        return []
    return [_button(_("派单"), "dispatch_offer.offer", customer=customer.public_id)]


@acts_on("dispatch_refusal")
def to_strike_off(row: Row) -> list[dict[str, Any]]:
    if not may_be_struck_off(row.record, row.person):
        return []
    return [_button(_("除名"), "dispatch_acts.strike_off", id=row.record.public_id, kind="danger")]


def _button(label: str, page: str, kind: str = "plain", **address: str) -> dict[str, Any]:
    return {"label": label, "url": url_for(page, **address), "method": "get", "kind": kind}

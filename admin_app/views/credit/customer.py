"""One credit customer: what credit rests on, what is owed, the ladder for an amount, the shipment sent (R-CRED-01, R-CRED-02)."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ... import clock
from ...database import db
from ...fields import Fault
from ...guard import trail, writing
from ...guard.titles import linked
from ...models import Register, register_named
from ...operations import constraints, records
from ...operations.credit import offering, overview
from ...operations.credit.offering import Offer, Sent
from ...permissions import Action, Role
from ...rules.credit_eligibility import Ground
from ...rules.credit_ladder import Rung
from ...texts import SEMICOLON, say, several
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.seen import seen
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import reading, words
from .overview import DOOR, episode_text, note_figures, yuan

blueprint = Blueprint("credit_customer", __name__, url_prefix="/credit/customers")

#: what is typed -> the field of the register that says how it is read
_BOXES = {
    "amount": ("shipment", "amount"), "invoice_number": ("shipment", "invoice_number"),
    "remitted": ("shipment", "prepaid_amount"), "plan_on": ("collection_plan", "planned_on"),
}  # fmt: skip
_GROUNDS = {
    Ground.FILE: say("客户档案"), Ground.CONTRACT: say("业务合同"), Ground.CLEARED: say("上年度货款"),
    Ground.APPROVED: say("授信批准"),
}  # fmt: skip


@dataclass
class Typed:
    """What was typed, read, and what is wrong with it."""

    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


@blueprint.route("/<public_id>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@DOOR.guards
def customer(public_id: str) -> Any:
    """The page; what is typed comes in a form, as addresses are logged: with *send* the shipment is written, else offered."""
    found, typed = _customer(public_id), _read(request.form)
    if request.method == "GET" or "send" not in request.form or typed.faults:
        return _page(found, typed)
    for name in ("amount", "invoice_number"):
        if name not in typed.values:
            typed.faults[name] = _("请填写")
    if typed.faults:
        return _page(found, typed)
    try:
        with constraints.told(register_named("collection_plan")), writing(db.session):
            sent = Sent(kind=request.form["send"][:20], **typed.values)
            shipment = offering.send(db.session, _customer(public_id), sent, clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _page(_customer(public_id), typed, boxes(refused)), refused.status
    except constraints.Broken as broken:
        db.session.rollback()
        typed.faults[broken.field if broken.field in _BOXES else "plan_on"] = words(broken.fault.reason)
        return _page(_customer(public_id), typed), 422
    flash(_("已登记发货：%(number)s", number=shipment.invoice_number), "success")
    return redirect(page_of(type(shipment), shipment.public_id))


def _customer(public_id: str) -> Register:
    """The customer, if its credit is shown to who asks; else there is no such page."""
    found = records.find(db.session, register_named("customer"), public_id[:24])
    return found if found is not None and overview.may_read(db.session, [found]) else abort(404)


def _read(form: MultiDict[str, str]) -> Typed:
    typed = Typed({name: form.get(name, "").strip()[:60] for name in _BOXES})
    for name, (table, field_name) in _BOXES.items():
        if typed.texts[name]:
            try:
                typed.values[name] = register_named(table).faces[field_name].kind.parse(typed.texts[name], reading())
            except Fault as fault:
                typed.faults[name] = words(fault.reason)
    if typed.values.get("amount", 1) <= 0:
        typed.faults["amount"] = _("金额须大于零")
    return typed


def _page(found: Any, typed: Typed, refusals: list[dict[str, Any]] | None = None) -> str:
    public_id = found.public_id
    note_figures([found])
    name = linked(db.session, "customer", [found.id], g.person, reading())[found.id][0]
    made = offering.offer_for(db.session, found, typed.values.get("amount"), clock.now())
    standing = made.credit.standing
    page = SimpleNamespace(
        title=_("授信：%(customer)s", customer=name), customer_url=page_of(register_named("customer"), public_id),
        refusals=refusals or [], eligible=made.credit.eligible, line=_line(made), limit=yuan(standing.limit),
        used=yuan(standing.used), free=yuan(standing.free), short=standing.free < 0, over_term=made.credit.over_term,
        oldest=standing.oldest_unpaid, episode=episode_text(standing.episode), rungs=_rungs(made),
        fields=[_cell(one, typed) for one in _BOXES], sends=g.person.reach(Action.ADD, "shipment") is not None,
        asked=made.amount is not None, needs_plan=bool(made.offered and made.offered.needs_plan),
    )  # fmt: skip
    crumb(DOOR, page.title)
    return render_template("credit_customer.html", page=page)


def _line(made: Offer) -> dict[str, Any] | None:
    """What the credit rests on, for who reads the line itself (机密); others learn whether there is credit."""
    one = made.credit.line
    if one is None:
        return None
    found = records.find(db.session, register_named("credit_line"), one.public_id)
    if found is None:
        return None
    read = seen([found])[0]
    if read.identity_copy is None and read.cleared is None and read.file_complete is None:
        return None
    trail.note_views(db.session, "credit_line", [(found.id, found.level)], "credit")
    conditions = [
        {"title": words(_GROUNDS[each.ground]), "holds": bool(each.verdict), "told": words(each.told)}
        for each in made.credit.found
    ]
    return {"url": read.page, "conditions": conditions}


def _rungs(made: Offer) -> list[dict[str, Any]]:
    kinds = reading().options("shipment_kind")
    return [
        {
            "kind": one.kind.value, "title": kinds.get(one.kind, one.kind.value), "open": bool(one.verdict),
            "offered": one is made.offered, "why": words(one.why), "change": words(one.change), "asks": words(_asks(one)),
        }
        for one in made.rungs
    ]  # fmt: skip


def _asks(one: Rung) -> Any:
    asked = []
    if one.signers:
        asked.append(say("{roles}签发", roles=several(role.title for role in Role if role in one.signers)))
    if one.needs_plan:
        asked.append(say("附货款回笼计划"))
    return several(asked, SEMICOLON) if asked else say("不须签发")


def _cell(name: str, typed: Typed) -> dict[str, Any]:
    table, field_name = _BOXES[name]
    face = register_named(table).faces[field_name]
    kind = {"amount": "money", "day": "day"}.get(face.kind.name, "text")
    helps = {"remitted": _("先汇款的填写"), "plan_on": _("先汇款和现金提货的填写")}
    return {
        "name": name, "label": words(face.label), "type": kind, "value": typed.texts[name],
        "errors": [typed.faults[name]] if name in typed.faults else [], "help": helps.get(name, ""),
        "required": name == "amount", "width": "m", "masked": False,
    }  # fmt: skip

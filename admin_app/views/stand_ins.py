"""Naming who signs for an absent person (R-ROLE-03): for oneself, the general manager for anybody."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..fields import Fault
from ..guard import writing
from ..guard.titles import linked
from ..operations import stand_ins
from ..permissions import Role
from ..rules.signers import StandIn as Named
from ..texts import say
from ..verdicts import Refused
from ..working.people import StandIn
from .crumbs import crumb
from .doors import SIGNING, door
from .employees import day_box, day_given, employee_box, required_employee
from .input import whole
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal
from .words import reading, words

blueprint = Blueprint("stand_ins", __name__, url_prefix="/stand-ins")

STAND_INS = door(say("代理人"), "/stand-ins/", SIGNING, lambda person: "archive_loan" in person.rights)


@blueprint.route("/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@STAND_INS.guards
def named() -> Any:
    faults: dict[str, str] = {}
    refusal = None
    if request.method == "POST":
        try:
            values, faults = _read()
            if not faults:
                return _name(Named(**values))
        except Refused as error:
            note_refusal(error)
            refusal = error
    page = SimpleNamespace(
        title=_("代理人"),
        rows=_rows(),
        fields=_fields(faults),
        refusals=boxes(refusal) if refusal else [],
        error_summary=[
            {"label": label, "anchor": name, "text": faults[name]} for name, label in _labels() if name in faults
        ],
    )
    crumb(STAND_INS)
    return render_template("stand_ins.html", page=page), refusal.status if refusal else 200


def _name(asked: Named) -> Any:
    now = clock.now()
    with writing(db.session):
        row = stand_ins.name(db.session, asked, now)
        warning = stand_ins.warning(db.session, row, now)
    flash(_("已指定代理人"), "success")
    if warning is not None:
        flash(words(warning), "warning")
    return redirect(url_for("stand_ins.named"))


@blueprint.post("/end/")
@policy(SIGNED_IN)
@STAND_INS.guards
def end() -> Any:
    with writing(db.session):
        row = db.session.get(StandIn, whole(request.args.get("id")) or 0)
        if row is None or row not in stand_ins.named(db.session, g.person, clock.now()):
            abort(404)
        stand_ins.end(db.session, row, clock.now())
    flash(_("代理已结束"), "success")
    return redirect(url_for("stand_ins.named"))


def _names_anybody() -> bool:
    return Role.GENERAL_MANAGER in g.person.roles


def _labels() -> list[tuple[str, str]]:
    absent = [("absent", _("被代理人"))] if _names_anybody() else []
    return [*absent, ("person", _("代理人")), ("first", _("开始日期")), ("last", _("结束日期"))]


def _fields(faults: dict[str, str]) -> list[dict[str, Any]]:
    fields = []
    for name, label in _labels():
        box = employee_box if name in ("absent", "person") else day_box
        fields.append(box(name, label, faults.get(name)))
    return fields


def _read() -> tuple[dict[str, Any], dict[str, str]]:
    """Values by field name, and what is wrong with those that can't be read."""
    values: dict[str, Any] = {"absent": g.person.id}
    faults: dict[str, str] = {}
    for name, _label in _labels():
        try:
            values[name] = required_employee(name) if name in ("absent", "person") else day_given(name)
        except Fault as fault:
            faults[name] = words(fault.reason)
    return values, faults


def _rows() -> list[dict[str, Any]]:
    rows = stand_ins.named(db.session, g.person, clock.now())
    people = {id_ for row in rows for id_ in (row.absent_id, row.stand_in_id, row.named_by_id)}
    names = {id_: name for id_, (name, _url) in linked(db.session, "employee", people, g.person, reading()).items()}
    return [
        {"absent": names[row.absent_id], "person": names[row.stand_in_id], "by": names[row.named_by_id],
         "first": row.from_day.isoformat(), "last": row.until_day.isoformat(),
         "end_url": url_for("stand_ins.end", id=row.id) if _names_anybody() or row.absent_id == g.person.id else None}
        for row in rows
    ]  # fmt: skip

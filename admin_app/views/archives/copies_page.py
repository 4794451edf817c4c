"""The copies of one permit or release: which number is where, the next handed out, one called in (R-CONF-07, R-ARCH-08)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Fault
from ...guard import writing
from ...guard.cells import Row
from ...guard.line_cells import line_faces
from ...guard.shown import rows_of
from ...models import Lines, Register, register_named
from ...operations import records
from ...operations.archives import copies
from ...operations.archives.copied import COPIED, LINES, is_outside, permit_of
from ...operations.archives.copy_keepers import hands_out
from ...rules.copies import Ending
from ...texts import say
from ...verdicts import Refused, require
from ..addresses import page_of
from ..employees import employee_box, employee_named
from ..input import whole
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import dated, reading, words

blueprint = Blueprint("copies", __name__, url_prefix="/copies")

_LONGEST = 200
#: nobody is named whom the copies go to
NO_HOLDER = Fault("missing", say("请填写发给谁"))


@blueprint.get("/<table>/")
@policy(SIGNED_IN)
def copies_of(table: str) -> Any:
    return _page(_form(table))


@blueprint.post("/<table>/")
@policy(SIGNED_IN)
def act(table: str) -> Any:
    """Hand out (``act`` is blank), or end the copy ``number`` as ``act`` says."""
    try:
        with writing(db.session):
            done = _act(_form(table))
    except Fault as fault:
        return _page(_form(table), fault=words(fault.reason))
    except Refused as refused:
        note_refusal(refused)
        return _page(_form(table), refusals=boxes(refused)), refused.status
    flash(done, "success")
    return redirect(url_for("copies.copies_of", table=table, id=request.values["id"]))


def _act(form: Register) -> str:
    ending, number = request.form.get("act", ""), request.form.get("number", "")
    if ending:
        if ending not in [*Ending]:
            abort(404)
        copies.end(db.session, form, number, Ending(ending), clock.now())
        return _("已%(done)s：%(numbers)s", done=words(Ending(ending).title), numbers=number)
    numbers = copies.hand_out(db.session, form, _holder(form), whole(request.form.get("wanted")) or 0, clock.now())
    return _("已发出：%(numbers)s", numbers=_("、").join(numbers))


def _holder(form: Register) -> copies.Holder:
    """Who gets them: an employee, or where the register keeps one a name. Raises Fault."""
    employee, name = employee_named("employee"), request.form.get("name", "").strip()[:_LONGEST]
    if employee is None and not (name and copies.keeps_names(form)):
        raise NO_HOLDER
    return copies.Holder(employee, None if employee else name)


def _form(table: str) -> Register:
    """The form named in the address, for who hands out its copies; raises Refused for others."""
    if table not in COPIED:
        abort(404)
    form = records.find(db.session, register_named(table), request.values.get("id", "")[:24]) or abort(404)
    require(hands_out(db.session, form, clock.now()))
    return form


def _page(form: Register, fault: str | None = None, refusals: list[dict[str, Any]] | None = None) -> str:
    register, permit = type(form), permit_of(form)
    row = rows_of(db.session, register, [form], list(form.faces.values()), reading(), "copies")[0]
    left, back = permit.permitted - permit.given, page_of(register, form.public_id)
    verdict = copies.may_hand_out_now(db.session, form, max(left, 1), clock.now())
    told = (row.cell(form.faces[name]).text for name in register.declaration.key)
    page = SimpleNamespace(
        title=_("副本：%(number)s", number=form.number), thing="　".join(filter(None, told)), refusals=refusals or [],
        told=_("批准 %(all)s 份，已发 %(given)s 份", all=permit.permitted, given=permit.given),
        copies=[_copy(row, one) for one in form.copies_given], wanted=left, id=form.public_id, back_url=back,
        why=words(verdict.reason) if left and verdict.reason else None,
        holder=employee_box("employee", _("发给"), fault, required=not copies.keeps_names(form)),
        name=request.form.get("name", "") if copies.keeps_names(form) else None,
    )  # fmt: skip
    g.crumbs = [(words(register.declaration.title), page_of(register)), (form.number, back), (_("副本"), None)]
    return render_template("copies.html", page=page)


def _copy(row: Row, copy: Lines) -> dict[str, Any]:
    """One copy as its table shows it, with what can be done with it."""
    shown = {face.name for face, _view in line_faces(row, row.register.faces[LINES])}
    holder = row.titles.get(("employee", copy.holder_id), ("", None))[0] if "holder_id" in shown else ""
    out = is_outside(copy)
    ended = getattr(copy, "ended_on", None) or getattr(copy, "returned_on", None)
    endings = COPIED[row.register.__tablename__].endings if out else ()
    state = reading().options("archive_copy_state")[getattr(copy, "state", None) or ("out" if out else "returned")]
    return {
        "number": copy.copy_number, "holder": holder or getattr(copy, "holder", None) or "", "given": dated(copy.given_on),
        "state": state, "out": out, "ended": dated(ended) if ended else "",
        "endings": [{"act": one.value, "label": words(one.title)} for one in endings],
    }  # fmt: skip

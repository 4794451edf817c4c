"""Code lists: what the choices of every form offer, kept by admin (R-CUST-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..database import db
from ..guard import writing
from ..operations import code_lists
from ..permissions import Role
from ..rules.code_lists import LONGEST, may_change_list
from ..texts import say, several
from ..verdicts import Refused
from .crumbs import crumb
from .doors import MANAGEMENT, door, holds
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal
from .words import reading, words

blueprint = Blueprint("code_lists", __name__, url_prefix="/code-lists")
CODE_LISTS = door(say("选项表"), "/code-lists/", MANAGEMENT, holds(Role.ADMIN))


@blueprint.get("/")
@policy(SIGNED_IN)
@CODE_LISTS.guards
def overview() -> Any:
    rows = [
        {"url": url_for("code_lists.one", name=one.name), "title": words(several(one.labels[:3])), "name": one.name,
         "used": len(one.places), "closed": not may_change_list(one.name)}
        for one in code_lists.code_lists()
    ]  # fmt: skip
    crumb(CODE_LISTS)
    return render_template("code_lists.html", page=SimpleNamespace(title=words(CODE_LISTS.title), rows=rows))


@blueprint.route("/<name>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@CODE_LISTS.guards
def one(name: str) -> Any:
    found = next((one for one in code_lists.code_lists() if one.name == name), None)
    if found is None:
        abort(404)
    refusal = None
    if request.method == "POST":
        try:
            return _change(name)
        except LookupError:
            abort(404)
        except Refused as refused:
            note_refusal(refused)
            refusal = refused
    crumb(CODE_LISTS, words(found.labels[0]))
    return render_template("code_list.html", page=_page(found, refusal)), refusal.status if refusal else 200


def _change(name: str) -> Any:
    """Add, rename, retire or take up again, as the button says."""
    code, label, what = (request.form.get(key, "")[:200] for key in ("code", "label", "what"))
    with writing(db.session):
        if what == "add":
            code_lists.add(db.session, name, label)
        elif what == "rename":
            code_lists.rename(db.session, name, code, label)
        elif what in ("retire", "reinstate"):
            code_lists.retire(db.session, name, code, what == "retire")
        else:
            abort(404)
    flash(_("选项表已更改"), "success")
    return redirect(url_for("code_lists.one", name=name))


def _page(found: code_lists.CodeList, refusal: Refused | None) -> SimpleNamespace:
    typed = request.form if refusal is not None else {}
    labels = reading().options(found.name)
    rows = [
        {"code": entry.code, "retired": entry.retired, "own": entry.code.startswith("own_"),
         "label": typed.get("label", "") if typed.get("code") == entry.code else labels[entry.code]}
        for entry in code_lists.entries(db.session, found.name)
    ]  # fmt: skip
    return SimpleNamespace(
        title=words(several(found.labels[:3])), name=found.name, rows=rows, closed=not may_change_list(found.name),
        places=[{"register": words(title), "label": words(label)} for title, label in found.places],
        refusals=boxes(refusal) if refusal else [], limit=LONGEST,
        added=typed.get("label", "") if typed.get("what") == "add" else "",
    )  # fmt: skip

"""A register's lists kept under a name: kept from the list itself, renamed, shared, opened with and dropped here (R-LIST-01)."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from .. import clock
from ..database import db
from ..guard import writing
from ..guard.titles import linked
from ..models import all_registers
from ..operations import kept_lists
from ..operations.kept_lists import Kept
from ..permissions import Role
from ..rules.kept_lists import LONGEST_NAME, may_drop_kept
from ..verdicts import Refused
from .areas import area_of
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal
from .register.address import kept_query
from .words import reading, words

blueprint = Blueprint("kept_lists", __name__, url_prefix="/lists")


@blueprint.route("/<table>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
def lists(table: str) -> Any:
    """The kept lists of one register; of one in which the person has no part there is no such page."""
    if table not in all_registers() or not g.person.has_part_in(table):
        abort(404)
    refusal = None
    if request.method == "POST":
        try:
            return _do(table)
        except Refused as refused:
            note_refusal(refused)
            refusal = refused
    return render_template("kept_lists.html", page=_page(table, refusal)), refusal.status if refusal else 200


def _do(table: str) -> Any:
    """Keep the list that is sent, or change or drop one that was kept, as the button says."""
    what = request.form.get("what", "keep")
    if what == "keep":
        return _keep(table)
    with writing(db.session):
        kept = next((one for one in _offered(table) if one.public_id == request.form.get("id")), None)
        if kept is None:
            abort(404)
        if what == "drop":
            kept_lists.drop(db.session, kept, table)
            flash(_("已删除视图：%(name)s", name=kept.name), "success")
        else:
            mine = kept.owner_id == g.person.id
            name, role = (_name(), _role()) if mine else (kept.name, kept.role)
            kept_lists.change(db.session, kept, table, name, role, _opens())
            flash(_("已保存视图：%(name)s", name=name), "success")
    return redirect(url_for("kept_lists.lists", table=table))


def _keep(table: str) -> Any:
    query = kept_query(MultiDict(parse_qsl(request.form.get("query", ""), keep_blank_values=True)))
    with writing(db.session):
        kept = kept_lists.keep(db.session, table, _name(), query, _role(), _opens(), clock.now())
    flash(_("已保存视图：%(name)s", name=kept.name), "success")
    return redirect(f"/admin/{table}/?{query}" if query else f"/admin/{table}/")


def _name() -> str:
    return " ".join(request.form.get("name", "").split())


def _role() -> Role | None:
    """The role to share with; 404 for a word that is none."""
    role = request.form.get("role", "")
    if role and role not in list(Role):
        abort(404)
    return Role(role) if role else None


def _opens() -> bool:
    return request.form.get("opens") == "yes"


def _offered(table: str) -> list[Kept]:
    return kept_lists.offered(db.session, table, g.person)


def _page(table: str, refusal: Refused | None) -> SimpleNamespace:
    register, offered = all_registers()[table], _offered(table)
    title = words(register.declaration.title)
    g.crumbs = [(words(area_of(register).title), None), (title, f"/admin/{table}/"), (_("视图"), None)]
    opens = kept_lists.opened_with(db.session, table, g.person)
    owners = linked(db.session, "employee", {one.owner_id for one in offered}, g.person, reading())
    return SimpleNamespace(
        title=_("%(register)s的视图", register=title), list_url=f"/admin/{table}/", limit=LONGEST_NAME,
        refusals=boxes(refusal) if refusal else [],
        roles=[{"value": role.value, "label": words(role.title)} for role in kept_lists.readers(db.session, table)],
        rows=[
            {"id": one.public_id, "name": one.name, "url": f"/admin/{table}/?{one.query}", "mine": one.owner_id == g.person.id,
             "owner": owners[one.owner_id][0], "role": one.role, "role_label": words(one.role.title) if one.role else "",
             "opens": one == opens, "may_drop": bool(may_drop_kept(one.owner_id, bool(one.role), g.person.id, g.person.roles))}
            for one in offered
        ],
    )  # fmt: skip

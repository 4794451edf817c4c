"""Two records made one: which is the other, what moves, which fields are kept; and the merge undone (R-CUST-07)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Fault
from ...guard import writing
from ...guard.cells import Row
from ...guard.shown import rows_of
from ...guard.titles import called
from ...models import Register, all_registers
from ...operations import links, lookups, records
from ...operations.alike import alike
from ...operations.merging import differing, merging, undoing
from ...permissions import Person
from ...verdicts import Refused
from ..addresses import page_of
from ..input import whole
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..register.acts import acts_everywhere
from ..words import counted, reading, words

blueprint = Blueprint("merging", __name__, url_prefix="/merge")


def merges_here(person: Person, register: type[Register]) -> bool:
    """Whether *person* makes one of two records of *register*; who looks on as somebody writes nothing."""
    return bool(person.roles & merging.merges(register)) and person.seen_by is None


@blueprint.get("/<table>/")
@policy(SIGNED_IN)
def choose(table: str) -> Any:
    """Which other record is the same one: what is alike in phone or name, or one that is named."""
    kept, fault = _found(table, "kept"), ""
    if text := request.args.get("other", "").strip()[:60]:
        try:
            other = db.session.get_one(type(kept), links.named(db.session, table, text, reading()))
            return redirect(url_for("merging.compare", table=table, kept=kept.public_id, gone=other.public_id))
        except Fault as unknown:
            fault = words(unknown.reason)
    page = SimpleNamespace(
        title=_("合并重复记录"), thing=_title(kept), alike=_alike(kept), fault=fault, other=request.args.get("other", ""),
        kept=kept.public_id, cancel_url=page_of(type(kept), kept.public_id),
    )  # fmt: skip
    _crumb(kept, page.title)
    return render_template("merge_choose.html", page=page)


@blueprint.route("/<table>/compare/", methods=("GET", "POST"))
@policy(SIGNED_IN)
def compare(table: str) -> Any:
    kept, gone = _found(table, "kept"), _found(table, "gone")
    if request.method == "GET":
        return _compare(kept, gone)
    seen = (whole(request.form.get("kept_version")) or 0, whole(request.form.get("gone_version")) or 0)
    try:
        with writing(db.session):
            kept, gone = _found(table, "kept"), _found(table, "gone")
            sides = {name[5:]: side for name, side in request.form.items() if name.startswith("side-")}
            values = differing.chosen(_row(kept), _row(gone), sides)
            merging.merge(db.session, kept, gone, values, seen, clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _compare(_found(table, "kept"), _found(table, "gone"), boxes(refused)), refused.status
    kept = _found(table, "kept")
    flash(_("已合并：%(thing)s。原来的记录已作废，可在此页撤销合并", thing=_title(kept)), "success")
    return redirect(page_of(type(kept), kept.public_id))


@blueprint.route("/<table>/undo/", methods=("GET", "POST"))
@policy(SIGNED_IN)
def undo(table: str) -> Any:
    """The last merge that a record has a part in, asked first."""
    record = _found(table, "id")
    done = next(iter(undoing.merges_of(db.session, record)), None) or abort(404)
    if request.method == "GET" or request.form.get("confirmed") != "yes":
        return _ask_undo(record)
    with writing(db.session):
        outcome = undoing.undo(db.session, done.public_id, clock.now())
    # how many rows went back isn't told: there may be some among them that this person doesn't see (R-CONF-02)
    flash(_("已撤销合并，关联记录移回原处；后来改指别处的不动"), "success")
    if outcome.kept_fields:
        names = _("、").join(words(type(record).faces[name].label) for name in outcome.kept_fields)
        flash(_("后来改过、没有还原的栏目：%(names)s", names=names), "warning")
    return redirect(page_of(type(record), record.public_id))


@acts_everywhere
def merge_acts(row: Row) -> list[dict[str, Any]]:
    """To the merge of a record and to its undoing, for whom it is theirs."""
    if not merges_here(row.person, row.register):
        return []
    table, id_, buttons = row.register.__tablename__, row.record.public_id, []
    if row.record.voided_at is None:
        buttons.append((_("合并重复"), url_for("merging.choose", table=table, kept=id_)))
    if undoing.merges_of(db.session, row.record):
        buttons.append((_("撤销合并"), url_for("merging.undo", table=table, id=id_)))
    return [{"label": label, "url": url, "method": "get", "kind": "plain"} for label, url in buttons]


def _found(table: str, name: str) -> Register:
    register = all_registers().get(table)
    if register is None or not merges_here(g.person, register):
        abort(404)
    return records.find(db.session, register, request.args.get(name, "")[:24]) or abort(404)


def _row(record: Register) -> Row:
    links_ = [face for face in record.faces.values() if face.to]
    return rows_of(db.session, type(record), [record], links_, reading(), "merge")[0]


def _title(record: Register) -> str:
    return called(db.session, record, g.person, reading())


def _crumb(record: Register, here: str) -> None:
    register = type(record)
    address = page_of(register, record.public_id)
    g.crumbs = [(words(register.declaration.title), page_of(register)), (_title(record), address), (here, None)]


def _alike(kept: Register) -> list[dict[str, Any]]:
    """Others with the same phone or name, as far as this person sees them."""
    register, table = type(kept), kept.__tablename__
    row = _row(kept)
    typed = {name: row.cell(register.faces[name]).text for name in register.told_by.split()}
    found = {
        id_: title
        for name in typed
        for id_, title in alike(db.session, register, {name: typed[name]}, g.person, reading())
    }
    return [
        {"title": title, "url": url_for("merging.compare", table=table, kept=kept.public_id, gone=id_)}
        for id_, title in found.items()
        if id_ != kept.public_id
    ]  # fmt: skip


def _compare(kept: Register, gone: Register, refusals: list[dict[str, Any]] | None = None) -> str:
    here, there, table = _row(kept), _row(gone), kept.__tablename__
    page = SimpleNamespace(
        title=_("合并重复记录"), refusals=refusals or [], kept=_head(kept), gone=_head(gone),
        fields=[_field(one) for one in differing.differences(here, there)],
        moves=[{"label": words(one.register.declaration.title), "count": counted(one.number)}
               for one in lookups.depending(db.session, gone)],
        raised=kept.level < gone.level, swap_url=url_for("merging.compare", table=table, kept=gone.public_id, gone=kept.public_id),
        cancel_url=page_of(type(kept), kept.public_id),
    )  # fmt: skip
    _crumb(kept, page.title)
    return render_template("merge.html", page=page)


def _head(record: Register) -> dict[str, Any]:
    return {"title": _title(record), "url": page_of(type(record), record.public_id), "version": record.version}


def _field(one: differing.Difference) -> dict[str, Any]:
    side = request.form.get(f"side-{one.face.name}", one.proposed)
    return {
        "name": f"side-{one.face.name}", "label": words(one.face.label), "kept": one.kept.text, "gone": one.gone.text,
        "chosen": side if side in ("kept", "gone") else one.proposed,
    }  # fmt: skip


def _ask_undo(record: Register) -> str:
    text = _("移过来的关联记录按编号移回，并入的记录恢复使用。已提高的密级不降回，合并后新增的记录留在保留的记录上。")
    page = SimpleNamespace(
        title=_("撤销合并"), thing=_title(record), text=text, depends=[], needs_reason=False, reason="", needs_password=False,
        error=None, button=_("撤销合并"), kind="primary", hidden=[("id", record.public_id)],
        cancel_url=page_of(type(record), record.public_id),
    )  # fmt: skip
    _crumb(record, page.title)
    return render_template("confirm.html", page=page)

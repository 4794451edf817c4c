"""我的导出: what one asked for in the background, and nobody else's (R-CONF-12)."""

import json
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..background import Progress
from ..database import db
from ..guard import writing
from ..models import register_named
from ..operations import exports
from ..permissions import Action
from ..rules.exporting import OPEN, Stage, may_fetch
from ..storage import export_files
from ..texts import kept_text, say
from ..verdicts import Refused, refuse
from ..working.exports import ExportRun
from .downloads import download
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal
from .register.import_runs import workplace
from .secrecy import read_first
from .words import moment_text, reading, words

blueprint = Blueprint("exports", __name__, url_prefix="/exports")
_TONES = {
    Stage.WAITING: "open", Stage.MAKING: "open", Stage.READY: "done", Stage.FAILED: "late", Stage.INTERRUPTED: "late",
    Stage.CANCELLED: "off", Stage.EXPIRED: "off",
}  # fmt: skip


@blueprint.route("/", methods=["GET", "POST"])
@policy(SIGNED_IN)
def mine() -> Any:
    """My exports; a POST cancels one (what=cancel) or asks for it anew (what=anew)."""
    if g.person.seen_by is not None:
        abort(404)
    refusal = None
    if request.method == "POST":
        try:
            return _do()
        except Refused as refused:
            note_refusal(refused)
            refusal = refused
    return render_template("exports.html", page=_page(refusal)), refusal.status if refusal else 200


@blueprint.get("/<public_id>/")
@policy(SIGNED_IN)
def file(public_id: str) -> Any:
    """The file, for its owner while they still hold the right to it; each time noted in the trail."""
    run = _mine(public_id)
    if run.classified and (first := read_first(request.path)) is not None:
        return first
    with writing(db.session):
        exports.fetched(db.session, run, workplace(), clock.now())
    try:
        pieces = export_files().get_pieces(run.stored or "")
    except KeyError:
        gone = say("文件已不在，请重新生成")
        raise Refused(refuse("R-CONF-12", "wrong_state", gone)) from None
    return download(pieces, _name(run))


def _do() -> Any:
    """What the button says of the export that is named."""
    what = request.form.get("what")
    with writing(db.session):
        run = _mine(request.form.get("id", ""))
        if what == "cancel":
            exports.cancel(db.session, run, workplace(), clock.now())
        elif what == "anew":
            exports.ask_anew(db.session, run, workplace(), clock.now())
        else:
            abort(404)
    flash(_("已取消导出") if what == "cancel" else _("正在准备，完成后在“我的导出”下载"), "success")
    return redirect(url_for("exports.mine"))


def _mine(public_id: str) -> ExportRun:
    run = exports.find(db.session, public_id[:24])
    if run is None:
        abort(404)
    return run


def _name(run: ExportRun) -> str:
    """What the file is called, as a direct export is: the day is that on which it was asked for."""
    day = run.asked_at.astimezone(reading().zone).strftime("%Y%m%d")
    rows = _("%(n)s条", n=run.total)
    return f"{words(register_named(run.table_name).declaration.title)}-{day}-{rows}.{run.kind}"


def _page(refusal: Refused | None) -> SimpleNamespace:
    rows = [_row(run) for run in exports.mine(db.session)]
    g.crumbs = [(_("我的导出"), None)]
    return SimpleNamespace(
        title=_("我的导出"), refusals=boxes(refusal) if refusal else [], rows=rows,
        going_on=any(row.going_on for row in rows),
    )  # fmt: skip


def _row(run: ExportRun) -> SimpleNamespace:
    """One export as exports.html shows it; of a register that one may no longer export, no more than that there was one."""
    stage = exports.settled(db.session, run, workplace(), clock.now())
    progress = exports.progress(run, workplace()) if stage is Stage.MAKING else None
    may = g.person.reach(Action.EXPORT, run.table_name) is not None
    fetch = may_fetch(stage, exports.powers(g.person, run.table_name) == run.powers)
    return SimpleNamespace(
        id=run.public_id, title=words(register_named(run.table_name).declaration.title),
        kind="CSV" if run.kind == "csv" else "Excel", asked=moment_text(run.asked_at),
        conditions=[words(kept_text(one)) for one in json.loads(run.conditions)] if may else [], reason=run.reason if may else "",
        state=words(stage.title), tone=_TONES[stage], said=_said(run, stage, progress) if may else _("您已没有导出这张表的权限"),
        done=progress.done if progress else 0, total=run.total or 0, making=bool(progress and progress.total),
        url=url_for("exports.file", public_id=run.public_id) if fetch and may else None,
        blocked="" if fetch or stage is not Stage.READY else words(fetch.reason),
        may_cancel=stage in OPEN, may_anew=may and stage not in OPEN, going_on=stage in OPEN,
    )  # fmt: skip


def _said(run: ExportRun, stage: Stage, progress: Progress | None) -> str:
    """What there is to know besides the state."""
    if progress and progress.total:
        return _("已完成 %(done)s / %(total)s 条", done=f"{progress.done:,}", total=f"{progress.total:,}")
    if stage is Stage.READY:
        told = {"n": f"{run.total or 0:,}", "size": _size(run.size or 0), "until": moment_text(run.expires_at)}
        return _("%(n)s 条，%(size)s，%(until)s 前可下载", **told)
    if stage is Stage.FAILED:
        return words(kept_text(run.failure)) if run.failure else ""
    if stage is Stage.INTERRUPTED:
        return _("程序中途停止，请重新生成")
    return _("文件已删除，可重新生成") if stage is Stage.EXPIRED else ""


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"

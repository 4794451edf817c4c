"""A batch at work without its browser: begun in a thread of this process, watched and taken up again at its address."""

from threading import Thread
from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, request
from flask_admin import expose
from flask_babel import gettext as _

from ...background import Claim, Progress, Workplace
from ...database import db
from ...permissions import Action
from ...sheets import batches, runs
from ...storage import files
from ...verdicts import Refused
from ...working.imports import ImportBatch
from ..policy import policy
from ..words import words
from .import_pages import tag_of

#: somebody is about it
_AT_WORK = (runs.WRITING, runs.UNDOING)


def workplace() -> Workplace:
    """The works under way of the running application."""
    return Workplace(current_app.config["SETTINGS"].data_dir)


class ImportRunScreens:
    """What becomes of a large batch, of a register's screen."""

    def elsewhere(self, kept: ImportBatch, *wanted: str) -> Any:
        """Where to go instead of a step that is for batches in the states *wanted*; None when it is for this one."""
        if runs.state_of(kept, workplace()) in _AT_WORK:
            return redirect(self.step(kept, "run"))
        if kept.state in wanted:
            return None
        return redirect(self.step(kept, "" if kept.state == batches.UPLOADED else "done"))

    def begin(self, kept: ImportBatch, asked: runs.Asked) -> Any:
        """Have *asked* done in a thread; the answer leads to where it can be watched."""
        place, watch = workplace(), self.step(kept, "run")
        run = runs.Run(kept.id, self.person.id, request.remote_addr)
        try:
            claim = runs.ask(db.session, kept, asked, place)
        except Refused as refused:
            if refused.verdict.code not in ("at_work", "wrong_state"):
                raise
            flash(words(refused.verdict.reason), "warning")
            return redirect(watch)
        app = current_app._get_current_object()
        try:
            Thread(target=_perform, args=(app, run, claim, place), name="import", daemon=True).start()
        except RuntimeError:  # no thread to be had: it may be begun again
            claim.release()
            raise
        return redirect(watch)

    @expose("/import/<batch>/run/", methods=("GET", "POST"))
    @policy(Action.IMPORT)
    def import_run_view(self, batch: str) -> Any:
        """How far it is, or why it isn't done and what to do about that (R-IMPT-06)."""
        self.work()
        kept = self.batch(batch)
        state = runs.settled(db.session, kept, workplace())
        asked = runs.asked_of(kept)
        if asked is None:
            return redirect(self.step(kept, "" if kept.state == batches.UPLOADED else "done"))
        if request.method == "POST":
            return self._answer(kept, asked)
        page = _run_page(kept, asked, state)
        page.check_url = self.step(kept, "check") if asked.what == runs.WRITE else None
        self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, None))
        return render_template("import_run.html", page=page)

    def _answer(self, kept: ImportBatch, asked: runs.Asked) -> Any:
        if request.form.get("answer") == "again":
            return self.begin(kept, runs.Asked(asked.what, asked.how, asked.expected, asked.reason))
        if "confirmed" not in request.form:
            page = _drop_page(kept, self.step(kept, "run"))
            self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, page.cancel_url), (page.title, None))
            return render_template("confirm.html", page=page)
        done, watch = self.step(kept, "done"), self.step(kept, "run")
        try:
            runs.drop(db.session, files(), kept, workplace())
        except Refused as refused:
            if refused.verdict.code not in ("at_work", "wrong_state"):
                raise
            flash(words(refused.verdict.reason), "warning")
            return redirect(watch)
        return redirect(done)


def _perform(app: Flask, run: runs.Run, claim: Claim, place: Workplace) -> None:
    with app.app_context():
        run.perform(db.session, files(), claim, place)


def _run_page(kept: ImportBatch, asked: runs.Asked, state: str) -> SimpleNamespace:
    progress = runs.progress_of(kept, workplace()) or Progress("")
    writes = asked.what == runs.WRITE
    text = {
        runs.FAILED: words(asked.failure),
        runs.INTERRUPTED: _("程序中途停了，这批没有写入任何数据。可以重新开始，会先再检查一遍；也可以放弃这批。")
        if writes
        else _("程序中途停了，没有撤销任何记录。可以重新开始。"),
    }.get(state, "")
    return SimpleNamespace(
        title=_titles(writes, state in _AT_WORK), file_name=kept.filename, state=tag_of(state), text=text,
        progress=_bar(progress) if state in _AT_WORK else None, again=_("重新开始"), may_drop=writes,
        drop_words=_dropping(),
    )  # fmt: skip


def _titles(writes: bool, at_work: bool) -> str:
    if at_work:
        return _("正在导入") if writes else _("正在撤销")
    return _("导入没有完成") if writes else _("撤销没有完成")


def _drop_page(kept: ImportBatch, cancel_url: str) -> SimpleNamespace:
    """The question before a batch is dropped, for browsers without scripts."""
    return SimpleNamespace(
        title=_("放弃这批"), thing=kept.filename, text=_dropping(), depends=[], error=None, hidden=[("answer", "drop")],
        needs_reason=False, reason="", needs_password=False, button=_("放弃这批"), kind="danger", cancel_url=cancel_url,
    )  # fmt: skip


def _dropping() -> str:
    return _("文件会被删除，登记里没有写入任何数据。")


def _bar(progress: Progress) -> dict[str, Any]:
    stages = {
        "": _("正在开始"), "waiting": _("等前面的一批导入完"), "reading": _("正在读取文件"), "checking": _("正在检查"),
        "writing": _("正在写入"), "keeping": _("正在记下每一行"), "undoing": _("正在撤销"),
    }  # fmt: skip
    count = _("%(done)s / %(total)s", done=progress.done, total=progress.total) if progress.total else ""
    return {"done": progress.done, "total": progress.total, "text": stages[progress.stage], "count": count}

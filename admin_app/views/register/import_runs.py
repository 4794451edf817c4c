"""A batch at work without its browser: begun in a thread of this process, watched and taken up again at its address."""

from collections.abc import Callable
from datetime import datetime
from threading import Thread
from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app, flash, g, redirect, render_template, request
from flask_admin import expose
from flask_babel import gettext as _

from ...background import Claim, Progress, Workplace
from ...database import db
from ...guard.session import acting
from ...permissions import Action
from ...sheets import batches, kept_checks, runs
from ...sheets.choices import Choices
from ...sheets.outcome import Check
from ...sheets.reading import Table, Unreadable
from ...sheets.undoing import Undone
from ...sheets.work import Work
from ...storage import files, held_files
from ...verdicts import Refused
from ...working.imports import ImportBatch
from ..language import language
from ..policy import policy
from ..words import reading, words
from .import_check_page import check_page
from .import_pages import left_out, tag_of

#: of the first lines' faults as many are shown cell by cell; equal ones stand together above
_FIRST_FAULTS = 10
#: somebody is about it
_AT_WORK = (runs.CHECKING, runs.WRITING, runs.LOOKING, runs.UNDOING)


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
        teller = runs.Teller(language(), _told, held_files())
        run = runs.Run(kept.id, self.person.id, teller, request.remote_addr)
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
        work, kept = self.work(), self.batch(batch)
        state = runs.settled(db.session, kept, workplace())
        asked = runs.asked_of(kept)
        if asked is None:
            return redirect(self.step(kept, self._where(kept)))
        if request.method == "POST":
            return self._answer(kept, asked)
        page = _run_page(kept, asked, state)
        page.check_url = self.step(kept, "check") if asked.what == runs.WRITE else None
        page.back_url = self.step(kept) if asked.what == runs.CHECK else None
        page.first = self._first_lines(kept, work) if state == runs.CHECKING and "watched" not in request.args else None
        self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, None))
        return render_template("import_run.html", page=page)

    def made_of(self, kept: ImportBatch) -> str:
        """What a check of *kept* would be made of now, for this reader."""
        return kept_checks.made_of(kept, self.person, language())

    def check_again(self, kept: ImportBatch) -> str:
        """Instead of a check that isn't kept for this reader, or no more: nothing is begun by looking."""
        page = _run_page(kept, runs.Asked(runs.CHECK), kept.state)
        page.title, page.text = _("再检查一次"), _("检查结果没有保留，或者之后改了权限、语言。请再检查一次。")
        page.again, page.back_url = _("检查"), self.step(kept)
        return self._ask_first(kept, page)

    def look_first(self, kept: ImportBatch) -> str:
        """Before the question whether a large batch is to be undone."""
        page = _run_page(kept, runs.Asked(runs.LOOK), kept.state)
        page.title, page.text = _("撤销这批导入"), _("这批记录较多，先核对哪些可以撤销；核对不改动任何记录。")
        page.again, page.back_url = _("核对"), self.step(kept, "done")
        return self._ask_first(kept, page)

    def _ask_first(self, kept: ImportBatch, page: SimpleNamespace) -> str:
        page.may_drop, page.may_put_away, page.check_url, page.first = False, False, None, None
        self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, page.back_url), (page.title, None))
        return render_template("import_run.html", page=page)

    def _where(self, kept: ImportBatch) -> str:
        """The step that a batch at rest is at."""
        if kept.state == batches.UPLOADED:
            return "check" if kept.checked else ""
        return "undo" if kept.state == batches.WRITTEN and self.looked(kept) else "done"

    def looked(self, kept: ImportBatch) -> tuple[Undone, datetime] | None:
        """What undoing *kept* would do as was found in the background, and when; None where that isn't kept."""
        found = kept_checks.page_of(held_files(), kept, self.made_of(kept)) or {}
        if "outlook" not in found:
            return None
        return Undone.from_json(found["outlook"]), datetime.fromisoformat(found["at"])

    def _first_lines(self, kept: ImportBatch, work: Work) -> SimpleNamespace | None:
        """What the first lines alone come to, while the others are looked at; None where they don't come to a check."""
        try:
            table = batches.read_batch_head(work, files(), kept)
            check = batches.check_batch(work, table, Choices.from_json(kept.choices))
        except (Unreadable, Refused):  # the whole check says why
            return None
        page = check_page(kept, check, db.session, self.person, reading())
        page.faults, page.more_faults_text = page.faults[:_FIRST_FAULTS], None
        return page

    def _answer(self, kept: ImportBatch, asked: runs.Asked) -> Any:
        if request.form.get("answer") == "stop":
            workplace().stop(kept.public_id)
            return redirect(self.step(kept, "run"))
        if request.form.get("answer") == "again":
            return self.begin(kept, runs.Asked(asked.what, asked.how, asked.expected, asked.reason))
        if asked.what in (runs.LOOK, runs.UNDO):
            return self._give_up(kept, runs.put_away, db.session)
        if "confirmed" not in request.form:
            page = _drop_page(kept, self.step(kept, "run"))
            self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, page.cancel_url), (page.title, None))
            return render_template("confirm.html", page=page)
        return self._give_up(kept, runs.drop, db.session, files(), held_files())

    def _give_up(self, kept: ImportBatch, how: Callable[..., None], *of: Any) -> Any:
        """Drop the batch, or put its undo away; while somebody is about it, that is said instead."""
        done, watch = self.step(kept, "done"), self.step(kept, "run")
        try:
            how(*of, kept, workplace())
        except Refused as refused:
            if refused.verdict.code not in ("at_work", "wrong_state"):
                raise
            flash(words(refused.verdict.reason), "warning")
            return redirect(watch)
        return redirect(done)


def _told(kept: ImportBatch, table: Table, check: Check) -> dict[str, Any]:
    page = check_page(kept, check, db.session, acting(db.session), reading())
    return vars(page) | {"left_out": left_out(table)}


def _perform(app: Flask, run: runs.Run, claim: Claim, place: Workplace) -> None:
    with app.app_context():
        g.language = run.teller.language
        run.perform(db.session, files(), claim, place)


def _run_page(kept: ImportBatch, asked: runs.Asked, state: str) -> SimpleNamespace:
    progress = runs.progress_of(kept, workplace()) or Progress("")
    cut = {
        runs.CHECK: _("程序中途停了，检查没有做完。可以重新开始，也可以放弃这批。"),
        runs.WRITE: _("程序中途停了，这批没有写入任何数据。可以重新开始，会先再检查一遍；也可以放弃这批。"),
        runs.LOOK: _("程序中途停了，没有核对完。可以重新开始。"),
        runs.UNDO: _("程序中途停了，没有撤销任何记录。可以重新开始。"),
    }[asked.what]
    undoing = asked.what in (runs.LOOK, runs.UNDO)
    return SimpleNamespace(
        title=_title(asked.what, state in _AT_WORK), file_name=kept.filename, state=tag_of(state),
        text={runs.FAILED: words(asked.failure), runs.INTERRUPTED: cut}.get(state, ""),
        progress=_bar(progress) if state in _AT_WORK else None, stop_words=_stopping(asked.what),
        again=_("重新开始"), may_drop=not undoing, may_put_away=undoing,
        drop_words=_dropping(), step="check" if asked.what == runs.CHECK else "done",
    )  # fmt: skip


def _stopping(what: str) -> str:
    return {
        runs.CHECK: _("停止检查？文件还在，可以再检查。"),
        runs.WRITE: _("停止导入？这批不会写入任何数据，可以再导入。"),
        runs.LOOK: _("停止核对？没有撤销任何记录。"),
        runs.UNDO: _("停止撤销？已导入的记录都会留着。"),
    }[what]


def _title(what: str, at_work: bool) -> str:
    if at_work:
        return {
            runs.CHECK: _("正在检查"), runs.WRITE: _("正在导入"), runs.LOOK: _("正在核对"), runs.UNDO: _("正在撤销"),
        }[what]  # fmt: skip
    return {
        runs.CHECK: _("检查没有完成"), runs.WRITE: _("导入没有完成"), runs.LOOK: _("核对没有完成"),
        runs.UNDO: _("撤销没有完成"),
    }[what]  # fmt: skip


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
        "": _("正在开始"), "waiting": _("等前面的一批办完"), "reading": _("正在读取文件"), "checking": _("正在检查"),
        "writing": _("正在写入"), "keeping": _("正在记下每一行"), "looking": _("正在核对能撤销哪些"), "undoing": _("正在撤销"),
    }  # fmt: skip
    count = _("%(done)s / %(total)s", done=progress.done, total=progress.total) if progress.total else ""
    return {"done": progress.done, "total": progress.total, "text": stages[progress.stage], "count": count}

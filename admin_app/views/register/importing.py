"""Import of ledgers in four steps, each at an address of its own: put in, read rightly, check, done; and undone (R-IMPT-01..05).

A batch belongs to whoever put its file in; for anybody else its addresses don't exist.
"""

from pathlib import PurePath
from types import SimpleNamespace
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_admin import expose
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...operations.intakes import intake_of
from ...permissions import Action
from ...sheets import batches, kept_checks, runs
from ...sheets.choices import Choices
from ...sheets.outcome import Check
from ...sheets.reading import Table, Unreadable, read_at_once
from ...sheets.refused_file import refused_file, suffix_of
from ...sheets.template import template
from ...sheets.undoing import outlook, undo
from ...sheets.work import Work
from ...sheets.writing import ALL, GOOD, Writer
from ...storage import files, held_files
from ...verdicts import Refused, require
from ...working.imports import ImportBatch
from ..downloads import download
from ..policy import policy
from ..words import reading, words
from . import import_choices, import_pages
from .import_check_page import as_now, check_page
from .import_runs import ImportRunScreens, workplace


class ImportScreens(ImportRunScreens):
    """The import of a register's screen."""

    def work(self) -> Work:
        """An import of this person's; 404 without the right to import, refused where no ledger may enter."""
        if self.person.reach(Action.IMPORT, self.register.__tablename__) is None:
            abort(404)
        intake = intake_of(self.register)
        require(intake.may_enter(self.person))
        return Work(db.session, intake, reading(), clock.now())

    def batch(self, public_id: str) -> ImportBatch:
        batch = batches.own_batch(db.session, self.register, public_id[:24])
        if batch is None:
            abort(404)
        return batch

    def step(self, batch: ImportBatch, name: str = "") -> str:
        """The address of a step of *batch*."""
        return f"{self.base}import/{batch.public_id}/" + (f"{name}/" if name else "")

    # --- put in -------------------------------------------------------------------------------------------------

    @expose("/import/", methods=("GET", "POST"))
    @policy(Action.IMPORT)
    def import_view(self) -> Any:
        work = self.work()
        if request.method == "GET":
            return self._upload_page()
        sent = request.files.get("file")
        name, content = (sent.filename, sent.read()) if sent and sent.filename else (_("粘贴.tsv"), _pasted())
        if not content.strip():
            return self._upload_page(_("请选择文件，或粘贴表格内容"))
        try:
            table = read_at_once(content, name, work.words)
        except Unreadable as unreadable:
            return self._upload_page(words(unreadable.reason))
        stored = batches.keep_original(work, files(), content, table)
        with writing(db.session):
            batch = batches.open_batch(work, stored, content, name, table)
            address = self.step(batch)
        return redirect(address)

    def _upload_page(self, error: str | None = None) -> str:
        kept = [(batch, runs.state_of(batch, workplace())) for batch in batches.latest(db.session, self.register)]
        page = import_pages.upload_page(self.register, kept, self.base, error)
        self.crumb((page.title, None))
        return render_template("import_upload.html", page=page)

    @expose("/import/template/")
    @policy(Action.IMPORT)
    def import_template_view(self) -> Any:
        title = words(self.register.declaration.title)
        content = template(title, self.work().faces, reading(), self.register.conditionals)
        return download(content, f"{title}-{_('模板')}.xlsx")

    # --- read rightly -------------------------------------------------------------------------------------------

    @expose("/import/<batch>/", methods=("GET", "POST"))
    @policy(Action.IMPORT)
    def import_reading_view(self, batch: str) -> Any:
        work, kept = self.work(), self.batch(batch)
        if elsewhere := self.elsewhere(kept, batches.UPLOADED):
            return elsewhere
        before = Choices.from_json(kept.choices)
        try:
            table = batches.read_batch_at_once(work, files(), kept)
        except Unreadable as unreadable:  # it could be read before: the machine had more room then
            return self._upload_page(words(unreadable.reason))
        if request.method == "GET":
            return self._reading_page(kept, work, table, before)
        choices = import_choices.from_form(request.form, table, before)
        try:
            return self._read_anew(kept, work, choices)
        except Unreadable as unreadable:
            return self._reading_page(kept, work, table, before, words(unreadable.reason))
        except Refused as refused:
            return self._reading_page(kept, work, table, choices, words(refused.verdict.reason))

    def _read_anew(self, kept: ImportBatch, work: Work, choices: Choices) -> Any:
        """Read with new choices; they are kept once they give a table, and for the check once the columns are sound."""
        table = batches.read_batch_at_once(work, files(), kept, choices)
        if "check" in request.form:
            mapping = batches.mapping_of(work, table, choices)
            mapping.require()
            batches.key_in(work, table, mapping, choices)
        with writing(db.session):
            kept.choices = choices.to_json()
            kept.lines = None if table.cut else table.lines
            public_id, address = kept.public_id, self.step(kept)
        return self._to_check(self.batch(public_id)) if "check" in request.form else redirect(address)

    def _reading_page(
        self, kept: ImportBatch, work: Work, table: Table, choices: Choices, error: str | None = None
    ) -> str:
        mapping = batches.mapping_of(work, table, choices)
        earlier = batches.same_file(db.session, kept)
        key = choices.key if choices.key is not None else batches.key_last_time(work, table, mapping)
        page = import_pages.reading_page(kept, table, mapping, choices, key, work)
        page.error, page.cancel_url = error, f"{self.base}import/"
        page.earlier_url = self.step(earlier, "done") if earlier else None
        if table.cut and (told := kept_checks.page_of(held_files(), kept, self.made_of(kept))):
            page.left_out = told["left_out"]
        self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, None))
        return render_template("import_reading.html", page=page)

    # --- check and write ----------------------------------------------------------------------------------------

    @expose("/import/<batch>/check/", methods=("GET", "POST"))
    @policy(Action.IMPORT)
    def import_check_view(self, batch: str) -> Any:
        work, kept = self.work(), self.batch(batch)
        if elsewhere := self.elsewhere(kept, batches.UPLOADED):
            return elsewhere
        if request.method == "POST" and "meanings" in request.form:
            with writing(db.session):
                kept.choices = import_choices.with_meanings(request.form, Choices.from_json(kept.choices)).to_json()
            return self._to_check(self.batch(batch))
        if request.method == "POST" and request.form.get("answer") == "again":
            return self._to_check(kept)
        if request.method == "POST":
            return self._write(kept, work)
        if (page := self._check_page(kept, work)) is None:
            return self.check_again(kept)
        page.bad_file_url = self.step(kept, "refused") if page.equation["refused"] else None
        page.back_url = self.step(kept)
        self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, page.back_url), (page.title, None))
        return render_template("import_check.html", page=page)

    def _to_check(self, kept: ImportBatch) -> Any:
        """To the check of *kept*; where it takes long and isn't kept, it begins."""
        if _is_large(kept) and kept_checks.page_of(held_files(), kept, self.made_of(kept)) is None:
            return self.begin(kept, runs.Asked(runs.CHECK))
        return redirect(self.step(kept, "check"))

    def _check_page(self, kept: ImportBatch, work: Work) -> SimpleNamespace | None:
        """What the check comes to; None where that takes long and isn't kept."""
        if _is_large(kept):
            told = kept_checks.page_of(held_files(), kept, self.made_of(kept))
            return as_now(SimpleNamespace(**told), self.register, db.session) if told else None
        _table, check = self._check(kept, work)
        return check_page(kept, check, db.session, self.person, reading())

    def _check(self, kept: ImportBatch, work: Work) -> tuple[Table, Check]:
        table = batches.read_batch(work, files(), kept)
        return table, batches.check_batch(work, table, Choices.from_json(kept.choices))

    def _write(self, kept: ImportBatch, work: Work) -> Any:
        how = ALL if request.form.get("write") == ALL else GOOD
        done, again = self.step(kept, "done"), self.step(kept, "check")
        if _is_large(kept):
            return self.begin(kept, runs.Asked(runs.WRITE, how, request.form.get("seen")))
        try:
            Writer(work, files(), how, request.form.get("seen")).write(kept, batches.read_batch(work, files(), kept))
        except Refused as refused:
            if refused.verdict.code not in ("changed", "refused_lines"):
                raise
            flash(words(refused.verdict.reason), "warning")
            return redirect(again)
        return redirect(done)

    @expose("/import/<batch>/done/")
    @policy(Action.IMPORT)
    def import_done_view(self, batch: str) -> Any:
        self.work()
        kept = self.batch(batch)
        if elsewhere := self.elsewhere(kept, batches.WRITTEN, batches.UNDONE, batches.DROPPED):
            return elsewhere
        page = import_pages.done_page(kept, self.person, db.session, self.register, reading())
        page.bad_file_url = self.step(kept, "refused") if kept.refused_stored else None
        written = kept.state == batches.WRITTEN
        page.list_url, page.undo_url = (self.base, self.step(kept, "undo")) if written else (None, None)
        self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, None))
        return render_template("import_done.html", page=page)

    @expose("/import/<batch>/undo/", methods=("GET", "POST"))
    @policy(Action.IMPORT)
    def import_undo_view(self, batch: str) -> Any:
        """What undoing the batch would do, and doing it (R-IMPT-05)."""
        work, kept = self.work(), self.batch(batch)
        if elsewhere := self.elsewhere(kept, batches.WRITTEN):
            return elsewhere
        large = import_pages.written_by(kept) >= runs.BACKGROUND_FROM
        reason, error = request.form.get("reason", "").strip(), None
        if large and request.form.get("answer") == "again":
            return self.begin(kept, runs.Asked(runs.LOOK))
        if request.method == "POST" and reason:
            if large:
                return self.begin(kept, runs.Asked(runs.UNDO, reason=reason[:200]))
            undo(work, kept, reason)
            return redirect(self.step(self.batch(batch), "done"))
        if request.method == "POST":
            error = _("请写明原因")
        looked = self.looked(kept) if large else (outlook(work, kept), None)
        if looked is None:
            return self.look_first(kept)
        page = import_pages.undo_page(kept, *looked, error, self.step(kept, "done"))
        self.crumb((_("导入"), f"{self.base}import/"), (kept.filename, page.cancel_url), (page.title, None))
        return render_template("confirm.html", page=page)

    @expose("/import/<batch>/refused/")
    @policy(Action.IMPORT)
    def import_refused_view(self, batch: str) -> Any:
        """The refused lines as a file: as kept when the batch was written, before that as the check finds them."""
        work, kept = self.work(), self.batch(batch)
        name = PurePath(kept.filename)
        if kept.state != batches.UPLOADED:
            if not kept.refused_stored:
                abort(404)
            content = files().get(kept.refused_stored)
        elif _is_large(kept):
            content = kept_checks.refused_of(held_files(), kept, self.made_of(kept))
            if content is None:
                return redirect(self.step(kept, "check"))
        else:
            content = refused_file(*self._check(kept, work)).content
        return download(content, f"{name.stem}-{_('问题行')}{suffix_of(content, name.suffix)}")


def _is_large(kept: ImportBatch) -> bool:
    """Whether the browser doesn't wait for what is done with it."""
    return kept.lines is None or kept.lines >= runs.BACKGROUND_FROM


def _pasted() -> bytes:
    """Text copied from a spreadsheet."""
    return request.form.get("pasted", "").encode()

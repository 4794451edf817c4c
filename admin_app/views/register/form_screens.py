"""Adding and editing a record in its form: what was typed comes back with every fault and every refusal."""

from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, request
from flask_admin import expose
from flask_babel import gettext as _

from ...database import db
from ...fields import Face
from ...guard import writing
from ...guard.cells import Row
from ...models import Register
from ...operations import clashes, constraints, links, records
from ...operations.alike import alike
from ...operations.closing import is_closed
from ...operations.followups import may_touch
from ...operations.values import writable
from ...permissions import Action
from ...rules.combining import first_refusal
from ...rules.signatures import is_open
from ...storage import StoreUnavailable
from ...verdicts import Refused, require
from .. import no_files
from ..addresses import page_of
from ..policy import policy
from ..refusals import boxes, note_refusal
from ..words import reading, words
from . import form_page, picking, uploads
from .carrying import carry
from .clash_page import clash_rows
from .tellings import tellings


class FormScreens:
    """The forms of a register's screen."""

    @expose("/new/", methods=("GET", "POST"))
    @policy(Action.ADD)
    def create_view(self) -> Any:
        self.need(Action.ADD)
        faces = writable(self.register, self.person)
        typed = self.proposed(faces)
        title = _("新增：%(title)s", title=words(self.register.declaration.title))
        more = {"alike": self.told_alike(), **picking.form_options(self.register)}
        if request.method == "GET":
            return self.show_form(faces, typed, None, title, carried=carry(self, faces, typed), **more)
        typed = self.read(faces, None)
        try:
            if not typed.faults:
                record = self.save_new(typed)
                return self.saved(record, _("已新增：%(title)s", title=self.title(record)))
        except constraints.Broken as broken:
            typed.refuse(broken, faces)
        except Refused as refused:
            return self.show_refused(refused, faces, typed, None, title, **more)
        except StoreUnavailable as error:
            return self.show_unstored(error, faces, typed, None, title, **more)
        return self.show_form(faces, typed, None, title, **more)

    @expose("/edit/", methods=("GET", "POST"))
    @policy(Action.EDIT)
    def edit_view(self) -> Any:
        record = self.record()
        row = self.row(record, "form")
        self.need(Action.EDIT, row.facts)
        require(first_refusal(is_open(is_closed(record)), may_touch(record)))
        faces = writable(self.register, self.person, row.facts)
        title = _("编辑：%(title)s", title=self.title(record))
        if request.method == "GET":
            return self.show_form(faces, form_page.Typed(), row, title)
        typed = self.read(faces, row)
        try:
            if not typed.faults:
                record = self.save_changed(typed, typed.version or 0)
                return self.saved(record, _("已保存：%(title)s", title=self.title(record)))
        except clashes.Outdated as outdated:
            return self.show_clash(faces, typed, outdated, title)
        except constraints.Broken as broken:
            typed.refuse(broken, faces)
            row = self.row(self.record(), "form")
        except Refused as refused:
            return self.show_refused(refused, faces, typed, row, title)
        except StoreUnavailable as error:
            return self.show_unstored(error, faces, typed, row, title)
        return self.show_form(faces, typed, row, title)

    @expose("/alike/", methods=("POST",))
    @policy(Action.ADD)
    def alike_view(self) -> Any:
        """What there is already like what is being typed; asked by POST, since addresses are logged."""
        self.need(Action.ADD)
        found = alike(db.session, self.register, request.form, self.person, reading())
        page = SimpleNamespace(rows=[{"title": title, "url": page_of(self.register, id_)} for id_, title in found])
        return render_template("parts/alike.html", page=page)

    def told_alike(self) -> dict[str, str] | None:
        """What the form of a new record asks while it is typed (``alike_view``)."""
        return {"names": self.register.told_by, "url": f"{self.base}alike/"} if self.register.told_by else None

    def proposed(self, faces: list[Face]) -> form_page.Typed:
        """What a new form starts with: values handed over in the address (a customer's visit, the last entry's day)."""
        typed = form_page.Typed()
        for face in faces:
            text = request.args.get(face.name)
            if text and face.to:
                linked_to = links.by_public_id(db.session, face.to, text[:24])
                if linked_to is not None:
                    typed.texts[face.name], typed.shown[face.name] = text, self.title_of_link(face, linked_to)
            elif text:
                typed.texts[face.name] = text
        return typed

    def read(self, faces: list[Face], row: Row | None) -> form_page.Typed:
        typed = form_page.read_form(request.form, faces, self.register, reading(), self.find_link, row)
        typed.uploads, faults = uploads.sent(self.register, faces)
        typed.read.faults = {name: fault for name, fault in typed.faults.items() if name not in typed.uploads} | faults
        return typed

    def save_new(self, typed: form_page.Typed) -> Register:
        with uploads.kept(typed), constraints.told(self.register), writing(db.session):
            return records.add(db.session, self.register, typed.values(level=None), typed.line_values())

    def save_changed(self, typed: form_page.Typed, version: int) -> Register:
        with uploads.kept(typed), constraints.told(self.register), writing(db.session):
            record = self.record()
            clashes.check_version(db.session, record, version)
            sides = {name[6:]: side for name, side in request.form.items() if name.startswith("clash-")}
            theirs = {name for name, side in sides.items() if side == "theirs"}
            return records.change(db.session, record, typed.values(record.level, theirs), typed.line_values(theirs))

    def show_form(self, faces: list[Face], typed: form_page.Typed, row: Row | None, title: str, **more: Any) -> Any:
        cancel = self.details_url(row.record) if row else self.base
        page = form_page.form_page(self.register, faces, reading(), typed, row, title=title, cancel_url=cancel, **more)
        self.crumb((title, None))
        return render_template("form.html", page=page)

    def show_refused(
        self, refused: Refused, faces: list[Face], typed: form_page.Typed, row: Row | None, title: str, **more: Any
    ) -> Any:
        """The form again with what the rule says; nothing typed is lost (R-SIGN-06)."""
        note_refusal(refused)
        if row is not None:
            row = self.row(self.record(), "form")
        return self.show_form(faces, typed, row, title, refusal=boxes(refused)[0], **more), refused.status

    def show_unstored(
        self,
        error: StoreUnavailable,
        faces: list[Face],
        typed: form_page.Typed,
        row: Row | None,
        title: str,
        **more: Any,
    ) -> Any:
        """The form again, its files held on this machine, so that none has to be chosen anew (R-SIGN-05)."""
        return self.show_form(faces, typed, row, title, refusal=no_files.box(error), **more), 503

    def show_clash(self, faces: list[Face], typed: form_page.Typed, outdated: clashes.Outdated, title: str) -> Any:
        """Mine, theirs and the original side by side; nothing typed is lost (R-LIST-04)."""
        row, typed.version = self.row(self.record(), "form"), outdated.version
        return self.show_form(faces, typed, row, title, clash=clash_rows(db.session, outdated, row, typed)), 409

    def saved(self, record: Register, message: str) -> Any:
        """Where to go after saving: on with another, on with this one, or to its page; one may no longer see it."""
        visible = records.find(db.session, self.register, record.public_id) is not None
        if visible and picking.key():
            return picking.handed_back(record, self.title(record), message)
        flash(message, "success")
        if "_add_another" in request.form:
            for text in tellings(self.row(record, None)) if visible else ():
                flash(words(text), "warning")
            after = f"?after={record.public_id}" if visible and self.register.carried else ""
            return redirect(f"{self.base}new/{after}")
        if not visible:
            return redirect(self.base)
        kind = "edit" if "_continue_editing" in request.form else "details"
        return redirect(f"{self.base}{kind}/?id={record.public_id}")

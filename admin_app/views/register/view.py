"""The screen of one register under ``/admin/<table>/``: list, new, edit, details, void, restore, bulk, look-up, reveal.

Built on Flask-Admin's BaseView: its ModelView freezes columns, filters and forms at start-up, which would give everyone
the first person's columns. Every handler asks for its right on the register; without it the address doesn't exist.
"""

from types import SimpleNamespace
from typing import Any

from flask import Response, abort, flash, g, jsonify, redirect, render_template, request
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ... import clock
from ...database import db
from ...fields import Face
from ...guard import trail, writing
from ...guard.cells import Row
from ...guard.shown import rows_of
from ...guard.titles import called, linked
from ...models import Register, lines_of
from ...operations import clashes, constraints, links, lookups, records
from ...operations.alike import alike
from ...operations.closing import is_closed
from ...operations.values import writable
from ...permissions import Action, Facts, Person, View
from ...rules.rights import may_do
from ...rules.signatures import is_open
from ...texts import say
from ...verdicts import Refused, refuse, require
from ..addresses import page_of
from ..areas import area_of
from ..opened import opened
from ..pages import printed
from ..policy import policy
from ..words import counted, reading, words
from . import attachments, bulk, form_page, kept_lists, picking, reverting, signing, slip_page, uploads, why_page
from .address import Address, read_address
from .carrying import carry
from .clash_page import clash_rows
from .details_page import details_page
from .exporting import ExportScreens
from .filters import Asker
from .importing import ImportScreens
from .list_page import list_page


class RegisterView(ImportScreens, ExportScreens, BaseView):
    """The generic screen of *register*."""

    def __init__(self, register: type[Register]):
        table = register.__tablename__
        super().__init__(name=register.declaration.title, endpoint=table, url=f"/admin/{table}")
        self.register = register

    def is_accessible(self) -> bool:
        """Closed unless the person has some right on this register."""
        return g.person is not None and self.register.__tablename__ in g.person.rights

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:
        abort(404)

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        """Flask-Admin's takes a TypeError inside a handler for a handler of another form, and hides it."""
        return fn(self, *args, **kwargs)

    @property
    def person(self) -> Person:
        return g.person

    @property
    def base(self) -> str:
        return page_of(self.register)

    def details_url(self, record: Register) -> str:
        """The address of a record's page."""
        return page_of(self.register, record.public_id)

    # --- list ---------------------------------------------------------------------------------------------------

    @expose("/")
    @policy(Action.SEE)
    def index_view(self) -> Any:
        if (kept := kept_lists.opening(db.session, self.register.__tablename__, self.person, self.base)) is not None:
            return kept
        page = self.listed(self.address(request.args))
        self.crumb()
        return render_template("list.html", page=page)

    def listed(self, address: Address) -> SimpleNamespace:
        """The list of *address* as list.html reads it."""
        return list_page(db.session, address, self.person, reading(), exact=request.args.get("count") == "1")

    def address(self, args: MultiDict[str, str]) -> Address:
        """What a list's address says to this person; voided rows are for who may void."""
        asker = Asker(self.register, self.person, reading(), clock.now(), self.find_named)
        address = read_address(asker, args)
        address.whole = kept_lists.whole(db.session, self.register.__tablename__, self.person)
        if address.voided and self.person.reach(Action.VOID, self.register.__tablename__) is None:
            abort(404)
        return address

    def crumb(self, *more: tuple[str, str | None]) -> None:
        title = words(self.register.declaration.title)
        here = [(title, self.base if more else None), *more]
        g.crumbs = [(words(area_of(self.register).title), None), *here]

    # --- one record ---------------------------------------------------------------------------------------------

    def record(self) -> Register:
        """The record named in the address; hidden and absent alike are 404 (R-CONF-02)."""
        record = records.find(db.session, self.register, request.values.get("id", "")[:24])
        if record is None:
            abort(404)
        return record

    def row(self, record: Register, via: str | None = "details") -> Row:
        """*record* as this person gets it, with titles of links; *via* names the page that shows it, None is no page."""
        if via == "details":
            opened(record)
        links = [face for face in self.register.faces.values() if face.to or face.kind.name == "rows"]
        return rows_of(db.session, self.register, [record], links, reading(), via)[0]

    @expose("/details/")
    @policy(Action.SEE)
    def details_view(self) -> Any:
        page = details_page(db.session, self.row(self.record(), "details"), request.args.get("tab"))
        self.crumb((page.title, None))
        return render_template("details.html", page=page)

    @expose("/slip/")
    @policy(Action.SEE)
    def slip_view(self) -> Any:
        """The record on the paper that is signed; who sees it may print it, and it counts as seen (R-AUDT-01)."""
        if self.register.on_paper is None:
            abort(404)
        row = self.row(self.record(), "slip")
        page = self.slip(row)
        self.crumb((self.title(row.record), page.back_url), (page.title, None))
        return render_template("slip.html", page=page, printed=printed(page.title))

    def slip(self, row: Row) -> SimpleNamespace:
        """The paper of the record of *row*."""
        return slip_page.slip_page(row, slip_page.places_of(row))

    @expose("/why/")
    @policy(Action.SEE)
    def why_view(self) -> Any:
        """What one may do with a record and why not more; admin asks for anybody (R-SIGN-06)."""
        return why_page.show(self)

    @expose("/reveal/", methods=("POST",))
    @policy(Action.REVEAL)
    def reveal_view(self) -> Any:
        """One masked field in full, with a reason, audited (R-CONF-06)."""
        face = self.register.faces.get(request.args.get("field", ""))
        if face is None or self.row(self.record(), None).view(face) is not View.REVEALABLE:
            abort(404)
        reason = request.form.get("reason", "").strip()
        if not reason:
            raise Refused(refuse("R-CONF-06", "no_reason", say("请写明查看原因")))
        with writing(db.session):
            record = self.record()
            trail.note(db.session, "revealed", record, field=face.name, reason=reason[:200])
            value = getattr(record, face.name)
        return jsonify(text="" if value is None else face.kind.text(value, reading()))

    @expose("/file/")
    @policy(Action.SEE)
    def file_view(self) -> Any:
        """An uploaded file of a record."""
        return attachments.send(self)

    @expose("/revert/", methods=("GET", "POST"))
    @policy(Action.EDIT)
    def revert_view(self) -> Any:
        """An earlier state of a record brought back, asked first."""
        return reverting.run(self)

    @expose("/sign/", methods=("GET", "POST"))
    @policy(Action.SEE)
    def sign_view(self) -> Any:
        """A signature on the form itself (R-ROLE-04, R-ROLE-05)."""
        return signing.run(self)

    # --- add and edit -------------------------------------------------------------------------------------------

    @expose("/new/", methods=("GET", "POST"))
    @policy(Action.ADD)
    def create_view(self) -> Any:
        self.need(Action.ADD)
        faces = writable(self.register, self.person)
        typed = self.proposed(faces)
        carried = carry(self, faces, typed) if request.method == "GET" else None
        if request.method == "POST":
            typed = self.read(faces, None)
            try:
                if not typed.faults:
                    record = self.save_new(typed)
                    return self.saved(record, _("已新增：%(title)s", title=self.title(record)))
            except constraints.Broken as broken:
                typed.refuse(broken, faces)
        title = _("新增：%(title)s", title=words(self.register.declaration.title))
        options = picking.form_options(self.register)
        return self.show_form(faces, typed, None, title, alike=self.told_alike(), carried=carried, **options)

    def told_alike(self) -> dict[str, str] | None:
        """What the form of a new record asks while it is typed (``alike_view``)."""
        return {"names": self.register.told_by, "url": f"{self.base}alike/"} if self.register.told_by else None

    @expose("/alike/", methods=("POST",))
    @policy(Action.ADD)
    def alike_view(self) -> Any:
        """What there is already like what is being typed; asked by POST, since addresses are logged."""
        self.need(Action.ADD)
        found = alike(db.session, self.register, request.form, self.person, reading())
        page = SimpleNamespace(rows=[{"title": title, "url": page_of(self.register, id_)} for id_, title in found])
        return render_template("parts/alike.html", page=page)

    @expose("/edit/", methods=("GET", "POST"))
    @policy(Action.EDIT)
    def edit_view(self) -> Any:
        record = self.record()
        row = self.row(record, "form")
        self.need(Action.EDIT, row.facts)
        require(is_open(is_closed(record)))
        faces = writable(self.register, self.person, row.facts)
        title, typed = _("编辑：%(title)s", title=self.title(record)), form_page.Typed()
        if request.method == "POST":
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
        return self.show_form(faces, typed, row, title)

    def need(self, action: Action, facts: Facts | None = None) -> None:
        """404 without the right anywhere on the register, 403 with the rule where only this record is out of reach."""
        if self.person.reach(action, self.register.__tablename__) is None and facts is None:
            abort(404)
        if action in (Action.ADD, Action.EDIT):
            require(records.by_hand(self.register))
        require(may_do(self.person, action, self.register, facts))

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

    def title_of_link(self, face: Face, id_: int) -> str:
        return linked(db.session, face.to or "", [id_], self.person, reading())[id_][0]

    def read(self, faces: list[Face], row: Row | None) -> form_page.Typed:
        typed = form_page.read_form(request.form, faces, self.register, reading(), self.find_link, row)
        typed.uploads, faults = uploads.sent(self.register, faces)
        typed.read.faults = {name: fault for name, fault in typed.faults.items() if name not in typed.uploads} | faults
        return typed

    def find_link(self, face: Face, text: str) -> int:
        return links.named(db.session, face.to or "", text, reading())

    def find_named(self, face: Face, text: str) -> tuple[int, str]:
        """The record a filter means and what it is called."""
        id_ = self.find_link(face, text)
        return id_, self.title_of_link(face, id_)

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
            after = f"?after={record.public_id}" if visible and self.register.carried else ""
            return redirect(f"{self.base}new/{after}")
        if not visible:
            return redirect(self.base)
        kind = "edit" if "_continue_editing" in request.form else "details"
        return redirect(f"{self.base}{kind}/?id={record.public_id}")

    def title(self, record: Register) -> str:
        return called(db.session, record, self.person, reading())

    # --- void, restore, bulk ------------------------------------------------------------------------------------

    @expose("/delete/", methods=("GET", "POST"))
    @policy(Action.VOID)
    def delete_view(self) -> Any:
        """Void one record, with a reason; asked on a page of its own where scripts don't ask (R-LIST-03)."""
        return self.confirmed("void", _("作废"), needs_reason=True)

    @expose("/restore/", methods=("GET", "POST"))
    @policy(Action.VOID)
    def restore_view(self) -> Any:
        return self.confirmed("restore", _("恢复"), needs_reason=False)

    def confirmed(self, what: str, button: str, needs_reason: bool) -> Any:
        record = self.record()
        self.need(Action.VOID, records.facts(db.session, record))
        reason = request.form.get("reason", "").strip()
        if request.method == "POST" and (reason or not needs_reason):
            with writing(db.session):
                record = self.record()
                clashes.hold(db.session, record)
                title = self.title(record)
                if what == "void":
                    records.void(db.session, record, reason)
                else:
                    records.restore(db.session, record)
            flash(_("已%(done)s：%(title)s", done=button, title=title), "success")
            return redirect(self.base)
        asked = request.form.get("confirmed") == "yes"
        page = SimpleNamespace(
            title=_("%(what)s这条记录", what=button), thing=self.title(record), text=None, needs_reason=needs_reason,
            depends=self.depending(record) if what == "void" else [], reason="", needs_password=False,
            error=_("请写明原因") if asked and needs_reason else None, button=button,
            kind="danger" if what == "void" else "primary",
            hidden=[("id", record.public_id)], cancel_url=self.details_url(record),
        )  # fmt: skip
        self.crumb((page.title, None))
        return render_template("confirm.html", page=page)

    def depending(self, record: Register) -> list[dict[str, Any]]:
        hanging = lookups.depending(db.session, record)
        return [{"label": words(register.declaration.title), "count_text": counted(number), "url": None}
                for register, number in hanging]  # fmt: skip

    @expose("/action/", methods=("POST",))
    @policy(Action.VOID)
    def action_view(self) -> Any:
        """A bulk action on the chosen rows or on all that match: the count first, the outcome after (R-LIST-02)."""
        self.need(Action.VOID)
        address = self.address(MultiDict((n, v) for n, v in request.form.items(multi=True) if n not in bulk.OWN))
        return bulk.run(self, address)

    # --- look-up ------------------------------------------------------------------------------------------------

    @expose("/ajax/lookup/")
    @policy(Action.SEE)
    def ajax_lookup(self) -> Response:
        """At most ten visible records that a link of this register could lead to: ``[[id, title, second line], …]``."""
        face = self.link_named(request.args.get("name", ""))
        if face is None or not face.to:
            abort(404)
        text = request.args.get("query", "").strip()[:60]
        return jsonify(lookups.offered(db.session, face.to, text, self.person, reading()))

    def link_named(self, name: str) -> Face | None:
        """The link a look-up is for: one of the register's, or ``<rows>.<column>`` of its child lines."""
        field, _dot, column = name.partition(".")
        face = self.register.faces.get(field)
        if face is None or not column:
            return face
        return lines_of(self.register, face).faces.get(column) if face.kind.name == "rows" else None

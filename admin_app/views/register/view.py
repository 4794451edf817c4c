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
from ...guard import writing
from ...guard.cells import Row
from ...guard.shown import rows_of
from ...guard.titles import called, linked
from ...models import Register, lines_of
from ...operations import clashes, links, lookups, records
from ...operations.followups import may_touch
from ...permissions import Action, Facts, Person
from ...rules.rights import may_do
from ...verdicts import require
from ..addresses import page_of
from ..areas import area_of
from ..opened import opened
from ..pages import printed
from ..policy import policy
from ..words import counted, reading, words
from . import attachments, bulk, kept_lists, labels, lowering, revealing, reverting, scans, signing, slip_page, why_page
from .address import Address, read_address
from .details_page import details_page
from .exporting import ExportScreens
from .filters import Asker
from .form_screens import FormScreens
from .importing import ImportScreens
from .list_page import list_page

#: what whoever a record names may open without any right on its register
_OF_ONE_RECORD = frozenset(
    {"details_view", "slip_view", "sign_view", "why_view", "lower_view", "file_view", "scan_view", "scan_page_view"}
)


class RegisterView(FormScreens, ImportScreens, ExportScreens, BaseView):
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

    def _handle_view(self, name: str, **kwargs: Any) -> Any:
        """Without a right on it the pages of one record are left: they open where the row rule shows it (R-CONF-14)."""
        g.unnamed = bool(self.register.actors_level)  # the log keeps the secret, too (R-CONF-10)
        return None if name in _OF_ONE_RECORD else super()._handle_view(name, **kwargs)

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
        here = [(title, self.base if more and self.is_accessible() else None), *more]
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

    @expose("/labels/", methods=("GET", "POST"))
    @policy(Action.SEE)
    def labels_view(self) -> Any:
        """Labels of chosen records; who reads a record may print its label."""
        return labels.show(self)

    @expose("/why/")
    @policy(Action.SEE)
    def why_view(self) -> Any:
        """What one may do with a record and why not more; admin asks for anybody (R-SIGN-06)."""
        return why_page.show(self)

    @expose("/reveal/", methods=("GET", "POST"))
    @policy(Action.REVEAL)
    def reveal_view(self) -> Any:
        """One masked field in full, with a reason, audited (R-CONF-06)."""
        return revealing.run(self)

    @expose("/file/", methods=("GET", "POST"))
    @policy(Action.SEE)
    def file_view(self) -> Any:
        """An uploaded file of a record."""
        return attachments.send(self)

    @expose("/scan/")
    @policy(Action.SEE)
    def scan_view(self) -> Any:
        """A scan of a record, page by page."""
        return scans.show(self)

    @expose("/scan/page/")
    @policy(Action.SEE)
    def scan_page_view(self) -> Any:
        """One page of it as a picture that bears who looks at it."""
        return scans.picture(self)

    @expose("/revert/", methods=("GET", "POST"))
    @policy(Action.EDIT)
    def revert_view(self) -> Any:
        """An earlier state of a record brought back, asked first."""
        return reverting.run(self)

    @expose("/lower/", methods=("GET", "POST"))
    @policy(Action.SEE)
    def lower_view(self) -> Any:
        """A proposal to lower the record's level (R-CONF-05)."""
        return lowering.run(self)

    @expose("/sign/", methods=("GET", "POST"))
    @policy(Action.SEE)
    def sign_view(self) -> Any:
        """A signature on the form itself (R-ROLE-04, R-ROLE-05)."""
        return signing.run(self)

    def need(self, action: Action, facts: Facts | None = None) -> None:
        """404 without the right anywhere on the register, 403 with the rule where only this record is out of reach."""
        if self.person.reach(action, self.register.__tablename__) is None and facts is None:
            abort(404)
        if action in (Action.ADD, Action.EDIT):
            require(records.by_hand(self.register))
        require(may_do(self.person, action, self.register, facts))

    def title(self, record: Register) -> str:
        return called(db.session, record, self.person, reading())

    def title_of_link(self, face: Face, id_: int) -> str:
        return linked(db.session, face.to or "", [id_], self.person, reading())[id_][0]

    def find_link(self, face: Face, text: str) -> int:
        return links.named(db.session, face.to or "", text, reading())

    def find_named(self, face: Face, text: str) -> tuple[int, str]:
        """The record a filter means and what it is called."""
        id_ = self.find_link(face, text)
        return id_, self.title_of_link(face, id_)

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
        require(records.may_void_now(record) if what == "void" else may_touch(record))
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
        return jsonify(lookups.offered(db.session, face.to, text, self.person, reading(), held_by=face.held_by))

    def link_named(self, name: str) -> Face | None:
        """The link a look-up is for: one of the register's, or ``<rows>.<column>`` of its child lines."""
        field, _dot, column = name.partition(".")
        face = self.register.faces.get(field)
        if face is None or not column:
            return face
        return lines_of(self.register, face).faces.get(column) if face.kind.name == "rows" else None

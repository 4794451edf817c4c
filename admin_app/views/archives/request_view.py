"""The screens of requests to borrow and to read: asked for, submitted, signed, withdrawn (R-LOAN-01, R-LOAN-02)."""

from types import SimpleNamespace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_admin import expose
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Face
from ...guard import writing
from ...guard.cells import Row
from ...models import Register, register_named
from ...operations import clashes
from ...operations.archives import approvals, nudging, questions, requests
from ...operations.archives.naming import item_names
from ...operations.archives.overview import overview
from ...permissions import Action
from ...rules.rights import may_do
from ...verdicts import Refused
from .. import session
from ..passwords import check_own
from ..policy import policy
from ..refusals import boxes, note_refusal
from ..register import form_page, slip_page, uploads
from ..register.address import Address
from ..register.overrides import replaces
from ..register.view import RegisterView
from ..words import reading, words
from .request_form import asked_faces, file_asked_for, proposed
from .request_page import TITLES, request_page, steps_on_paper

#: what is put right in the signature's own form
_TYPED_WRONG = frozenset({"password_due", "wrong_password", "no_reason"})


@replaces("archive_loan")
@replaces("access_request")
class RequestView(RegisterView):
    """A register of requests: rows come into being and change by the steps of the rule only."""

    def listed(self, address: Address) -> SimpleNamespace:
        page = super().listed(address)
        if self.may_ask:
            page.add_url = f"{self.base}new/"
        return page

    @property
    def may_ask(self) -> bool:
        return bool(may_do(self.person, Action.ADD, self.register))

    @expose("/new/", methods=("GET", "POST"))
    @policy(Action.ADD)
    def create_view(self) -> Any:
        if not self.may_ask:
            abort(404)
        file = file_asked_for(request.args)
        faces = asked_faces(self.register, of_file=file is not None)
        typed = proposed(self.register, request.args, self.person)
        if request.method == "POST":
            typed = self.read(faces, None)
            if not typed.faults:
                try:
                    return self.drafted(self.draft(typed, file))
                except Refused as refused:
                    return self.draft_refused(faces, typed, refused, file)
        return self.show_form(faces, typed, None, self.asking, file=file)

    @property
    def asking(self) -> str:
        return TITLES[self.register.__tablename__][1]()

    def draft_refused(self, faces: list[Face], typed: form_page.Typed, refused: Refused, file: Register | None) -> Any:
        """The form again, nothing typed lost, with what the rule says."""
        note_refusal(refused)
        return self.show_form(faces, typed, None, self.asking, file=file, refusal=boxes(refused)[0]), refused.status

    def draft(self, typed: form_page.Typed, file: Register | None) -> list[Register]:
        table = self.register.__tablename__
        with uploads.kept(typed), writing(db.session):
            values = typed.read.values
            if file is not None:
                return requests.draft_file(db.session, table, file_asked_for(request.args), values)
            item = db.session.get_one(register_named("archive_item"), values["item_id"])
            return [requests.draft(db.session, table, item, values)]

    def drafted(self, drafts: list[Register]) -> Any:
        if len(drafts) > 1:
            flash(_("已按在架的文件生成 %(n)s 张申请，可一并提交", n=len(drafts)), "success")
        else:
            flash(_("已存为草稿，提交后开始签批"), "success")
        return redirect(f"{self.base}details/?id={drafts[0].public_id}")

    @expose("/edit/", methods=("GET", "POST"))
    @policy(Action.ADD)
    def edit_view(self) -> Any:
        """Changing a request takes it back to a draft, its signatures lost (R-ROLE-05)."""
        record = self.record()
        requests.require_applicant(db.session, record)
        row, faces = self.row(record, "form"), [face for face in asked_faces(self.register) if face.name != "item_id"]
        title = _("修改：%(number)s", number=record.number)
        if request.method == "GET":
            return self.show_form(faces, form_page.Typed(), row, title)
        typed = self.read(faces, row)
        if typed.faults:
            return self.show_form(faces, typed, row, title)
        try:
            record = self.save_changed(typed, typed.version or 0)
        except clashes.Outdated as outdated:
            return self.show_clash(faces, typed, outdated, title)
        flash(_("已改为草稿，原有签字作废，请重新提交"), "success")
        return redirect(f"{self.base}details/?id={record.public_id}")

    def save_changed(self, typed: form_page.Typed, version: int) -> Register:
        with uploads.kept(typed), writing(db.session):
            record = self.record()
            clashes.check_version(db.session, record, version)
            requests.change(db.session, record, typed.read.values)
            return record

    def show_form(self, faces: list[Face], typed: form_page.Typed, row: Any, title: str, **more: Any) -> Any:
        """The form without a level to choose: a request has its register's (R-CONF-14)."""
        file = more.pop("file", None)
        cancel = f"{self.base}details/?id={row.record.public_id}" if row else self.base
        page = form_page.form_page(
            self.register, faces, reading(), typed, row, title=title, cancel_url=cancel, may_continue=False, **more
        )
        page.sections = [one for one in page.sections if one["fields"][0]["name"] != "level"]
        if file is not None:
            whole = {"name": "file", "label": _("借阅案卷"), "type": "readonly", "value": file.number, "width": "m",
                     "help": _("在架的文件各成一张申请")}  # fmt: skip
            page.sections[0]["fields"].insert(0, whole)
        self.crumb((title, None))
        return render_template("form.html", page=page)

    # --- one request --------------------------------------------------------------------------------------------

    @expose("/details/")
    @policy(Action.SEE)
    def details_view(self) -> Any:
        return self.show_request(self.record())

    def show_request(self, record: Register, **more: Any) -> Any:
        if record.item_id is None:
            return super().details_view()
        now = clock.now()
        page = request_page(
            self.row(record), overview(db.session, record, now), now,
            needs_password=session.password_due(), **more,
        )  # fmt: skip
        if len(others := self.drafts_like(record)) > 1:
            page.actions.insert(
                1,
                {
                    "label": _("一并提交 %(n)s 张", n=len(others)),
                    "url": f"{self.base}submit/?id={record.public_id}&all=1",
                    "method": "post",
                    "kind": "strong",
                    "confirm": None,
                    "needs_reason": False,
                },
            )
        self.crumb((record.number, None))
        return render_template("approval.html", page=page)

    def slip(self, row: Row) -> SimpleNamespace:
        """The paper with the steps of the ladder as places to sign, before those of who borrows and brings back."""
        record = row.record
        if record.item_id is None:
            return super().slip(row)
        steps = steps_on_paper(row, overview(db.session, record, clock.now()))
        named = item_names(db.session, [record], row.person, row.reading)
        return slip_page.slip_page(row, [*steps, *slip_page.places_of(row)], {"item_id": named[record.item_id]})

    def drafts_like(self, record: Register) -> list[Register]:
        if record.state != "draft" or record.applicant_id != self.person.id:
            return []
        return requests.alike(db.session, record)

    @expose("/submit/", methods=("POST",))
    @policy(Action.ADD)
    def submit_view(self) -> Any:
        with writing(db.session):
            record = self.record()
            drafts = self.drafts_like(record) if request.args.get("all") == "1" else [record]
            for draft in drafts:
                requests.submit(db.session, draft, clock.now())
        flash(_("已提交，等待签批"), "success")
        return redirect(f"{self.base}details/?id={record.public_id}")

    @expose("/withdraw/", methods=("POST",))
    @policy(Action.ADD)
    def withdraw_view(self) -> Any:
        record = self.record()
        if request.form.get("confirmed") != "yes":
            return self.ask_to_withdraw(record)
        with writing(db.session):
            requests.withdraw(db.session, self.record(), clock.now())
        flash(_("已撤回：%(number)s", number=record.number), "success")
        return redirect(f"{self.base}details/?id={record.public_id}")

    def ask_to_withdraw(self, record: Register) -> Any:
        """Where scripts don't ask, a page of its own does."""
        page = SimpleNamespace(
            title=_("撤回这份申请？"),
            thing=record.number,
            text=_("撤回后不再签批，也不能借出。"),
            depends=[],
            error=None,
            needs_reason=False,
            reason="",
            needs_password=False,
            button=_("撤回"),
            kind="danger",
            hidden=[],
            cancel_url=f"{self.base}details/?id={record.public_id}",
        )
        return render_template("confirm.html", page=page)

    @expose("/nudge/", methods=("POST",))
    @policy(Action.ADD)
    def nudge_view(self) -> Any:
        """Remind whoever is to sign; why not is shown on the request's page."""
        try:
            with writing(db.session):
                nudging.nudge(db.session, self.record(), clock.now())
        except Refused as refusal:
            note_refusal(refusal)
            return self.show_request(self.record(), refusals=boxes(refusal)), refusal.status
        return self.told_and_back(_("已催办，轮到签批的人待办里有提醒"))

    @expose("/sign/", methods=("POST",))
    @policy(Action.SEE)
    def sign_view(self) -> Any:
        """Sign the waiting step, or refuse it; what stands against it is shown on the request's page."""
        record = self.record()
        try:
            if password := request.form.get("password"):
                check_own(password)
            with writing(db.session):
                approvals.decide(db.session, self.record(), self.decision(), clock.now())
        except Refused as refusal:
            return self.sign_refused(refusal)
        flash(_("已签批：%(number)s", number=record.number), "success")
        return redirect(url_for("approvals.inbox"))

    @expose("/ask/", methods=("POST",))
    @policy(Action.SEE)
    def ask_view(self) -> Any:
        """Ask the applicant before signing; what can't be asked is shown on the page, nothing typed lost."""
        question = request.form.get("question", "")[:200]
        try:
            with writing(db.session):
                questions.ask(db.session, self.record(), question, clock.now())
        except Refused as refusal:
            return self.question_refused(refusal, question=question)
        return self.told_and_back(_("已追问，申请人回答后会提醒您"))

    @expose("/answer/", methods=("POST",))
    @policy(Action.SEE)
    def answer_view(self) -> Any:
        """The applicant's answer."""
        place, answer = request.form.get("place", 0, type=int), request.form.get("answer", "")[:200]
        try:
            with writing(db.session):
                questions.answer(db.session, self.record(), place, answer, clock.now())
        except Refused as refusal:
            return self.question_refused(refusal, place=place, answer=answer)
        return self.told_and_back(_("已回答"))

    def told_and_back(self, said: str) -> Any:
        flash(said, "success")
        return redirect(f"{self.base}details/?id={self.record().public_id}")

    def question_refused(self, refusal: Refused, **typed: Any) -> Any:
        note_refusal(refusal)
        return self.show_request(self.record(), refusals=boxes(refusal), **typed), refusal.status

    def decision(self) -> approvals.Decision:
        form = request.form
        return approvals.Decision(
            approve=form.get("decision") == "approve", seen=form.get("digest", ""), reason=form.get("reason", "")[:200],
            checked_at=session.password_checked_at(),
        )  # fmt: skip

    def sign_refused(self, refusal: Refused) -> Any:
        note_refusal(refusal)
        typed = {"reason": request.form.get("reason", "")}
        if refusal.verdict.code in _TYPED_WRONG:
            return self.show_request(self.record(), error=words(refusal.verdict.reason), **typed)
        return self.show_request(self.record(), refusals=boxes(refusal), **typed), refusal.status

"""What is done with an order, a refusal or a stop: asked on a page of its own, signed with the password where it is due."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...guard.titles import called, title_link
from ...models import Register, register_named
from ...operations import records
from ...operations.dispatch import answering, deciding, stops
from ...operations.dispatch.turns import Act, acts_of
from ...texts import Text, say
from ...verdicts import Refused
from .. import session
from ..addresses import page_of
from ..crumbs import crumb
from ..input import whole
from ..passwords import check_own
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import reading, words
from .board import BOARD, show
from .rows import names

blueprint = Blueprint("dispatch_acts", __name__, url_prefix="/dispatch")

#: what is put right by typing again
_TYPED_WRONG = frozenset({"password_due", "wrong_password", "no_reason"})
_SIGNED = frozenset({Act.CONFIRM, Act.AUTHORISE, Act.COUNTERSIGN})
_EXPLAINED = {
    Act.CONFIRM: say("确认后即派出，算作设计师的持单。"),
    Act.AUTHORISE: say("店经理不在，由总经理授权派出；店经理回店后补签。"),
    Act.COUNTERSIGN: say("派单上注明“补签”和日期。"),
    Act.ACCEPT: say("接受后尽快与客户联系。"),
    Act.DECLINE: say("拒单自当天起停单一个月，严重的除名；有正当理由的由店经理判定。"),
    Act.WITHDRAW: say("撤回或退回后，客户可以另派。"),
}


@blueprint.route("/<act>/", methods=("GET", "POST"))
@policy(SIGNED_IN)
@BOARD.guards
def order_act(act: str) -> Any:
    """One step of an order, for whom it is the turn."""
    if act not in [*Act]:
        abort(404)
    order, step = _found("dispatch_order"), Act(act)
    return _answer(order, step.title, lambda error: _ask_order(order, step, error), lambda: _act(step))


def _act(step: Act) -> None:
    order, now, form = _found("dispatch_order"), clock.now(), request.form
    if step in _SIGNED:
        signing = {Act.CONFIRM: deciding.confirm, Act.AUTHORISE: deciding.authorise}.get(step, deciding.countersign)
        signing(db.session, order, _seal(), now)
    elif step is Act.ACCEPT:
        answering.accept(db.session, order, now)
    elif step is Act.DECLINE:
        answering.decline(db.session, order, _ground(), form.get("reason", "")[:2000], now)
    else:
        deciding.withdraw(db.session, order, form.get("reason", ""), now)


def _ground() -> str:
    ground = request.form.get("ground", "")
    return ground if ground in reading().options("refusal_ground") else ""


def _ask_order(order: Register, step: Act, error: str | None) -> Any:
    """The question; to whom it isn't the turn the page of the order says what is."""
    if step not in acts_of(db.session, order, g.person, records.facts(db.session, order), clock.now()):
        flash(_("这张派单现在不由您办理这一步"), "warning")
        return redirect(page_of(type(order), order.public_id))
    own = step is Act.WITHDRAW and order.created_by_id == g.person.id
    grounds = reading().options("refusal_ground") if step is Act.DECLINE else {}
    return _ask(
        order, step.title, _EXPLAINED[step], error, signed=step in _SIGNED,
        needs_reason=step is Act.DECLINE or (step is Act.WITHDRAW and not own),
        grounds=[{"value": code, "label": label} for code, label in grounds.items()],
        kind="danger" if step in (Act.DECLINE, Act.WITHDRAW) else "primary",
    )  # fmt: skip


@blueprint.route("/lift/", methods=("GET", "POST"))
@policy(SIGNED_IN)
@BOARD.guards
def lift() -> Any:
    """The store manager lets somebody be offered orders again, with a reason (R-DISP-06)."""
    designer, title = _found("designer"), say("解除停派")
    explained = say("解除后，至今没有签单的方案不再计算。")
    reason = request.form.get("reason", "")[:200]
    return _answer(
        designer, title, lambda error: _ask(designer, title, explained, error, needs_reason=True),
        lambda: stops.lift(db.session, _found("designer"), reason, clock.now()),
    )  # fmt: skip


@blueprint.route("/strike-off/", methods=("GET", "POST"))
@policy(SIGNED_IN)
@BOARD.guards
def strike_off() -> Any:
    """The general manager strikes off the designer of a severe refusal (R-DISP-06)."""
    refusal, title = _found("dispatch_refusal"), say("除名")
    explained = say("除名后不再派单，不能解除。")
    return _answer(
        refusal, title, lambda error: _ask(refusal, title, explained, error, signed=True, kind="danger"),
        lambda: answering.strike_off(db.session, _found("dispatch_refusal"), _seal(), clock.now()),
    )  # fmt: skip


def _found(table: str) -> Register:
    return records.find(db.session, register_named(table), request.values.get("id", "")[:24]) or abort(404)


def _seal() -> deciding.Seal:
    return deciding.Seal(whole(request.form.get("version")) or 0, session.password_checked_at())


def _answer(record: Register, title: Text, ask: Callable[[str | None], Any], act: Callable[[], None]) -> Any:
    """Ask; then do it, ask again for what was typed wrong, or say on the board why it can't be done."""
    if request.method == "GET":
        return ask(None)
    thing = _title(record)
    try:
        if password := request.form.get("password"):
            check_own(password)
        with writing(db.session):
            act()
    except Refused as refused:
        note_refusal(refused)
        if refused.verdict.code in _TYPED_WRONG:
            return ask(words(refused.verdict.reason))
        return show(boxes(refused)), refused.status
    flash(_("已办理：%(what)s　%(thing)s", what=words(title), thing=thing), "success")
    return redirect(url_for("dispatch.board"))


def _title(record: Register) -> str:
    """What the record is called, with whose it is and whom it names beside."""
    links, told = {"customer_id": "customer", "designer_id": "employee"}, title_link(type(record))
    beside = (name for name in links if told is None or name != told.name)
    ids = {name: id_ for name in beside if (id_ := getattr(record, name, None)) is not None}
    named = [names(links[name], [id_])[id_][0] for name, id_ in ids.items()]
    return "　".join([called(db.session, record, g.person, reading()), *named])


def _ask(
    record: Register, title: Text, explained: Text, error: str | None, *, signed: bool = False,
    needs_reason: bool = False, grounds: list[dict[str, str]] | None = None, kind: str = "primary",
) -> Any:  # fmt: skip
    page = SimpleNamespace(
        title=words(title), thing=_title(record), text=words(explained), depends=[], error=error,
        needs_reason=needs_reason, reason=request.form.get("reason", ""), grounds=grounds or [],
        ground=request.form.get("ground", ""), needs_password=signed and session.password_due(), button=words(title),
        kind=kind, cancel_url=page_of(type(record), record.public_id),
        hidden=[("id", record.public_id), ("version", record.version)],
    )  # fmt: skip
    crumb(BOARD, page.title)
    return render_template("confirm.html", page=page)

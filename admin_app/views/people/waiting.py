"""Requests for roles and clearances that wait for whoever may grant them (R-ROLE-02, R-ROLE-05)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...guard.titles import linked
from ...models import Register, register_named
from ...operations.power_decisions import decide, may_open, waiting_for
from ...operations.power_requests import power_of
from ...operations.powers import clearance_of, roles_of
from ...permissions import Role
from ...rules.approvals import Request
from ...texts import say, several
from ...verdicts import Refused
from ...working.people import PowerRequest
from ..crumbs import crumb
from ..decisions import decision_sent
from ..doors import MANAGEMENT, door
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..session import password_due
from ..words import moment_text, reading, words
from .person import fact, facts_of_employee, power_text

blueprint = Blueprint("waiting", __name__, url_prefix="/powers")

POWERS = door(
    say("岗位与密级审批"), "/powers/", MANAGEMENT, lambda person: may_open(db.session, person, clock.now())
)  # fmt: skip


@blueprint.get("/")
@policy(SIGNED_IN)
@POWERS.guards
def waiting() -> Any:
    requests = [request for request, _asked in waiting_for(db.session, g.person, clock.now())]
    names = _names({id_ for one in requests for id_ in (one.employee_id, one.asked_by_id)})
    rows = [
        {
            "url": url_for("waiting.decision", public_id=one.public_id),
            "name": names[one.employee_id],
            "what": power_text(power_of(one)),
            "reason": one.reason,
            "by": names[one.asked_by_id],
            "when": moment_text(one.asked_at),
        }
        for one in requests
    ]
    crumb(POWERS)
    return render_template("powers.html", page=SimpleNamespace(title=words(POWERS.title), rows=rows))


@blueprint.route("/<public_id>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@POWERS.guards
def decision(public_id: str) -> Any:
    mine, asked = _mine(public_id)
    if request.method == "GET":
        return _page(mine, asked)
    try:
        return _decide(mine)
    except Refused as refused:
        note_refusal(refused)
        return _page(*_mine(public_id), refused)


def _mine(public_id: str) -> tuple[PowerRequest, Request]:
    """The request of that address, if it waits for this person; 404 otherwise."""
    waiting = waiting_for(db.session, g.person, clock.now())
    found = next((pair for pair in waiting if pair[0].public_id == public_id), None)
    if found is None:
        abort(404)
    return found


def _decide(mine: PowerRequest) -> Any:
    given = decision_sent()
    with writing(db.session):
        decide(db.session, mine, given, clock.now())
    flash(_("已批准") if given.approve else _("已答复：不批准"), "success")
    return redirect(url_for("waiting.waiting"))


def _page(mine: PowerRequest, asked: Request, refused: Refused | None = None) -> Any:
    step, waits = asked.ladder[0], {"text": _("待批"), "tag": "state-due"}
    opinion = {"step": words(step.title), "who": "", "decision": waits, "when": None, "reason": None, "for_whom": None}
    crumb(POWERS, power_text(power_of(mine)))
    page = SimpleNamespace(
        title=power_text(power_of(mine)), number="", level_mark=None, state=waits, facts=_facts(mine), warnings=[],
        actions=[], refusals=boxes(refused) if refused else [], opinions=[opinion],
        sign={"step": words(step.title), "action_url": "", "digest": asked.digest, "error": None,
              "needs_password": password_due(),
              "reason": request.form.get("reason", "")},
    )  # fmt: skip
    return render_template("approval.html", page=page), refused.status if refused else 200


def _facts(mine: PowerRequest) -> list[dict[str, Any]]:
    """What is asked, for whom, why, and what they hold already."""
    employee = db.session.get(register_named("employee"), mine.employee_id)
    names = _names({mine.employee_id, mine.asked_by_id})
    return [
        fact(_("申请内容"), power_text(power_of(mine))),
        fact(_("员工"), names[mine.employee_id]),
        *(_held(employee) if employee is not None else []),
        fact(_("申请理由"), mine.reason, wide=True),
        fact(_("申请人"), names[mine.asked_by_id]),
        fact(_("申请时间"), moment_text(mine.asked_at)),
    ]


def _held(employee: Register) -> list[dict[str, Any]]:
    roles, level = roles_of(employee), clearance_of(employee)
    return [
        *facts_of_employee(employee),
        fact(_("现有岗位"), words(several(role.title for role in Role if role in roles))),
        fact(_("现有密级权限"), words(level.label), tag=f"level-{int(level)}"),
    ]


def _names(ids: set[int]) -> dict[int, str]:
    return {id_: name for id_, (name, _url) in linked(db.session, "employee", ids, g.person, reading()).items()}

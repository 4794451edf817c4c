"""One employee as admin works on them: account, roles, clearance, requests."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard.titles import linked
from ...models import Register
from ...operations import power_requests, titles
from ...operations.accounts import account_of
from ...operations.leaving.receipts import is_seen_off
from ...operations.powers import clearance_of, roles_of
from ...permissions import Level, Role
from ...rules.powers import Power, ladder_of
from ...rules.roles import APPROVING
from ...texts import say
from ...verdicts import Refused
from ...working.people import PowerRequest
from ..cells import blank_cell
from ..crumbs import crumb
from ..policy import SIGNED_IN, policy
from ..refusals import boxes
from ..words import moment_text, reading, words
from .door import PEOPLE, employee_at
from .roster import account_cell

blueprint = Blueprint("person", __name__, url_prefix="/people/<public_id>")

_STATES = {"waiting": "state-due", "granted": "state-done", "refused": "state-late", "withdrawn": "state-off"}


@blueprint.get("/")
@policy(SIGNED_IN)
@PEOPLE.guards
def person(public_id: str) -> Any:
    return person_page(employee_at(public_id))


def person_page(employee: Register, refused: Refused | None = None, typed: dict[str, str] | None = None) -> Any:
    """The page of *employee*; with a refusal, what was *typed* stays in the boxes."""
    crumb(PEOPLE, employee.name)
    page = SimpleNamespace(
        title=employee.name, number=employee.number or "", facts=_facts(employee), account=_account(employee),
        roles=_roles(employee), role_choices=_role_choices(employee), clearance=_level(clearance_of(employee)),
        clearance_choices=[_level(level) for level in Level if level != clearance_of(employee)],
        requests=_requests(employee), by_title=_by_title(employee), leaving=_leaving(employee),
        left=employee.left_on is not None, refusals=boxes(refused) if refused else [], typed=typed or {},
        url=url_for("person.person", public_id=employee.public_id),
    )  # fmt: skip
    return render_template("person.html", page=page), refused.status if refused else 200


def power_text(power: Power) -> str:
    """A role or a clearance in words."""
    if isinstance(power, Level):
        return _("密级权限：%(level)s", level=words(power.label))
    return _("岗位：%(role)s", role=words(power.title))


def facts_of_employee(employee: Register) -> list[dict[str, Any]]:
    """Post, department and store of *employee*, as parts/facts.html shows them."""
    return [
        fact(_("岗位"), employee.post),
        fact(_("部门"), _title("department", employee.department_id)),
        fact(_("店面"), _title("store", employee.store_id)),
    ]


def _title(table: str, id_: int | None) -> str:
    return linked(db.session, table, [id_], g.person, reading()).get(id_, ("", None))[0]


def fact(label: str, text: str | None, tag: str | None = None, wide: bool = False) -> dict[str, Any]:
    """One line of parts/facts.html."""
    return {**blank_cell(text, tag), "label": label, "wide": wide}


def _facts(employee: Register) -> list[dict[str, Any]]:
    register = fact(_("员工登记"), _("查看"))
    register["href"] = f"/admin/employee/details/?id={employee.public_id}"
    left = [fact(_("离职日期"), employee.left_on.isoformat())] if employee.left_on is not None else []
    return [*facts_of_employee(employee), *left, register]


def _account(employee: Register) -> dict[str, Any] | None:
    account = account_of(db.session, employee.id)
    if account is None:
        return None
    return {
        "username": account.username, "state": account_cell(account), "disabled": account.disabled,
        "until": moment_text(account.first_password_until),
        "own": employee.id == g.person.id,
    }  # fmt: skip


def _roles(employee: Register) -> list[dict[str, Any]]:
    held = [role for role in Role if role in roles_of(employee)]
    return [{"value": role.value, "title": words(role.title), "approving": role in APPROVING} for role in held]


def _role_choices(employee: Register) -> list[tuple[str, list[dict[str, str]]]]:
    """The roles not held: those set at once, and those to be granted, each with who grants it."""
    at_once, granted = [], []
    for role in Role:
        if role in roles_of(employee):
            continue
        ladder = ladder_of(role, for_oneself=employee.id == g.person.id)
        label = words(say("{role}（{step}）", role=role.title, step=ladder[0].title) if ladder else role.title)
        (granted if ladder else at_once).append({"value": role.value, "label": label})
    return [(_("直接设置"), at_once), (_("须申请批准"), granted)]


def _by_title(employee: Register) -> dict[str, Any] | None:
    """What usually goes with the post, and what of it is lacking; None where the list doesn't know the post."""
    lack = titles.lacking(db.session, employee, clock.now())
    if not lack.roles or employee.left_on is not None:
        return None
    return {
        "post": employee.post, "roles": [words(role.title) for role in lack.roles],
        "at_once": [words(role.title) for role in lack.at_once], "asked": [power_text(power) for power in lack.asked],
        "reason": _("岗位“%(post)s”", post=employee.post),
    }  # fmt: skip


def _leaving(employee: Register) -> dict[str, str] | None:
    """The way to see them off, or to the receipt; none for oneself."""
    if employee.id == g.person.id:
        return None
    label = _("离职交接单") if is_seen_off(db.session, employee) else _("办理离职")
    return {"label": label, "url": url_for("leaving.see_off", public_id=employee.public_id)}


def _level(level: Level) -> dict[str, Any]:
    return {"level": int(level), "label": words(level.label)}


def _requests(employee: Register) -> list[dict[str, Any]]:
    requests = power_requests.about(db.session, employee.id)
    people = {id_ for one in requests for id_ in (one.asked_by_id, one.decided_by_id, one.decided_for_id) if id_}
    names = {id_: name for id_, (name, _url) in linked(db.session, "employee", people, g.person, reading()).items()}
    return [_request(one, names) for one in requests]


def _request(one: PowerRequest, names: dict[int, str]) -> dict[str, Any]:
    states = {"waiting": _("待批"), "granted": _("已批准"), "refused": _("不批准"), "withdrawn": _("已撤回")}
    return {
        "id": one.public_id, "what": power_text(power_requests.power_of(one)), "reason": one.reason,
        "state": {"text": states[one.state], "tag": _STATES[one.state]}, "waiting": one.state == power_requests.WAITING,
        "asked": _("%(who)s %(when)s 申请", who=names[one.asked_by_id], when=moment_text(one.asked_at)),
        "decided": _("%(who)s %(when)s", who=names[one.decided_by_id], when=moment_text(one.decided_at))
        if one.decided_by_id else None,
        "for_whom": names.get(one.decided_for_id), "decision_reason": one.decision_reason,
    }  # fmt: skip

"""Seeing somebody off: what hangs on them, who takes over, and the receipt that is kept (R-CUST-09)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..fields import Fault
from ..guard import writing
from ..guard.titles import linked
from ..models import Register, register_named
from ..operations import records
from ..operations.leaving.duties import Charge, charges, follows
from ..operations.leaving.leaving import Plan, leave
from ..operations.leaving.receipts import Receipt, is_seen_off, receipt_of, receipts
from ..operations.today import local_day
from ..permissions import Level, Role
from ..rules.leaving import SEE_OFF
from ..texts import say
from ..verdicts import Refused
from .areas import area_of
from .crumbs import crumb
from .doors import MANAGEMENT, door, holds
from .employees import day_box, day_given, employee_box, employee_named, required_employee
from .pages import printed
from .people.person import fact, facts_of_employee
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal
from .words import counted, moment_text, reading, words

blueprint = Blueprint("leaving", __name__, url_prefix="/leaving")
LEAVING = door(say("离职交接"), "/leaving/", MANAGEMENT, holds(*SEE_OFF))

#: the box of one register's own successor is named by its table
_INSTEAD = "to-"


@blueprint.route("/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@LEAVING.guards
def overview() -> Any:
    """The receipts there are, and a box for whom to see off next."""
    fault = None
    if request.method == "POST":
        try:
            chosen = db.session.get(register_named("employee"), required_employee("employee"))
            return redirect(url_for("leaving.see_off", public_id=chosen.public_id if chosen else ""))
        except Fault as error:
            fault = words(error.reason)
    found = receipts(db.session)
    names = _people({id_ for one in found for id_ in (one.employee_id, one.by)})
    rows = [
        {"url": _receipt_url(names[one.employee_id][1]), "name": names[one.employee_id][0],
         "day": one.last_day.isoformat(), "by": names[one.by][0] if one.by else "", "at": moment_text(one.at)}
        for one in found
    ]  # fmt: skip
    crumb(LEAVING)
    page = SimpleNamespace(
        title=words(LEAVING.title), rows=rows, fields=[employee_box("employee", _("离职员工"), fault)]
    )
    return render_template("leavings.html", page=page)


def _receipt_url(public_id: str | None) -> str | None:
    """None where the employee's record is hidden from the reader."""
    return url_for("leaving.receipt", public_id=public_id) if public_id else None


@blueprint.route("/<public_id>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@LEAVING.guards
def see_off(public_id: str) -> Any:
    employee = _employee_at(public_id)
    if request.method == "GET":
        if is_seen_off(db.session, employee):
            return redirect(url_for("leaving.receipt", public_id=public_id))
        return _page(employee, {})
    plan, faults = _read()
    if plan is None:
        return _page(employee, faults)
    if request.form.get("confirmed") != "yes":
        return _ask_once_more(employee)
    try:
        with writing(db.session):
            leave(db.session, _employee_at(public_id), plan, clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _page(_employee_at(public_id), {}, refused)
    flash(_("离职已办理，账号已停用"), "success")
    return redirect(url_for("leaving.receipt", public_id=public_id))


@blueprint.get("/<public_id>/receipt/")
@policy(SIGNED_IN)
@LEAVING.guards
def receipt(public_id: str) -> Any:
    employee = _employee_at(public_id)
    found = receipt_of(db.session, employee.id)
    if found is None:
        abort(404)
    names = _people({found.by, *(line.to for line in found.lines)})
    crumb(LEAVING, employee.name)
    page = SimpleNamespace(
        title=_("离职交接单"), number=employee.number or "", facts=_facts_of_receipt(employee, found, names),
        rows=_rows(found, names),
    )  # fmt: skip
    return render_template("leaving_receipt.html", page=page, printed=printed(page.title))


def _employee_at(public_id: str) -> Register:
    """The employee with that id in addresses; 404 for hidden, voided and unknown alike."""
    employee = records.find(db.session, register_named("employee"), public_id[:24])
    if employee is None or employee.voided_at is not None:
        abort(404)
    return employee


def _read() -> tuple[Plan | None, dict[str, str]]:
    """What was asked for; None and what is wrong by box where something can't be read."""
    faults: dict[str, str] = {}

    def read(name: str, reader: Any) -> Any:
        try:
            return reader(name)
        except Fault as fault:
            faults[name] = words(fault.reason)
            return None

    first, second = read("first", required_employee), read("second", employee_named)
    last_day = read("last_day", day_given)
    tables = [name for name in request.form if name.startswith(_INSTEAD) and not name.endswith("__text")]
    instead = {name.removeprefix(_INSTEAD): read(name, employee_named) for name in tables}
    if faults:
        return None, faults
    chosen = {table: id_ for table, id_ in instead.items() if id_ is not None}
    return Plan(first=first, second=second, last_day=last_day, instead=chosen), {}


def _page(employee: Register, faults: dict[str, str], refused: Refused | None = None) -> Any:
    crumb(LEAVING, employee.name)
    fields = [
        employee_box("first", _("接手人"), faults.get("first"), help=_("手上的工作都交给他。")),
        employee_box("second", _("第二接手人"), faults.get("second"), required=False,
                     help=_("接手人密级不够或看不到的记录，由他接手。")),
        day_box("last_day", _("最后工作日"), faults.get("last_day"), local_day(db.session, clock.now())),
    ]  # fmt: skip
    found = charges(db.session, employee.id)
    page = SimpleNamespace(
        title=_("办理离职"), name=employee.name, number=employee.number or "", facts=facts_of_employee(employee),
        fields=fields, rows=_charges(found, faults), following=_following(found),
        refusals=boxes(refused) if refused else [], cancel_url=url_for("leaving.overview"),
        error_summary=[{"label": box["label"], "anchor": box["name"], "text": box["errors"][0]}
                       for box in fields if box["errors"]],
        confirm=_("办理 %(name)s 的离职？工作移交后，账号立即停用，岗位和密级权限全部收回。", name=employee.name),
    )  # fmt: skip
    return render_template("leaving.html", page=page), refused.status if refused else 200


def _charges(found: list[Charge], faults: dict[str, str]) -> list[dict[str, Any]]:
    """One row per register: in which fields the leaver stands, how often, and a box for another successor."""
    rows: dict[str, dict[str, Any]] = {}
    for register, face, number in sorted(found, key=lambda charge: _in_menu(charge.register)):
        if not follows(register, face):
            name, title = _INSTEAD + register.__tablename__, words(register.declaration.title)
            box = employee_box(name, _("%(register)s交给", register=title), faults.get(name), required=False)
            row = rows.setdefault(name, {"title": title, "parts": [], "box": box})
            row["parts"].append({"label": words(face.label), "number": counted(number)})
    return list(rows.values())


def _following(found: list[Charge]) -> list[dict[str, str]]:
    """The registers whose records go where those go that they belong to."""
    return [
        {"title": words(register.declaration.title), "number": counted(number)}
        for register, face, number in sorted(found, key=lambda charge: _in_menu(charge.register))
        if follows(register, face)
    ]


def _in_menu(register: type[Register]) -> tuple[int, str]:
    """Where the menu has it."""
    return area_of(register).order, register.__tablename__


def _ask_once_more(employee: Register) -> Any:
    """Without scripts nobody has been asked yet."""
    crumb(LEAVING, employee.name)
    page = SimpleNamespace(
        title=_("办理离职"), thing=f"{employee.number or ''} {employee.name}".strip(), depends=[], needs_reason=False,
        text=_("工作移交后，账号立即停用，岗位和密级权限全部收回。"), reason="", error=None, needs_password=False,
        button=_("办理离职"), kind="danger", cancel_url=url_for("leaving.see_off", public_id=employee.public_id),
        hidden=[pair for pair in request.form.items() if pair[0] not in ("csrf_token", "confirmed")],
    )  # fmt: skip
    return render_template("confirm.html", page=page)


def _people(ids: set[int | None]) -> dict[int, tuple[str, str | None]]:
    return linked(db.session, "employee", ids, g.person, reading())


def _facts_of_receipt(
    employee: Register, found: Receipt, names: dict[int, tuple[str, str | None]]
) -> list[dict[str, Any]]:
    return [
        fact(_("离职员工"), f"{employee.name} {employee.number or ''}".strip()),
        *facts_of_employee(employee),
        fact(_("原系统岗位"), _("、").join(words(Role(role).title) for role in found.roles)),
        fact(_("原密级权限"), words(Level(found.clearance).label)),
        fact(_("最后工作日"), found.last_day.isoformat()),
        fact(_("办理人"), names[found.by][0] if found.by else ""),
        fact(_("办理时间"), moment_text(found.at)),
    ]


def _rows(found: Receipt, names: dict[int, tuple[str, str | None]]) -> list[dict[str, Any]]:
    """One row per register and successor: in which fields they stand now, how often."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for line in sorted(found.lines, key=lambda line: _in_menu(line.register)):
        title = words(line.register.declaration.title)
        row = rows.setdefault((title, line.to), {"title": title, "to": names[line.to][0], "parts": []})
        row["parts"].append({"label": words(line.face.label), "number": f"{line.number:,}"})
    return list(rows.values())

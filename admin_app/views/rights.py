"""The matrix of rights on screen: a register's rows by role, or a role's rows by register (R-ROLE-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..database import db
from ..guard import writing
from ..models import Register, all_registers
from ..operations import rights
from ..permissions import Action, Role, Scope
from ..texts import say
from .crumbs import crumb
from .doors import MANAGEMENT, door, holds
from .input import whole
from .policy import SIGNED_IN, policy
from .words import words

blueprint = Blueprint("rights", __name__, url_prefix="/rights")
RIGHTS = door(say("权限表"), "/rights/", MANAGEMENT, holds(Role.ADMIN))

#: scope of a register -> the scope of a right that it gives a meaning to
_SCOPES = {"owner": Scope.OWN, "store": Scope.STORE, "department": Scope.DEPARTMENT}


@blueprint.get("/")
@policy(SIGNED_IN)
@RIGHTS.guards
def matrix() -> Any:
    """``?table=`` shows a register, ``?role=`` a role; ``edit=`` names the row whose rights can be chosen."""
    registers = all_registers()
    if "role" in request.args:
        role, register = _role(request.args["role"]), None
        pairs = [(one, role, words(one.declaration.title)) for one in registers.values()]
    else:
        role, register = None, _register(request.args.get("table") or next(iter(registers)))
        pairs = [(register, one, words(one.title)) for one in Role]
    crumb(RIGHTS)
    page = SimpleNamespace(
        title=words(RIGHTS.title), head=_("登记簿") if role else _("系统岗位"),
        actions=[words(action.label) for action in Action],
        rows=[_row(*pair, by_role=role is not None) for pair in pairs],
        tables=[{"value": name, "label": words(one.declaration.title)} for name, one in registers.items()],
        roles=[{"value": one.value, "label": words(one.title)} for one in Role],
        table=register.__tablename__ if register else None, role=role.value if role else None,
    )  # fmt: skip
    return render_template("rights.html", page=page)


@blueprint.post("/<table>/<role>/")
@policy(SIGNED_IN)
@RIGHTS.guards
def change(table: str, role: str) -> Any:
    """Set the row as chosen; what the form leaves out stays."""
    register, one = _register(table), _role(role)
    wanted = {action: _scope(request.form[action.value]) for action in Action if action.value in request.form}
    with writing(db.session):
        changed = rights.change_row(db.session, register, one, wanted)
    return _done(register, one, _("已更改 %(n)s 项，下一次操作起生效", n=changed) if changed else _("没有更改"))


@blueprint.post("/<table>/<role>/restore/")
@policy(SIGNED_IN)
@RIGHTS.guards
def restore(table: str, role: str) -> Any:
    register, one = _register(table), _role(role)
    with writing(db.session):
        changed = rights.restore_row(db.session, register, one)
    return _done(register, one, _("已恢复默认 %(n)s 项", n=changed))


def _done(register: type[Register], role: Role, message: str) -> Any:
    place = {"table": words(register.declaration.title), "role": words(role.title)}
    flash(_("%(table)s · %(role)s：", **place) + message, "success")
    return redirect(_address(register, role, by_role=request.form.get("by_role") == "yes"))


def _register(table: str) -> type[Register]:
    return all_registers().get(table) or abort(404)


def _role(name: str) -> Role:
    return Role(name) if name in set(Role) else abort(404)


def _scope(text: str) -> Scope | None:
    """A choice of the form: a scope by number, blank for no right; 404 for one that no page offers."""
    if not text:
        return None
    number = whole(text)
    if number not in range(Scope.ALL.value * 2):
        abort(404)
    return Scope(number)


def _address(register: type[Register], role: Role, by_role: bool, edit: bool = False) -> str:
    table = register.__tablename__
    shown, row = ({"role": role.value}, table) if by_role else ({"table": table}, role.value)
    return url_for("rights.matrix", **shown, **({"edit": row} if edit else {}), _anchor=f"row-{row}")


def _row(register: type[Register], role: Role, title: str, by_role: bool) -> dict[str, Any]:
    """One row of the table: what stands in its cells, or what may be chosen there while it is edited."""
    table = register.__tablename__
    now, shipped = rights.row_now(db.session, register, role), rights.row_shipped(register, role)
    name = table if by_role else role.value
    return {
        "name": name, "title": title, "changed": now != shipped, "editing": request.args.get("edit") == name,
        "edit_url": _address(register, role, by_role, edit=True), "back_url": _address(register, role, by_role),
        "save_url": url_for("rights.change", table=table, role=role.value),
        "restore_url": url_for("rights.restore", table=table, role=role.value), "by_role": by_role,
        "cells": [_cell(action, now[action], shipped[action], register) for action in Action],
    }  # fmt: skip


def _cell(action: Action, now: Scope | None, shipped: Scope | None, register: type[Register]) -> dict[str, Any]:
    return {
        "name": action.value, "label": words(action.label), "text": _scope_text(now), "shipped": _scope_text(shipped),
        "granted": now is not None, "changed": now != shipped,
        "options": [
            {"value": "" if scope is None else str(scope.value), "label": _scope_text(scope), "chosen": scope == now}
            for scope in _offered(register, now, shipped)
        ],
    }  # fmt: skip


def _offered(register: type[Register], *besides: Scope | None) -> list[Scope | None]:
    """The scopes that mean something on *register*, and those *besides*; none first, all last."""
    known = {Scope.NOBODY, Scope.ALL, *(_SCOPES[scope] for scope in register.declaration.scopes)}
    return [None, *sorted({*known, *besides} - {None}, key=lambda scope: scope.value)]  # type: ignore[union-attr]


def _scope_text(scope: Scope | None) -> str:
    return _("无") if scope is None else words(scope.label)

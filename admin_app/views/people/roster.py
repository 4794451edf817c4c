"""The list of employees with account, roles, clearance and open requests."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask_babel import gettext as _

from ...database import db
from ...guard.titles import linked
from ...operations import directory
from ...operations.powers import clearance_of, roles_of
from ...permissions import Role
from ...texts import several
from ..cells import blank_cell, filter_field
from ..crumbs import crumb
from ..policy import SIGNED_IN, policy
from ..words import reading, words
from .door import PEOPLE

blueprint = Blueprint("roster", __name__, url_prefix="/people")


@blueprint.get("/")
@policy(SIGNED_IN)
@PEOPLE.guards
def roster() -> Any:
    query = _query()
    entries, total = directory.find(db.session, query)
    crumb(PEOPLE)
    page = SimpleNamespace(
        title=words(PEOPLE.title), actions=_actions(),
        columns=_columns(), rows=_rows(entries), **_conditions(query), **_foot(query, total),
        empty={"title": _("没有符合条件的员工"), "text": _("换个条件试试。"), "url": "?", "label": _("清除条件")},
    )  # fmt: skip
    return render_template("plain_list.html", page=page)


def _query() -> directory.Query:
    role, page = request.args.get("f-role", ""), request.args.get("page", default=1, type=int)
    return directory.Query(
        text=request.args.get("q", "")[:60], role=Role(role) if role in set(Role) else None,
        account=request.args.get("f-account"), page=min(max(page, 1), 10_000),
    )  # fmt: skip


def _actions() -> list[dict[str, Any]]:
    return [
        {"label": _("岗位对照"), "url": url_for("titles.listed"), "kind": "plain"},
        {"label": _("新同事入职"), "url": url_for("joining.joining"), "kind": "primary"},
    ]


def _columns() -> list[str]:
    return [_("姓名"), _("工号"), _("岗位"), _("部门"), _("用户名"), _("账号"), _("系统岗位"), _("密级权限"), _("待批")]


def _rows(entries: list[directory.Entry]) -> list[dict[str, Any]]:
    departments = linked(db.session, "department", {e.employee.department_id for e in entries}, g.person, reading())
    return [_row(entry, departments) for entry in entries]


def _row(entry: directory.Entry, departments: dict[int, tuple[str, str | None]]) -> dict[str, Any]:
    employee, account = entry.employee, entry.account
    url = url_for("person.person", public_id=employee.public_id)
    cells = [
        blank_cell(employee.name),
        blank_cell(employee.number),
        blank_cell(employee.post),
        blank_cell(departments.get(employee.department_id, ("", None))[0]),
        blank_cell(account.username if account else None),
        account_cell(account),
        blank_cell(words(several(role.title for role in Role if role in roles_of(employee)))),
        blank_cell(words(clearance_of(employee).label), tag=f"level-{int(clearance_of(employee))}"),
        blank_cell(_("%(n)s 项", n=entry.waiting), tag="state-due") if entry.waiting else blank_cell(None),
    ]
    return {"url": url, "cells": cells}


def account_cell(account: Any) -> dict[str, Any]:
    """The state of an account in a word."""
    if account is None:
        return blank_cell(_("未开通"), tag="state-off")
    if account.disabled:
        return blank_cell(_("已停用"), tag="state-late")
    if account.must_change_password:
        return blank_cell(_("待改密码"), tag="state-due")
    return blank_cell(_("在用"), tag="state-done")


def _conditions(query: directory.Query) -> dict[str, Any]:
    roles = [(role.value, words(role.title)) for role in Role]
    accounts = [("open", _("在用")), ("disabled", _("已停用")), ("none", _("未开通"))]
    return {
        "search": {"value": query.text, "placeholder": _("姓名、工号、岗位、用户名"), "hint": None},
        "filter_fields": [
            filter_field("role", _("系统岗位"), query.role.value if query.role else "", roles),
            filter_field("account", _("账号"), query.account or "", accounts),
        ],
        "chips": [], "clear_url": "?", "hidden": [pair for pair in request.args.items() if pair[0] != "page"],
    }  # fmt: skip


def _foot(query: directory.Query, total: int) -> dict[str, Any]:
    def at(page: int) -> str:
        return url_for("roster.roster", **{**request.args, "page": page})

    last = max(-(-total // directory.PAGE), 1)
    return {
        "total_text": _("共 %(n)s 条", n=f"{total:,}"), "count_url": None, "page_number": query.page,
        "page_size": directory.PAGE, "page_sizes": [{"n": directory.PAGE, "url": at(1)}],
        "prev_url": at(query.page - 1) if query.page > 1 else None,
        "next_url": at(query.page + 1) if query.page < last else None,
        "goto_url": url_for("roster.roster") if last > 1 else None,
    }  # fmt: skip

"""The weekly reconciliation: each source check of the week, what it lacks, confirmed or disputed line by line (R-CUST-06)."""

from datetime import date, timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail, writing
from ...models import register_named
from ...operations import records
from ...operations.customers import reconciling
from ...operations.customers.reconciling import Line, monday
from ...operations.links import by_public_id
from ...operations.today import local_day
from ...permissions import Action, Person
from ...rules.valid_customers import Said, may_write_up
from ...texts import say
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.rows import names
from ..doors import door
from ..input import whole
from ..passwords import check_own
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..session import password_checked_at, password_due
from ..words import dated, reading, words
from .section import CUSTOMERS

blueprint = Blueprint("reconciling", __name__, url_prefix="/customers/reconciliation")
_LONGEST = 2000
#: weeks that the page turns to; beyond them days end
_YEARS = range(1990, 2200)


def _has_part(person: Person) -> bool:
    return all(person.reach(Action.SEE, table) for table in ("reconciliation", "source_check"))


RECONCILIATION = door(say("周对单"), "/customers/reconciliation/", CUSTOMERS, _has_part)


@blueprint.get("/")
@policy(SIGNED_IN)
@RECONCILIATION.guards
def week() -> Any:
    return _show(_week())


@blueprint.post("/")
@policy(SIGNED_IN)
@RECONCILIATION.guards
def act() -> Any:
    """One check confirmed or disputed, or the sheet of one customer manager written up."""
    form, of_week = request.form, _week()
    try:
        if password := form.get("password"):
            check_own(password)
        with writing(db.session):
            address = _write_up(of_week) if "owner" in form else _say()
    except Refused as refused:
        note_refusal(refused)
        return _show(of_week, boxes(refused)), refused.status
    return redirect(address or url_for("reconciling.week", week=of_week.isoformat()))


def _say() -> None:
    form = request.form
    check = records.find(db.session, register_named("source_check"), form.get("check", "")[:24]) or abort(404)
    seen = whole(form.get("version")) or 0
    reconciling.say_of(
        db.session,
        check,
        form.get("said", ""),
        form.get("dispute", "")[:_LONGEST],
        seen,
        password_checked_at(),
        clock.now(),
    )
    flash(_("已对单：%(what)s", what=words(Said(form["said"]).title)), "success")


def _write_up(of_week: date) -> str:
    owner = by_public_id(db.session, "employee", request.form["owner"][:24]) or abort(404)
    sheet = reconciling.write_up(db.session, of_week, owner, clock.now())
    flash(_("对单记录已生成，请双方签字"), "success")
    return page_of(type(sheet), sheet.public_id)


def _week() -> date:
    """The Monday of the week in the address, else of this one."""
    today = local_day(db.session, clock.now())
    try:
        day = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        return monday(today)
    return monday(day if day.year in _YEARS else today)


def _show(of_week: date, refusals: list[dict[str, Any]] | None = None) -> str:
    lines, more = reconciling.lines_of(db.session, of_week)
    trail.note_views(db.session, "source_check", [(one.check.id, one.check.level) for one in lines], "reconciliation")
    page = SimpleNamespace(
        title=words(RECONCILIATION.title), refusals=refusals or [], managers=_managers(lines, of_week),
        cut=_("只列出 %(n)s 条，待对单的在前；其余的对完这些后列出。", n=reconciling.MOST) if more else "",
        span=_("%(first)s 至 %(last)s", first=dated(of_week), last=dated(of_week + timedelta(days=6))),
        earlier=url_for("reconciling.week", week=(of_week - timedelta(days=7)).isoformat()),
        later=url_for("reconciling.week", week=(of_week + timedelta(days=7)).isoformat()),
        needs_password=password_due() and any(one.mine_to_say for one in lines), address=request.full_path,
        writes=bool(may_write_up(g.person.roles)),
    )  # fmt: skip
    crumb(RECONCILIATION)
    return render_template("reconciliation.html", page=page)


def _managers(lines: list[Line], of_week: date) -> list[dict[str, Any]]:
    """By customer manager, as the two sit down together."""
    people = names("employee", (one.check.owner_id for one in lines))
    return [
        {
            "name": people[owner][0] if owner else _("未写明客户经理"), "id": people[owner][1] if owner else None,
            "rows": [_row(one, of_week) for one in some],
        }
        for owner, some in groupby(lines, key=lambda one: one.check.owner_id)
    ]  # fmt: skip


def _row(line: Line, of_week: date) -> dict[str, Any]:
    check, reads = line.check, reading()
    sources, ways = reads.options("source"), reads.options("pre_registered_by")
    compared = {True: ("state-done", _("无误")), False: ("state-late", _("有误"))}.get(
        line.path.agrees, ("state-due", _("未核对"))
    )
    said = Said(check.verdict) if check.verdict in [*Said] else Said.OPEN
    return {
        "id": check.public_id, "url": page_of(type(check), check.public_id), "version": check.version, "name": check.name,
        "came": dated(check.came_on), "left_over": check.came_on < of_week, "claimed": sources.get(check.claimed_source, ""),
        "way": ways.get(check.pre_registered_by, ""), "compared": compared, "missing": [words(step.title) for step in line.missing],
        "countersigned": line.countersigned, "source": sources.get(line.source, ""), "natural": line.source != check.claimed_source,
        "said": (_SAID[said], words(said.title)), "dispute": check.dispute or "", "mine": line.mine_to_say,
        "ready": not line.missing, "unreported": line.unreported,
    }  # fmt: skip


_SAID = {Said.OPEN: "state-open", Said.CONFIRMED: "state-done", Said.DISPUTED: "state-late"}

"""A month's or year's results: who sold, collected and earned what, the ranking, its publication, the bonuses (R-INCE-01 … 05)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail, writing
from ...guard.session import elevated
from ...guard.shown import rows_of
from ...guard.titles import linked
from ...models import register_named
from ...operations.sales import bonuses, ranking
from ...operations.sales.ranking import Period
from ...operations.sales.results import receivable, results
from ...operations.today import local_day
from ...permissions import Action, Person, Sight
from ...rules.months import Month
from ...rules.rights import may_do
from ...rules.sales import Result
from ...texts import say
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.seen import Seen
from ..doors import Section, door
from ..passwords import check_own
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..session import password_checked_at, password_due
from ..words import dated, moment_text, reading

blueprint = Blueprint("sales", __name__, url_prefix="/sales")

#: the area of the registers of customer development
SALES = Section(say("客户开发"), 22)


def _has_part(person: Person) -> bool:
    return person.reach(Action.SEE, "sales_ranking") is not None


DOOR = door(say("销售业绩"), "/sales/", SALES, _has_part)


@blueprint.get("/")
@policy(SIGNED_IN)
@DOOR.guards
def period() -> Any:
    return _page(_asked())


@blueprint.post("/")
@policy(SIGNED_IN)
@DOOR.guards
def act() -> Any:
    asked, step = _asked(), _STEPS.get(request.form.get("act", "")) or abort(400)
    try:
        if request.form.get("password"):
            check_own(request.form["password"])
        with writing(db.session):
            said = step(asked)
    except Refused as refused:
        note_refusal(refused)
        return _page(asked, boxes(refused)), refused.status
    flash(said, "success")
    return redirect(url_for("sales.period", month=str(asked.month), whole="year" if asked.yearly else None))


def _compute(asked: Period) -> str:
    return _("已计算 %(n)s 人的排名", n=ranking.compute(db.session, asked, clock.now()))


def _publish(asked: Period) -> str:
    seen = request.form.get("seen", "")
    return _("已审核，公布前 %(n)s 名", n=ranking.publish(db.session, asked, seen, password_checked_at(), clock.now()))


def _bonuses(asked: Period) -> str:
    return _("已计算 %(n)s 笔奖金", n=bonuses.compute(db.session, asked, clock.now()))


_STEPS: dict[str, Callable[[Period], str]] = {"compute": _compute, "publish": _publish, "bonuses": _bonuses}


def _asked() -> Period:
    """The period of the address or form, 404 for what is none; where none is named the last month that is over."""
    yearly = request.values.get("whole") == "year"
    if text := request.values.get("month", ""):
        return Period(Month.read(text) or abort(404), yearly)
    return Period(Month.of(local_day(db.session, clock.now())).before, yearly)


def _page(asked: Period, refusals: list[dict[str, Any]] | None = None) -> str:
    ranked, rows = register_named("sales_ranking"), ranking.held(db.session, asked)
    names = linked(db.session, "employee", rows, g.person, reading())
    trail.note_views(db.session, "sales_ranking", [(one.id, one.level) for one in rows.values()], "sales")
    read = {one.record.person_id: one for one in rows_of(db.session, ranked, list(rows.values()), (), reading())}
    full = [person for person, one in read.items() if one.sight is Sight.FULL]
    found, owed = _reckoned(asked) if full else ({}, {})
    rows = ranking.held(db.session, asked)
    approved = any(one.approved_by_id is not None for one in rows.values())
    crumb(DOOR)
    page = SimpleNamespace(
        title=_("销售业绩"), period=f"{asked.month.year}" if asked.yearly else str(asked.month), month=str(asked.month),
        months=_months(asked.month), yearly=asked.yearly, refusals=refusals or [], approved=approved,
        computed=moment_text(max((one.computed_at for one in rows.values() if one.computed_at), default=None)),
        rows=[_row(one, Seen(read[person]), names[person][0]) for person, one in rows.items()],
        figures=[_figures(names[person][0], found.get(person, Result()), owed.get(person)) for person in full],
        total=_figures(_("合计"), sum((found.get(person, Result()) for person in full), Result()),
                       sum((owed.get(person, 0) for person in full), 0)) if len(full) > 1 else None,
        compute=bool(may_do(g.person, Action.ADD, ranked)) and not approved, seen=ranking.digest_of(rows),
        publish=bool(rows) and not approved and bool(may_do(g.person, Action.APPROVE, ranked)),
        bonuses=approved and bool(may_do(g.person, Action.ADD, register_named("sales_bonus"))),
        needs_password=password_due(), board_url=url_for("sales_board.board"),
    )  # fmt: skip
    return render_template("sales.html", page=page)


def _reckoned(asked: Period) -> tuple[dict[int, Result], dict[int, Any]]:
    """Results and receivables of all, of which only those seen in full are shown."""
    with elevated(db.session) as beneath:
        return results(beneath, asked.first, asked.last), receivable(beneath, asked.last)


def _months(month: Month) -> list[str]:
    """The last twelve months that are over, and the one shown."""
    last = Month.of(local_day(db.session, clock.now())).before
    found = {month}
    for _n in range(12):
        found.add(last)
        last = last.before
    return [str(one) for one in sorted(found, reverse=True)]


def _row(one: Any, told: Seen, name: str) -> dict[str, Any]:
    return {
        "place": told.rank_no, "name": name, "url": page_of(type(one), one.public_id), "net": yuan(told.net_sales),
        "target": yuan(told.target), "achievement": share(told.achievement), "grade": told.grade or "—",
        "receipts": yuan(told.receipts), "growth": share(told.receipts_growth), "customers": whole(told.new_customers),
        "visits": whole(told.visits), "published": dated(told.published_on) if told.published_on else None,
    }  # fmt: skip


def _figures(name: str, one: Result, owed: Any) -> dict[str, Any]:
    sold = (one.orders, one.returns, one.discounts, one.cancellations, one.rebates, one.net_sales)
    earned = (one.receipts, owed or 0, one.cost, one.expenses, one.gross, -one.bill_result, one.profit)
    return {"name": name, "sold": [yuan(amount) for amount in sold], "earned": [yuan(amount) for amount in earned]}


def yuan(amount: Any) -> str:
    return "—" if amount is None else f"{amount:,.2f}"


def whole(number: Any) -> str:
    return "—" if number is None else str(number)


def share(percent: Any) -> str:
    return "—" if percent is None else f"{percent:.2f}%"

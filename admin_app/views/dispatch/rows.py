"""The lists of the dispatch board, as dispatch.html reads them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from ...database import db
from ...guard.titles import linked
from ...operations.dispatch.board import AWAY, Load
from ...operations.dispatch.stops import may_lift_now
from ...operations.dispatch.visits import SiteVisits
from ...rules.dispatch import Obstacle
from ...rules.dispatch_fairness import Share
from ...rules.figures import MOST_HELD
from ..addresses import page_of
from ..words import dated, moment_text, reading, words
from .seen import Seen, seen


def names(table: str, ids: Iterable[int | None]) -> dict[int, tuple[str, str | None]]:
    """Id -> what this person gets of the record's title, and its id in addresses."""
    return linked(db.session, table, {id_ for id_ in ids if id_}, g.person, reading())


def customers(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Customers who wait for a designer, with the way to their offer."""
    told = names("customer", (one.id for one in found))
    return [
        {"name": told[one.id][0], "since": dated(one.registered_at), "url": url_for("dispatch_offer.offer", customer=one.public_id)}
        for one in found
    ]  # fmt: skip


def orders(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Orders that wait for something; what may be done with one stands on its page."""
    shown = seen(found)
    told = names("customer", (one.customer_id for one in shown))
    people = names("employee", (id_ for one in shown for id_ in (one.designer_id, one.owner_id)))
    return [
        {
            "url": one.page, "customer": _name(told, one.customer_id), "designer": _name(people, one.designer_id),
            "rank": one.rank_then or "", "why": one.not_first_reason or "", "manager": _name(people, one.owner_id),
            "when": dated(one.proposed_at), "sent": dated(one.dispatched_at), "lapses": dated(one.lapses_on),
        }
        for one in shown
    ]  # fmt: skip


def absent_managers(found: Sequence[Any]) -> list[str]:
    """The stores whose manager is away, until when, in a sentence each."""
    return [
        _("%(store)s店经理不在（至 %(when)s），由总经理授权", store=one.name, when=moment_text(one.absent_until))
        if one.absent_until
        else _("%(store)s店经理不在，由总经理授权", store=one.name)
        for one in seen(found)
        if one.name and one.absent_from
    ]


def _name(told: dict[int, tuple[str, str | None]], id_: int | None) -> str:
    return told[id_][0] if id_ else ""


def against(found: Iterable[Obstacle]) -> list[dict[str, str]]:
    """Every reason with its rule, and what would change it."""
    return [
        {"reason": words(one.verdict.reason), "rule": one.verdict.rule, "change": words(one.change)} for one in found
    ]


def loads(found: Sequence[Load], today: date) -> list[dict[str, Any]]:
    """Every designer with what they hold and whether they may be offered an order."""
    people = names("employee", (one.file.employee_id for one in found))
    levels, places, away = reading().options("designer_level"), _places(found), _away(found, today)
    return [
        {
            "name": people[one.file.employee_id][0], "url": page_of(type(one.file), one.file.public_id),
            "level": levels.get(one.file.level_code, ""), "target": one.standing.material_target_met,
            "rank": one.standing.department_rank or "", "held": f"{one.standing.held} / {MOST_HELD}",
            "held_tag": _fullness(one), "today": _today(one, places, away), "against": against(one.obstacles),
            "last": dated(one.standing.last_order_at), "lift_url": _lift_url(one),
        }
        for one in found
    ]  # fmt: skip


def _fullness(one: Load) -> str:
    """A colour beside the figure: late deposits may have made a fourth (R-DISP-05)."""
    if one.standing.held > MOST_HELD:
        return "state-late"
    return "state-due" if one.standing.held == MOST_HELD else "state-open"


def _places(found: Sequence[Load]) -> dict[int, str]:
    """Designer -> where they are out to, of those whose outing and its place this person sees."""
    shown = seen([one.outing for one in found if one.outing is not None])
    return {one.designer_id: one.place_visited for one in shown if one.designer_id and one.place_visited}


def _away(found: Sequence[Load], today: date) -> dict[int, str]:
    """Designer -> why they aren't there today and until when: by what this person reads of their attendance, no more."""
    entries = seen([entry for one in found for entry in one.absences])
    return {one.employee_id: told for one in entries if one.employee_id and (told := _absence(one, today))}


def _absence(entry: Seen, today: date) -> str | None:
    states, away = reading().options("attendance_state"), entry.state in AWAY
    if entry.leave_from_on and entry.leave_until_on and entry.leave_from_on <= today <= entry.leave_until_on:
        state = states.get(entry.state if away else "leave", "")
        return _("%(state)s至 %(day)s", state=state, day=dated(entry.leave_until_on))
    return states.get(entry.state) if away and entry.day == today else None


def _today(one: Load, places: dict[int, str], away: dict[int, str]) -> dict[str, str]:
    if told := away.get(one.standing.designer):
        return {"text": told, "tag": "state-off"}
    if one.standing.is_out:
        place = places.get(one.standing.designer)
        return {"text": _("外出：%(place)s", place=place) if place else _("外出"), "tag": "state-due"}
    if one.standing.on_roster:
        return {"text": _("在岗"), "tag": "state-done"}
    return {"text": _("不在值班表"), "tag": "state-off"}


def _lift_url(one: Load) -> str | None:
    if not may_lift_now(db.session, one.file, one.standing):
        return None
    return url_for("dispatch_acts.lift", id=one.file.public_id)


def refusals(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Refusals of late, with what they brought about."""
    shown = seen(found)
    told = names("customer", (one.customer_id for one in shown))
    people = names("employee", (one.designer_id for one in shown))
    grounds, severities = reading().options("refusal_ground"), reading().options("refusal_severity")
    return [
        {
            "url": one.page, "when": dated(one.refused_at), "designer": _name(people, one.designer_id),
            "customer": _name(told, one.customer_id), "ground": grounds.get(one.ground, ""),
            "severity": severities.get(one.severity, "") if one.severity else _("待判定"),
            "until": _("除名") if one.struck_off_by_id else dated(one.suspended_until_on),
        }
        for one in shown
    ]  # fmt: skip


def visits(found: Sequence[SiteVisits]) -> list[dict[str, Any]]:
    """Sites whose designer owes visits, and what that takes off the commission."""
    shown = list(zip(seen([one.site for one in found]), (one.visits for one in found), strict=True))
    people = names("employee", (site.designer_id for site, _made in shown))
    stages = reading().options("site_visit_stage")
    return [
        {
            "name": site.name or "", "url": site.page, "designer": _name(people, site.designer_id),
            "made": f"{made.counted} / {made.due}", "stages": [stages.get(stage, "") for stage in made.missing_stages],
            "off": f"{made.percent_off} %", "started": dated(site.started_on),
        }
        for site, made in shown
    ]  # fmt: skip


def shares(found: Sequence[Share]) -> list[dict[str, Any]]:
    """Each proposer's orders by designer, beside the share to be expected."""
    people = names("employee", (id_ for one in found for id_ in (one.proposer, one.designer)))
    return [
        {
            "proposer": people[one.proposer][0], "designer": people[one.designer][0], "orders": one.orders,
            "total": one.total, "got": _percent(one.got), "expected": _percent(one.expected),
            "gap": f"{round(100 * (one.got - one.expected)):+d} %",
        }
        for one in found
    ]  # fmt: skip


def _percent(part: Any) -> str:
    return f"{round(100 * part)} %"

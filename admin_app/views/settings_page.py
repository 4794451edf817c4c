"""What the screen of settings shows: of each what holds today, what is to come, and what was typed."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from .. import clock
from ..database import db
from ..guard.settings import LOGO, all_versions, setting
from ..operations.audit import names_of
from ..operations.figures import value_on
from ..operations.setting_words import label_of, own_day_text, value_text
from ..operations.settings import history
from ..operations.today import local_day
from ..operations.working_time import own_day_name, own_days, working_time
from ..rules.figure_kinds import WEEKDAYS
from ..rules.figures import (
    CLOSING_TIME,
    COMPANY,
    DECLARED,
    FIXED,
    LEVEL_PREFIX,
    LEVEL_WORDS,
    WORKING_WEEK,
    Declared,
    Figure,
)
from ..rules.logos import MOST_BYTES
from ..verdicts import Verdict
from .logo import shown_logo
from .words import moment_text, words

#: the last changes shown; the trail has them all
_SHOWN = 100
#: what the levels are called
LEVELS = (LEVEL_PREFIX, *LEVEL_WORDS.values())
#: the boxes from top to bottom
_BOXES = (
    COMPANY.name, "logo", *(one.name for one in LEVELS), CLOSING_TIME.name, WORKING_WEEK.name, "own_first", "own_last",
    *(one.name for one in DECLARED.values() if isinstance(one, Figure)), "valid_from",
)  # fmt: skip


def settings_page(faults: Mapping[str, Verdict], refusals: list[dict[str, Any]]) -> SimpleNamespace:
    """Everything templates/settings.html reads."""
    session, today = db.session, local_day(db.session, clock.now())
    texts = {name: words(verdict.reason) for name, verdict in faults.items()}
    sent = request.form if faults else {}
    return SimpleNamespace(
        title=_("系统设置"), refusals=refusals, faults=texts, withdraw_url=url_for("settings.withdraw"),
        error_summary=[{"label": _label(name), "anchor": name, "text": texts[name]} for name in _BOXES if name in texts],
        valid_from=sent.get("valid_from", today.isoformat()), today=today.isoformat(),
        company=_row(session, COMPANY, today), logo=_logo(session, today, again=bool(faults) and "logo" not in faults),
        levels=[{**_row(session, one, today), "usual": words(one.show(one.default))} for one in LEVELS],
        closing={**_row(session, CLOSING_TIME, today), "usual": CLOSING_TIME.default},
        week=_week(session, today), own=_own_days(session, today),
        new_own={name: sent.get(f"own_{name}", "") for name in ("first", "last", "works", "note")},
        areas=_areas(session, today), history=_history(session),
    )  # fmt: skip


def _label(name: str) -> str:
    own = {"valid_from": _("生效日期"), "own_first": _("开始日期"), "own_last": _("结束日期"), "logo": _("公司标志")}
    return own.get(name) or words(label_of(name))


def _row(session: Session, one: Declared, today: date) -> dict[str, Any]:
    """One setting: its value today, since when, what is to come, what was typed."""
    value = value_on(session, one, clock.now())
    return {
        "name": one.name, "label": words(one.label), "help": words(one.help), "rule": one.rule, "place": words(one.place),
        "value": words(value_text(one.name, value)), "wanted": words(one.wanted), "typed": request.form.get(one.name, ""),
        "since": _since(session, one.name, today), "coming": _coming(session, one.name, today),
    }  # fmt: skip


def _since(session: Session, name: str, today: date) -> str | None:
    """The day from which the value of today holds; None while it is the default."""
    return next((day.isoformat() for day, _value in all_versions(session).get(name, ()) if day <= today), None)


def _coming(session: Session, name: str, today: date) -> list[dict[str, str]]:
    """What is still to hold, the next first."""
    return [
        {"name": name, "day": day.isoformat(), "text": words(value_text(name, value))}
        for day, value in reversed(all_versions(session).get(name, ()))
        if day > today
    ]


def _logo(session: Session, today: date, again: bool) -> dict[str, Any]:
    """*again*: a picture that was sent has to be chosen again, since browsers don't keep it."""
    sent = request.files.get("logo")
    return {"picture": shown_logo(setting(session, LOGO, today)), "coming": _coming(session, LOGO, today),
            "most_kb": MOST_BYTES // 1024, "again": again and bool(sent and sent.filename)}  # fmt: skip


def _week(session: Session, today: date) -> dict[str, Any]:
    chosen = request.form.getlist(WORKING_WEEK.name)
    days = [{"value": str(number), "label": words(label)} for number, label in enumerate(WEEKDAYS)]
    return {**_row(session, WORKING_WEEK, today), "days": days, "chosen": chosen}


def _own_days(session: Session, today: date) -> list[dict[str, Any]]:
    """The company's own days from today on; past ones stand in the history."""
    calendar = working_time(session)
    return [
        {"name": own_day_name(own.day), "day": own.day.isoformat(), "weekday": words(WEEKDAYS[own.day.weekday()]),
         "text": words(own_day_text(own.works, "")), "works": own.works, "note": own.note,
         "provisional": calendar.provisional(own.day)}
        for own in own_days(session)
        if own.day >= today
    ]  # fmt: skip


def _areas(session: Session, today: date) -> list[dict[str, Any]]:
    """The figures by area, with what is fixed there."""
    figures = [one for one in DECLARED.values() if isinstance(one, Figure)]
    return [
        {"title": words(area),
         "figures": [{**_row(session, one, today), "unit": words(one.unit.label), "hint": words(one.hint),
                      "usual": one.default} for one in figures if one.area == area],
         "fixed": [{"label": words(one.label), "value": words(one.value), "rule": one.rule, "place": words(one.place)}
                   for one in FIXED if one.area == area]}
        for area in {one.area.message: one.area for one in figures}.values()
    ]  # fmt: skip


def _history(session: Session) -> list[dict[str, str]]:
    rows = history(session, _SHOWN)
    names = names_of(session, {row.set_by_id for row in rows})
    return [
        {"label": words(label_of(row.name)), "text": words(value_text(row.name, row.value)),
         "from": row.valid_from.isoformat(), "by": names.get(row.set_by_id) or _("初始设置"), "at": moment_text(row.set_at)}
        for row in rows
    ]  # fmt: skip

"""The company's settings as they hold on a day; cached until one changes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..working.settings import Setting
from .stamped import Stamped

#: the name the company bears on every page, and its picture beside it
COMPANY_NAME = "company_name"
LOGO = "company_logo"

Versions = Sequence[tuple[date, Any]]


def _load(session: Session, key: object) -> Mapping[str, Versions]:
    """name -> (valid from, value), newest first."""
    table = Setting.__table__
    found: dict[str, list[tuple[date, Any]]] = {}
    for row in session.connection().execute(select(table).order_by(table.c.valid_from.desc())):
        found.setdefault(row.name, []).append((row.valid_from, json.loads(row.value)))
    return found


_settings = Stamped("settings", _load, tables=["setting"])


def all_versions(session: Session) -> Mapping[str, Versions]:
    """name -> (valid from, value), newest first, those to come among them."""
    return _settings.get(session)


def setting(session: Session, name: str, day: date) -> Any:
    """The value of *name* on *day*; None where nothing was set by then."""
    versions = all_versions(session).get(name, ())
    return next((value for valid_from, value in versions if valid_from <= day), None)


def company_name(session: Session, day: date) -> str | None:
    """What the company calls itself on *day*; None before set-up."""
    return setting(session, COMPANY_NAME, day)

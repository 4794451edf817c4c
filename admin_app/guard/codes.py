"""Code lists as fields read them: labels in order, retired codes apart; cached until a list changes."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import clock
from ..fields import Reading
from ..fields.kind import SHANGHAI
from ..working.codes import CodeEntry
from .level_words import level_words_on
from .stamped import Stamped

_Lists = tuple[dict[str, dict[str, str]], dict[str, frozenset[str]]]


def _load(session: Session, key: object) -> _Lists:
    table = CodeEntry.__table__
    options: dict[str, dict[str, str]] = {}
    retired: dict[str, set[str]] = {}
    for row in session.connection().execute(select(table).order_by(table.c.codes, table.c.position, table.c.code)):
        options.setdefault(row.codes, {})[row.code] = row.label
        if row.retired:
            retired.setdefault(row.codes, set()).add(row.code)
    return options, {name: frozenset(codes) for name, codes in retired.items()}


_lists = Stamped("codes", _load, tables=["code_entry"])
#: the list whose labels are settings (R-CONF-13)
LEVELS = "level"
_NONE: Mapping[str, str] = {}


def reading(session: Session, zone: ZoneInfo = SHANGHAI) -> Reading:
    """How values are read and shown at present."""
    lists, retired = _lists.get(session)
    levels = level_words_on(session, clock.now().astimezone(zone).date())
    options, also = {**lists, LEVELS: levels.labels()}, {LEVELS: levels.readings()}
    return Reading(
        zone,
        lambda codes: options.get(codes, _NONE),
        lambda codes: retired.get(codes, frozenset()),
        levels.told,
        lambda codes: also.get(codes, _NONE),
    )

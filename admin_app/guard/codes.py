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

#: of each list: the labels, the retired codes, and labels that are read though they are shown with their letter
_Lists = tuple[dict[str, dict[str, str]], dict[str, frozenset[str]], dict[str, dict[str, str]]]


def lettered(code: str, label: str) -> str:
    """*label* behind its class letter, where the code is one: paper ledgers write A to D and nothing else (000 客户分级)."""
    letter = len(code) == 1 and "A" <= code <= "Z" and not label.startswith(code)
    return f"{code} {label}" if letter else label


def _load(session: Session, key: object) -> _Lists:
    table = CodeEntry.__table__
    options: dict[str, dict[str, str]] = {}
    retired: dict[str, set[str]] = {}
    also: dict[str, dict[str, str]] = {}
    for row in session.connection().execute(select(table).order_by(table.c.codes, table.c.position, table.c.code)):
        options.setdefault(row.codes, {})[row.code] = shown = lettered(row.code, row.label)
        if shown != row.label:
            also.setdefault(row.codes, {})[row.label] = row.code
        if row.retired:
            retired.setdefault(row.codes, set()).add(row.code)
    return options, {name: frozenset(codes) for name, codes in retired.items()}, also


_lists = Stamped("codes", _load, tables=["code_entry"])
#: the list whose labels are settings (R-CONF-13)
LEVELS = "level"
_NONE: Mapping[str, str] = {}


def reading(session: Session, zone: ZoneInfo = SHANGHAI) -> Reading:
    """How values are read and shown at present."""
    lists, retired, unlettered = _lists.get(session)
    levels = level_words_on(session, clock.now().astimezone(zone).date())
    options, also = {**lists, LEVELS: levels.labels()}, {**unlettered, LEVELS: levels.readings()}
    return Reading(
        zone,
        lambda codes: options.get(codes, _NONE),
        lambda codes: retired.get(codes, frozenset()),
        levels.told,
        lambda codes: also.get(codes, _NONE),
    )

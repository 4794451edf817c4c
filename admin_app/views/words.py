"""From messages as data to the reader's language, and values as the request reads and shows them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from flask import current_app, g

from .. import clock
from ..database import db
from ..fields import Reading
from ..guard.codes import reading as codes_reading
from ..guard.level_words import level_words_on
from ..guard.listing import COUNTED_TO
from ..level_words import LevelWords
from ..operations.today import local_day
from ..permissions import Level
from ..rules.figure_kinds import WEEKDAYS
from ..texts import Mark, Several, Text, Word, tell
from .language import DEFAULT, language, translated


def words(message: Text | Several | str | None) -> str:
    """*message* in the reader's language, and so the messages among its values."""
    return "" if message is None else tell(message, _said)


def _said(message: str) -> str:
    if isinstance(message, Mark):
        return level_words().of(message, translated)
    return translated(message).replace("%%", "%")


def level_words() -> LevelWords:
    """What the company calls the levels today; asked once per request."""
    if "level_words" not in g:
        g.level_words = level_words_on(db.session, local_day(db.session, clock.now()))
    return g.level_words


def shown(value: Any) -> Any:
    """*value* in the reader's language where it is a message, unchanged where it is data."""
    return words(value) if isinstance(value, Text | Several | Word) else value


def reading() -> Reading:
    """How this request reads and shows values; made once per request."""
    if "reading" not in g:
        plain = ledger_reading()
        g.reading = plain if language() == DEFAULT else replace(plain, word=words, options=_translated_levels(plain))
    return g.reading


def _translated_levels(plain: Reading) -> Callable[[str], Mapping[str, str]]:
    """The lists of *plain*: labels are the company's data, but the shipped words of the levels are the program's."""
    levels = {str(int(level)): words(level.label) for level in Level}
    return lambda codes: levels if codes == "level" else plain.options(codes)


def ledger_reading() -> Reading:
    """How files read and show values: in the company's language, whoever fetches them, so that they can come back."""
    return codes_reading(db.session, current_app.config["ZONE"])


def moment_text(value: Any) -> str:
    """A moment as an office writes it: 2026-11-21 14:05."""
    return value.astimezone(current_app.config["ZONE"]).strftime("%Y-%m-%d %H:%M") if value else ""


def dated(value: date | datetime | None) -> str:
    """A day or moment with its weekday, for whoever is to keep it: 2026-11-21 周六, 2026-11-21 周六 14:05.

    Local midnight is a day, as ledgers and lists have it.
    """
    if value is None:
        return ""
    of_day = ""
    if isinstance(value, datetime):
        value = value.astimezone(current_app.config["ZONE"])
        of_day = value.strftime(" %H:%M") if value.time() != time() else ""
    return f"{value:%Y-%m-%d} {words(WEEKDAYS[value.weekday()])}{of_day}"


def counted(total: int) -> str:
    """A total counted as lists count: 850, and “1,000+” beyond where counting ends."""
    return f"{COUNTED_TO:,}+" if total > COUNTED_TO else f"{total:,}"

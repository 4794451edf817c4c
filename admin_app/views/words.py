"""From messages as data to the reader's language, and values as the request reads and shows them."""

from typing import Any

from flask import current_app, g

from ..database import db
from ..fields import Reading
from ..guard.codes import reading as codes_reading
from ..guard.listing import COUNTED_TO
from ..texts import Text
from .language import translated


def words(message: Text | str | None) -> str:
    """*message* in the reader's language, and so the messages among its values."""
    if message is None:
        return ""
    if isinstance(message, Text):
        values = {name: words(value) if isinstance(value, Text) else value for name, value in message.values.items()}
        return Text(message.message, values).fill(translated(message.message).replace("%%", "%"))
    return translated(message)


def reading() -> Reading:
    """How this request reads and shows values; made once per request."""
    if "reading" not in g:
        g.reading = codes_reading(db.session, current_app.config["ZONE"])
    return g.reading


def moment_text(value: Any) -> str:
    """A moment as an office writes it: 2026-11-21 14:05."""
    return value.astimezone(current_app.config["ZONE"]).strftime("%Y-%m-%d %H:%M") if value else ""


def counted(total: int) -> str:
    """A total counted as lists count: 850, and “1,000+” beyond where counting ends."""
    return f"{COUNTED_TO:,}+" if total > COUNTED_TO else f"{total:,}"

"""Texts in the reader's language, which is looked up once per request: Flask-Babel does so again for every text."""

from typing import Any

from flask import g
from flask_babel import get_locale, get_translations


def translated(message: str) -> str:
    """*message* in the reader's language."""
    return translations().ugettext(message)


def translations() -> Any:
    """The catalogue of the reader's language."""
    found = g.get("translations")
    if found is None:
        found = g.translations = get_translations()
    return found


def language() -> str:
    found = g.get("language")
    if found is None:
        found = g.language = str(get_locale())
    return found

"""Texts in the reader's language, which is looked up once per request: Flask-Babel does so again for every text."""

from typing import Any

from flask import g
from flask_babel import get_locale, get_translations


def translated(message: str) -> str:
    """*message* in the reader's language."""
    return translations().ugettext(message)


def translations() -> Any:
    """The catalogue of the reader's language."""
    if "translations" not in g:
        g.translations = get_translations()
    return g.translations


def language() -> str:
    if "language" not in g:
        g.language = str(get_locale())
    return g.language

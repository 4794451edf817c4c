"""The reader's language: chosen in the top bar, kept by the browser; texts in it, looked up once per request."""

from typing import Any

from flask import Blueprint, abort, current_app, g, has_request_context, redirect, request
from flask_babel import Babel, Domain

from .catalogues import CHINESE, Catalogue, english, traditional
from .input import came_from
from .policy import PUBLIC, policy

#: the language that the program is written in, and the company's
DEFAULT = "zh-CN"
#: as ``<html lang>`` has it -> its own name for itself, which is nobody else's to translate
LANGUAGES = {DEFAULT: "简体中文", "zh-Hant": "繁體中文", "en": "English"}
_CATALOGUES = {DEFAULT: lambda: CHINESE, "zh-Hant": traditional, "en": english}
_COOKIE = "language"
_A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("language", __name__)


class _ReadersWords(Domain):
    """Flask-Babel's texts from the same catalogue as those of the templates."""

    def get_translations(self) -> Catalogue:
        return translations()


class ReadersBabel(Babel):
    """Flask-Babel, whose ``gettext`` asks for the reader's language."""

    domain_instance = _ReadersWords()


def translated(message: str) -> str:
    """*message* in the reader's language."""
    context = getattr(message, "context", "")
    return translations().upgettext(context, message) if context else translations().ugettext(message)


def translations() -> Catalogue:
    """The catalogue of the reader's language."""
    found = g.get("translations")
    if found is None:
        found = g.translations = _CATALOGUES[language()]()
    return found


def language() -> str:
    """The language that the reader chose in this browser, else the company's."""
    found = g.get("language")
    if found is None:
        chosen = request.cookies.get(_COOKIE) if has_request_context() else None
        found = g.language = chosen if chosen in LANGUAGES else DEFAULT
    return found


def choices() -> list[dict[str, Any]]:
    """The languages as parts/languages.html offers them."""
    return [{"code": code, "name": name, "current": code == language()} for code, name in LANGUAGES.items()]


@blueprint.post("/language/")
@policy(PUBLIC)
def choose() -> Any:
    """Keep the language for a year and go back to the page that asked."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    answer = redirect(came_from() or "/")
    answer.set_cookie(
        _COOKIE,
        chosen,
        max_age=_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer

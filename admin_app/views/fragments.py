"""Parts of pages that are alike from answer to answer, the menu above all: rendered once and kept; addresses likewise."""

import hashlib
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from .language import language, translated, translations

#: when so many are kept, all are forgotten; one takes two kilobytes or so
_MOST = 4000


def add_fragments(app: Flask) -> None:
    """Let the templates of *app* take texts and addresses from here."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translated,
        ngettext=lambda one, many, number: translations().ungettext(one, many, number),
        pgettext=lambda context, message: translations().upgettext(context, message),
        newstyle=True,
    )
    app.jinja_env.globals.update(static=static, fragment=fragment)
    app.extensions["fragments"] = {}


def fragment(template: str, macro: str, key: Hashable = None, model: Callable[[], Any] | None = None) -> Markup:
    """What *macro* of *template* makes of ``model()``; *key* names all that this depends on, the language aside."""
    fragments = current_app.extensions["fragments"]
    place = (template, macro, key, language())
    found = fragments.get(place)
    if found is None:
        if len(fragments) >= _MOST:
            fragments.clear()
        found = fragments[place] = rendered(template, macro, *([model()] if model else []))
    return found


def rendered(template: str, macro: str, *values: Any) -> Markup:
    """What *macro* of *template* makes of *values*, kept nowhere."""
    return getattr(current_app.jinja_env.get_template(template).module, macro)(*values)


def static(path: str) -> str:
    """The address of a static file; it names what the file holds, so that browsers may keep it for good."""
    return _address(request.script_root, "static", filename=path, v=_digest(path))


@cache
def _digest(path: str) -> str:
    return hashlib.sha256((Path(current_app.static_folder or "") / path).read_bytes()).hexdigest()[:10]


def address(endpoint: str) -> str:
    """The address of an endpoint that takes no values."""
    return _address(request.script_root, endpoint)


@lru_cache(maxsize=500)
def _address(root: str, endpoint: str, **values: Any) -> str:
    """*root* is where the program is mounted; every application of a process has the same routes."""
    return url_for(endpoint, **values)

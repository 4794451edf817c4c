"""Parts of pages that are alike from answer to answer, the menu above all: rendered once and kept; addresses likewise."""

import hashlib
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from .headers import csp_nonce
from .language import language, translated, translations

#: when so many characters are kept, all are forgotten: the menus of a company of many roles take a fifth of it
_MOST = 10_000_000
#: stands for the nonce in what is kept
_NONCE = "{nonce}"


def add_fragments(app: Flask) -> None:
    """Let the templates of *app* take texts and addresses from here."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translated,
        ngettext=lambda one, many, number: translations().ungettext(one, many, number),
        pgettext=lambda context, message: translations().upgettext(context, message),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = said
    app.jinja_env.globals.update(static=static, fragment=fragment, scripts=scripts, csrf_input=csrf_input)
    app.extensions["fragments"] = _Kept()


class _Kept(dict[Hashable, Markup]):
    """The parts that are kept, and how many characters they are."""

    characters = 0

    def keep(self, place: Hashable, part: Markup) -> None:
        if self.characters >= _MOST:
            self.clear()
            self.characters = 0
        self[place] = part
        self.characters += len(part)


def said(message: str, **values: Any) -> Markup:
    """What ``_`` of the templates says. Jinja's own takes five times as long, and there are a hundred on a page."""
    context = getattr(message, "context", "")
    return _said(message, context, language()) % values if values else _said_plainly(message, context, language())


@lru_cache(maxsize=5000)
def _said(message: str, context: str, of: str) -> Markup:
    return Markup(translated(message))


@lru_cache(maxsize=5000)
def _said_plainly(message: str, context: str, of: str) -> Markup:
    return _said(message, context, of) % {}


def fragment(template: str, macro: str, key: Hashable = None, model: Callable[[], Any] | None = None) -> Markup:
    """What *macro* of *template* makes of ``model()``; *key* names all that this depends on, the language aside."""
    fragments = current_app.extensions["fragments"]
    place = (template, macro, key, language())
    found = fragments.get(place)
    if found is None:
        found = rendered(template, macro, *([model()] if model else []))
        fragments.keep(place, found)
    return found


def rendered(template: str, macro: str, *values: Any) -> Markup:
    """What *macro* of *template* makes of *values*, kept nowhere."""
    return getattr(current_app.jinja_env.get_template(template).module, macro)(*values)


def static(path: str) -> str:
    """The address of a static file; it names what the file holds, so that browsers may keep it for good."""
    return _address(request.script_root, "static", filename=path, v=_digest(path))


def scripts(*names: str) -> Markup:
    """The module scripts of these *names*, under the nonce of this answer."""
    return Markup(_scripts(request.script_root, names).replace(_NONCE, csp_nonce()))


@lru_cache(maxsize=200)
def _scripts(root: str, names: tuple[str, ...]) -> str:
    tag = '<script type="module" nonce="{}" src="{}"></script>\n'
    return "".join([tag.format(_NONCE, escape(static(f"js/{name}.js"))) for name in names])


def csrf_input() -> Markup:
    """The token of a POST form; the same in all forms of a page."""
    if "csrf_input" not in g:
        g.csrf_input = Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
    return g.csrf_input


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

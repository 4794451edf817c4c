"""Strongroom · 客档: the registers and archives of a company's customer service, kept in confidence.

Imports point one way only, and a test enforces it:
``cli, jobs -> views -> sheets -> operations -> rules -> registers -> guard -> working -> models -> fields ->
permissions, texts, verdicts``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings

from . import database, registers, views
from .logs import configure_logging
from .storage import file_store


@registers.uncollected()
def create_app(config: Settings | Mapping[str, Any] | None = None) -> Flask:
    """The WSGI application. *config*: settings, or a mapping over those of the environment (``{"data_dir": …}``)."""
    settings = _settings(config)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file_store(settings)  # a wrong address stops the start, not the first scan
    configure_logging()
    registers.load_all()
    app = Flask(__name__)
    app.config.update(
        SETTINGS=settings,
        ZONE=ZoneInfo(settings.timezone),
        SECRET_KEY=settings.session_key(),
        TESTING=settings.testing,
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        # views.session renews it by the minute; signing it anew at each answer gains nothing
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.behind_https,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )
    database.configure(app, settings.database, settings.anchor, app.config["ZONE"], bool(settings.prepare))
    views.add_views(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def _settings(config: Settings | Mapping[str, Any] | None) -> Settings:
    if isinstance(config, Settings):
        return config
    known = Settings.from_environment()
    given = dict(config or {})
    if "data_dir" in given:
        given["data_dir"] = Path(given["data_dir"])
    return Settings(**{**vars(known), **given})

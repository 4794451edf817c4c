"""The application's database: one guarded session per application context, engines set up alike on both databases."""

from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy

from .guard import GuardedSession

db = SQLAlchemy(session_options={"class_": GuardedSession})


def configure(app: Flask, url: str, anchor: Path | None, zone: ZoneInfo) -> None:
    """Give *app* its engine and guarded sessions; the trail's head is kept in the file *anchor*, days end in *zone*."""
    app.config["SQLALCHEMY_ENGINES"] = {"default": {"url": url, **engine_options(url)}}
    db.init_app(app)
    _keep_out_asyncio(app)
    with app.app_context():
        db.sessionmaker.configure(anchor=anchor, zone=zone)


def _keep_out_asyncio(app: Flask) -> None:
    """The extension awaits the end of asynchronous sessions, which we never open: a thread and an event loop a request."""
    closing = app.teardown_appcontext_funcs
    closing[:] = [function for function in closing if not iscoroutinefunction(function)]


def engine_options(url: str) -> dict[str, Any]:
    """What ``create_engine`` needs besides the *url*, for every process that opens the database."""
    if url.startswith("postgresql"):
        # after five runs psycopg prepares, and PostgreSQL may then plan for nobody in particular: hundreds of times slower
        return {"pool_pre_ping": True, "connect_args": {"prepare_threshold": None}}
    return {"connect_args": {"timeout": 10}}

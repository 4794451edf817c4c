"""The application's database: one guarded session per application context, engines set up alike on both databases."""

import time
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from .guard import GuardedSession
from .guard.prepared import UNPREPARED

#: seconds for which a connection just used is taken to live
_TRUSTED = 2

db = SQLAlchemy(session_options={"class_": GuardedSession})


def configure(app: Flask, url: str, anchor: Path | None, zone: ZoneInfo, prepare: bool = True) -> None:
    """Give *app* its engine and guarded sessions; the trail's head is kept in the file *anchor*, days end in *zone*."""
    app.config["SQLALCHEMY_ENGINES"] = {"default": {"url": url, **engine_options(url, prepare)}}
    db.init_app(app)
    _keep_out_asyncio(app)
    with app.app_context():
        db.sessionmaker.configure(anchor=anchor, zone=zone)
        _ping_after_idleness(db.engine)


def _keep_out_asyncio(app: Flask) -> None:
    """The extension awaits the end of asynchronous sessions, which we never open: a thread and an event loop a request."""
    closing = app.teardown_appcontext_funcs
    closing[:] = [function for function in closing if not iscoroutinefunction(function)]


def _ping_after_idleness(engine: Engine) -> None:
    """Ask a connection whether it still lives only after it has lain idle: each time costs a page a round trip or two."""

    def left(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["left"] = time.monotonic()

    def taken(connection: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
        if time.monotonic() - record.info.get("left", time.monotonic()) < _TRUSTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool then opens another

    event.listen(engine, "checkin", left)
    event.listen(engine, "checkout", taken)


def engine_options(url: str, prepare: bool = True) -> dict[str, Any]:
    """What ``create_engine`` needs besides the *url*, for every process that opens the database."""
    if url.startswith("postgresql"):
        # after five runs psycopg prepares, and PostgreSQL may then plan for nobody in particular: hundreds of times slower
        return {"connect_args": {"prepare_threshold": None}, "execution_options": {} if prepare else UNPREPARED}
    return {"connect_args": {"timeout": 10}}

"""Signing in and asking for pages through WSGI, as bare as can be: the client itself must not weigh in the times."""

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, render_template
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import Engine, event
from werkzeug.test import EnvironBuilder, run_wsgi_app

from admin_app import create_app
from admin_app.views.policy import SIGNED_IN, policy

from . import unguarded
from .databases import PASSWORD, House

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_EMPTY = "bench_empty.html"
Ask = Callable[[], bytes]


def measured_app(house: House) -> Flask:
    """The program on *house*, with an empty page added; its log is written, but to nowhere."""
    app = create_app(house.settings)
    for handler in logging.getLogger("strongroom").handlers:
        handler.setStream(open(os.devnull, "w"))  # type: ignore[attr-defined]  # noqa: SIM115  as long as the process
    app.jinja_loader = ChoiceLoader([app.jinja_loader, DictLoader({_EMPTY: '{% extends "layout.html" %}'})])  # type: ignore[list-item]
    app.add_url_rule("/bench/empty", "bench_empty", policy(SIGNED_IN)(_empty))
    unguarded.arm(app)
    return app


def _empty() -> str:
    return render_template(_EMPTY, page={"title": "空"})


class Reader:
    """One person, signed in."""

    def __init__(self, app: Flask, username: str):
        self.app = app
        client = app.test_client()
        token = _TOKEN.search(client.get("/login").text)[1]  # type: ignore[index]
        form = {"username": username, "password": PASSWORD, "csrf_token": token}
        answer = client.post("/login", data=form)
        if answer.status_code != 302:
            raise RuntimeError(f"{username} could not sign in: {answer.status}")
        client.post("/three-donts/", data={"csrf_token": _TOKEN.search(client.get("/password").text)[1]})  # type: ignore[index]
        self.cookie = f"session={client.get_cookie('session').value}"  # type: ignore[union-attr]

    def asks(self, path: str, guarded: bool = True) -> Ask:
        """A call that asks for *path*; RuntimeError unless it is answered 200."""
        extra = {} if guarded else {unguarded.SWITCH: "off"}
        environ = EnvironBuilder(path=path, headers={"Cookie": self.cookie}, environ_overrides=extra).get_environ()
        return asks(self.app, environ)


def asks(app: Flask, environ: dict[str, Any]) -> Ask:
    def ask() -> bytes:
        body, status, _headers = run_wsgi_app(app, dict(environ))
        answer = b"".join(body)
        if not status.startswith("200"):
            raise RuntimeError(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}: {status}")
        return answer

    return ask


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that *engine* executes meanwhile."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)

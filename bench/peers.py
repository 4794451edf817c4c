"""What to compare with: Flask's own empty page for somebody signed in, and plain Flask-Admin on the same tables."""

import sys
import warnings
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask, g, render_template
from flask import session as cookie
from flask_admin import Admin
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, scoped_session, sessionmaker
from werkzeug.test import EnvironBuilder

from .asking import Ask, asks
from .databases import House
from .floor import DAYS, DEEP, GRADE

# Flask-Admin 2.2.1 can't be imported without Flask-SQLAlchemy, though it wants but two names of it for annotations.
sys.modules.setdefault("flask_sqlalchemy", SimpleNamespace(SQLAlchemy=type("SQLAlchemy", (), {})))  # type: ignore[arg-type]
sys.modules.setdefault("flask_sqlalchemy.session", SimpleNamespace(Session=Session))  # type: ignore[arg-type]
from flask_admin.contrib.sqla import ModelView  # noqa: E402


class Base(DeclarativeBase):
    """The same tables as anybody would map them."""


class User(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]


class Shop(Base):
    __tablename__ = "store"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Worker(Base):
    __tablename__ = "employee"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Client(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Visit(Base):
    __tablename__ = "visitor"
    id: Mapped[int] = mapped_column(primary_key=True)
    came_at: Mapped[Any] = mapped_column(sa.DateTime(timezone=True))
    name: Mapped[str]
    phone: Mapped[str]
    estate: Mapped[str | None]
    source: Mapped[str]
    grade: Mapped[str | None]
    received_by: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"))
    designer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"))
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customer.id"))
    store_id: Mapped[int | None] = mapped_column(sa.ForeignKey("store.id"))
    owner: Mapped[Worker | None] = relationship(foreign_keys=[owner_id])
    designer: Mapped[Worker | None] = relationship(foreign_keys=[designer_id])
    customer: Mapped[Client | None] = relationship()
    store: Mapped[Shop | None] = relationship()


class Visits(ModelView):
    page_size = 50
    column_list = ("came_at", "name", "phone", "estate", "source", "grade", "received_by")
    column_filters = ("grade", "came_at")
    column_default_sort = ("came_at", True)
    can_export = True


_LAYOUT = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>空</title>
{% for name in ("tokens", "components", "print") %}<link rel="stylesheet" href="{{ url_for('static', filename=name ~ '.css') }}">
{% endfor %}</head><body><header><a href="{{ url_for('empty') }}">客档</a> {{ g.user.username }}
<form method="post" action="{{ url_for('logout') }}"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<button>{{ _("退出登录") }}</button></form></header><main><h1>{{ _("空") }}</h1></main>
{% for name in ("confirm", "menu") %}<script src="{{ url_for('static', filename=name ~ '.js') }}"></script>
{% endfor %}</body></html>"""


def peer_app(house: House) -> Flask:
    """Flask with what everybody adds: Flask-WTF, Flask-Babel, an ORM session per request, a user; and Flask-Admin."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="measured", BABEL_DEFAULT_LOCALE="zh_Hans_CN", WTF_CSRF_TIME_LIMIT=None)
    app.jinja_loader = DictLoader({"empty.html": _LAYOUT})
    Babel(app)
    CSRFProtect(app)
    options = {} if house.kind == "sqlite" else {"connect_args": {"prepare_threshold": None}}
    session = scoped_session(sessionmaker(sa.create_engine(house.settings.database, **options)))
    app.teardown_appcontext(lambda _error: session.remove())
    _add_empty_page(app, session)
    with app.app_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a session is deprecated in favour of Flask-SQLAlchemy
        Admin(app).add_view(Visits(Visit, session, endpoint="visits"))
    return app


def _add_empty_page(app: Flask, session: scoped_session[Session]) -> None:
    @app.get("/empty")
    def empty() -> str:
        g.user = session.get(User, cookie.setdefault("user", 1))
        return render_template("empty.html")

    @app.post("/logout")
    def logout() -> str:
        cookie.clear()
        return ""


def peer_pages(app: Flask, now: datetime) -> dict[str, Callable[[], Any]]:
    """The peers' pages by the names of ours: ``empty``, ``first``, ``number``, ``filtered``."""
    client = app.test_client()
    client.get("/empty")
    signed = f"session={client.get_cookie('session').value}"  # type: ignore[union-attr]
    pages = {"empty": "/empty", "first": "/admin/visits/", "number": f"/admin/visits/?page={DEEP - 1}",
             "filtered": f"/admin/visits/?{_filters(app, now)}"}  # fmt: skip
    return {name: _ask(app, path, signed) for name, path in pages.items()}


def peer_form(app: Flask) -> Ask:
    """Plain Flask-Admin's form of one visit: it reads every customer into a box."""
    return _ask(app, "/admin/visits/edit/?id=1", "")


def export_of(app: Flask) -> Ask:
    """Plain Flask-Admin's export of all visits as CSV."""
    return _ask(app, "/admin/visits/export/csv/", "")


def _filters(app: Flask, now: datetime) -> str:
    """Flask-Admin numbers its filters; those of the grade, and of the time since."""
    view = next(view for view in app.extensions["admin"][0]._views if isinstance(view, Visits))
    named = {(flt.column.name, type(flt).__name__): number for number, flt in enumerate(view._filters)}
    grade, since = named["grade", "FilterEqual"], named["came_at", "DateTimeGreaterFilter"]
    return urlencode({f"flt0_{grade}": GRADE, f"flt1_{since}": f"{now - timedelta(days=DAYS):%Y-%m-%d %H:%M:%S}"})


def _ask(app: Flask, path: str, signed: str) -> Ask:
    return asks(app, EnvironBuilder(path=path, headers={"Cookie": signed}).get_environ())

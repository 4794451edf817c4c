"""The pages that are measured on one database: who asks what, beside which floor and which peer."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import Engine

from admin_app import clock
from admin_app.database import db
from admin_app.guard.listing import ListQuery, all_ids, count
from admin_app.guard.session import act_as
from admin_app.models import register_named
from admin_app.operations.people import load_person

from . import unguarded
from .asking import Ask, Reader, counted, measured_app
from .databases import House
from .floor import DAYS, DEEP, GRADE, NAME, PHONE, PINYIN, floors
from .house import ACTORS, employee_id
from .peers import peer_app, peer_form, peer_pages
from .timing import side_by_side

LIST = "/admin/visitor/"
FILTERED = f"?f-grade={GRADE}&f-grade-op=in&f-came_at={DAYS}&f-came_at-op=last_days"
_NEXT = re.compile(r'rel="next" href="([^"]+)"')
_EDIT = re.compile(r'href="edit/\?id=([^"]+)"')
_PAGE = 50
#: what reads whole registers is measured apart, or there would be few rounds
SLOW = ("sorted", "phone", "name", "pinyin")


@dataclass
class Figures:
    """What was measured on one database: times in milliseconds by kind of page and question."""

    kind: str
    rows: int
    #: the manager's lists, a store manager's single pages, floors, Flask's and Flask-Admin's pages: ``ours first``, ``floor first``
    pages: dict[str, float] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    kilobytes: dict[str, float] = field(default_factory=dict)
    #: person -> rows seen, and question -> (guarded, unguarded)
    persons: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measure(house: House, seconds: float) -> Figures:
    """Everything about *house*; each group of cases takes *seconds*."""
    figures = Figures(house.kind, house.rows)
    app, now = measured_app(house), clock.now()
    manager = Reader(app, "manager")
    ours = _questions(manager, house.rows // _PAGE) | _single(Reader(app, "big"))
    peers = peer_app(house)
    cases = {
        **{f"floor {name}": call for name, call in floors(house, now).items()},
        **{f"ours {name}": call for name, call in ours.items()},
        **{f"peer {name}": call for name, call in peer_pages(peers, now).items()},
    }
    slow = {f"{whose} {name}": cases.pop(f"{whose} {name}") for name in SLOW for whose in ("floor", "ours")}
    figures.pages = _medians(cases, 4 * seconds) | _medians(slow, seconds)
    figures.pages |= _medians({"peer form": peer_form(peers)}, seconds, least=1)
    for name, ask in ours.items():
        with counted(_engine(app)) as sent:
            figures.kilobytes[name] = len(ask()) / 1024
        figures.queries[name] = len(sent)
    for actor in ACTORS:
        figures.persons[actor.username] = _person(app, actor.username, seconds)
    return figures


def _medians(cases: dict[str, Any], seconds: float, least: int = 5) -> dict[str, float]:
    return {name: times.median for name, times in side_by_side(cases, seconds, least).items()}


def _engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def _questions(reader: Reader, pages: int) -> dict[str, Ask]:
    """What the manager asks."""
    return {
        "empty": reader.asks("/bench/empty"),
        "first": reader.asks(LIST),
        **_deep(reader, min(DEEP, pages)),
        "filtered": reader.asks(LIST + FILTERED),
        "sorted": reader.asks(LIST + "?sort=name"),
        "phone": reader.asks(f"{LIST}?{urlencode({'q': PHONE})}"),
        "name": reader.asks(f"{LIST}?{urlencode({'q': NAME})}"),
        "pinyin": reader.asks(f"{LIST}?{urlencode({'q': PINYIN})}"),
    }


def _single(reader: Reader) -> dict[str, Ask]:
    """One record, by somebody who may change it; and their own empty page, to subtract."""
    record = _EDIT.search(reader.asks(LIST)().decode())[1]  # type: ignore[index]
    return {
        "own empty": reader.asks("/bench/empty"),
        "details": reader.asks(f"{LIST}details/?id={record}"),
        "form": reader.asks(f"{LIST}edit/?id={record}"),
    }


def _deep(reader: Reader, page: int, guarded: bool = True) -> dict[str, Ask]:
    """A page far down, come to page by page and by its number."""
    before = reader.asks(f"{LIST}?page={page - 1}")().decode()
    after = _NEXT.search(before)[1].replace("&amp;", "&")  # type: ignore[index]
    return {"keyset": reader.asks(LIST + after, guarded), "number": reader.asks(f"{LIST}?page={page}", guarded)}


def _person(app: Flask, username: str, seconds: float) -> dict[str, Any]:
    """One person's lists with the guard and without it."""
    reader, seen = Reader(app, username), _seen(app, username)
    cases: dict[str, Ask] = {}
    for guarded in (True, False):
        asked = {"first": reader.asks(LIST, guarded), "filtered": reader.asks(LIST + FILTERED, guarded)}
        if (deepest := min(DEEP, seen // _PAGE)) > 1:
            asked |= _deep(reader, deepest, guarded)
        cases |= {f"{'on' if guarded else 'off'} {name}": ask for name, ask in asked.items()}
    taken = _medians(cases, 2 * seconds)
    return {
        "seen": seen,
        **{name[3:]: (taken[name], taken[f"off {name[3:]}"]) for name in taken if name.startswith("on ")},
    }


def _seen(app: Flask, username: str) -> int:
    """How many visitors the person sees; of whom they see less than a page, the ids are kept for the pages unguarded."""
    with app.app_context():
        person = load_person(db.session, employee_id(username))
        assert person is not None
        act_as(db.session, person)
        query = ListQuery(register_named("visitor"), ["id"])
        seen = count(db.session, query, None)
        if seen < _PAGE:
            unguarded.FEW[person.id] = list(all_ids(db.session, query))
        return seen

"""What every page gets: who is signed in, the menu of areas, the crumbs, the brand."""

from functools import lru_cache, partial
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from flask import Flask, g, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from .. import clock
from ..database import db
from ..guard.settings import company_name
from ..guard.titles import linked
from ..models import all_registers
from ..operations.today import local_day
from ..permissions import Person, Role
from .areas import Area, area_of
from .doors import doors_of
from .fragments import add_fragments, address, fragment
from .headers import csp_nonce
from .words import reading, words


def add_context(app: Flask) -> None:
    """Give every template the names that layout.html reads."""
    add_fragments(app)
    app.context_processor(page_context)


def page_context() -> dict[str, Any]:
    person = g.get("person")
    company = _company()
    return {
        "brand": company or _("客档"),
        "product": _("客档") if company else None,
        "person": _person(person) if person else None,
        "menu": menu(person) if person else [],
        "crumbs": g.get("crumbs", []),
        "csp_nonce": csp_nonce(),
        "home_url": address("desk.desk"),
        "password_url": address("sign_in.password") if person and not person.seen_by else None,
        "viewing_end_url": address("viewing.end") if person and person.seen_by else None,
        "logout_url": address("sign_in.logout") if person else None,
    }


def _company() -> str | None:
    """What the company is called; None before set-up, and where the database can't tell (that page says so itself)."""
    try:
        return company_name(db.session, local_day(db.session, clock.now()))
    except SQLAlchemyError:
        db.session.rollback()
        return None


def _person(person: Person) -> SimpleNamespace:
    roles = "、".join(words(Role(role).title) for role in sorted(person.roles))
    return SimpleNamespace(name=person.name, role_label=roles, store_label=_store(person))


def _store(person: Person) -> str | None:
    if person.store_id is None:
        return None
    return linked(db.session, "store", [person.store_id], person, reading())[person.store_id][0]


#: an area of the menu as it is declared: its order, its title, address and title of each page; titles as message ids
_Fold = tuple[int, str, tuple[tuple[str, str], ...]]


def menu(person: Person) -> list[Markup]:
    """The areas with the registers and pages this person may open; the same question as the door asks.

    An area is rendered once for all who may open the same pages of it, and once more with each of them marked.
    """
    folds = [*_register_folds(frozenset(person.rights)), *_door_folds(person)]
    return [_area(fold) for fold in sorted(folds, key=itemgetter(0))]


def _area(fold: _Fold) -> Markup:
    current = next((url for url, _title in fold[2] if request.path.startswith(url)), None)
    return fragment("parts/menu.html", "area_fold", (fold, current), partial(_fold_model, fold, current))


def _fold_model(fold: _Fold, current: str | None) -> dict[str, Any]:
    """An area as menu.html reads it; the one of the page one is on stands open."""
    _order, title, pages = fold
    entries = [{"title": words(name), "url": url, "current": url == current} for url, name in pages]
    return {"title": words(title), "open": current is not None, "entries": entries}


@lru_cache(maxsize=500)
def _register_folds(tables: frozenset[str]) -> list[_Fold]:
    """The areas of the registers *tables*."""
    areas: dict[Area, list[tuple[str, str]]] = {}
    for table, register in all_registers().items():
        if table in tables:
            areas.setdefault(area_of(register), []).append((f"/admin/{table}/", register.declaration.title))
    return [(area.order, area.title, tuple(pages)) for area, pages in areas.items()]


def _door_folds(person: Person) -> list[_Fold]:
    """The areas of pages that are no register."""
    sections: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for door in doors_of(person):
        section = (door.section.order, door.section.title.message)
        sections.setdefault(section, []).append((door.url, door.title.message))
    return [(*section, tuple(pages)) for section, pages in sections.items()]

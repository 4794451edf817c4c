"""What every page gets: who is signed in, the menu of areas, the crumbs, the brand."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import Flask, g, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from .. import clock
from ..database import db
from ..guard import state_of
from ..guard.settings import LOGO, company_name, setting
from ..guard.stamped import Stamped
from ..guard.titles import linked
from ..models import all_registers
from ..operations.today import local_day
from ..permissions import Level, Person, Role
from ..texts import several
from .doors import Door, door_addresses, doors_of
from .fragments import add_fragments, address, fragment
from .headers import csp_nonce
from .language import choices, language
from .logo import shown_logo
from .places import places
from .words import moment_text, reading, words


def add_context(app: Flask) -> None:
    """Give every template the names that layout.html reads."""
    add_fragments(app)
    app.jinja_env.globals["level_word"] = lambda level: words(Level(level).label)
    app.context_processor(page_context)


def page_context() -> dict[str, Any]:
    person = g.get("person")
    company, logo = _company()
    return {
        "brand": company or _("客档"),
        "product": _("客档") if company else None,
        "logo": logo,
        "person": _person(person) if person else None,
        "menu": menu(person) if person else None,
        "desk": desk() if person else None,
        "printed": printed() if person else None,
        "crumbs": g.get("crumbs", []),
        "language": language(),
        "languages": choices,
        "language_url": address("language.choose"),
        "csp_nonce": csp_nonce(),
        "home_url": address("desk.desk"),
        "password_url": address("sign_in.password") if person and not person.seen_by else None,
        "exports_url": address("exports.mine") if person and not person.seen_by else None,
        "viewing_end_url": address("viewing.end") if person and person.seen_by else None,
        "leak_url": address("leaks.ask") if person and not person.seen_by and request.endpoint != "leaks.ask" else None,
        "logout_url": address("sign_in.logout") if person else None,
    }


def desk() -> dict[str, Any]:
    """The link to one's own work above the menu."""
    url = address("desk.desk")
    return {"url": url, "waiting_url": address("desk.waiting"), "current": request.path == url}


def printed(why: str | None = None) -> dict[str, str | None]:
    """What a print carries: by whom, when and, where that is known, what for (R-CONF-12)."""
    person = g.person.seen_by or g.person
    return {"who": person.name, "when": moment_text(clock.now()), "why": why}


def _company() -> tuple[str | None, SimpleNamespace | None]:
    """Name and logo; None before set-up, and where the database can't tell (that page says so itself)."""
    try:
        today = local_day(db.session, clock.now())
        return company_name(db.session, today), shown_logo(setting(db.session, LOGO, today))
    except SQLAlchemyError:
        if state_of(db.session).trail:  # what was seen would go unnoted
            raise
        db.session.rollback()
        return None, None


def _person(person: Person) -> SimpleNamespace:
    roles = words(several(Role(role).title for role in sorted(person.roles)))
    return SimpleNamespace(name=person.name, role_label=roles, store_label=_store(person))


def _store(person: Person) -> str | None:
    return None if person.store_id is None else _stores.get(db.session, person)


def _load_store(session: Session, person: Person) -> str:
    return linked(session, "store", [person.store_id], person, reading())[person.store_id or 0][0]


#: what each person may call their store
_stores = Stamped("stores", _load_store, tables=["store"])


def menu(person: Person) -> Markup:
    """The areas with the registers and pages this person may open; the same question as the door asks.

    It is rendered once for all of equal rights to whom the same doors open, and once more with each page marked.
    """
    doors, current = doors_of(person), _current()
    key = (person.profile, tuple(door.url for door in doors), current)
    return fragment("parts/menu.html", "areas", key, lambda: _areas(person, doors, current))


def _current() -> str | None:
    """The address of the menu's page that the request is for or below."""
    start = "/".join(request.path.split("/", 3)[:3]) + "/"
    if start.startswith("/admin/"):
        return start if start[len("/admin/") : -1] in all_registers() else None
    return next((url for url in door_addresses() if request.path.startswith(url)), None)


def _areas(person: Person, doors: Sequence[Door], current: str | None) -> list[dict[str, Any]]:
    """The areas as menu.html reads them; the one of the page one is on stands open."""
    areas: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for place in places(person, doors):
        entry = {"title": words(place.title), "url": place.url, "current": place.url == current}
        areas.setdefault((place.order, place.section), []).append(entry)
    return [
        {"title": words(title), "open": any(entry["current"] for entry in entries), "entries": entries}
        for (_order, title), entries in sorted(areas.items(), key=lambda area: area[0][0])
    ]

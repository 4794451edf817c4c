"""What every page gets: who is signed in, the menu of areas, the crumbs, the brand, versioned static addresses."""

from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from .. import clock
from ..database import db
from ..guard.settings import company_name
from ..guard.titles import linked
from ..models import all_registers
from ..operations.today import local_day
from ..permissions import Person, Role
from .areas import area_of
from .doors import doors_of
from .headers import csp_nonce
from .words import reading, words


def add_context(app: Flask) -> None:
    """Give every template the names that layout.html reads."""
    app.jinja_env.globals.update(static=static)
    app.context_processor(page_context)


def static(path: str) -> str:
    """The address of a static file, with its version so that browsers may keep it."""
    return url_for("static", filename=path, v=current_app.config["ASSETS_VERSION"])


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
        "home_url": url_for("desk.desk"),
        "password_url": url_for("sign_in.password") if person else None,
        "logout_url": url_for("sign_in.logout") if person else None,
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


def menu(person: Person) -> list[dict[str, Any]]:
    """The areas with the registers and pages this person may open; the same question as the door asks."""
    areas = [*_register_areas(person), *_sections(person)]
    return sorted(areas, key=lambda area: area["order"])


def _sections(person: Person) -> list[dict[str, Any]]:
    """The areas of pages that are no register."""
    sections: dict[int, dict[str, Any]] = {}
    for door in doors_of(person):
        _enter(sections, door.section.order, words(door.section.title), door.section.order, door.url, words(door.title))
    return list(sections.values())


def _register_areas(person: Person) -> list[dict[str, Any]]:
    areas: dict[str, dict[str, Any]] = {}
    for table, register in all_registers().items():
        if table not in person.rights:
            continue
        area = area_of(register)
        _enter(areas, area.name, words(area.title), area.order, f"/admin/{table}/", words(register.declaration.title))
    return list(areas.values())


def _enter(areas: dict[Any, dict[str, Any]], key: Any, title: str, order: int, url: str, entry: str) -> None:
    """Put a page into its area of the menu; the area of the page one is on stands open."""
    area = areas.setdefault(key, {"title": title, "order": order, "open": False, "entries": []})
    current = request.path.startswith(url)
    area["open"] = area["open"] or current
    area["entries"].append({"title": entry, "url": url, "current": current})

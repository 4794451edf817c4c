"""What every page gets: who is signed in, the menu of areas, the crumbs, the brand, versioned static addresses."""

from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app, g, request, url_for

from ..database import db
from .areas import area_of
from ..guard.titles import linked
from ..models import all_registers
from ..permissions import Person, Role
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
    return {
        "brand": current_app.config["COMPANY"],
        "person": _person(person) if person else None,
        "menu": menu(person) if person else [],
        "crumbs": g.get("crumbs", []),
        "csp_nonce": csp_nonce(),
        "home_url": url_for("desk.desk"),
        "password_url": url_for("sign_in.password") if person else None,
        "logout_url": url_for("sign_in.logout") if person else None,
    }


def _person(person: Person) -> SimpleNamespace:
    roles = "、".join(words(Role(role).title) for role in sorted(person.roles))
    return SimpleNamespace(name=person.name, role_label=roles, store_label=_store(person))


def _store(person: Person) -> str | None:
    if person.store_id is None:
        return None
    return linked(db.session, "store", [person.store_id], person, reading())[person.store_id][0]


def menu(person: Person) -> list[dict[str, Any]]:
    """The areas with the registers this person may open; the same question as the door asks."""
    here = request.path
    areas: dict[str, dict[str, Any]] = {}
    for table, register in all_registers().items():
        if table not in person.rights:
            continue
        url = f"/admin/{table}/"
        area = area_of(register)
        group = areas.setdefault(area.name, {"title": words(area.title), "order": area.order, "open": False, "entries": []})
        current = here.startswith(url)
        group["open"] = group["open"] or current
        group["entries"].append({"title": words(register.declaration.title), "url": url, "current": current})
    return sorted(areas.values(), key=lambda area: area["order"])

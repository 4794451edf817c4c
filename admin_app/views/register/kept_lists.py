"""The views of a list: in use, voided, and the lists kept under a name (R-LIST-01)."""

from typing import Any

from flask import redirect, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ...class_words import Due
from ...operations.kept_lists import offered, opened_with, readers
from ...operations.leaving.duties import duties
from ...permissions import Action, Person, Scope
from ..fragments import fragment
from ..words import words
from .address import Address, columns_for

#: more stand on the page of the kept lists alone
_SHOWN = 6


def views_of(session: Session, address: Address, person: Person) -> dict[str, Any]:
    """What list.html reads of the views and of keeping this list as another."""
    table, now = address.register.__tablename__, address.kept()
    kept = offered(session, table, person)
    views = [
        {"label": one.name, "url": f"?{one.query}", "current": not address.voided and one.query == now} for one in kept
    ]
    ready = _ready(address, person, now)
    named = any(view["current"] for view in (*ready, *views))
    plain = [{"label": _("在用"), "url": address.whole, "current": not address.voided and not named}, *ready]
    if person.reach(Action.VOID, table) is not None:
        plain.append({"label": _("已作废"), "url": "?void=1", "current": address.voided})
    shown = [*plain, *(view for place, view in enumerate(views) if place < _SHOWN or view["current"])]
    return {
        "views": shown if len(shown) > 1 else [],
        "save_view": None if address.voided or person.seen_by else _save_view(session, table, now, bool(kept)),
    }  # fmt: skip


def _save_view(session: Session, table: str, now: str, kept: bool) -> dict[str, Any]:
    """What keeps the list: its boxes are alike for everybody who has lists of *table* to manage, or for whom there are none."""
    url, roles = f"/lists/{table}/", tuple(readers(session, table))
    boxes = fragment("parts/list_tools.html", "view_boxes", (table, roles, kept), lambda: {
        "url": url, "kept": kept, "roles": [{"value": role.value, "label": words(role.title)} for role in roles],
    })  # fmt: skip
    return {"url": url, "query": now, "boxes": boxes}


def _ready(address: Address, person: Person, now: str) -> list[dict[str, Any]]:
    """What every register offers by what it declares: what one has charge of, and what is overdue."""
    register, found = address.register, []
    columns = {face.name for face in columns_for(register, person)}
    charge = next((face.name for face in duties(register) if face.name in columns), None)
    if charge and person.reach(Action.SEE, register.__tablename__) != Scope.OWN:
        found.append((_("我负责的"), f"f-{charge}-op=me"))
    if register.due and (late := Due.of(register.due).field) in columns:
        found.append((_("已逾期"), f"f-{late}-op=late"))
    return [
        {"label": label, "url": f"?{query}", "current": not address.voided and query == now} for label, query in found
    ]


def whole(session: Session, table: str, person: Person) -> str:
    """The address of the whole list: the bare one opens the kept list that this person opens the register with."""
    return "?" if opened_with(session, table, person) is None else "?void=0"


def opening(session: Session, table: str, person: Person, base: str) -> Response | None:
    """Lead from the bare address of a register to the list that this person opens it with."""
    kept = None if request.query_string else opened_with(session, table, person)
    return redirect(f"{base}?{kept.query}") if kept is not None and kept.query else None

"""Favourites: the star on the page of a register or record (R-DESK-01)."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from .. import clock
from ..database import db
from ..guard import writing
from ..models import Register, all_registers
from ..operations.at_hand import WHOLE, favour, is_favourite
from ..operations.records import find
from ..permissions import Person
from .addresses import page_of
from .policy import SIGNED_IN, policy

blueprint = Blueprint("favourites", __name__)


@blueprint.post("/favourites/")
@policy(SIGNED_IN)
def change() -> Any:
    """Make the register or record sent a favourite, or no more one, and lead back to it."""
    register = all_registers().get(request.form.get("table", ""))
    if register is None or not g.person.has_part_in(register.__tablename__):
        abort(404)
    public_id, kept = request.form.get("id", "")[:24], request.form.get("kept") == "yes"
    with writing(db.session):
        record = find(db.session, register, public_id) if public_id else None
        if public_id and record is None:
            abort(404)
        favour(db.session, register.__tablename__, record.id if record else WHOLE, kept, clock.now())
    flash(_("已收藏") if kept else _("已取消收藏"), "success")
    return redirect(page_of(register, public_id))


def star(session: Session, person: Person, register: type[Register], record: Any = None) -> dict[str, Any] | None:
    """The star as parts/actions.html shows it, of *register* or of a *record* of it; none for who only looks on."""
    if person.seen_by is not None:
        return None
    table, id_ = register.__tablename__, record.id if record is not None else WHOLE
    public_id = record.public_id if record is not None else ""
    return {"table": table, "id": public_id, "on": is_favourite(session, person, table, id_)}

"""What one was told: all of it on a page, ticked off one by one or at once (R-NOTE-01)."""

from typing import Any

from flask import Blueprint, redirect, request

from .. import clock
from ..database import db
from ..guard import writing
from ..operations.notices.reading import tick_off
from .input import inside
from .policy import SIGNED_IN, policy

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.post("/read/")
@policy(SIGNED_IN)
def read() -> Any:
    """Tick off the notice named, or all; back to where it stood."""
    with writing(db.session):
        tick_off(db.session, request.form.get("notice") or None, clock.now())
    return redirect(inside(request.form.get("back")) or "/")

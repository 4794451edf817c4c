"""Boxes for an employee and a day on pages that are no register's, and what was typed into them."""

from datetime import date
from typing import Any

from flask import request

from ..database import db
from ..fields.times import DayKind
from ..operations import links
from ..operations.values import MISSING
from .words import reading

#: any link to an employee that everybody sees offers the same people
_LOOKUP = "/admin/department/ajax/lookup/?name=head_id"


def employee_box(
    name: str, label: str, fault: str | None = None, required: bool = True, help: str = ""
) -> dict[str, Any]:
    """A box as parts/fields.html shows it, with what was typed."""
    return {
        "name": name, "label": label, "type": "link", "required": required, "width": "m", "help": help,
        "errors": [fault] if fault else [], "value": request.form.get(name, ""), "masked": False, "max_length": None,
        "shown": request.form.get(f"{name}__text", ""), "lookup_url": _LOOKUP,
    }  # fmt: skip


def employee_named(name: str) -> int | None:
    """The id of the employee in the box *name*; None where it is blank. Raises Fault for one that isn't found."""
    shown, chosen = request.form.get(f"{name}__text", "").strip(), request.form.get(name, "").strip()
    text = chosen if chosen and (shown or f"{name}__text" not in request.form) else shown
    if not text:
        return None
    found = links.by_public_id(db.session, "employee", text)
    return found if found is not None else links.by_text(db.session, "employee", text, reading())


def required_employee(name: str) -> int:
    """The same; raises Fault where the box is blank."""
    found = employee_named(name)
    if found is None:
        raise MISSING
    return found


def day_box(
    name: str, label: str, fault: str | None = None, default: date | None = None, help: str = ""
) -> dict[str, Any]:
    """A box as parts/fields.html shows it, with what was typed, else *default*."""
    value = request.form.get(name, default.isoformat() if default else "")
    return {
        "name": name, "label": label, "type": "day", "required": True, "width": "m", "help": help,
        "errors": [fault] if fault else [], "value": value, "masked": False, "max_length": None,
    }  # fmt: skip


def day_given(name: str) -> date:
    """The day in the box *name*; raises Fault for a blank one and for what is no day."""
    text = request.form.get(name, "").strip()
    if not text:
        raise MISSING
    return DayKind().parse(text, reading())

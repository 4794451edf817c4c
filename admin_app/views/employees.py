"""Boxes for an employee and a day on pages that are no register's, and what was typed into them.

What was typed comes with the form, or, on pages that only show, with the address.
"""

from datetime import date
from typing import Any

from flask import request

from ..database import db
from ..fields.times import DayKind
from ..operations import links
from ..operations.values import MISSING
from .words import reading

#: more is no name
MOST_TYPED = 60

#: any link to an employee that everybody sees offers the same people
_LOOKUP = "/admin/department/ajax/lookup/?name=head_id"


def employee_box(
    name: str, label: str, fault: str | None = None, required: bool = True, help: str = ""
) -> dict[str, Any]:
    """A box as parts/fields.html shows it, with what was typed."""
    return {
        "name": name, "label": label, "type": "link", "required": required, "width": "m", "help": help,
        "errors": [fault] if fault else [], "value": request.values.get(name, ""), "masked": False, "max_length": None,
        "shown": request.values.get(f"{name}__text", ""), "lookup_url": _LOOKUP,
    }  # fmt: skip


def employee_named(name: str) -> int | None:
    """The id of the employee in the box *name*; None where it is blank. Raises Fault for one that isn't found."""
    shown, chosen = request.values.get(f"{name}__text", "").strip(), request.values.get(name, "").strip()
    text = chosen if chosen and (shown or f"{name}__text" not in request.values) else shown
    return links.named(db.session, "employee", text[:MOST_TYPED], reading()) if text else None


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

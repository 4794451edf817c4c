"""A value for every kind of field in two versions that have the same mask (R-CONF-06): what the twins may differ in."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from admin_app.fields import Face
from seed.codes import shipped_list

DAY = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
#: the part of a value that a mask covers, and the part that a fragment search would find
MARKS = ("甲", "乙")
DIGITS = ("1357", "2468")


def value(face: Face, number: int, version: int) -> Any:
    """The *number*th value of a field, in *version* 0 or 1; *number* has four digits."""
    kind = face.kind.name
    if kind in ("choice", "choices"):
        code = _code(face, version)
        return (code,) if kind == "choices" else code
    if kind in ("text", "long", "number", "attachment"):
        return f"{face.label[:6]}{number}{MARKS[version]}"
    return {
        "phone": f"138{DIGITS[version]}{number:04}",
        "identity_number": f"999{DIGITS[version] * 2}000{number:04}",
        "day": DAY + timedelta(days=40 * version),
        "moment": MOMENT + timedelta(days=40 * version),
        "int": (2, 5)[version],
        "amount": Decimal(number + 7 * version),
        "decimal": Decimal(number + 7 * version),
        "percentage": Decimal((50, 70)[version]),
        "yesno": version == 0,
    }[kind]


def _code(face: Face, version: int) -> str:
    if face.codes == "role":
        return ("clerk", "sales")[version]
    codes = list(shipped_list(face.codes))
    return codes[version % len(codes)]


def question(face: Face, number: int) -> list[str]:
    """What one could ask a list about the field to learn which version it holds: whole values and fragments."""
    kind = face.kind.name
    if kind in ("choice", "choices"):
        return [_code(face, 0), _code(face, 1)]
    if kind == "yesno":
        return ["yes"]
    if kind in ("text", "long", "number", "attachment"):
        return [MARKS[0], value(face, number, 0)]
    if kind in ("phone", "identity_number"):
        return [DIGITS[0], value(face, number, 0)]
    if kind == "link":
        return [str(number)]
    shown = face.kind.text(value(face, number, 0), None) if kind not in ("day", "moment") else DAY.isoformat()
    return [shown]

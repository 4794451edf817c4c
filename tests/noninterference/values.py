"""A value for every kind of field in two versions that have the same mask (R-CONF-06): what the twins may differ in."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from admin_app.fields import Face, Reading
from seed.codes import shipped_list

DAY = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
#: what a text holds beneath its mask; the second stands nowhere but in what somebody may not read: the canary
MARKS = ("甲", "鸑")
CANARY = MARKS[1]


def value(face: Face, number: int, version: int) -> Any:
    """The *number*th value of a field in *version* 0 or 1; *number* has four digits.

    Both versions look alike masked; those of version 1 sort the other way round.
    """
    kind, other = face.kind.name, 9999 - number
    if kind in ("choice", "choices"):
        code = _code(face, version)
        return (code,) if kind == "choices" else code
    if kind in ("text", "long", "number", "attachment"):
        return f"{face.label[:1]}{MARKS[1]}{other}" if version else f"{face.label[:6]}{number}{MARKS[0]}"
    days = timedelta(days=100 - number % 50 if version else number % 50)
    return {
        "phone": f"138{other if version else number + 1000:04}{number:04}",
        "identity_number": f"999{10**11 - number if version else number:011}{number:04}",
        "day": DAY + days,
        "moment": MOMENT + days,
        "int": 6 - number % 3 if version else 1 + number % 3,
        "amount": Decimal(other if version else number),
        "decimal": Decimal(other if version else number),
        "percentage": Decimal(90 - number % 20 if version else 50 + number % 20),
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
    if kind in ("link", "yesno"):
        return ["yes" if kind == "yesno" else str(number)]
    held = value(face, number, 0)
    if kind in ("text", "long", "number", "attachment"):
        return [MARKS[0], held]
    if kind in ("phone", "identity_number"):
        return [held[3:-4], held]
    return [face.kind.text(held, Reading())]

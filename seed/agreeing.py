"""Values that agree with one another as the checks of their register demand: in order, filled together or only one of two."""

import re
from typing import Any

from sqlalchemy import CheckConstraint

from admin_app.models import Register
from admin_app.operations.closing import moment_of

_IN_ORDER = re.compile(r"(\w+) <=? (\w+)")
_EITHER = re.compile(r"(\w+) IS NULL OR (\w+) IS NULL")
_NEEDS = re.compile(r"(\w+) IS NULL OR (\w+) IS NOT NULL")


def agree(register: type[Register], values: dict[str, Any]) -> dict[str, Any]:
    """*values* of a record of *register*, exchanged or left out where a check or another field would refuse them."""
    checks = [str(one.sqltext) for one in register.__table__.constraints if isinstance(one, CheckConstraint)]
    for _ in checks:  # a chain of n checks is in order after n rounds
        for check in checks:
            if (pair := _IN_ORDER.fullmatch(check)) and all(values.get(name) is not None for name in pair.groups()):
                first, second = pair.groups()
                values[first], values[second] = sorted((values[first], values[second]))
            elif (pair := _NEEDS.fullmatch(check)) and values.get(pair[2]) is None and _may_be_blank(register, pair[1]):
                values[pair[1]] = None
            elif (pair := _EITHER.fullmatch(check)) and values.get(pair[1]) is not None:
                values[pair[2]] = None
    _agree_with_conditions(register, values)
    _agree_with_order(register, values)
    return values


def _agree_with_conditions(register: type[Register], values: dict[str, Any]) -> None:
    """What another field closes is left out; where one wants what nobody wrote down, it is itself left out."""
    for name, one in register.conditionals.items():
        only, wanted = one.only_if, one.required_if
        if only and only.excludes(values.get(only.face.name)):
            values[name] = None
        elif wanted and values.get(name) is None and wanted.holds(values.get(wanted.face.name)):
            values[wanted.face.name] = None


def _agree_with_order(register: type[Register], values: dict[str, Any]) -> None:
    """What comes after something that nobody wrote down isn't written down either."""
    for _ in register.faces:  # a chain is in order after as many rounds
        for face in register.faces.values():
            if any(values.get(name) is None for name in face.after.split()):
                values[face.name] = None
                if face.signature:
                    values[moment_of(face)] = None


def _may_be_blank(register: type[Register], name: str) -> bool:
    return bool(register.__table__.c[name].nullable)

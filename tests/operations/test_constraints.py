"""Every CHECK and unique key of every register is told at a field, in a sentence."""

import pytest
from sqlalchemy import CheckConstraint
from sqlalchemy.exc import IntegrityError

from admin_app.operations import constraints
from admin_app.operations.clashes import Since, lines_before
from admin_app.registers import load_all

CHECKS = [
    pytest.param(register, check, id=f"{check.name}")
    for register in load_all().values()
    for check in sorted(register.__table__.constraints, key=lambda one: str(one.name))
    if isinstance(check, CheckConstraint)
]
KEYS = [
    (table, face.name)
    for table, register in load_all().items()
    for face in register.faces.values()
    if face.kind.name != "rows" and (face.once or register.__table__.c[face.name].unique)
]


class Told(Exception):
    """What SQLite's driver says."""


def broken(register, message):
    with pytest.raises(constraints.Broken) as found, constraints.told(register):
        raise IntegrityError("INSERT …", {}, Told(message))
    return found.value


@pytest.mark.parametrize(("register", "check"), CHECKS)
def test_a_check_is_told_at_a_field_it_speaks_of(register, check):
    told = broken(register, f"CHECK constraint failed: {check.name}")
    assert told.field in str(check.sqltext)
    assert str(told.fault.reason)
    assert told.fault.code == "inconsistent"


@pytest.mark.parametrize(("table", "name"), KEYS)
def test_a_unique_key_is_told_at_its_field(table, name):
    told = broken(load_all()[table], f"UNIQUE constraint failed: {table}.{name}")
    assert (told.field, told.fault.code) == (name, "taken")


def test_what_is_missing_is_told_at_its_field_and_what_is_unknown_at_the_key():
    visitor = load_all()["visitor"]
    assert broken(visitor, "NOT NULL constraint failed: visitor.phone").field == "phone"
    assert broken(visitor, "FOREIGN KEY constraint failed").field == "came_at"


def test_lines_are_what_they_were_when_later_changes_are_undone():
    changes = [Since("t", "c", None), Since("t", None, "d"), Since("t", "a", "b")]
    assert lines_before(["b", "d", "e"], changes) == ["a", "e", "c"]
    assert lines_before(["b"], []) == ["b"]

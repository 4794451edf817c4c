"""What a company can set is declared once and read by somebody; what it types is taken as people write it."""

import ast
from pathlib import Path

import pytest

from admin_app.rules import figures
from admin_app.rules.figures import CLOSING_TIME, COMPANY, DECLARED, GRANT_DAYS, WORKING_WEEK, Figure

PROGRAM = Path(figures.__file__).parents[1]


def test_every_figure_that_can_be_set_is_read_by_an_operation_or_a_screen():
    read = {
        node.id
        for layer in ("operations", "views")
        for file in (PROGRAM / layer).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    }
    declared = {name for name, one in vars(figures).items() if isinstance(one, Figure)}
    assert len(declared) > 5
    assert declared - read == set()


def test_a_default_is_within_its_own_limits():
    assert [one.name for one in DECLARED.values() if one.default is not None and not one.fits(one.default)] == []


@pytest.mark.parametrize(
    ("one", "typed", "value"),
    [
        (GRANT_DAYS, ["２"], 2),
        (GRANT_DAYS, [" 2 "], 2),
        (GRANT_DAYS, ["-5"], None),
        (GRANT_DAYS, ["5.5"], None),
        (CLOSING_TIME, ["17：30"], "17:30"),
        (CLOSING_TIME, ["24:00"], None),
        (WORKING_WEEK, ["6", "0", "6"], [0, 6]),
        (WORKING_WEEK, ["7"], None),
        (COMPANY, [" 青石里 "], "青石里"),
    ],
)
def test_what_is_typed_is_read_as_people_write_it(one, typed, value):
    assert one.read(typed) == value


@pytest.mark.parametrize(("days", "told"), [([0, 1, 2, 3, 4, 5], "周一至周六"), ([0, 2], "周一、周三"), ([5], "周六")])
def test_a_week_is_told_as_an_office_says_it(days, told):
    assert str(WORKING_WEEK.show(days)) == told

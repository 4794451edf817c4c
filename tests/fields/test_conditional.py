"""Fields required or closed by what another holds: what the condition means, and how an office says it."""

import pytest

from admin_app.fields import Reading, conditional_faults, conditionals_of
from admin_app.fields.choices import CodeKind, CodesKind, YesNoKind
from admin_app.fields.face import Face
from admin_app.fields.texts import TextKind
from admin_app.texts import word

TEXT = TextKind("text", 200, "m")
READING = Reading(options=lambda codes: {"valid": "有效", "paused": "暂停", "ended": "终止"})


def face(name, label, kind, **options):
    return Face(name=name, label=word(label), kind=kind, required=False, **options)


def fault(values, changed=("reason", "state", "agreed", "note"), **options):
    faces = [
        face("state", "状态", CodeKind("states"), codes="states"),
        face("ways", "方式", CodesKind("states"), codes="states"),
        face("agreed", "相符", YesNoKind()),
        face("note", "说明", TEXT),
        face("reason", "原因", TEXT, **options),
    ]
    conditionals = conditionals_of("Register", {one.name: one for one in faces})
    found = conditional_faults(conditionals, values, changed, READING)
    return str(found["reason"].reason) if found else None


@pytest.mark.parametrize(
    ("condition", "values", "reason"),
    [
        ("state: paused ended", {"state": "ended"}, "状态为“暂停”或“终止”时必填"),
        ("state: paused ended", {"state": "ended", "reason": "停业"}, None),
        ("state: paused ended", {"state": "valid"}, None),
        ("state: paused ended", {}, None),
        ("ways: ended", {"ways": ("valid", "ended")}, "方式为“终止”时必填"),
        ("agreed", {"agreed": True}, "相符为“是”时必填"),
        ("agreed", {"agreed": False}, None),
        ("agreed: no", {"agreed": False}, "相符为“否”时必填"),
        ("note", {"note": "有"}, "已填说明时必填"),
    ],
)
def test_a_field_is_required_where_the_other_holds_what_the_condition_names(condition, values, reason):
    assert fault(values, required_if=condition) == reason


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"state": "valid", "reason": "停业"}, "状态为“终止”时才填，请清空"),
        ({"state": "ended", "reason": "停业"}, None),
        ({"reason": "停业"}, None),
        ({"state": "valid"}, None),
    ],
    ids=["another", "the one named", "nobody knows", "blank"],
)
def test_a_field_is_closed_where_the_other_is_known_to_hold_something_else(values, reason):
    assert fault(values, only_if="state: ended") == reason


def test_a_write_that_touches_neither_is_not_asked():
    assert fault({"state": "ended"}, changed=("note",), required_if="state: ended") is None


def test_a_field_under_a_rule_names_it():
    assert fault({"agreed": True}, required_if="agreed", place="R-ARCH-07") == "相符为“是”时必填（依据 R-ARCH-07）"

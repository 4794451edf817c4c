"""A record's history: every event about a record has words there, or a reason to stand in the trail alone (R-AUDT-02)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import admin_app
from admin_app.fields import Reading
from admin_app.guard.shown import rows_of
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.archives import requests
from admin_app.operations.histories import ELSEWHERE, EVENTS, history


def calls() -> Iterator[ast.Call]:
    """Every call by which the program notes an event."""
    for path in Path(admin_app.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("trail.note", "note", "_event"):
                yield node


def names_in(node: ast.AST) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


@pytest.mark.rule("R-AUDT-02")
def test_every_event_about_a_record_has_words_in_its_history_or_stands_elsewhere():
    about_records = [call for call in calls() if len(call.args) > 2]
    noted = {name for call in about_records for name in names_in(call.args[1])} | {"changed", "voided", "restored"}
    assert {"added", "submitted", "withdrawn", "approved", "refused_step", "issued", "returned"} <= noted
    assert noted - EVENTS.keys() - ELSEWHERE == set()
    assert EVENTS.keys() & ELSEWHERE == set()


@pytest.mark.rule("R-AUDT-02")
def test_the_history_of_a_new_record_tells_each_field_in_the_order_of_its_form(room):
    customer = register_named("customer")
    with room.acting("customer_manager") as session:
        id_ = records.add(
            session, customer, {"name": "周平", "phone": "13900001111", "source": "natural", "registered_at": room.now}
        ).id
    with room.world.open("customer_manager") as session:
        (row,) = rows_of(session, customer, [session.get_one(customer, id_)], (), Reading())
        (entry,) = history(session, row)
    told = {change.label: (change.old, change.new) for change in entry.changes}
    assert (entry.event, told[str(customer.faces["name"].label)]) == ("added", ("", "周平"))
    labels = [face.label for face in customer.faces.values() if face.label in told]
    assert [label for label in told if label in labels] == labels


@pytest.mark.rule("R-AUDT-02")
def test_submitting_and_withdrawing_stand_in_the_history_of_a_request(room):
    request = room.submitted()
    loan = register_named("archive_loan")
    with room.acting("customer_manager") as session:
        requests.withdraw(session, session.get_one(loan, request), room.now)
    with room.world.open("customer_manager") as session:
        (row,) = rows_of(session, loan, [session.get_one(loan, request)], (), Reading())
        told = [EVENTS[entry.event] for entry in reversed(history(session, row))]
    assert [words for words in told if words != "修改"] == ["新增", "提交申请", "撤回申请"]

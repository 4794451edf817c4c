"""The trail as the auditor reads it: what an admin did is marked, contents are nowhere (R-SIGN-04, R-AUDT-01)."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import select

import admin_app
from admin_app import clock
from admin_app.guard.settings import COMPANY_NAME
from admin_app.models import register_named
from admin_app.operations import audit, powers, settings
from admin_app.operations.audit_words import EVENTS, said
from admin_app.operations.today import local_day
from admin_app.permissions import Role
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS


def found(world, **asked):
    with world.open("auditor") as session:
        return audit.find(session, audit.Query(**asked))


def employee(session, username):
    return session.get_one(register_named("employee"), PERSON_IDS[username])


def give(world, username, role, by="admin"):
    with world.writing(by) as session:
        powers.give(session, employee(session, username), role, clock.now())


@pytest.mark.rule("R-SIGN-04")
def test_what_an_admin_did_is_marked_and_found_alone(world, make):
    make("visitor", store_id=1)
    give(world, "clerk", Role.SALES)
    page = found(world, by_admin=True)
    assert {entry.who for entry in page.entries} == {"系统管理员"}
    assert {"role_given", "changed", "powers_changed"} <= {entry.row.event for entry in page.entries}
    everything = {entry.row.seq: entry.by_admin for entry in found(world).entries}
    assert any(everything.values())
    assert not all(everything.values())


@pytest.mark.rule("R-SIGN-04")
def test_who_was_admin_for_a_while_is_marked_for_that_while(world):
    with world.writing("hr") as session:
        employee(session, "clerk").remark = "之前"
    give(world, "hr", Role.ADMIN)
    with world.writing("hr") as session:
        settings.put(session, COMPANY_NAME, "青石里", clock.now())
        powers.take_away(session, employee(session, "hr"), Role.ADMIN, clock.now())
    with world.writing("hr") as session:
        employee(session, "clerk").remark = "之后"
    marked = [entry.by_admin for entry in found(world, actor="人力资源").entries]
    assert marked[0] is marked[-1] is False
    assert all(marked[1:-1])
    assert len(marked) > 3


@pytest.mark.rule("R-AUDT-01", "R-CONF-15")
def test_an_entry_tells_field_names_and_number_and_no_value(world, make):
    made = make("customer", store_id=1, name="金丝雀客户", phone="13912345678", level=3)
    (entry,) = [entry for entry in found(world, table="customer").entries if entry.row.record_id == made.id]
    with world.open("auditor") as session:
        told = "".join(str(text) for text in said(session, entry.row))
        table = register_named("customer").__table__
        numbered = session.connection().scalar(select(table.c.number).where(table.c.id == made.id))
    assert "手机" in told or "电话" in told
    assert "金丝雀" not in told
    assert "13912345678" not in told
    assert entry.record == numbered


def test_entries_are_asked_for_by_who_what_and_which_register(world, make):
    make("visitor", store_id=1)
    give(world, "clerk", Role.SALES)
    assert {entry.row.event for entry in found(world, event="role_given").entries} == {"role_given"}
    assert {entry.row.table_name for entry in found(world, table="visitor").entries} == {"visitor"}
    assert {entry.row.actor_id for entry in found(world, actor="0025").entries} == {PERSON_IDS["admin"]}
    assert found(world, actor="nobody").entries == []


def test_pages_lead_to_the_oldest_entry_and_back(world):
    for number in range(audit.PAGE):
        with world.writing("admin") as session:
            settings.put(session, COMPANY_NAME, f"第{number}号公司", clock.now())
    asked = {"event": "setting_changed"}
    give(world, "clerk", Role.SALES)
    with world.writing("admin") as session:
        settings.put(session, COMPANY_NAME, "青石里", clock.now())
    first = found(world, **asked)
    second = found(world, **asked, before=first.entries[-1].row.seq)
    back = found(world, **asked, after=second.entries[0].row.seq)
    assert (len(first.entries), first.newer, first.older) == (audit.PAGE, False, True)
    assert (len(second.entries), second.newer, second.older) == (1, True, False)
    assert [entry.row.seq for entry in back.entries] == [entry.row.seq for entry in first.entries]
    assert (back.newer, back.older) == (False, True)


@pytest.mark.rule("R-SIGN-04")
def test_changed_rights_and_settings_are_told_in_words(world):
    with world.writing("admin") as session:
        settings.put(session, COMPANY_NAME, "青石里", clock.now())
    with world.open("auditor") as session:
        entry = session.scalars(select(TrailEntry).where(TrailEntry.event == "setting_changed")).one()
        assert [str(text) for text in said(session, entry)] == [
            f"公司名称：— → 青石里（{local_day(session, clock.now())} 起）"
        ]


@pytest.mark.rule("R-AUDT-01")
def test_every_event_the_program_notes_has_its_word():
    noted = {
        argument.value
        for path in Path(admin_app.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("trail.note", "note")
        for argument in node.args[1:2]
        if isinstance(argument, ast.Constant)
    }
    assert len(noted) > 15
    assert noted - EVENTS.keys() == set()

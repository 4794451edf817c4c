"""Roles × registers × actions: the reviewed matrix against what is shipped, and what HTTP does to the database."""

import re
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.fields import Face
from admin_app.models import Register
from admin_app.operations.values import typed
from admin_app.permissions import Action, Level, Role
from admin_app.rules import exporting
from tests.every_register.actors import own_links, scope_of
from tests.every_register.draft_rights import word
from tests.every_register.examples import THOROUGH
from tests.every_register.matrix import ACTIONS, CLEARANCES, Cell, matrix, shapes
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, STORE_IDS
from tests.fixtures.records import AUTHORS, Made, make_record, texts_of, ticked, values_of
from tests.fixtures.web import post
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-ROLE-01")

_numbers = count(1)
#: how many roles are asked of each register in the everyday run: who has most rights, who has least, and some between
MOST = 4


def test_what_is_shipped_is_what_was_reviewed(register: type[Register]) -> None:
    table = register.__tablename__
    shipped = {
        (table, role.value): {action.value: word(scope) for action, scope in rights.items()}
        for role, rights in register.declaration.grants.items()
    }
    assert shipped == {key: rights for key, rights in matrix().items() if key[0] == table}


def test_a_register_has_the_shape_that_was_reviewed(register: type[Register]) -> None:
    shape, declaration = shapes()[register.__tablename__], register.declaration
    assert (shape.level, shape.scope) == (declaration.level, declaration.scopes)
    assert shape.forms == (not register.operations_only)


def test_the_matrix_names_only_roles_and_registers_that_there_are(world: World) -> None:
    assert {role for _table, role in matrix()} <= {role.value for role in Role}
    assert {table for table, _role in matrix()} <= shapes().keys()
    assert {role.value: role.clearance for role in Role} == CLEARANCES
    assert [action.value for action in Action] == ACTIONS


@dataclass(frozen=True)
class Bench:
    """One role at one register: signed in, with a record of their own scope and a foreign one."""

    cell: Cell
    register: type[Register]
    world: World
    client: FlaskClient
    own: Made
    foreign: Made

    def address(self, page: str, record: Made | None = None) -> str:
        query = f"?id={record.public_id}" if record else ""
        return f"/admin/{self.cell.table}/{page}/{query}"

    def stored(self, record: Made) -> Register:
        with self.world.open() as session:
            return session.get_one(self.register, record.id)

    def ids(self) -> set[int]:
        with self.world.open() as session:
            return set(session.scalars(select(self.register.id)))


@pytest.fixture
def benches(register: type[Register], world: World, client_of: Any) -> list[Bench]:
    """Roles at *register*: all in the long run on SQLite, on PostgreSQL one of those alike, of these some every day."""
    table = register.__tablename__
    roles = one_of_each(table, len(CLEARANCES) if THOROUGH else MOST)
    with world.writing() as session:
        made = {
            role: [
                make_record(session, register, **scope, **bystanders(session, register), **a_name(register))
                for scope in (scope_of(role, register), foreign_to(role, register))
            ]
            for role in (CLEARANCES if THOROUGH and world.kind == "sqlite" else roles)
        }
        records = {role: [Made(record.id, record.public_id) for record in both] for role, both in made.items()}
    return [Bench(Cell(table, role), register, world, client_of(role), *both) for role, both in records.items()]


def a_name(register: type[Register]) -> dict[str, str]:
    """A text by which a record is known in a file."""
    return {a_text_of(register).name: f"记录{next(_numbers)}号"}


def one_of_each(table: str, most: int) -> list[str]:
    """Of the roles with the same rights and clearance one, and of these at most *most*, others for every register.

    That all are granted as reviewed, another test says.
    """
    alike = {(CLEARANCES[role], tuple(Cell(table, role).rights.items())): role for role in CLEARANCES}
    closed, *open_to = sorted(alike.values(), key=lambda role: len(Cell(table, role).rights))
    others = Random(table).sample(open_to[:-1], min(most - 2, len(open_to[:-1])))
    return [closed, *others, *open_to[-1:]]


def bystanders(session: Any, register: type[Register]) -> dict[str, int]:
    """Somebody new for every field that would make one of the roles party to the record; they may carry (R-CONF-08)."""
    mine = register.declaration.scope_columns()  # which say whose record it is
    parties = [face for face in register.faces.values() if face.party and face.name not in mine]
    named = [face for face in parties if typed(face) or (register.operations_only and not face.signed_with)]
    others = [face.name for face in named if face.name != "confirmed_by_id"]
    return {name: make_record(session, "employee", carrier=True).id for name in others}


def foreign_to(username: str, register: type[Register]) -> dict[str, Any]:
    """The scope columns of a record in a store, a department and an ownership that aren't *username*'s."""
    other = {
        "store_id": STORE_IDS["城西店"],
        "department_id": DEPARTMENT_IDS["审计室" if username != "auditor" else "信息技术部"],
        "owner_id": PERSON_IDS["sales2"],
    }
    return {column: other[column] for column in register.declaration.scope_columns()}


def test_each_role_sees_the_records_that_the_matrix_says(benches: list[Bench]) -> None:
    for bench in benches:
        listed = bench.client.get(f"/admin/{bench.cell.table}/")
        assert listed.status_code == (200 if bench.cell.rights else 404), bench.cell
        for record, foreign in ((bench.own, False), (bench.foreign, True)):
            owned = "owner_id" in bench.register.declaration.scope_columns()
            named = (
                owned and bench.register.faces["owner_id"].party and not foreign
            )  # a party needs no right (R-CONF-14)
            seen = bench.cell.sees(foreign) or named
            assert bench.client.get(bench.address("details", record)).status_code == (200 if seen else 404), bench.cell
            with bench.world.open(bench.cell.role) as session:
                found = session.scalars(select(bench.register.id).where(bench.register.id == record.id)).all()
            assert bool(found) == seen, bench.cell


def test_each_role_adds_where_the_matrix_says(benches: list[Bench]) -> None:
    for bench in benches:
        with bench.world.writing() as session:
            scope = scope_of(bench.cell.role, bench.register)
            links = {**bystanders(session, bench.register), **own_links(session, bench.register, bench.cell.role)}
            author = {AUTHORS[table]: PERSON_IDS[bench.cell.role]} if (table := bench.cell.table) in AUTHORS else {}
            values = values_of(session, bench.register, **scope, **links, **author)
            texts = texts_of(session, bench.register, values) if bench.cell.shape.forms else {}
        before = bench.ids()
        answer = post(bench.client, bench.address("new"), texts)
        assert answer.status_code == bench.cell.status_of_new, (bench.cell, faults(answer))
        assert len(bench.ids() - before) == (1 if bench.cell.status_of_new == 302 else 0), bench.cell


def test_each_role_edits_where_the_matrix_says(benches: list[Bench]) -> None:
    name = a_text_of(benches[0].register).name
    for bench in benches:
        for record, foreign in ((bench.own, False), (bench.foreign, True)):
            before = getattr(bench.stored(record), name)
            sent = {**ticked(bench.stored(record)), name: f"改{record.id}", "version": "1"}
            answer = post(bench.client, bench.address("edit", record), sent)
            expected = bench.cell.status("edit", foreign)
            assert answer.status_code == expected, (bench.cell, foreign)
            assert getattr(bench.stored(record), name) == (f"改{record.id}" if expected == 302 else before), bench.cell


def test_each_role_voids_where_the_matrix_says(benches: list[Bench]) -> None:
    for bench in benches:
        for record, foreign in ((bench.own, False), (bench.foreign, True)):
            answer = post(bench.client, bench.address("delete", record), {"confirmed": "yes", "reason": "录错"})
            expected = bench.cell.status("void", foreign)
            assert answer.status_code == expected, (bench.cell, foreign)
            assert (bench.stored(record).voided_at is not None) == (expected == 302), bench.cell


@pytest.mark.rule("R-CONF-12")
def test_each_role_exports_the_records_that_the_matrix_says(
    benches: list[Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    # the long run makes an employee for every try: more than leave at once
    monkeypatch.setattr(exporting, "BACKGROUND_FROM", 10**6)
    name = a_text_of(benches[0].register).name
    for bench in benches:
        answer = bench.client.get(bench.address("export/csv") + f"?reason=核对&col={name}")
        leaves = {
            foreign: bench.cell.sees(foreign) and bench.cell.reaches("export", foreign) for foreign in (False, True)
        }
        # classified material leaves with a copy permit only (R-CONF-12)
        refused = bench.cell.shape.level >= Level.CONFIDENTIAL and any(leaves.values())
        granted = 403 if refused else 200
        assert answer.status_code == (granted if "export" in bench.cell.rights else 404), bench.cell
        for record, foreign in ((bench.own, False), (bench.foreign, True)):
            known = getattr(bench.stored(record), name)
            expected = leaves[foreign] and not refused
            assert (known in answer.text) == expected, (bench.cell, foreign)


@pytest.mark.rule("R-IMPT-01")
def test_each_role_is_let_in_to_import_where_the_matrix_says(benches: list[Bench]) -> None:
    for bench in benches:
        expected = bench.cell.status_of_import
        assert bench.client.get(bench.address("import")).status_code == expected, bench.cell
        assert bench.client.get(bench.address("import/template")).status_code == expected, bench.cell


@pytest.mark.parametrize("engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True)
def test_the_menu_offers_what_the_matrix_opens(world: World, client_of: Any) -> None:
    for role in CLEARANCES:
        page = client_of(role).get("/").text
        for table in shapes():
            assert (f'href="/admin/{table}/"' in page) == (bool(Cell(table, role).rights)), (role, table)


def a_text_of(register: type[Register]) -> Face:
    """A field of plain text to change, or of one that operations write to know a record by: one that nobody gets masked."""
    texts = [face for face in register.faces.values() if face.kind.name in ("text", "long") and not face.secret]
    assert texts, f"nothing to know a record of {register.__tablename__} by"
    return next(filter(typed, texts), texts[0])


def faults(answer: Any) -> list[str]:
    """What a form says is wrong."""
    return re.findall(r'class="(?:error|fault)[^"]*"[^>]*>([^<]+)', answer.text)

"""What a list may be asked about a field: only rows in which the person reads it count (R-CONF-02, R-CONF-06)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from admin_app.guard import GuardedSession
from admin_app.guard.conditions import filtered, searched
from admin_app.guard.readable import rows_in_full, sort_key
from admin_app.models import Register
from admin_app.permissions import Action, Person, Scope, Sight
from tests.guard.registers import numbered
from tests.guard.test_rows import CATALOGUE, PARTY, SHAPES, STORE
from tests.guard.truth import KINDS, Kind, expected

Acting = Callable[[Person | None], GuardedSession]
Registers = dict[str, type[Register]]
T = "truth_scoped"


def in_full(kind: Kind, table: str = T) -> set[int]:
    return {number for number, record in numbered() if expected(kind, record, *SHAPES[table]) is Sight.FULL}


def seen(kind: Kind, table: str = T) -> set[int]:
    return {number for number, record in numbered() if expected(kind, record, *SHAPES[table]) is not Sight.NONE}


def with_right(person: Person, action: Action, scope: Scope) -> Person:
    """*person* with one right more, and so of another profile."""
    rights = {T: {**person.rights.get(T, {}), action: scope}}
    return replace(person, rights=rights, profile=f"{person.profile} {action} {scope}")


@pytest.mark.rule("R-CONF-02", "R-CONF-04")
@pytest.mark.parametrize("table", SHAPES)
def test_rows_in_full_are_those_of_the_table(table: str, registers: Registers, acting_as: Acting) -> None:
    register, wrong = registers[table], []
    for kind in KINDS:
        person = kind.person(table)
        found = set(acting_as(person).scalars(select(register.id).where(rows_in_full(register, person))))
        if found != in_full(kind, table):
            wrong.append((kind, sorted(found ^ in_full(kind, table))[:5]))
    assert wrong == []


def asked(
    acting_as: Acting, registers: Registers, person: Person, name: str, operator: str, *values: object
) -> set[int]:
    """The ids that a filter finds."""
    register = registers[T]
    condition = filtered(register.faces[name], operator, values)
    return set(acting_as(person).scalars(select(register.id).where(condition(register, person))))


@pytest.mark.rule("R-CONF-06")
@pytest.mark.parametrize(
    ("operator", "values"),
    [("contains", ["138"]), ("starts", ["138"]), ("filled", []), ("empty", []), ("not_in", ["1"]),
     ("in", ["13800000001"]), ("between", ["0", "2"])],
)  # fmt: skip
def test_a_masked_field_answers_no_filter(
    operator: str, values: list[str], registers: Registers, acting_as: Acting
) -> None:
    assert asked(acting_as, registers, STORE.person(T), "phone", operator, *values) == set()


@pytest.mark.rule("R-CONF-06")
def test_a_masked_field_answers_to_its_whole_value_in_rows_read_in_full(
    registers: Registers, acting_as: Acting
) -> None:
    person, full = STORE.person(T), in_full(STORE)
    known, unread = min(full), min(seen(STORE) - full)
    hidden = next(number for number, _one in numbered() if number not in seen(STORE))
    assert asked(acting_as, registers, person, "phone", "equals", f"138{known:08}") == {known}
    assert asked(acting_as, registers, person, "phone", "equals", f"138{unread:08}") == set()
    assert asked(acting_as, registers, person, "phone", "equals", f"138{hidden:08}") == set()


@pytest.mark.rule("R-CONF-06")
def test_with_the_right_to_personal_facts_a_filter_finds_the_rows_it_reaches(
    registers: Registers, acting_as: Acting
) -> None:
    everywhere = with_right(STORE.person(T), Action.PERSONAL, Scope.ALL)
    own = with_right(STORE.person(T), Action.PERSONAL, Scope.OWN)
    owned = {number for number, record in numbered() if record.where == "owner"}
    assert asked(acting_as, registers, everywhere, "phone", "contains", "138") == in_full(STORE)
    assert asked(acting_as, registers, own, "phone", "contains", "138") == in_full(STORE) & owned


@pytest.mark.rule("R-CONF-01")
@pytest.mark.parametrize(
    ("operator", "values"), [("contains", ["密"]), ("equals", ["密1"]), ("filled", []), ("empty", [])]
)
def test_a_field_above_the_clearance_answers_nothing(
    operator: str, values: list[str], registers: Registers, acting_as: Acting
) -> None:
    assert asked(acting_as, registers, STORE.person(T), "secret", operator, *values) == set()


@pytest.mark.rule("R-CONF-01")
def test_a_field_up_to_the_clearance_answers_where_the_row_is_read_in_full(
    registers: Registers, acting_as: Acting
) -> None:
    kind = Kind(3, "store", "none")
    assert asked(acting_as, registers, kind.person(T), "secret", "filled") == in_full(kind)


@pytest.mark.rule("R-CONF-14", "R-CONF-04")
@pytest.mark.parametrize("kind", [STORE, CATALOGUE, PARTY], ids=["store", "catalogue", "party"])
def test_a_field_not_marked_for_parties_answers_only_in_rows_read_in_full(
    kind: Kind, registers: Registers, acting_as: Acting
) -> None:
    dated = {number for number, _record in numbered() if number % 3}
    assert asked(acting_as, registers, kind.person(T), "seen_on", "filled") == in_full(kind) & dated


@pytest.mark.rule("R-CONF-14")
def test_a_field_marked_for_parties_answers_in_every_row_they_see(registers: Registers, acting_as: Acting) -> None:
    assert asked(acting_as, registers, PARTY.person(T), "name", "filled") == seen(PARTY)


@pytest.mark.rule("R-CONF-06")
def test_a_search_finds_masked_values_whole_and_never_in_part(registers: Registers, acting_as: Acting) -> None:
    register, person = registers[T], STORE.person(T)
    known = min(in_full(STORE))

    def search(text: str) -> set[int]:
        condition = searched(register, text)
        return set(acting_as(person).scalars(select(register.id).where(condition(register, person))))

    assert search(f"138{known:08}") == {known}
    assert search(f"{known:08}") == set()
    assert search("138") == set()
    assert search("名") == seen(STORE)


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("wild", ["%", "_", "名%", "\\"])
def test_signs_of_the_database_are_plain_text_in_a_search(wild: str, registers: Registers, acting_as: Acting) -> None:
    register, person = registers[T], STORE.person(T)
    condition = searched(register, wild)
    assert acting_as(person).scalars(select(register.id).where(condition(register, person))).all() == []


@pytest.mark.rule("R-CONF-06")
@pytest.mark.parametrize(
    ("name", "clearance", "personal", "sortable"),
    [("name", 2, None, True), ("seen_on", 2, None, True), ("phone", 2, None, False), ("phone", 2, Scope.STORE, False),
     ("phone", 2, Scope.ALL, True), ("secret", 2, None, False), ("secret", 3, None, True)],
)  # fmt: skip
def test_nobody_sorts_by_what_they_do_not_read(
    name: str, clearance: int, personal: Scope | None, sortable: bool, registers: Registers
) -> None:
    person = Kind(clearance, "store", "none").person(T)
    if personal is not None:
        person = with_right(person, Action.PERSONAL, personal)
    register = registers[T]
    assert (sort_key(register, register.faces[name], person) is not None) is sortable


@pytest.mark.rule("R-CONF-02", "R-CONF-14")
def test_rows_whose_sort_field_is_not_read_sort_as_blank(registers: Registers, acting_as: Acting) -> None:
    register, person = registers[T], STORE.person(T)
    key = sort_key(register, register.faces["seen_on"], person)
    rows = acting_as(person).execute(select(register.id, key.label("key"))).all()
    assert {row.id for row in rows if row.key is not None} <= in_full(STORE)
    assert {row.id for row in rows if row.key is None} >= seen(STORE) - in_full(STORE)

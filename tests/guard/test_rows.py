"""The row rule in SQL against the same literal table as in Python, on every path the ORM knows."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import aliased, selectinload

from admin_app.guard import SYSTEM, GuardedSession
from admin_app.models import Register, register_named
from admin_app.permissions import Action, Level, Person, Scope, Sight
from admin_app.working.people import ChangedRight
from tests.fixtures.worlds import World
from tests.guard.registers import LINES_EACH, numbered
from tests.guard.truth import KINDS, ME, MY_STORE, Kind, expected

Acting = Callable[[Person | None], GuardedSession]
Registers = dict[str, type[Register]]
#: table -> need to know, scoped
SHAPES = {"truth_scoped": (False, True), "truth_classified": (True, True), "truth_plain": (False, False)}

#: sees store 1 up to 秘密; sees store 1 up to 公开 with the catalogue; nothing but as a party; everything
STORE, CATALOGUE, PARTY, ALL = (
    Kind(2, "store", "none"), Kind(0, "store", "all"), Kind(1, "nobody", "none"), Kind(4, "all", "none")
)  # fmt: skip


def seen(kind: Kind, table: str) -> set[int]:
    """The ids that the table says *kind* sees."""
    return {number for number, record in numbered() if expected(kind, record, *SHAPES[table]) is not Sight.NONE}


@pytest.mark.rule("R-CONF-02", "R-CONF-03", "R-CONF-04", "R-CONF-14")
@pytest.mark.parametrize("table", SHAPES)
def test_the_criterion_finds_the_rows_that_the_table_says(table: str, registers: Registers, acting_as: Acting) -> None:
    register, wrong = registers[table], []
    for kind in KINDS:
        found = set(acting_as(kind.person(table)).scalars(select(register.id)))
        if found != seen(kind, table):
            wrong.append((kind, sorted(found ^ seen(kind, table))[:5]))
    assert wrong == []


@pytest.mark.rule("R-CONF-03")
@pytest.mark.parametrize("table", SHAPES)
def test_with_nobody_named_there_is_nothing(table: str, registers: Registers, acting_as: Acting) -> None:
    register, session = registers[table], acting_as(None)
    assert session.scalars(select(register)).all() == []
    assert session.get(register, 1) is None
    assert session.scalar(select(func.count(register.id))) == 0


def test_the_system_sees_every_row(registers: Registers, acting_as: Acting) -> None:
    register = registers["truth_classified"]
    assert len(acting_as(SYSTEM).scalars(select(register.id)).all()) == len(list(numbered()))


def _ids(session: GuardedSession, statement: Any) -> set[int]:
    return set(session.scalars(statement))


def _join(session: GuardedSession, cls: Any) -> set[int]:
    other = aliased(cls)
    return _ids(session, select(other.id).join(cls, cls.id == other.id))


#: each way of asking the ORM for the ids of a register's rows
PATHS: dict[str, Callable[[GuardedSession, Any], set[int]]] = {
    "entities": lambda session, cls: {row.id for row in session.scalars(select(cls))},
    "columns": lambda session, cls: _ids(session, select(cls.id)),
    "legacy query": lambda session, cls: {row.id for row in session.query(cls)},
    "alias": lambda session, cls: _ids(session, select(aliased(cls).id)),
    "subquery": lambda session, cls: _ids(session, select(select(cls.id).subquery().c.id)),
    "aliased subquery": lambda session, cls: _ids(session, select(aliased(cls, select(cls).subquery()).id)),
    "common table": lambda session, cls: _ids(session, select(select(cls.id).cte().c.id)),
    "in a subselect": lambda session, cls: _ids(session, select(cls.id).where(cls.id.in_(select(aliased(cls).id)))),
    "get": lambda session, cls: {n for n, _one in numbered() if session.get(cls, n) is not None},
    "join to itself": _join,
    "streamed": lambda session, cls: {row.id for row in session.scalars(select(cls).execution_options(yield_per=20))},
}  # fmt: skip


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("kind", [STORE, CATALOGUE, PARTY, ALL], ids=["store", "catalogue", "party", "all"])
@pytest.mark.parametrize("path", PATHS)
def test_every_path_of_the_orm_stands_under_the_rule(
    path: str, kind: Kind, registers: Registers, acting_as: Acting
) -> None:
    session = acting_as(kind.person("truth_scoped"))
    assert PATHS[path](session, registers["truth_scoped"]) == seen(kind, "truth_scoped")


@pytest.mark.rule("R-CONF-02")
def test_counts_and_exists_tell_nothing_of_hidden_rows(registers: Registers, acting_as: Acting) -> None:
    cls, session, mine = registers["truth_scoped"], acting_as(STORE.person("truth_scoped")), seen(STORE, "truth_scoped")
    hidden = next(number for number, _one in numbered() if number not in mine)
    assert session.scalar(select(func.count()).select_from(cls)) == len(mine)
    assert session.scalar(select(func.max(cls.id))) == max(mine)
    assert session.scalar(select(exists().where(cls.id == hidden))) is False
    assert session.scalar(select(exists().where(cls.id == min(mine)))) is True


@pytest.mark.rule("R-CONF-03", "R-AUDT-01")
@pytest.mark.parametrize("person", [None, SYSTEM, PARTY.person("truth_plain")], ids=["nobody", "system", "person"])
def test_records_are_never_changed_by_a_bulk_statement(person: Any, registers: Registers, acting_as: Acting) -> None:
    cls, session = registers["truth_plain"], acting_as(person)
    for statement in (update(cls).values(name="改"), delete(cls)):
        with pytest.raises(RuntimeError, match="bulk"):
            session.execute(statement)
    assert acting_as(SYSTEM).scalar(select(func.count(cls.id)).where(cls.name == "改")) == 0


# --- joins and lines ----------------------------------------------------------------------------------------------

#: sees every row of truth_scoped up to 公开 and no colleague at all, as nothing grants the right to see employees
NO_COLLEAGUES = Kind(0, "all", "none")


def joined(cls: Any, session: Any) -> Any:
    """Each visible row with the colleague its party link leads to, as an outer join finds them."""
    employee = register_named("employee")
    return session.execute(select(cls.party_id, employee.id).outerjoin(employee, employee.id == cls.party_id)).all()


@pytest.mark.rule("R-CONF-02")
def test_a_join_to_a_hidden_record_finds_nothing(registers: Registers, acting_as: Acting) -> None:
    cls = registers["truth_scoped"]
    rows = joined(cls, acting_as(NO_COLLEAGUES.person("truth_scoped")))
    assert len(rows) == len(seen(NO_COLLEAGUES, "truth_scoped"))
    assert all(link and colleague is None for link, colleague in rows)


def test_a_join_to_a_visible_record_finds_it(registers: Registers, acting_as: Acting) -> None:
    cls, person = registers["truth_scoped"], NO_COLLEAGUES.person("truth_scoped")
    rights = {**person.rights, "employee": {Action.SEE: Scope.ALL}}
    both = Person(ME, "me", "我", clearance=Level.INTERNAL, store_id=MY_STORE, rights=rights, profile="sees colleagues")
    rows = joined(cls, acting_as(both))
    assert rows
    assert all(link == colleague for link, colleague in rows)


@pytest.mark.rule("R-CONF-02")
def test_child_lines_are_hidden_with_their_record(registers: Registers, acting_as: Acting) -> None:
    cls = registers["truth_scoped"]
    line = cls.__mapper__.relationships["lines"].mapper.class_
    session, mine = acting_as(STORE.person("truth_scoped")), seen(STORE, "truth_scoped")
    found = session.scalars(select(line)).all()
    assert {one.parent_id for one in found} == mine
    assert len(found) == LINES_EACH * len(mine)
    assert session.scalar(select(func.count()).select_from(line)) == LINES_EACH * len(mine)
    loaded = session.scalars(select(cls).options(selectinload(cls.lines))).all()
    assert all(len(row.lines) == LINES_EACH for row in loaded)
    hidden = next(number for number, _one in numbered() if number not in mine)
    assert session.get(line, hidden * 10) is None


# --- one session, one cache, several people -----------------------------------------------------------------------


@pytest.mark.rule("R-CONF-03")
def test_two_people_in_turn_on_one_session_never_share_rows(registers: Registers, acting_as: Acting) -> None:
    cls = registers["truth_scoped"]
    for _turn in range(3):
        for kind in (ALL, STORE, PARTY, CATALOGUE):
            session, mine = acting_as(kind.person("truth_scoped")), seen(kind, "truth_scoped")
            assert {row.id for row in session.scalars(select(cls))} == mine
            hidden = next((number for number, _one in numbered() if number not in mine), None)
            assert hidden is None or session.get(cls, hidden) is None


@pytest.mark.rule("R-CONF-03")
def test_people_with_equal_rights_share_sql_but_not_their_own_values(registers: Registers, acting_as: Acting) -> None:
    cls, first = registers["truth_scoped"], STORE.person("truth_scoped")
    elsewhere = Person(
        27, "other", "他", clearance=first.clearance, store_id=2, rights=first.rights, profile=first.profile
    )
    in_store_2 = {
        n for n, record in numbered() if record.where in ("owner", "department", "nothing") and record.level <= 2
    }
    statement = select(cls.id)
    assert set(acting_as(first).scalars(statement)) == seen(STORE, "truth_scoped")
    assert set(acting_as(elsewhere).scalars(statement)) == in_store_2
    assert set(acting_as(first).scalars(statement)) == seen(STORE, "truth_scoped")


@pytest.mark.rule("R-ROLE-01")
def test_changed_rights_change_what_is_found_at_once(registers: Registers, acting_as: Acting) -> None:
    cls = registers["truth_scoped"]
    before, after = STORE.person("truth_scoped"), Kind(2, "all", "none").person("truth_scoped")
    assert set(acting_as(before).scalars(select(cls.id))) == seen(STORE, "truth_scoped")
    assert set(acting_as(after).scalars(select(cls.id))) == seen(Kind(2, "all", "none"), "truth_scoped")
    assert set(acting_as(before).scalars(select(cls.id))) == seen(STORE, "truth_scoped")


@pytest.mark.rule("R-ROLE-01")
def test_the_profile_of_a_person_changes_with_the_matrix(world: World) -> None:
    with world.open("clerk") as session:
        before = session.person
        assert Action.SEE in before.rights["customer"]
    with world.writing() as session:
        session.add(ChangedRight(role="clerk", table_name="customer", action="see", scope=None))
    with world.open("clerk") as session:
        assert Action.SEE not in session.person.rights["customer"]
        assert session.person.profile != before.profile
        assert session.scalars(select(register_named("customer").id)).all() == []

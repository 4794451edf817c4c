"""What a person may not see changes nothing: two databases that differ only there answer every request alike."""

from collections.abc import Callable

import pytest

from admin_app.models import all_registers
from admin_app.permissions import Role
from tests.every_register.examples import THOROUGH, asked
from tests.every_register.matrix import CLEARANCES, Cell
from tests.noninterference.asker import Asker
from tests.noninterference.asking import beside_registers, everything, sample
from tests.noninterference.twins import Twins

TwinsFor = Callable[[str, str], Twins]
REGISTERS = asked()
#: clearance 1 in one store; clearance 3 over the whole company
PEOPLE = ("clerk", "director")
#: no scope; store and owner; need to know; child lines; written by operations only
SHAPES = ("estate", "visitor", "archive_item", "designer", "archive_loan")
#: so many questions in all, whatever the number of registers; each is asked of both twins
QUESTIONS = 1900


def ask(twins: Twins, table: str) -> list[str]:
    asker = Asker(twins.app, all_registers()[table], twins.who, THOROUGH)
    if THOROUGH:
        return twins.differences(everything(asker))
    return twins.differences(sample(asker, max(QUESTIONS // (len(REGISTERS) * len(PEOPLE)), 20)))


@pytest.mark.rule("R-CONF-02", "R-CONF-06", "R-CONF-14")
@pytest.mark.parametrize("username", PEOPLE)
@pytest.mark.parametrize("table", REGISTERS)
def test_what_a_person_may_not_see_changes_no_answer(table: str, username: str, twins_for: TwinsFor) -> None:
    found = ask(twins_for(username, "sqlite"), table)
    assert not found, "\n".join(found[:20])


@pytest.mark.rule("R-CONF-02", "R-CONF-06")
@pytest.mark.postgresql
@pytest.mark.parametrize("username", PEOPLE)
@pytest.mark.parametrize("table", SHAPES)
def test_on_postgresql_each_shape_of_register_answers_alike(table: str, username: str, twins_for: TwinsFor) -> None:
    found = ask(twins_for(username, "postgresql"), table)
    assert not found, "\n".join(found[:20])


@pytest.mark.rule("R-CONF-02", "R-DESK-01")
@pytest.mark.parametrize("username", PEOPLE)
def test_the_pages_beside_the_registers_answer_alike(username: str, twins_for: TwinsFor) -> None:
    twins = twins_for(username, "sqlite")
    found = twins.differences(beside_registers(twins.app))
    assert not found, "\n".join(found[:20])


@pytest.mark.rule("R-CONF-06")
@pytest.mark.parametrize("username", PEOPLE)
def test_the_twins_differ_in_every_field_that_is_secret(username: str, twins_for: TwinsFor) -> None:
    """A check of a table may keep a field alike; of what is masked or has a level none does, or nothing is compared."""
    alike = twins_for(username, "sqlite").alike
    registers = all_registers()
    assert [(table, name) for table, name in sorted(alike) if registers[table].faces[name].secret] == []


@pytest.mark.soak
@pytest.mark.rule("R-CONF-02", "R-CONF-06", "R-CONF-14")
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
@pytest.mark.parametrize("role", [role.value for role in Role if role.value not in PEOPLE])
def test_every_role_gets_the_same_answers_from_both(role: str, kind: str, twins_for: TwinsFor) -> None:
    twins = twins_for(role, kind)
    found = twins.differences(beside_registers(twins.app))
    for table in REGISTERS:
        if stands_for_others(role, table):
            found += ask(twins, table)
    assert not found, "\n".join(found[:20])


def stands_for_others(role: str, table: str) -> bool:
    """Whether it is the first of the roles with the same clearance and the same rights on *table*."""
    mine = (CLEARANCES[role], Cell(table, role).rights)
    return role == next(one for one in CLEARANCES if (CLEARANCES[one], Cell(table, one).rights) == mine)

"""What a person may not see changes nothing: two databases that differ only there answer every request alike."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from admin_app.models import all_registers
from admin_app.permissions import Role
from tests.every_register.examples import THOROUGH, asked
from tests.every_register.matrix import CLEARANCES, Cell
from tests.noninterference.asker import Asker, Question
from tests.noninterference.asking import beside_registers, dealt, sample
from tests.noninterference.twins import Twins, on

TwinsFor = Callable[[str, str], Twins]
REGISTERS = asked()
#: clearance 1 in one store; clearance 3 over the whole company
PEOPLE = ("clerk", "director")
#: no scope; store and owner; need to know; child lines; written by operations only
SHAPES = ("estate", "visitor", "archive_item", "designer", "archive_loan")
#: so many questions in all, whatever the number of registers; each is asked of both twins
QUESTIONS = 1500


def pairs(*kinds: str) -> list[Any]:
    """(kind of database, username) of the twins that this run asks."""
    known = product(kinds, [role.value for role in Role] if THOROUGH else PEOPLE)
    return [pytest.param(kind, username, marks=on(kind)) for kind, username in known]


def cases() -> Iterator[Any]:
    """(kind of database, username, table, turn): in the long run every register on both, for each kind of role."""
    asking: Counter[str] = Counter()
    for pair in pairs("sqlite", "postgresql"):
        kind, username = pair.values
        for table in REGISTERS if THOROUGH or kind == "sqlite" else SHAPES:
            if username in PEOPLE or stands_for_others(username, table):
                name = f"{kind}-{username}-{table}"
                yield pytest.param(kind, username, table, asking[table], marks=pair.marks, id=name)
                asking[table] += 1


def stands_for_others(role: str, table: str) -> bool:
    """Whether it is the first of the roles with the same clearance and the same rights on *table*."""
    mine = (CLEARANCES[role], Cell(table, role).rights)
    return role == next(one for one in CLEARANCES if (CLEARANCES[one], Cell(table, one).rights) == mine)


CASES = [*cases()]
#: how often each register is asked: whose turn it is chooses the questions
TURNS = Counter(case.values[2] for case in CASES)


@pytest.mark.rule("R-CONF-02", "R-CONF-06", "R-CONF-14")
@pytest.mark.parametrize(("kind", "username", "table", "turn"), CASES)
def test_what_a_person_may_not_see_changes_no_answer(
    kind: str, username: str, table: str, turn: int, twins_for: TwinsFor
) -> None:
    twins = twins_for(username, kind)
    asker = Asker(twins.app, all_registers()[table], twins.who, THOROUGH)
    most = max(QUESTIONS // (len(REGISTERS) * len(PEOPLE)), 20)
    found = twins.differences(dealt(asker, turn, TURNS[table]) if THOROUGH else sample(asker, most))
    assert not found, "\n".join(found[:20])


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize(("kind", "username"), pairs("sqlite", "postgresql"))
def test_no_address_of_a_register_exists_for_whoever_has_no_right_on_it(
    kind: str, username: str, twins_for: TwinsFor
) -> None:
    """But for the pages of the records that name them (R-CONF-14)."""
    twins = twins_for(username, kind)
    for table in REGISTERS:
        asker = Asker(twins.app, all_registers()[table], twins.who)
        if asker.closed:
            named = tuple(f"id={id_}" for id_ in asker.visible_ids())
            questions = [
                question for question in sample(asker, 4 if THOROUGH else 10) if question.url.startswith(asker.base)
            ]
            others = [question for question in questions if not any(id_ in question.url for id_ in named)]
            assert twins.statuses(others) == {404}, table
            details = [Question(f"{asker.base}details/?{id_}") for id_ in named]
            assert twins.statuses(details) <= {200}, table


@pytest.mark.rule("R-CONF-02", "R-DESK-01")
@pytest.mark.parametrize(("kind", "username"), pairs("sqlite", *(["postgresql"] if THOROUGH else [])))
def test_the_pages_beside_the_registers_answer_alike(kind: str, username: str, twins_for: TwinsFor) -> None:
    twins = twins_for(username, kind)
    found = twins.differences(beside_registers(twins.app))
    assert not found, "\n".join(found[:20])


@pytest.mark.rule("R-CONF-06")
@pytest.mark.parametrize(("kind", "username"), pairs("sqlite", *(["postgresql"] if THOROUGH else [])))
def test_the_twins_differ_in_every_field_that_is_secret(kind: str, username: str, twins_for: TwinsFor) -> None:
    """A check of a table may keep a field alike; of what is masked or has a level none does, or nothing is compared."""
    alike = twins_for(username, kind).alike
    registers = all_registers()
    assert [(table, name) for table, name in sorted(alike) if registers[table].faces[name].secret] == []

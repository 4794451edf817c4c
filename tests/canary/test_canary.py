"""A rare character stands in every value that a person may not read: it must come out nowhere.

Not in an answer, a header, a redirect, a message kept in the cookie, a line of the log, the trail's details or a file.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.guard import SYSTEM, act_as
from admin_app.logs import JsonLines
from admin_app.models import all_registers
from admin_app.working.trail import TrailEntry
from tests.every_register.examples import THOROUGH, asked
from tests.fixtures.worlds import World
from tests.noninterference.asker import Asker
from tests.noninterference.asking import beside_registers, dealt, sample
from tests.noninterference.reading import reading
from tests.noninterference.stances import Onlooker
from tests.noninterference.twins import answers, filled_world, onlooker
from tests.noninterference.values import CANARY

REGISTERS = asked()
#: their store's customers masked, their own in full; the catalogue of every level
PEOPLE = ("customer_manager", "info_supervisor")
QUESTIONS = 900
#: as it may be written: plainly, escaped in JSON and in an address
SPELLINGS = (CANARY.encode(), CANARY.encode("unicode_escape"), b"%E9%B8%91", CANARY.encode("gb18030"))

WorldFor = Callable[[str], tuple[Onlooker, World]]


@pytest.fixture(scope="session")
def world_for() -> Iterator[WorldFor]:
    """``world_for("clerk")``: a world in which the canary stands in all that the clerk may not read."""
    with ExitStack() as open_worlds:
        known: dict[str, tuple[Onlooker, World]] = {}

        def find(username: str) -> tuple[Onlooker, World]:
            if username not in known:
                who = onlooker(username)
                world, _alike = open_worlds.enter_context(filled_world(who, 1, "sqlite"))
                known[username] = who, world
            return known[username]

        yield find


@pytest.fixture
def log() -> Iterator[list[str]]:
    """The lines of the program's log, as they are written."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Keep()
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("strongroom")
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)


def sung(content: bytes) -> bool:
    """Whether the canary is in *content*, however it is written."""
    return any(spelling in content for spelling in SPELLINGS)


@pytest.mark.rule("R-CONF-02", "R-CONF-06", "R-CONF-12", "R-CONF-14")
@pytest.mark.parametrize("username", PEOPLE)
@pytest.mark.parametrize("table", REGISTERS)
def test_the_canary_comes_out_nowhere(
    table: str, username: str, one_app: Flask, world_for: WorldFor, log: list[str]
) -> None:
    who, world = world_for(username)
    asker = Asker(one_app, all_registers()[table], who, THOROUGH)
    most = max(QUESTIONS // (len(REGISTERS) * len(PEOPLE)), 15)
    turn = PEOPLE.index(username)
    questions = dealt(asker, turn, len(PEOPLE)) if THOROUGH else sample(asker, most)
    came_out = [
        str(question)
        for question, answer in zip(
            questions, answers(one_app, who, world, questions, 1000 * REGISTERS.index(table)), strict=True
        )
        if sung(answer.body) or any(sung(text.encode()) for _name, text in answer.headers)
    ]
    assert came_out == []
    assert [line for line in log if sung(line.encode())] == []


@pytest.mark.rule("R-AUDT-01", "R-CONF-02")
@pytest.mark.parametrize("username", PEOPLE)
def test_neither_trail_nor_files_keep_the_canary(username: str, one_app: Flask, world_for: WorldFor) -> None:
    who, world = world_for(username)
    asker = Asker(one_app, all_registers()["customer"], who)
    questions = [*sample(asker, 60), *beside_registers(one_app)]
    for _answer in answers(one_app, who, world, questions, 1000 * len(REGISTERS)):
        pass
    with world.open() as session:
        act_as(session, SYSTEM)
        assert not any(sung(detail.encode()) for detail in session.scalars(select(TrailEntry.detail)))
    kept = [
        path for path in Path(world.settings.data_dir).rglob("*") if path.is_file() and "strongroom.db" not in path.name
    ]
    assert [path.name for path in kept if sung(path.read_bytes())] == []


def test_the_canary_would_be_heard(one_app: Flask, world_for: WorldFor) -> None:
    """It stands in the database, and whoever may read everything is shown it."""
    _who, world = world_for("customer_manager")
    leader = onlooker("general_manager")
    asker = Asker(one_app, all_registers()["customer"], leader)
    first = [question for question in reading(asker) if "/?col=" in question.url]
    assert any(sung(answer.body) for answer in answers(one_app, leader, world, first))

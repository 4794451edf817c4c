"""Caches of shared data: read anew after whatever a session writes, never after what it takes back."""

from typing import Any

import pytest
from sqlalchemy import select

from admin_app.guard.stamped import Stamped
from admin_app.working.settings import Setting
from tests.fixtures.records import MOMENT
from tests.fixtures.worlds import World


@pytest.fixture
def names() -> Stamped:
    """The names of all settings, kept."""
    return Stamped("names of settings", lambda session, key: set(session.scalars(select(Setting.name))), ["setting"])


def _setting(name: str) -> Setting:
    return Setting(name=name, valid_from=MOMENT.date(), value="1", set_at=MOMENT)


def _read(world: World, names: Stamped) -> Any:
    with world.open() as session:
        return names.get(session)


@pytest.mark.rule("R-ROLE-01")
def test_what_a_session_writes_is_read_anew_after_its_commit(world: World, names: Stamped) -> None:
    assert "late" not in _read(world, names)
    with world.writing() as session:
        session.add(_setting("late"))
    assert "late" in _read(world, names)


def test_the_writing_transaction_itself_reads_what_it_has_written(world: World, names: Stamped) -> None:
    with world.writing() as session:
        before = names.get(session)
        session.add(_setting("mine"))
        session.flush()
        assert names.get(session) == before | {"mine"}


def test_what_is_rolled_back_was_never_read(world: World, names: Stamped) -> None:
    before = _read(world, names)
    with pytest.raises(ZeroDivisionError), world.writing() as session:
        session.add(_setting("never"))
        session.flush()
        assert "never" in names.get(session)
        raise ZeroDivisionError
    assert _read(world, names) == before

"""The registers of the truth table, declared and filled once per module and kind of database."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, text

from admin_app.guard import GuardedSession, act_as
from admin_app.models import Register
from admin_app.permissions import Person
from tests.fixtures.worlds import World, new_world
from tests.guard.registers import declared, filled


@pytest.fixture(scope="module")
def registers() -> Iterator[dict[str, type[Register]]]:
    """``truth_scoped``, ``truth_classified`` and ``truth_plain``."""
    with declared() as made:
        yield made


@pytest.fixture(scope="module")
def truth_engine(registers: dict[str, type[Register]], engine_kind: str) -> Iterator[Engine]:
    """A database in which each of them holds a row of every kind."""
    with new_world(engine_kind) as world, filled(world, registers) as engine:
        yield engine


@pytest.fixture
def acting_as(truth_engine: Engine) -> Iterator[Callable[[Person | None], GuardedSession]]:
    """``acting_as(person)``: one guarded session, handed over at each call."""
    with GuardedSession(bind=truth_engine) as session:

        def hand_over(person: Person | None) -> GuardedSession:
            act_as(session, person)
            return session

        yield hand_over


@pytest.fixture
def tamper(world: World) -> Callable[..., None]:
    """Run statements as somebody who owns the database and has taken the triggers away."""

    def run(*statements: str) -> None:
        engine = create_engine(world.settings.owner_database)
        with engine.begin() as connection:
            for table in ("trail_entry", "trail_value"):
                if world.kind == "postgresql":
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
                else:
                    connection.execute(text(f"DROP TRIGGER {table}_kept"))
                    connection.execute(text(f"DROP TRIGGER {table}_never_deleted"))
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    return run

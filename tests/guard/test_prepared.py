"""What PostgreSQL keeps planned: the lists that everybody opens and the trail's entry; nothing whose plan hangs on its values."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from admin_app.database import engine_options
from admin_app.guard import GuardedSession, act_as, appending, chain
from admin_app.guard.conditions import searched
from admin_app.guard.listing import ListQuery, count, find_page
from admin_app.guard.prepared import PREPARED
from admin_app.models import register_named
from tests.fixtures.company import FOUNDED
from tests.fixtures.worlds import World, new_world, person_of

_KEPT = text("SELECT statement FROM pg_prepared_statements")


@pytest.fixture
def postgres_world() -> Iterator[World]:
    """SQLite has no plans to keep: there the option changes nothing, as every other test of lists shows."""
    with new_world("postgresql") as made:
        yield made


def kept(connection: Connection) -> list[str]:
    return [statement for (statement,) in connection.execute(_KEPT)]


def kept_after_list(engine: Engine, **asked: Any) -> list[str]:
    """What a connection keeps after a list of visitors was read some times and, as at the end of each request, rolled back."""
    with engine.connect() as connection, GuardedSession(bind=connection) as session:
        act_as(session, person_of(session, "store_manager"))
        register = register_named("visitor")
        query = ListQuery(register, ["id", "public_id"], sort=register.faces["came_at"], **asked)
        session.rollback()
        before = len(kept(connection))
        for _ in range(6):
            find_page(session, query)
            count(session, query)
            session.rollback()
        return kept(connection)[before:]


def test_what_is_asked_but_once_takes_nobodys_place(postgres_world: World) -> None:
    with postgres_world.engine.connect() as connection:
        connection.execute(text("SELECT 1").execution_options(**PREPARED))
        assert kept(connection) == []


def test_the_first_page_of_a_list_and_its_total_stay_prepared(postgres_world: World) -> None:
    statements = kept_after_list(postgres_world.engine)
    assert len(statements) == 2
    assert all("FROM visitor" in statement for statement in statements)


def test_a_searched_list_is_planned_for_what_it_asks(postgres_world: World) -> None:
    assert kept_after_list(postgres_world.engine, conditions=[searched(register_named("visitor"), "林")]) == []


def test_a_page_by_its_number_is_planned_for_how_far_down_it_lies(postgres_world: World) -> None:
    assert [one for one in kept_after_list(postgres_world.engine, page=2) if "OFFSET" in one] == []


@pytest.mark.rule("R-AUDT-01")
def test_the_entry_of_a_view_is_prepared_and_the_chain_whole(postgres_world: World) -> None:
    engine = postgres_world.engine
    for _ in range(15):  # beyond those that psycopg lets pass, and those that PostgreSQL plans each time
        appending.append_alone(engine, [chain.Event("viewed", FOUNDED, 1)])
    with engine.connect() as connection:
        assert [one for one in kept(connection) if one.startswith("INSERT INTO trail_entry")]
        assert chain.verify(connection) is None


def test_nothing_is_prepared_behind_a_pooler_that_cannot_pass_it_on(postgres_world: World) -> None:
    url = postgres_world.settings.database
    engine = create_engine(url, **engine_options(url, prepare=False))
    assert kept_after_list(engine) == []
    engine.dispose()


def test_a_table_changed_beneath_a_running_program_costs_one_error(postgres_world: World) -> None:
    everything = text("SELECT * FROM shifting").execution_options(**PREPARED)
    with postgres_world.engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE shifting (a int)"))
        connection.commit()
        for _ in range(6):
            connection.execute(everything)
        connection.execute(text("ALTER TABLE shifting ADD b int"))
        connection.commit()
        with pytest.raises(DBAPIError, match="cached plan"):
            connection.execute(everything)
        connection.rollback()
        assert list(connection.execute(everything).keys()) == ["a", "b"]

"""The chain of the trail: whatever is done to it past the program, verifying names the first place (R-AUDT-01)."""

from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, func, select, text

from admin_app import clock
from admin_app.guard import anchor, chain
from admin_app.working.trail import TrailEntry, TrailValue
from tests.fixtures.company import FOUNDED
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-AUDT-01")

#: every column that an entry's digest covers, with a change of it
CHANGES = {
    "at": "'2020-01-01 00:00:00'",
    "actor_id": "999",
    "event": "'viewed'",
    "table_name": "'estate'",
    "record_id": "999",
    "level": "4",
    "address": "'192.0.2.1'",
    "detail": "'{}'",
    "values_digest": "'0'",
    "digest": "'0'",
}


@pytest.fixture
def victim(world: World) -> int:
    """The number of an entry in the middle that has values."""
    with world.engine.connect() as connection:
        middle = select(func.max(TrailEntry.seq) / 2).scalar_subquery()
        return connection.scalar(select(func.min(TrailValue.seq)).where(TrailValue.seq > middle))


def first_break(world: World, anchored: bool = True) -> chain.Break | None:
    kept = anchor.read(world.settings.anchor) if anchored else None
    with world.engine.connect() as connection:
        return chain.verify(connection, kept)


def test_an_untouched_chain_verifies_against_its_anchor(world: World) -> None:
    kept = anchor.read(world.settings.anchor)
    with world.engine.connect() as connection:
        assert kept == chain.head(connection)
    assert first_break(world) is None


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_entry_is_named(world: World, tamper: Callable[..., None], victim: int, column: str) -> None:
    tamper(f"UPDATE trail_entry SET {column} = {CHANGES[column]} WHERE seq = {victim}")
    expected = "values_changed" if column == "values_digest" else "entry_changed"
    assert first_break(world) == chain.Break(victim, expected)


@pytest.mark.parametrize("change", ["new = '\"别人\"'", "old = '\"别人\"'", "field = 'phone'", "salt = 'x'"])
def test_a_changed_value_is_named(world: World, tamper: Callable[..., None], victim: int, change: str) -> None:
    tamper(f"UPDATE trail_value SET {change} WHERE seq = {victim} AND position = 0")
    assert first_break(world) == chain.Break(victim, "value_changed")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trail_value WHERE seq = {seq} AND position = 0",
        "DELETE FROM trail_value WHERE seq = {seq}",
        "INSERT INTO trail_value (seq, position, field, digest) VALUES ({seq}, 99, 'phone', 'x')",
        "UPDATE trail_value SET digest = 'x', old = NULL, new = NULL, salt = NULL WHERE seq = {seq} AND position = 0",
    ],
)
def test_values_taken_added_or_swapped_are_named(
    world: World, tamper: Callable[..., None], victim: int, statement: str
) -> None:
    tamper(statement.format(seq=victim))
    assert first_break(world) == chain.Break(victim, "values_changed")


def test_a_removed_entry_is_named(world: World, tamper: Callable[..., None], victim: int) -> None:
    tamper(f"DELETE FROM trail_value WHERE seq = {victim}", f"DELETE FROM trail_entry WHERE seq = {victim}")
    assert first_break(world) == chain.Break(victim, "missing")


def test_the_first_of_several_breaks_is_named(world: World, tamper: Callable[..., None], victim: int) -> None:
    tamper(f"UPDATE trail_entry SET level = 4 WHERE seq >= {victim - 3}")
    assert first_break(world) == chain.Break(victim - 3, "entry_changed")


def test_a_cut_tail_shows_against_the_anchor_outside(world: World, tamper: Callable[..., None], victim: int) -> None:
    tamper(f"DELETE FROM trail_value WHERE seq > {victim}", f"DELETE FROM trail_entry WHERE seq > {victim}")
    assert first_break(world, anchored=False) is None
    assert first_break(world) == chain.Break(victim + 1, "tail_cut")


def test_a_chain_written_anew_differs_from_the_anchor(world: World, tamper: Callable[..., None]) -> None:
    kept = anchor.read(world.settings.anchor)
    tamper("DELETE FROM trail_value", "DELETE FROM trail_entry")
    with world.engine.begin() as connection:
        chain.append(connection, [chain.Event("viewed", FOUNDED, None) for _ in range(kept.seq)])
    assert first_break(world, anchored=False) is None
    assert first_break(world) == chain.Break(kept.seq, "differs_from_anchor")


@pytest.mark.rule("R-PRIV-01")
def test_the_laws_erasure_of_a_value_leaves_the_chain_whole(world: World, victim: int) -> None:
    owner = create_engine(world.settings.owner_database)
    with owner.begin() as connection:
        connection.execute(text(f"UPDATE trail_value SET old = NULL, new = NULL, salt = NULL WHERE seq = {victim}"))
    owner.dispose()
    assert first_break(world) is None


def test_entries_of_writers_at_once_are_chained_one_after_another(world: World) -> None:
    with world.engine.connect() as connection:
        before = chain.head(connection).seq
    for username in ("clerk", "hr", "clerk2"):
        with world.writing(username) as session, clock.stopped_at(FOUNDED):
            session.state.trail = [chain.Event("viewed", clock.now(), session.person.id)]
    with world.engine.connect() as connection:
        assert chain.head(connection).seq == before + 3
    assert first_break(world) is None

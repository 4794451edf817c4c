"""Entries appended by themselves, after a head that the process knows: the chain stays whole whoever else writes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from admin_app.guard import anchor, appending, chain
from tests.fixtures.company import FOUNDED
from tests.fixtures.worlds import World


def viewed(by: int = 1) -> chain.Event:
    return chain.Event("viewed", FOUNDED, by)


def head(world: World) -> chain.Head:
    with world.engine.connect() as connection:
        assert chain.verify(connection) is None
        return chain.head(connection)


@pytest.mark.rule("R-AUDT-01")
def test_each_entry_follows_the_one_before_whoever_wrote_it(world: World) -> None:
    before = head(world)
    for _ in range(3):
        assert appending.append_alone(world.engine, [viewed()]) == head(world)
        with world.engine.begin() as elsewhere:  # this process doesn't learn of it
            chain.append(elsewhere, [viewed(2)])
    assert head(world).seq == before.seq + 6


@pytest.mark.rule("R-AUDT-01")
def test_an_entry_never_follows_one_that_is_gone(world: World, tamper: Callable[..., None]) -> None:
    """As after a database was put back to an older state beneath a running program."""
    kept = appending.append_alone(world.engine, [viewed()])
    appending.append_alone(world.engine, [viewed()])
    tamper(f"DELETE FROM trail_entry WHERE seq > {kept.seq}")
    assert appending.append_alone(world.engine, [viewed()]).seq == kept.seq + 1
    assert head(world).seq == kept.seq + 1


@pytest.mark.rule("R-AUDT-01")
def test_several_at_once_come_one_after_another(world: World) -> None:
    before, each = head(world), 12

    def alone() -> None:
        for _ in range(each):
            appending.append_alone(world.engine, [viewed()])

    def in_transactions() -> None:
        for _ in range(each):
            with world.writing("clerk") as session:
                session.state.trail = [viewed(2), viewed(2)]

    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(work) for work in (alone, in_transactions, alone, in_transactions)]:
            one.result()
    assert head(world).seq == before.seq + 2 * each + 4 * each
    kept = anchor.read(world.settings.anchor)
    assert kept is not None
    with world.engine.connect() as connection:
        assert chain.verify(connection, kept) is None

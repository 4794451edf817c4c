"""What waits for the trail is packed where it is much, and comes out as it went in (R-AUDT-01)."""

import pytest
from sqlalchemy import select

from admin_app.guard import chain
from admin_app.guard.adding import add_together, new_record
from admin_app.guard.packed import Packed, packed, unpacked
from admin_app.guard.session import state_of
from admin_app.models import register_named
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import FOUNDED
from tests.fixtures.records import values_of
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-AUDT-01")


def events(count: int) -> list[chain.Event]:
    detail = {"batch": "b1"}
    changes = [(chain.Change(chain.WHOLE, None, f'{{"name": "王{n}"}}', fields=("name",)),) for n in range(count)]
    return [chain.Event("added", FOUNDED, 1, "visitor", n, 2, None, detail, one) for n, one in enumerate(changes)]


def test_many_events_wait_as_one_small_piece_and_come_out_as_they_were():
    """2,000 events of some 500 bytes each; their salts, 16 random bytes each, can't be made smaller."""
    many = events(2000)
    (one,) = waiting = packed(many)
    assert isinstance(one, Packed)
    assert len(one.content) < 2000 * 80
    out = list(unpacked(waiting))
    assert out == many
    assert all(event.detail is out[0].detail for event in out), "shared as before"


def test_a_few_wait_as_they_are_in_their_place():
    first, second = events(2)
    many = events(100)
    assert packed([first]) == [first]
    assert list(unpacked([first, *packed(many), second])) == [first, *many, second]


def test_a_ledgers_records_stand_in_the_chain_and_a_rolled_back_part_does_not(world: World) -> None:
    """120 and 130 records in two savepoints, of which the second is taken back: 120 entries, and the chain holds."""
    visitor = register_named("visitor")
    with world.engine.connect() as connection:
        before = chain.head(connection).seq
    with world.writing() as session:
        values = values_of(session, visitor)
        session.flush()
        state_of(session).trail.clear()
        with session.begin_nested():
            add_together(session, visitor, kept := [new_record(visitor, values) for _ in range(120)])
        with session.begin_nested() as savepoint:
            add_together(session, visitor, [new_record(visitor, values) for _ in range(130)])
            savepoint.rollback()
        ids = [one.id for one in kept]
    with world.engine.connect() as connection:
        entries = select(TrailEntry.event, TrailEntry.record_id).where(TrailEntry.seq > before)
        added = connection.execute(entries.order_by(TrailEntry.seq)).all()
        assert added == [("added", id_) for id_ in ids]
        assert chain.verify(connection) is None

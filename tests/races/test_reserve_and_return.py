"""A reservation against the return of the item: whoever reserved in time is told, and nobody waits for what is in (R-LOAN-12)."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.working.lending import Reservation
from tests.fixtures.company import PERSON_IDS
from tests.races.conftest import at_once, rounds
from tests.races.test_one_holder import granted_to


def lent(room):
    """A new paper that is out: its id, its id in addresses, and its loan's."""
    with room.world.writing() as session:
        item = records.create(session, register_named("archive_item"), {"file_id": room.file_id, "name": "合同"})
        loan = granted_to(session, "customer_manager", item)
        with operating(session):
            one = session.query(register_named("archive_loan")).filter_by(public_id=loan).one()
            now = datetime.now(UTC)
            one.state, one.issued_at, one.due_at = "on_loan", now, now + timedelta(hours=1)
            item.state, item.holder_id = "on_loan", PERSON_IDS["customer_manager"]
        return item.id, item.public_id, loan


@pytest.mark.rule("R-LOAN-12")
def test_nobody_waits_unknowing_for_an_item_that_is_in(room, browser_of):
    keeper, officer = browser_of("archive_keeper"), browser_of("info_officer")
    for _round in range(rounds(50)):
        item_id, address, loan = lent(room)
        returned, reserved = at_once(
            [
                partial(keeper.post, f"/loans/return/?id={loan}", good="1"),
                partial(officer.post, f"/reservations/new/?item={address}"),
            ]
        )
        assert (returned[0], reserved[0]) == (302, 302)
        with room.world.open() as session:
            assert session.get_one(register_named("archive_item"), item_id).state == "in"
            waiting = session.query(Reservation).filter_by(item_id=item_id, ended_at=None).all()
            assert all(one.told_at is not None for one in waiting)

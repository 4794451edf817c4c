"""A return against the clock's telling that the loan is overdue, and against urging it (R-LOAN-08, R-LOAN-09, R-NOTE-01)."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from admin_app.guard import act_as
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.notices.reading import unread
from admin_app.operations.notices.reminders import REMINDERS, remind
from admin_app.working.notices import Notice
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.worlds import person_of
from tests.races.conftest import at_once, rounds
from tests.races.test_one_holder import granted_to

#: borrower, head of the department and manager of customer service: who is told that a loan is late
TOLD = ("customer_manager", "store_manager", "service_manager")


def overdue(room, now):
    """A new paper that should have been back a week ago: the loan's id, and its id in addresses."""
    with room.world.writing() as session:
        item = records.create(session, register_named("archive_item"), {"file_id": room.file_id, "name": "合同"})
        address = granted_to(session, "customer_manager", item)
        with operating(session):
            loan = session.query(register_named("archive_loan")).filter_by(public_id=address).one()
            loan.state, loan.issued_at = "on_loan", now - timedelta(days=10)
            loan.due_at = item.due_at = loan.issued_at + timedelta(hours=72)
            item.state, item.holder_id = "on_loan", PERSON_IDS["customer_manager"]
        return loan.id, address


def look(world, now):
    """The reminders are looked through, as another process does every few minutes; how many notices are new."""
    with world.open() as session:
        act_as(session, REMINDERS, "schedule")
        return remind(session, now)


def on_desks(world, number, now):
    """What stands unread of the loan of that *number* on the desks of all who are told."""
    found = []
    for name in TOLD:
        with world.open(name) as session:
            found += [str(one.text) for one in unread(session, person_of(session, name), now)]
    return [one for one in found if number in one]


def a_working_day(now):
    """From *now* on, the next day of Monday to Friday, on which people are told of what is late."""
    return now + timedelta(days=max(0, 7 - now.weekday()) if now.weekday() > 4 else 0)


@pytest.mark.rule("R-LOAN-08", "R-LOAN-09", "R-NOTE-01")
def test_what_is_returned_while_it_is_told_to_be_late_is_not_told_to_be_late_afterwards(room, browser_of):
    """Returned in two windows, urged in a third, reminded of by the clock, all at once."""
    keeper, again, other = map(browser_of, ("archive_keeper", "archive_keeper", "archive_keeper2"))
    world = room.world
    for _round in range(rounds(50)):
        now = a_working_day(datetime.now(UTC))
        id_, address = overdue(room, now)
        *returned, urged, _new = at_once(
            [
                partial(keeper.post, f"/loans/return/?id={address}", good="1"),
                partial(again.post, f"/loans/return/?id={address}", good="1"),
                partial(other.post, f"/loans/out/urge/?id={address}"),
                partial(look, world, now),
            ]
        )
        assert sorted(status for status, _page in returned) == [302, 409], returned
        assert urged[0] == 302, urged
        with world.open() as session:
            mine = {"table_name": "archive_loan", "record_id": id_}
            loan = session.get_one(register_named("archive_loan"), id_)
            item = session.get_one(register_named("archive_item"), loan.item_id)
            assert (loan.state, loan.returned_copies, item.state, item.holder_id) == ("returned", 1, "in", None)
            assert session.query(TrailEntry).filter_by(**mine, event="returned").count() == 1
            assert session.query(Notice).filter_by(**mine, read_at=None).count() == 0
        assert on_desks(world, loan.number, now) == []

"""Listing a file for destruction against lending a paper of it: one of them happens, never both (R-ARCH-07, R-LOAN-06)."""

from datetime import timedelta
from functools import partial

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from tests.fixtures.company import PASSWORD
from tests.fixtures.destruction import CLOSED, HERE
from tests.races.conftest import at_once, rounds
from tests.races.test_one_holder import BORROWERS, granted_to


def due_file(ending, borrower):
    """A new file whose time is up, with one paper and a granted loan of it: file, paper, and the loan's id in addresses."""
    with ending.room.world.writing() as session:
        like = session.get_one(register_named("archive_file"), ending.room.file_id)
        values = {
            "customer_id": like.customer_id, "archive_type_id": like.archive_type_id, "title": "旧档",
            "opened_on": CLOSED - timedelta(days=30), "department_id": HERE,
        }  # fmt: skip
        file = records.create(session, register_named("archive_file"), values)
        item = records.create(session, register_named("archive_item"), {"file_id": file.id, "name": "合同"})
        loan = granted_to(session, borrower, item)
        file_id, public_id, item_id = file.id, file.public_id, item.id
    ending.close(file_id)
    return file_id, public_id, item_id, loan


@pytest.mark.rule("R-ARCH-07", "R-LOAN-06")
def test_a_file_is_listed_for_destruction_or_lent_but_never_both(ending, browser_of):
    """Each round the two posts leave together; what the loser is told names what the winner did."""
    keeper, other = browser_of("archive_keeper"), browser_of("archive_keeper2")
    for turn in range(rounds(50)):
        file_id, public_id, item_id, loan = due_file(ending, BORROWERS[turn % len(BORROWERS)])
        (listed, told), (lent, card) = at_once(
            [
                partial(keeper.post, "/archives/due/", file=public_id, department=str(HERE)),
                partial(other.post, f"/loans/issue/?id={loan}", password=PASSWORD),
            ]
        )
        with ending.room.world.open() as session:
            item = session.get_one(register_named("archive_item"), item_id)
            listings = [one for one in session.query(register_named("destruction"))
                        if any(line.file_id == file_id for line in one.lines)]  # fmt: skip
            assert (len(listings), item.state) in ((1, "in"), (0, "on_loan")), (listed, lent)
        assert (listed, lent) == ((302, 409) if listings else (409, 302))
        assert "<code>listed</code>" in card if listings else "<code>on_loan</code>" in told
        if not listings:
            _give_back(ending, loan, item_id)


def _give_back(ending, loan, item_id):
    """Let the round's loan end, so that the borrower has nothing out in a later one."""
    with ending.room.acting("system") as session:
        id_ = session.query(register_named("archive_loan")).filter_by(public_id=loan).one().id
    ending.set("archive_item", item_id, state="in", holder_id=None, due_at=None)
    given = ending.room.get("archive_loan", id_).issued_at + timedelta(seconds=1)
    ending.set("archive_loan", id_, state="returned", returned_at=given)

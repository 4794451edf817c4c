"""The last witness's signature against lending what it destroys: nothing leaves that no longer is (R-ARCH-07, R-LOAN-06)."""

from functools import partial

import pytest

from admin_app.models import register_named
from tests.fixtures.company import PASSWORD
from tests.races.conftest import at_once, rounds
from tests.races.test_list_and_borrow import due_file

GONE = ("<code>listed</code>", "<code>destroyed</code>")


def witnessed_once(ending):
    """A list of one file, which lacks only the second witness; with a loan of its paper that was granted before."""
    file_id, _public_id, item_id, loan = due_file(ending, "customer_manager")
    listing = ending.approved(file_id)
    ending.change(listing, destroyed_on=ending.today, way="shred")
    ending.sign(listing, "first_witness_by_id")
    return ending.room.get("destruction", listing), file_id, item_id, loan


@pytest.mark.rule("R-ARCH-07", "R-LOAN-06")
def test_a_paper_is_destroyed_once_and_neither_lent_nor_asked_for_meanwhile(ending, browser_of):
    """The list is signed in two windows while the keeper issues a paper of it and a colleague asks for it."""
    witness, again = browser_of("info_supervisor"), browser_of("info_supervisor")
    keeper, colleague = browser_of("archive_keeper"), browser_of("customer_manager")
    for _round in range(rounds(50)):
        listing, file_id, item_id, loan = witnessed_once(ending)
        address = f"/admin/destruction/sign/?id={listing.public_id}&field=second_witness_by_id"
        form = {"version": str(listing.version), "confirmed": "yes", "password": PASSWORD}
        asked = {"item_id": ending.room.get("archive_item", item_id).public_id, "purpose": "核对", "reason": "客户来电",
                 "borrower_id": "", "facts": "城东店"}  # fmt: skip
        *signed, lent, drafted = at_once(
            [
                partial(witness.post, address, **form),
                partial(again.post, address, **form),
                partial(keeper.post, f"/loans/issue/?id={loan}", password=PASSWORD),
                partial(colleague.post, "/admin/archive_loan/new/", **asked),
            ]
        )
        assert sorted(status for status, _page in signed) == [302, 409], signed
        assert (lent[0], any(code in lent[1] for code in GONE)) == (409, True), lent
        assert drafted[0] == 409, drafted
        with ending.room.world.open() as session:
            states = [session.get_one(register_named(table), id_).state
                      for table, id_ in (("archive_file", file_id), ("archive_item", item_id))]  # fmt: skip
            loans = session.query(register_named("archive_loan")).filter_by(item_id=item_id).all()
        assert (states, [one.state for one in loans]) == (["destroyed"] * 2, ["granted"])

"""Of any number of simultaneous issues of one item exactly one succeeds (R-LOAN-06), over HTTP, several processes."""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle

import pytest

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.races.conftest import WORKERS, at_once, rounds

BORROWERS = (
    "customer_manager",
    "sales",
    "sales2",
    "service_officer",
    "info_officer",
    "designer",
    "store_manager",
    "hr",
)


def granted_to(session, borrower, item):
    """A granted loan of *item*, as its signatures would have left it."""
    now = datetime.now(UTC)
    person = PERSON_IDS[borrower]
    with operating(session):
        loan = records.create(
            session,
            register_named("archive_loan"),
            {
                "item_id": item.id,
                "copies": item.copies,
                "applicant_id": person,
                "borrower_id": person,
                "purpose": "核对合同",
                "reason": "客户来电",
                "state": "granted",
                "granted_level": str(item.level),
                "submitted_at": now,
                "granted_at": now,
                "lapses_at": now + timedelta(days=3),
            },
        )
    return loan.public_id


def new_round(room):
    """A new paper with a granted loan for as many borrowers as are served at once: its id, and the loans' ids in addresses."""
    with room.world.writing() as session:
        values = {"file_id": room.file_id, "name": "合同"}
        item = records.create(session, register_named("archive_item"), values)
        return item.id, [granted_to(session, borrower, item) for borrower in BORROWERS[:WORKERS]]


def give_back(room, item_id):
    """Let the round's loan end, so that nobody has something out when the next begins."""
    with room.world.writing() as session, operating(session):
        loan = register_named("archive_loan")
        one = session.query(loan).filter_by(item_id=item_id, state="on_loan").one()
        one.state, one.returned_at = "returned", one.issued_at + timedelta(seconds=1)
        item = session.get_one(register_named("archive_item"), item_id)
        item.state, item.holder_id, item.due_at = "in", None, None


@pytest.mark.rule("R-LOAN-06")
def test_exactly_one_of_many_simultaneous_issues_succeeds_and_the_others_are_told_why(room, browser_of):
    keepers = [browser_of("archive_keeper"), browser_of("archive_keeper2")]
    for _round in range(rounds(50)):
        item_id, loans = new_round(room)
        acts = [
            partial(keeper.post, f"/loans/issue/?id={loan}", password=PASSWORD)
            for keeper, loan in zip(cycle(keepers), loans, strict=False)
        ]
        answers = at_once(acts)
        refused = [page for status, page in answers if status == 409]
        assert sorted(status for status, _page in answers) == [302] + [409] * (len(loans) - 1)
        assert all("<code>on_loan</code>" in page for page in refused)
        with room.world.open() as session:
            out = session.query(register_named("archive_loan")).filter_by(item_id=item_id, state="on_loan").one()
            assert session.get_one(register_named("archive_item"), item_id).holder_id == out.borrower_id
        give_back(room, item_id)

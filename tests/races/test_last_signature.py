"""Of several who sign the last step of one request at once one grants it, the others are told so (R-LOAN-02), over HTTP."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.permissions import Level
from admin_app.working.approvals import ApprovalStep
from admin_app.working.notices import Notice
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.races.conftest import at_once, rounds

KEEPERS = ("archive_keeper", "archive_keeper2")


def before_the_last(room):
    """A request for a new paper that waits for the keeper, the last to sign: its id, its id in addresses, what a page showed."""
    with room.world.writing() as session:
        paper = records.create(session, register_named("archive_item"), {"file_id": room.file_id, "name": "合同"}).id
    now = replace(room, items={Level.SECRET: paper}, now=datetime.now(UTC))
    request = now.submitted()
    now.sign("store_manager", request)
    return request, now.get("archive_loan", request).public_id, now.digest(request)


@pytest.mark.rule("R-LOAN-02", "R-ROLE-04", "R-NOTE-01")
def test_two_keepers_and_one_in_two_windows_sign_the_last_step_once(room, browser_of):
    windows = [*map(browser_of, KEEPERS), browser_of(KEEPERS[0])]
    for _round in range(rounds(50)):
        request, public_id, seen = before_the_last(room)
        form = {"decision": "approve", "digest": seen, "password": PASSWORD}
        answers = at_once([partial(one.post, f"/admin/archive_loan/sign/?id={public_id}", **form) for one in windows])
        assert sorted(status for status, _page in answers) == [302, 409, 409], answers
        lost = [page for status, page in answers if status == 409]
        assert all("<code>wrong_state</code>" in page and "R-LOAN-02" in page for page in lost)
        with room.world.open() as session:
            mine = {"table_name": "archive_loan", "record_id": request}
            signed = [
                one.signed_by_id for one in session.query(ApprovalStep).filter_by(**mine).order_by(ApprovalStep.id)
            ]
            told = session.query(Notice).filter_by(**mine, event="request_granted").count()
            noted = session.query(TrailEntry).filter_by(**mine, event="approved").count()
            loan = session.get_one(register_named("archive_loan"), request)
        assert (len(signed), signed[0], signed[1] in {PERSON_IDS[one] for one in KEEPERS}) == (
            2, PERSON_IDS["store_manager"], True,
        )  # fmt: skip
        assert (loan.state, told, noted) == ("granted", 1, 2)

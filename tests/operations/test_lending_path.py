"""A file lent, from the request to the shelf again."""

from datetime import timedelta

import pytest

from admin_app.permissions import Level
from admin_app.rules.states import State
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS


def state(room, request, table="archive_loan"):
    return room.get(table, request).state


@pytest.mark.rule("R-LOAN-01", "R-LOAN-02")
def test_a_loan_goes_from_draft_by_head_and_keeper_to_granted_issued_and_returned(room):
    request = room.draft()
    assert state(room, request) == State.DRAFT
    request = room.submitted()
    room.sign("store_manager", request)
    assert state(room, request) == State.SIGNING
    room.sign("archive_keeper", request)
    assert state(room, request) == State.GRANTED
    room.issue(request)
    loan, item = room.get("archive_loan", request), room.item()
    assert (loan.state, item.state, item.holder_id) == (State.ON_LOAN, "on_loan", PERSON_IDS["customer_manager"])
    assert loan.due_at == item.due_at == room.now + timedelta(hours=72)
    assert (loan.issued_by_id, loan.signed_by_id) == (PERSON_IDS["archive_keeper"], PERSON_IDS["customer_manager"])
    assert room.take_back(request, good=2) == 0
    loan, item = room.get("archive_loan", request), room.item()
    assert (loan.state, loan.returned_copies, loan.condition) == (State.RETURNED, 2, "good")
    assert (item.state, item.holder_id, item.due_at) == ("in", None, None)


@pytest.mark.rule("R-LOAN-02")
@pytest.mark.parametrize(
    ("level", "signers"),
    [
        (Level.SECRET, ("info_supervisor", "archive_keeper")),
        (Level.CONFIDENTIAL, ("info_supervisor", "archive_keeper", "service_manager")),
        (Level.TOP_SECRET, ("info_supervisor", "archive_keeper", "service_manager", "general_manager")),
    ],
)
def test_each_level_is_granted_by_the_last_of_its_own_signers_and_not_before(room, level, signers):
    request = room.submitted("archive_keeper2", level)
    for signer in signers:
        assert state(room, request) == State.SIGNING
        room.sign(signer, request)
    assert state(room, request) == State.GRANTED


@pytest.mark.rule("R-LOAN-02")
@pytest.mark.parametrize("reviewer", ["info_officer", "archive_keeper", "info_supervisor", "service_manager"])
def test_an_access_request_is_reviewed_by_any_of_customer_service(room, reviewer):
    request = room.granted(table="access_request", signers=("store_manager", reviewer))
    assert state(room, request, "access_request") == State.GRANTED


@pytest.mark.rule("R-LOAN-02", "R-LOAN-10")
def test_an_item_read_on_the_premises_has_its_reader_as_holder_until_it_is_back(room):
    request = room.on_loan(table="access_request")
    assert (room.item().state, room.item().holder_id) == ("reading", PERSON_IDS["customer_manager"])
    room.take_back(request, table="access_request", good=2)
    assert (room.item().state, state(room, request, "access_request")) == ("in", State.RETURNED)


@pytest.mark.rule("R-LOAN-01", "R-SIGN-06")
def test_a_step_is_refused_with_a_reason_and_not_without(room):
    request = room.submitted()
    with pytest.raises(Refused) as refusal:
        room.sign("store_manager", request, approve=False, reason=" ")
    assert refusal.value.verdict.code == "no_reason"
    room.sign("store_manager", request, approve=False, reason="用途不明")
    loan = room.get("archive_loan", request)
    assert (loan.state, loan.outcome) == (State.REFUSED, "用途不明")


@pytest.mark.rule("R-LOAN-05")
def test_a_shorter_term_may_be_asked_for_and_a_longer_one_is_cut_to_72_hours(room):
    short = room.on_loan(asked_until=room.now + timedelta(hours=5))
    assert room.get("archive_loan", short).due_at == room.now + timedelta(hours=5)
    room.take_back(short, good=2)
    room.pass_time(hours=25)
    long = room.on_loan(asked_until=room.now + timedelta(days=30))
    assert room.get("archive_loan", long).due_at == room.now + timedelta(hours=72)

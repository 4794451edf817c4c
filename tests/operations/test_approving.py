"""Who signs, in which order, for what; and what undoes it (R-ROLE-03, R-ROLE-04, R-ROLE-05)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from admin_app.models import register_named
from admin_app.operations import stand_ins
from admin_app.operations.archives import approvals, requests
from admin_app.operations.archives.upkeep import keep_up
from admin_app.operations.today import local_day
from admin_app.permissions import Level
from admin_app.rules.signers import StandIn
from admin_app.rules.states import State
from admin_app.verdicts import Refused
from admin_app.working.approvals import ApprovalStep, RecordParty
from tests.fixtures.company import PERSON_IDS


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.verdict.code == code
    return refusal.value.verdict


def name_stand_in(room, absent, person, by=None, days=2):
    with room.acting(by or absent) as session:
        today = local_day(session, room.now)
        named = StandIn(PERSON_IDS[absent], PERSON_IDS[person], today, today + timedelta(days=days))
        stand_ins.name(session, named, room.now)


def steps(room, request):
    with room.world.open() as session:
        rows = session.query(ApprovalStep).filter_by(table_name="archive_loan", record_id=request)
        return [(row.round, row.step, row.signed_by_id, row.signed_for_id) for row in rows.order_by(ApprovalStep.id)]


def parties(room, request, kind):
    with room.world.open() as session:
        rows = session.query(RecordParty).filter_by(table_name="archive_loan", record_id=request, kind=kind)
        return {row.person_id for row in rows}


@pytest.mark.rule("R-ROLE-04")
def test_nobody_signs_their_own_request_whatever_their_role(room):
    request = room.submitted("archive_keeper")
    assert refused("own_request", room.sign, "archive_keeper", request).status == 403


@pytest.mark.rule("R-ROLE-04")
def test_one_person_never_signs_two_steps_of_a_request(room):
    request = room.submitted("info_officer", Level.SECRET, table="access_request")
    room.sign("service_manager", request, table="access_request")
    refused("same_person", room.sign, "service_manager", request, table="access_request")


@pytest.mark.rule("R-LOAN-02")
def test_a_later_step_waits_for_the_earlier_one(room):
    request = room.submitted()
    refused("not_signer", room.sign, "archive_keeper", request)
    room.sign("store_manager", request)
    room.sign("archive_keeper", request)
    assert room.get("archive_loan", request).state == State.GRANTED


@pytest.mark.rule("R-ROLE-03")
def test_a_heads_own_request_goes_to_the_head_above(room):
    request = room.submitted("info_supervisor")
    assert parties(room, request, "next") == {PERSON_IDS["service_manager"]}
    room.sign("service_manager", request)
    assert parties(room, request, "next") == {PERSON_IDS["archive_keeper"], PERSON_IDS["archive_keeper2"]}


@pytest.mark.rule("R-ROLE-03", "R-CONF-14")
def test_a_stand_in_sees_and_signs_for_the_absent_and_the_step_says_for_whom(room):
    request = room.submitted()
    assert not room.sees("customer_manager2", "archive_loan", request)
    name_stand_in(room, "store_manager", "customer_manager2")
    assert room.sees("customer_manager2", "archive_loan", request)
    room.sign("customer_manager2", request)
    signed = (1, "head", PERSON_IDS["customer_manager2"], PERSON_IDS["store_manager"])
    assert steps(room, request)[0] == signed


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_whose_days_are_over_neither_sees_nor_signs(room):
    request = room.submitted()
    name_stand_in(room, "store_manager", "customer_manager2", days=1)
    room.pass_time(days=2)
    assert not room.sees("customer_manager2", "archive_loan", request)


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_named_for_later_is_next_from_their_first_day_on(room):
    request = room.submitted()
    with room.acting("general_manager") as session:
        day = local_day(session, room.now) + timedelta(days=1)
        named = StandIn(PERSON_IDS["store_manager"], PERSON_IDS["customer_manager2"], day, day)
        stand_ins.name(session, named, room.now)
    assert not room.sees("customer_manager2", "archive_loan", request)
    room.pass_time(days=1)
    with room.acting("system") as session:
        keep_up(session, room.now)
    assert room.sees("customer_manager2", "archive_loan", request)


@pytest.mark.rule("R-ROLE-03")
def test_only_the_absent_or_the_general_manager_names_a_stand_in(room):
    refused("role", name_stand_in, room, "store_manager", "clerk", by="clerk")
    name_stand_in(room, "store_manager", "clerk", by="general_manager")


@pytest.mark.rule("R-ROLE-04")
def test_a_request_for_whose_first_step_nobody_is_left_is_refused_at_once(room):
    request = room.draft("general_manager")
    verdict = refused("no_signer", room.submitted, "general_manager")
    assert verdict.rule == "R-ROLE-04"
    assert room.get("archive_loan", request).state == State.DRAFT


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize(("minutes", "signs"), [(10, True), (11, False)])
def test_a_password_checked_over_ten_minutes_ago_is_asked_for_again(room, minutes, signs):
    request = room.submitted()
    checked = room.now - timedelta(minutes=minutes)
    if signs:
        room.sign("store_manager", request, checked_at=checked)
        assert steps(room, request)[0][2] == PERSON_IDS["store_manager"]
    else:
        refused("password_due", room.sign, "store_manager", request, checked_at=checked)


@pytest.mark.rule("R-ROLE-05")
def test_what_is_signed_is_exactly_what_the_page_showed(room):
    request = room.submitted()
    assert refused("changed", room.sign, "store_manager", request, seen="0" * 64).status == 409


def change(room, request, username="customer_manager", **values):
    with room.acting(username) as session:
        requests.change(session, session.get_one(register_named("archive_loan"), request), values)


@pytest.mark.rule("R-ROLE-05")
def test_a_changed_request_loses_its_signatures_and_starts_anew(room):
    request = room.submitted()
    room.sign("store_manager", request)
    change(room, request, purpose="另一用途")
    assert room.get("archive_loan", request).state == State.DRAFT
    assert parties(room, request, "next") == parties(room, request, "signed") == set()
    with room.acting("customer_manager") as session:
        requests.submit(session, session.get_one(register_named("archive_loan"), request), room.now)
    assert [(round_, step, by) for round_, step, by, _ in steps(room, request)] == [
        (1, "head", PERSON_IDS["store_manager"]), (1, "keeper", None), (2, "head", None), (2, "keeper", None),
    ]  # fmt: skip


@pytest.mark.rule("R-ROLE-05", "R-CONF-04")
def test_a_granted_request_that_changes_loses_its_grant_too(room):
    request = room.granted("archive_keeper2", Level.CONFIDENTIAL,
                           signers=("info_supervisor", "archive_keeper", "service_manager"))  # fmt: skip
    change(room, request, "archive_keeper2", purpose="另一用途")
    loan = room.get("archive_loan", request)
    assert (loan.state, loan.granted_at) == (State.DRAFT, None)
    with room.world.open() as session:
        assert session.query(RecordParty).filter_by(kind="granted").count() == 0


@pytest.mark.rule("R-LOAN-02")
def test_only_the_applicant_changes_submits_or_withdraws(room):
    request = room.submitted()
    refused("not_applicant", change, room, request, "store_manager", purpose="别的")


@pytest.mark.rule("R-LOAN-02")
def test_the_applicant_withdraws_until_issue_and_not_after(room):
    def withdraw(request):
        with room.acting("customer_manager") as session:
            requests.withdraw(session, session.get_one(register_named("archive_loan"), request), room.now)

    request = room.granted()
    withdraw(request)
    assert room.get("archive_loan", request).state == State.WITHDRAWN
    refused("wrong_state", withdraw, room.on_loan())


@pytest.mark.rule("R-LOAN-02", "R-CONF-05")
def test_an_item_raised_while_signatures_are_gathered_needs_the_ladder_of_its_new_level(room):
    request = room.submitted()
    room.sign("store_manager", request)
    with room.acting("system") as session:
        session.get_one(register_named("archive_item"), room.items[Level.SECRET]).level = Level.CONFIDENTIAL
    refused("level", room.sign, "archive_keeper", request)
    assert room.get("archive_loan", request).state == State.SIGNING


@pytest.mark.rule("R-LOAN-02", "R-ROLE-04")
def test_of_two_who_give_the_last_approval_at_once_exactly_one_has_signed(room):
    """Both keepers may; each round both have read the same page, and the later one is told that the step is signed."""
    keepers = ("archive_keeper", "archive_keeper2")
    for _round in range(3):
        request = room.submitted()
        room.sign("store_manager", request)
        seen, start = room.digest(request), Barrier(len(keepers))

        def sign(keeper, request=request, seen=seen, start=start):
            start.wait()
            try:
                with room.world.writing(keeper) as session:
                    record = session.get_one(register_named("archive_loan"), request)
                    given = approvals.Decision(approve=True, seen=seen, checked_at=room.now)
                    approvals.decide(session, record, given, room.now)
            except Refused as refusal:
                return refusal.verdict.code
            return "signed"

        with ThreadPoolExecutor(len(keepers)) as pool:
            assert sorted(pool.map(sign, keepers)) == ["signed", "wrong_state"]
        signed = [one for one in steps(room, request) if one[2] in {PERSON_IDS[keeper] for keeper in keepers}]
        assert (len(signed), room.get("archive_loan", request).state) == (1, State.GRANTED)

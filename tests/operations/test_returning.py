"""Taking back: counted, in parts, damaged, missing (R-LOAN-08); what a grant opens and when it closes (R-CONF-04)."""

from datetime import timedelta

import pytest

from admin_app.models import register_named
from admin_app.permissions import Level
from admin_app.rules.states import State
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS

CONFIDENTIAL = {"level": Level.CONFIDENTIAL, "signers": ("info_supervisor", "archive_keeper", "service_manager")}


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.verdict.code == code


@pytest.mark.rule("R-LOAN-08")
def test_a_part_return_keeps_the_rest_on_loan_with_its_due_time(room):
    request = room.on_loan()
    due = room.get("archive_loan", request).due_at
    room.pass_time(hours=5)
    assert room.take_back(request, good=1) == 1
    loan = room.get("archive_loan", request)
    assert (loan.state, loan.returned_copies, loan.due_at, loan.returned_at) == (State.ON_LOAN, 1, due, None)
    assert room.item().holder_id == PERSON_IDS["customer_manager"]
    room.pass_time(hours=5)
    assert room.take_back(request, good=1) == 0
    assert room.get("archive_loan", request).returned_at == room.now


@pytest.mark.rule("R-LOAN-08")
def test_damage_is_noted_and_stays_noted_though_the_rest_comes_back_sound(room):
    request = room.on_loan()
    room.take_back(request, damaged=1, note="封面撕裂")
    room.take_back(request, good=1)
    loan = room.get("archive_loan", request)
    assert (loan.condition, loan.remark, loan.returned_copies) == ("damaged", "封面撕裂", 2)


@pytest.mark.rule("R-LOAN-08", "R-LOAN-10")
def test_a_missing_copy_closes_the_loan_and_the_shelf_holds_one_less(room):
    request = room.on_loan()
    assert room.take_back(request, good=1, missing=1) == 0
    loan, item = room.get("archive_loan", request), room.item()
    assert (loan.state, loan.returned_copies, loan.missing_copies, loan.condition) == (State.RETURNED, 1, 1, "missing")
    assert (item.state, item.copies, item.holder_id) == ("in", 1, None)


@pytest.mark.rule("R-LOAN-08", "R-LOAN-10")
def test_an_item_of_which_nothing_came_back_is_missing_and_cannot_be_lent(room):
    room.take_back(room.on_loan(), missing=2)
    assert (room.item().state, room.item().holder_id) == ("missing", None)


@pytest.mark.rule("R-LOAN-08")
@pytest.mark.parametrize("count", [{}, {"good": 3}, {"good": -1, "damaged": 1}])
def test_copies_that_do_not_add_up_are_not_taken_back(room, count):
    refused("copies", room.take_back, room.on_loan(), **count)


@pytest.mark.rule("R-LOAN-08")
def test_what_is_back_is_not_taken_back_again(room):
    request = room.on_loan()
    room.take_back(request, good=2)
    refused("wrong_state", room.take_back, request, good=1)


@pytest.mark.rule("R-ROLE-04")
def test_nobody_takes_back_from_themselves_nor_without_being_at_the_desk(room):
    request = room.on_loan("archive_keeper2", signers=("info_supervisor", "archive_keeper"))
    refused("own_request", room.take_back, request, username="archive_keeper2", good=2)
    refused("not_signer", room.take_back, request, username="info_supervisor", good=2)


@pytest.mark.rule("R-CONF-04")
def test_a_grant_opens_the_contents_of_this_item_to_the_applicant_until_it_ends(room):
    def reads():
        """Whether the applicant reads the name, which the catalogue doesn't show."""
        page = room.person_reads("archive_keeper2", room.items[Level.CONFIDENTIAL], "name")
        return page == "机密合同"

    assert not reads()
    request = room.granted("archive_keeper2", **CONFIDENTIAL)
    assert reads()
    room.issue(request)
    room.pass_time(hours=71)
    assert reads()
    room.take_back(request, good=2)
    assert not reads()


@pytest.mark.rule("R-CONF-04", "R-LOAN-04")
def test_a_grant_to_read_ends_by_the_clock_alone(room):
    room.granted("archive_keeper2", table="access_request", **CONFIDENTIAL)
    item = room.items[Level.CONFIDENTIAL]
    assert room.person_reads("archive_keeper2", item, "name") == "机密合同"
    room.pass_time(days=6)
    assert room.person_reads("archive_keeper2", item, "name") != "机密合同"


@pytest.mark.rule("R-CONF-04")
def test_nobody_asks_for_what_they_do_not_see(room):
    with room.world.open("customer_manager") as session:
        assert session.get(register_named("archive_item"), room.items[Level.CONFIDENTIAL]) is None


@pytest.mark.rule("R-AUDT-01", "R-ROLE-05")
def test_every_step_stands_in_the_trail_under_the_name_of_who_took_it(room):
    request = room.on_loan()
    room.take_back(request, good=2)
    with room.world.open() as session:
        mine = (
            session.query(TrailEntry).filter_by(table_name="archive_loan", record_id=request).order_by(TrailEntry.seq)
        )
        told = [(one.event, one.actor_id) for one in mine if one.event not in ("added", "changed")]
    keeper = PERSON_IDS["archive_keeper"]
    assert told == [
        ("submitted", PERSON_IDS["customer_manager"]), ("approved", PERSON_IDS["store_manager"]),
        ("approved", keeper), ("issued", keeper), ("returned", keeper),
    ]  # fmt: skip


@pytest.mark.rule("R-CONF-04", "R-CONF-05")
def test_a_grant_ends_at_once_when_its_item_is_raised_beyond_what_was_signed_for(room):
    room.granted("archive_keeper2", **CONFIDENTIAL)
    item = room.items[Level.CONFIDENTIAL]
    assert room.person_reads("archive_keeper2", item, "name") == "机密合同"
    with room.acting("system") as session:
        session.get_one(register_named("archive_item"), item).level = Level.TOP_SECRET
    assert room.person_reads("archive_keeper2", item, "name") is None


@pytest.mark.rule("R-LOAN-03", "R-CONF-04")
def test_an_outsiders_request_skips_the_head_and_opens_no_contents_to_who_entered_it(room):
    letter = {
        "reader_name": "韩立",
        "reader_organisation": "律师事务所",
        "letter_number": "介字 12 号",
        "letter_scan": "k/介绍信.pdf",
    }
    request = room.granted(
        "archive_keeper2",
        Level.CONFIDENTIAL,
        table="access_request",
        signers=("info_officer", "service_manager"),
        **letter,
    )
    assert room.get("access_request", request).state == State.GRANTED
    assert room.person_reads("archive_keeper2", room.items[Level.CONFIDENTIAL], "name") is None
    refused("incomplete", room.draft, "archive_keeper2", table="access_request", **{**letter, "letter_scan": None})


@pytest.mark.rule("R-LOAN-08", "R-FINE-01", "R-FINE-02")
@pytest.mark.parametrize(
    ("count", "violations", "repairs"),
    [
        ({"good": 2}, 0, 0),
        ({"good": 1, "missing": 1}, 1, 0),
        ({"damaged": 2}, 0, 1),
        ({"damaged": 1, "missing": 1}, 1, 1),
    ],
)
def test_what_is_lost_opens_a_violation_and_what_is_damaged_a_repair(room, count, violations, repairs):
    request = room.on_loan()
    room.take_back(request, note="客户处受潮", **count)
    loan, item = room.get("archive_loan", request), room.items[Level.SECRET]
    with room.world.open() as session:
        lost = session.query(register_named("archive_violation")).all()
        damaged = session.query(register_named("archive_repair")).all()
    assert [(one.adviser_id, one.clause, one.adviser_kind, one.items, one.item_id) for one in lost] == [
        (PERSON_IDS["customer_manager"], "lost", "other", 1, item)
    ] * violations
    assert [(one.loan_id, one.item_id, one.damage) for one in damaged] == [(request, item, "torn")] * repairs
    assert all(one.repair_by == one.found_on + timedelta(days=14) for one in damaged)
    assert all(one.repairer_id == PERSON_IDS["archive_keeper"] for one in damaged)
    assert all(one.amount == 20 and one.month_count == 1 for one in lost)
    assert all(loan.number in one.description and "受潮" in one.description for one in [*lost, *damaged])


@pytest.mark.rule("R-LOAN-08")
def test_a_return_that_is_refused_opens_nothing(room):
    request = room.on_loan()
    refused("copies", room.take_back, request, good=2, missing=1)
    with room.world.open() as session:
        assert session.query(register_named("archive_violation")).count() == 0

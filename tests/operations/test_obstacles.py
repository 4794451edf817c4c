"""What stands in the way of an issue, all of it at once; and what the database refuses itself."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import stand_ins
from admin_app.operations.archives.upkeep import keep_up
from admin_app.operations.today import local_day
from admin_app.permissions import Level
from admin_app.rules.signers import StandIn
from admin_app.rules.states import State
from admin_app.verdicts import Obstructed, Refused
from tests.fixtures.company import PERSON_IDS


def reasons(room, request, **issue):
    """The codes of everything that refuses an issue."""
    with pytest.raises(Obstructed) as obstructed:
        room.issue(request, **issue)
    return {verdict.code for verdict in obstructed.value.verdicts}


def set_on(room, table, record_id, **values):
    with room.acting("system") as session, operating(session):
        record = session.get_one(register_named(table), record_id)
        for name, value in values.items():
            setattr(record, name, value)


@pytest.mark.rule("R-LOAN-02", "R-LOAN-07")
def test_an_unsigned_request_is_not_issued(room):
    assert reasons(room, room.submitted()) == {"not_signed", "wrong_state"}
    assert reasons(room, room.granted(), signed=False) == {"not_signed"}


@pytest.mark.rule("R-LOAN-04")
def test_a_grant_lapses_at_the_close_of_the_third_working_day(room):
    request = room.granted()
    lapses = room.get("archive_loan", request).lapses_at
    # Wednesday morning, so Thursday, Friday and Monday count; 18:00 in Shanghai
    assert lapses == room.now.replace(hour=10) + timedelta(days=5)
    room.now = lapses + timedelta(seconds=1)
    assert "lapsed" in reasons(room, request)
    with room.acting("system") as session:
        assert keep_up(session, room.now) == 1
    assert room.get("archive_loan", request).state == State.LAPSED


@pytest.mark.rule("R-LOAN-06")
def test_an_item_on_loan_is_issued_to_nobody_else(room):
    second = room.granted("info_officer", signers=("service_manager", "archive_keeper"))
    room.on_loan()
    assert reasons(room, second) == {"on_loan"}


@pytest.mark.rule("R-LOAN-09")
def test_who_has_something_overdue_borrows_nothing_else(room):
    room.on_loan("archive_keeper2", signers=("info_supervisor", "archive_keeper"))
    room.pass_time(hours=73)
    another = room.granted(
        "archive_keeper2", Level.CONFIDENTIAL, signers=("info_supervisor", "archive_keeper", "service_manager")
    )
    assert reasons(room, another) == {"overdue_elsewhere"}


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(("hours", "refused"), [(23, True), (24, False)])
def test_the_same_person_waits_24_hours_for_the_same_item(room, hours, refused):
    room.take_back(room.on_loan(), good=2)
    room.pass_time(hours=hours)
    again = room.granted()
    if refused:
        assert reasons(room, again) == {"cooling_off"}
    else:
        room.issue(again)
        assert room.item().state == "on_loan"


@pytest.mark.rule("R-ARCH-07")
def test_what_is_held_or_destroyed_is_not_issued(room):
    request = room.granted()
    set_on(room, "archive_file", room.file_id, held=True, held_reason="税务检查")
    assert reasons(room, request) == {"held"}
    set_on(room, "archive_item", room.items[Level.SECRET], state="destroyed")
    assert reasons(room, request) == {"destroyed"}


@pytest.mark.rule("R-CONF-05", "R-LOAN-02")
def test_an_item_raised_after_the_grant_needs_new_signatures(room):
    request = room.granted()
    set_on(room, "archive_item", room.items[Level.SECRET], level=Level.CONFIDENTIAL)
    assert reasons(room, request) == {"level"}


@pytest.mark.rule("R-ROLE-03")
def test_a_keeper_issues_to_themselves_neither_alone_nor_by_rank_but_another_keeper_does(room):
    request = room.granted("archive_keeper", signers=("info_supervisor", "archive_keeper2"))
    assert reasons(room, request, username="archive_keeper") == {"own_request"}
    room.issue(request, username="archive_keeper2")
    assert room.item().holder_id == PERSON_IDS["archive_keeper"]


@pytest.mark.rule("R-ROLE-03")
def test_only_keepers_and_their_stand_ins_issue(room):
    request = room.granted()
    assert reasons(room, request, username="general_manager") == {"not_signer"}
    with room.acting("archive_keeper") as session:
        day = local_day(session, room.now)
        stand_ins.name(session, StandIn(PERSON_IDS["archive_keeper"], PERSON_IDS["info_officer"], day, day), room.now)
    room.issue(request, username="info_officer")
    assert room.item().state == "on_loan"


@pytest.mark.rule("R-LOAN-05")
def test_a_term_that_ended_before_the_issue_is_refused(room):
    request = room.granted(asked_until=room.now + timedelta(hours=1))
    room.pass_time(hours=2)
    assert reasons(room, request) == {"time_order"}


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize("change", ["due_at = '2026-03-20 00:00:00+00'", "issued_at = '2026-03-12 00:00:00+00'"])
def test_the_database_itself_refuses_to_move_issue_and_due_time(room, change):
    request = room.on_loan()
    with pytest.raises(DBAPIError), room.world.engine.begin() as connection:
        connection.execute(text(f"UPDATE archive_loan SET {change} WHERE id = :id"), {"id": request})


@pytest.mark.rule("R-LOAN-05")
def test_the_database_itself_refuses_a_fourth_day_from_the_start(room):
    request = room.granted()
    late = text("UPDATE archive_loan SET issued_at = :issued, due_at = :due WHERE id = :id")
    issued = room.now.replace(tzinfo=None)
    with pytest.raises(DBAPIError), room.world.engine.begin() as connection:
        connection.execute(late, {"issued": issued, "due": issued + timedelta(hours=72, seconds=1), "id": request})


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize("field", ["issued_at", "due_at"])
def test_no_operation_moves_issue_and_due_time_either(room, field):
    request = room.on_loan()
    with pytest.raises(Refused) as refusal:
        set_on(room, "archive_loan", request, **{field: room.now + timedelta(minutes=1)})
    assert refusal.value.verdict.rule == "R-LOAN-05"


@pytest.mark.rule("R-LOAN-06")
def test_the_database_itself_holds_one_open_loan_per_item(room):
    second = room.granted("info_officer", signers=("service_manager", "archive_keeper"))
    room.on_loan()
    issue = text("UPDATE archive_loan SET issued_at = :issued, due_at = :due WHERE id = :id")
    issued = room.now.replace(tzinfo=None)
    with pytest.raises(DBAPIError), room.world.engine.begin() as connection:
        connection.execute(issue, {"issued": issued, "due": issued + timedelta(hours=1), "id": second})


@pytest.mark.rule("R-LOAN-06", "R-SIGN-06")
def test_where_only_the_database_knows_better_its_refusal_is_told_as_the_rule_would(room):
    second = room.granted("info_officer", signers=("service_manager", "archive_keeper"))
    room.on_loan()
    set_on(room, "archive_item", room.items[Level.SECRET], state="in", holder_id=None)
    assert reasons(room, second) == {"on_loan"}

"""Items reserved, told of at their return, kept for a working day, passed on by the clock (R-LOAN-12)."""

from datetime import timedelta

import pytest

from admin_app.guard.session import elevated
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations.archives import requests, reservations
from admin_app.operations.archives.upkeep import keep_up
from admin_app.permissions import Level
from admin_app.rules.states import State
from admin_app.verdicts import Refused
from admin_app.working.lending import Reservation
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS

pytestmark = pytest.mark.rule("R-LOAN-12")
#: two who wait, and who signs for each
SIGNERS = {
    "info_officer": ("service_manager", "archive_keeper"), "archive_keeper2": ("info_supervisor", "archive_keeper"),
}  # fmt: skip
BOTH = tuple(SIGNERS)


def reserve(room, username, person=None):
    with room.acting(username) as session:
        item = session.get_one(register_named("archive_item"), room.item().id)
        return reservations.reserve(session, item, PERSON_IDS[person or username], room.now).id


def reserve_of(room, level, username="info_officer"):
    """A place in the queue for the paper of that level, without its being asked for first."""
    with room.world.writing() as session:
        person, now = PERSON_IDS[username], room.now
        made = Reservation(item_id=room.items[level], person_id=person, reserved_at=now, reserved_by_id=person)
        session.add(made)
        session.flush()
        return made.id


def granted(room, username):
    return room.granted(username, signers=SIGNERS[username])


def place(room, id_):
    """How a place in the queue stands: told, ended how."""
    with room.world.open() as session:
        found = session.get_one(Reservation, id_)
        return found.told_at, found.ended


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.verdict.code


def events(room):
    with room.world.open() as session:
        mine = session.query(TrailEntry).filter_by(table_name="archive_item", record_id=room.item().id)
        return [(one.event, one.actor_id) for one in mine.order_by(TrailEntry.seq) if one.event.startswith("reserv")]


def test_the_first_is_told_at_the_return_and_nobody_else_gets_the_item_while_it_waits(room):
    loan = room.on_loan()
    first = reserve(room, "info_officer")
    other = granted(room, "archive_keeper2")
    mine = granted(room, "info_officer")
    room.pass_time(hours=4)
    room.take_back(loan, good=2)
    assert place(room, first) == (room.now, None)
    assert refused(room.issue, other) == "reserved"
    assert room.get("archive_loan", other).state == State.GRANTED
    room.issue(mine)
    assert room.item().holder_id == PERSON_IDS["info_officer"]
    assert place(room, first)[1] == "fetched"


def test_who_does_not_come_in_a_working_day_loses_the_turn_to_the_next_by_the_clock_alone(room):
    loan = room.on_loan()
    first, second = (reserve(room, username) for username in BOTH)
    requests = [granted(room, username) for username in BOTH]
    room.take_back(loan, good=2)
    told = room.now
    room.pass_time(days=1, hours=9)
    assert refused(room.issue, requests[0]) == "reserved"
    assert place(room, first) == (told, None)
    room.issue(requests[1])
    assert place(room, first)[1] == "expired"
    assert place(room, second) == (told.replace(hour=10) + timedelta(days=1), "fetched")


def test_the_night_moves_the_queue_on_in_its_own_name_and_again_changes_nothing(room):
    loan = room.on_loan()
    ids = [reserve(room, username) for username in BOTH]
    room.take_back(loan, good=2)
    room.pass_time(days=9)
    for _again in range(2):
        with room.acting("system") as session:
            reservations.settle_all(session, room.now)
    assert [place(room, id_)[1] for id_ in ids] == ["expired", "expired"]
    told = [PERSON_IDS[name] for name in (*BOTH, "archive_keeper")]
    assert events(room) == [
        ("reserved", told[0]), ("reserved", told[1]), ("reservation_told", told[2]),
        ("reservation_ended", 0), ("reservation_ended", 0),
    ]  # fmt: skip


def test_by_day_upkeep_leaves_queues_alone_as_whoever_issues_holds_their_item(room):
    loan, waiting = room.on_loan(), reserve(room, "info_officer")
    room.take_back(loan, good=2)
    told = place(room, waiting)
    room.pass_time(days=9)
    with room.acting("system") as session:
        keep_up(session, room.now)
    assert place(room, waiting) == told


def test_who_leaves_gives_up_every_place_item_by_item_and_what_ended_before_keeps_its_end(room):
    gone = reserve_of(room, Level.CONFIDENTIAL), reserve_of(room, Level.SECRET)
    past = reserve_of(room, Level.SECRET, "sales")
    with room.acting("sales") as session:
        reservations.withdraw(session, session.get_one(Reservation, past), room.now)
    with room.acting("system") as session, elevated(session) as beneath:
        reservations.leave_queues(beneath, PERSON_IDS["info_officer"], room.now + timedelta(hours=1))
    with room.world.open() as session:
        ended = session.query(TrailEntry).filter_by(event="reservation_ended").order_by(TrailEntry.seq)
        items = [one.record_id for one in ended]
        assert session.get_one(Reservation, past).ended_at == room.now
    assert items == [room.items[Level.SECRET], *sorted(room.items[one] for one in (Level.SECRET, Level.CONFIDENTIAL))]
    assert [place(room, id_)[1] for id_ in gone] == ["withdrawn", "withdrawn"]


def test_part_of_it_back_is_not_back_and_what_is_lost_nobody_waits_for(room):
    loan, waiting = room.on_loan(), reserve(room, "info_officer")
    room.take_back(loan, good=1)
    assert place(room, waiting) == (None, None)
    room.take_back(loan, good=1)
    assert place(room, waiting)[0] == room.now
    again = granted(room, "info_officer")
    room.issue(again)
    lost = reserve(room, "archive_keeper2")
    room.take_back(again, missing=2)
    assert place(room, lost) == (None, "gone")


def test_who_gives_up_or_is_passed_over_with_a_reason_makes_way_for_the_next(room):
    loan = room.on_loan()
    first, second = (reserve(room, username) for username in BOTH)
    room.take_back(loan, good=2)
    with room.acting("archive_keeper2") as session:
        strange = session.get_one(Reservation, first)
        assert refused(reservations.withdraw, session, strange, room.now) == "not_applicant"
    with room.acting("archive_keeper") as session:
        turn = session.get_one(Reservation, first)
        assert refused(reservations.skip, session, turn, " ", room.now) == "no_reason"
        reservations.skip(session, turn, "出差未归", room.now)
    assert place(room, first)[1] == "skipped"
    assert place(room, second) == (room.now, None)


def test_what_was_withdrawn_is_no_reason_to_wait(room):
    room.on_loan()
    request = room.submitted("info_officer")
    with room.acting("info_officer") as session:
        requests.withdraw(session, session.get_one(register_named("archive_loan"), request), room.now)
    assert refused(reserve, room, "archive_keeper", "info_officer") == "no_right"


@pytest.mark.rule("R-ARCH-07")
def test_for_what_is_held_nobody_new_waits_and_who_waits_is_told_once_it_is_free(room):
    loan, waiting = room.on_loan(), reserve(room, "info_officer")
    hold(room, True)
    assert refused(reserve, room, "archive_keeper2") == "held"
    room.take_back(loan, good=2)
    assert place(room, waiting) == (None, None)
    hold(room, False)
    with room.acting("system") as session:
        reservations.settle_all(session, room.now)
    assert place(room, waiting) == (room.now, None)


def hold(room, held):
    with room.world.writing() as session, operating(session):
        file = session.get_one(register_named("archive_file"), room.file_id)
        file.held, file.held_reason = held, "查账" if held else None


def test_the_desk_reserves_for_who_asked_for_the_item_and_nobody_else_for_others(room):
    room.on_loan()
    assert refused(reserve, room, "archive_keeper", "info_officer") == "no_right"
    room.submitted("info_officer")
    assert refused(reserve, room, "info_supervisor2", "info_officer") == "not_applicant"
    reserve(room, "archive_keeper", "info_officer")
    assert refused(reserve, room, "info_officer") == "wrong_state"
    assert refused(reserve, room, "customer_manager") == "wrong_state"

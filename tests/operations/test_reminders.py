"""What the clock gives reason to tell stands on desks, once, as long as it is so (R-NOTE-01, R-LOAN-09, R-ARCH-04)."""

import os
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select, update

from admin_app import clock
from admin_app.guard import act_as
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import schedule
from admin_app.operations.archives.reservations import reserve
from admin_app.operations.notices.pruning import forget_old
from admin_app.operations.notices.reading import tick_off, unread
from admin_app.operations.notices.reminders import REMINDERS, remind
from admin_app.working.notices import Delivery, Notice
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.worlds import person_of

pytestmark = pytest.mark.rule("R-NOTE-01", "R-LOAN-09")

SHANGHAI = ZoneInfo("Asia/Shanghai")


def look(room, **span):
    """The reminders are looked through *span* later; how many notices are new."""
    room.pass_time(**span)
    with clock.stopped_at(room.now), room.world.open() as session:
        act_as(session, REMINDERS)
        return remind(session, room.now)


def told(room, username="customer_manager"):
    """What stands unread on somebody's desk, by event."""
    with room.world.open(username) as session:
        return [str(one.text) for one in unread(session, person_of(session, username), room.now)]


def test_a_loan_is_told_of_to_borrower_head_and_service_manager_in_turn(room):
    room.on_loan()  # Wednesday ten o'clock, due on Saturday at ten
    number = room.get("archive_loan", 1).number
    assert look(room) == 0
    assert look(room, days=2) == 1
    assert told(room) == [f"借阅 {number} 明天到期，请在 2026-03-14 10:00 前归还"]
    look(room, days=1)
    assert told(room) == [f"借阅 {number} 今天到期，请在 2026-03-14 10:00 前归还"]
    assert look(room, days=1) == 0  # a Sunday
    assert told(room) == []
    look(room, days=1)
    assert told(room) == [f"借阅 {number} 已逾期，应于 2026-03-14 10:00 归还，请立即归还"]
    assert told(room, "store_manager") == [f"本部门借阅 {number} 已逾期，应于 2026-03-14 10:00 归还，请督促"]
    assert told(room, "service_manager") == []
    look(room, days=2)
    assert told(room, "service_manager") == [f"借阅 {number} 逾期满三个工作日，应于 2026-03-14 10:00 归还，请处理"]
    assert len(told(room)) == len(told(room, "store_manager")) == 1  # yesterday's are gone
    room.take_back(1, good=2)
    assert [told(room, who) for who in ("customer_manager", "store_manager", "service_manager")] == [[], [], []]


def test_whoever_looks_first_tells_and_nobody_after(room):
    room.on_loan()
    assert [look(room, days=3), look(room), look(room, hours=2)] == [1, 0, 0]


def test_what_is_returned_is_reminded_of_no_more(room):
    request = room.on_loan()
    look(room, days=3)
    assert len(told(room)) == 1
    room.take_back(request, good=2)
    assert told(room) == []
    look(room, days=3)
    assert told(room) == told(room, "store_manager") == []


def test_a_notice_ticked_off_is_gone_and_another_s_can_t_be(room):
    room.on_loan()
    look(room, days=3)
    with room.world.open("customer_manager") as session:
        (mine,) = unread(session, person_of(session, "customer_manager"), room.now)
    with room.acting("store_manager") as session:
        tick_off(session, mine.public_id, room.now)
    assert len(told(room)) == 1
    with room.acting("customer_manager") as session:
        tick_off(session, mine.public_id, room.now)
    assert told(room) == []
    assert look(room) == 0


def change(room, handover, **values):
    with room.acting("system") as session, operating(session):
        for name, value in values.items():
            setattr(session.get_one(register_named("archive_handover"), handover), name, value)


@pytest.mark.rule("R-LOAN-01")
def test_the_applicant_is_told_what_became_of_the_request(room):
    room.granted()
    assert told(room) == [f"申请 {room.get('archive_loan', 1).number} 已批准，2026-03-16 18:00 前有效"]
    room.issue(1)
    assert told(room) == []
    refused = room.submitted("info_officer")
    room.sign("service_manager", refused, approve=False, reason="理由不足")
    assert told(room, "info_officer") == [f"申请 {room.get('archive_loan', refused).number} 未获批准"]


@pytest.mark.rule("R-LOAN-12")
def test_who_reserved_is_told_when_it_is_in_and_when_their_time_is_over_the_next_is_in_their_stead(room):
    loan, number = room.on_loan(), room.item().number
    for username in ("info_officer", "archive_keeper2"):
        with room.acting(username) as session:
            item = session.get_one(register_named("archive_item"), room.item().id)
            reserve(session, item, PERSON_IDS[username], room.now)
    assert told(room, "info_officer") == []
    room.take_back(loan, good=2)
    assert told(room, "info_officer") == [f"预约的档案 {number} 已归还，为您保留到 2026-03-12 18:00，请来取"]
    assert told(room, "archive_keeper2") == []
    look(room, days=1, hours=9)
    assert told(room, "info_officer") == []
    assert told(room, "archive_keeper2") == [f"预约的档案 {number} 已归还，为您保留到 2026-03-13 18:00，请来取"]


@pytest.mark.rule("R-ARCH-04")
def test_a_late_handover_is_told_of_once_to_giver_and_head(room, make):
    wednesday = WEDNESDAY.astimezone(SHANGHAI).date()
    adviser = {"owner_id": PERSON_IDS["sales_adviser"], "department_id": None, "store_id": 1}
    made = make("archive_handover", handed_on=wednesday, delivered_on=wednesday, received_by_id=None, **adviser)
    change(room, made.id, due_on=wednesday)
    assert look(room) == 0
    look(room, days=1)
    assert len(told(room, "sales_adviser")) == len(told(room, "store_manager")) == 1
    assert look(room, days=1) == 0
    change(room, made.id, received_by_id=PERSON_IDS["archive_keeper"])
    look(room)
    assert told(room, "sales_adviser") == told(room, "store_manager") == []


@pytest.mark.rule("R-DISP-05")
def test_an_order_that_lapses_soon_is_told_of_once_to_both_its_people(board):
    designer = board.designer("designer")
    order = board.order(board.sent(designer))
    board.pass_time(days=26)
    assert look(board) == 0
    assert [look(board, days=1), look(board, days=1)] == [2, 0]
    said = f"派单 {order.number} 尚未登记定金，{order.lapses_on} 失效"
    assert told(board) == told(board, "designer") == [said]
    board.answer(order.id, accept=False)
    assert told(board, "designer") == []


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine_moves_no_reminder(room, zone, monkeypatch):
    room.on_loan()
    number = room.get("archive_loan", 1).number
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        look(room, days=2)
        assert told(room) == [f"借阅 {number} 明天到期，请在 2026-03-14 10:00 前归还"]
    finally:
        monkeypatch.delenv("TZ")
        os.environ.pop("TZ", None)
        time.tzset()


def at(hour, day=11):
    return datetime(2026, 3, day, hour, 1, tzinfo=SHANGHAI)


def claims(world, claim, *moments):
    """Whether each of several processes, one after another, is let do the work."""
    answers = []
    for moment in moments:
        with world.open() as session:
            act_as(session, REMINDERS)
            answers.append(claim(session, moment))
    return answers


def test_of_two_processes_one_does_the_night_and_the_next_night_is_another(world):
    assert claims(world, schedule.night_is_due, at(0), at(0), at(9)) == [True, False, True]  # the first was cut
    with world.open() as session:
        act_as(session, REMINDERS)
        schedule.done(session, schedule.NIGHT, at(9))
    assert claims(world, schedule.night_is_due, at(23), at(0, 12), at(0, 12)) == [False, True, False]


def test_reminders_are_looked_through_in_the_company_s_hours_alone(world):
    assert claims(world, schedule.reminding_is_due, at(7), at(18), at(8), at(8)) == [False, False, True, False]
    with world.open() as session:
        act_as(session, REMINDERS)
        schedule.done(session, schedule.REMINDING, at(8))
    soon = at(8) + timedelta(minutes=3)
    assert claims(world, schedule.reminding_is_due, soon, soon + timedelta(minutes=1)) == [False, True]


def test_a_head_who_is_the_service_manager_too_is_told_once_of_a_loan(room):
    with room.acting("system") as session, operating(session):
        session.get_one(register_named("employee"), PERSON_IDS["store_manager"]).roles = (
            "store_manager",
            "service_manager",
        )
    room.on_loan()
    number = room.get("archive_loan", 1).number
    look(room, days=7)  # the third working day after
    assert told(room, "store_manager") == [f"借阅 {number} 逾期满三个工作日，应于 2026-03-14 10:00 归还，请处理"]


def test_what_was_told_over_a_year_ago_is_forgotten_with_its_deliveries(room):
    room.on_loan()
    look(room, days=3)
    with room.acting("system") as session:
        (notice, *_older) = session.scalars(select(Notice.id).order_by(Notice.id.desc())).all()
        session.add(Delivery(notice_id=notice, channel="mail", next_try_at=room.now))
        session.execute(delete(Notice).where(Notice.id != notice))
    tick = room.now
    for days, left in ((399, 1), (401, 0)):
        with room.acting("system") as session:
            session.execute(update(Notice).values(read_at=tick))
            forget_old(session, tick + timedelta(days=days))
        with room.world.open() as session:
            assert [session.scalar(select(func.count()).select_from(table)) for table in (Notice, Delivery)] == [
                left
            ] * 2

"""Reserving over the screens: on the item's page, at the desk, told on one's own desk, out of others' reach (R-LOAN-12)."""

import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations.archives import reservations
from admin_app.working.lending import Reservation
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LOAN-12")
ITEM = "/admin/archive_item/details/"


def item_page(client, room):
    return client.get(f"{ITEM}?id={room.item().public_id}").text


def places(room):
    with room.world.open() as session:
        found = session.query(Reservation).order_by(Reservation.id)
        return [(one.person_id, one.told_at is not None, one.ended) for one in found]


@pytest.mark.rule("R-DESK-01", "R-CONF-15")
def test_who_waits_reserves_on_the_items_page_is_told_on_their_desk_and_no_name_is_told_to_others(room, clients):
    loan, officer = room.on_loan(), clients("info_officer")
    url = re.search(r'href="(/reservations/new/[^"]+)"', item_page(officer, room))[1].replace("&amp;", "&")
    assert "保留一个工作日" in officer.get(url).text
    post(officer, url)
    assert places(room) == [(PERSON_IDS["info_officer"], False, None)]
    assert "预约排队中" in officer.get("/").text
    id_ = room.get("archive_loan", loan).public_id
    answer = post(clients("archive_keeper"), f"/loans/return/?id={id_}", {"good": "2"})
    assert "放待取架" in clients("archive_keeper").get(answer.location).text
    page = re.sub(r"<[^>]+>|\s+", " ", officer.get("/").text)
    assert "2026-03-12 周四 18:00" in page
    assert page.count("为您保留到 2026-03-12 18:00") == 1
    assert "预约可取" in page
    stranger = item_page(clients("customer_manager"), room)
    assert "为预约人保留到" in stranger
    assert "/reservations/new/" in stranger
    assert "客户信息员" not in stranger.split("历史")[0]


def test_the_desk_lists_what_lies_waiting_and_passes_somebody_over_with_a_reason_only(room, clients):
    loan = room.on_loan()
    with room.acting("info_officer") as session:
        item = session.get_one(register_named("archive_item"), room.item().id)
        place = reservations.reserve(session, item, PERSON_IDS["info_officer"], room.now).public_id
    room.take_back(loan, good=2)
    keeper = clients("archive_keeper")
    assert "预约待取" in keeper.get("/loans/").text
    skip = f"/reservations/skip/?id={place}"
    assert "请写明原因" in post(keeper, skip, {"reason": " ", "confirmed": "yes"}).text
    assert places(room)[0][2] is None
    post(keeper, skip, {"reason": "出差未归", "confirmed": "yes"})
    assert places(room)[0][2] == "skipped"
    assert clients("customer_manager").get(skip).status_code == 404


def test_a_place_in_the_queue_is_given_up_by_its_owner_alone(room, clients):
    room.on_loan()
    officer = clients("info_officer")
    post(officer, f"/reservations/new/?item={room.item().public_id}")
    url = re.search(r'href="(/reservations/withdraw/[^"]+)"', item_page(officer, room))[1]
    assert clients("archive_keeper").get(url).status_code == 404
    post(officer, url, {"confirmed": "yes"})
    assert places(room) == [(PERSON_IDS["info_officer"], False, "withdrawn")]


@pytest.mark.rule("R-LOAN-10")
def test_the_head_of_an_items_and_a_files_page_says_where_it_is_now(room, clients):
    file_url = f"/admin/archive_file/details/?id={room.get('archive_file', room.file_id).public_id}"
    assert "现在：在架" in item_page(clients("archive_keeper"), room)
    room.on_loan()
    with clock.stopped_at(room.now + timedelta(hours=50)):
        keeper = clients("archive_keeper2")
        head = re.sub(r"<[^>]+>|\s+", " ", item_page(keeper, room))
        assert "现在：在 客户经理" in head
        assert "剩 22 小时" in head
        assert re.search(r"现在：.*借出 1 件", keeper.get(file_url).text)

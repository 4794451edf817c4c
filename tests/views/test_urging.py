"""Who has what, by when it is due; urged in one click, told on the borrower's desk, quiet for four hours (R-LOAN-09)."""

import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.fields import Reading
from admin_app.operations import desk
from admin_app.operations.archives import room as archive_room
from admin_app.permissions import Level
from admin_app.working.lending import Urge
from admin_app.working.notices import Notice
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post
from tests.fixtures.worlds import person_of

pytestmark = pytest.mark.rule("R-LOAN-09", "R-LOAN-10")
OUT = "/loans/out/"


def urges(room):
    with room.world.open() as session:
        return [(one.person_id, one.urged_by_id, one.urged_at) for one in session.query(Urge)]


def test_the_keeper_urges_in_one_click_and_not_again_for_four_hours(room, clients):
    loan = room.get("archive_loan", room.on_loan())
    keeper, borrower = clients("archive_keeper"), clients("customer_manager")
    url = re.search(r'action="(/loans/out/urge/[^"]+)"', keeper.get(OUT).text)[1]
    post(keeper, url)
    assert urges(room) == [(PERSON_IDS["customer_manager"], PERSON_IDS["archive_keeper"], room.now)]
    assert "已催" in keeper.get(OUT).text
    assert url not in keeper.get(OUT).text
    post(keeper, url)
    assert len(urges(room)) == 1
    assert borrower.get("/").text.count("档案室催还") == 1
    with clock.stopped_at(room.now + timedelta(hours=4)):
        later = clients("archive_keeper2")
        assert f"/loans/out/urge/?id={loan.public_id}" in later.get(OUT).text
        post(later, url)
    assert len(urges(room)) == 2
    with room.world.open() as session:
        told = [(one.person_id, one.read_at is None) for one in session.query(Notice).filter_by(event="urged")]
    assert sorted(told) == [(PERSON_IDS["customer_manager"], False), (PERSON_IDS["customer_manager"], True)]


def test_what_is_out_is_paged_by_when_it_is_due_and_counted_whole(room, clients, monkeypatch):
    later = room.granted(
        "archive_keeper2", Level.CONFIDENTIAL, signers=("info_supervisor", "archive_keeper", "service_manager")
    )
    first = room.on_loan()
    room.pass_time(hours=1)
    room.issue(later)
    numbers = [room.get("archive_loan", one).number for one in (first, later)]
    monkeypatch.setattr(archive_room, "PAGE", 1)
    with clock.stopped_at(room.now + timedelta(hours=80)):
        keeper = clients("archive_keeper")
        pages = [keeper.get(f"{OUT}?page={page}").text for page in (1, 2, 3)]
        assert [[number in page for number in numbers] for page in pages] == [
            [True, False],
            [False, True],
            [False, True],
        ]
        assert all('<b class="count">2</b>' in page for page in pages)
        monkeypatch.setattr(desk, "_LATE", 1)
        with room.world.open("archive_keeper") as session:
            (group,) = (
                one for one in desk.waiting(session, person_of(session, "archive_keeper"), Reading(), clock.now())
                if str(one.title) == "借阅台"
            )  # fmt: skip
            assert (group.count, len(group.entries)) == (2, 1)


@pytest.mark.parametrize(
    ("hours", "text", "colour"),
    [
        (1, "剩 2 天", "state-open"),
        (60, "剩 12 小时", "state-due"),
        (71, "今天 10:00 到期", "state-due"),
        (123, "逾期 2 天", "state-late"),
    ],
)
def test_what_is_out_says_in_word_and_colour_how_long_it_may_be(room, clients, hours, text, colour):
    room.on_loan()
    with clock.stopped_at(room.now + timedelta(hours=hours)):
        assert f'<span class="tag {colour}">{text}</span>' in clients("archive_keeper").get(OUT).text


def test_what_is_due_tomorrow_within_the_hour_has_not_0_hours_left(room, clients):
    request = room.granted()
    room.pass_time(hours=14, minutes=20)  # twenty past midnight
    room.issue(request)
    with clock.stopped_at(room.now + timedelta(hours=71, minutes=20)):
        page = clients("archive_keeper").get(OUT).text
        assert "剩不到 1 小时" in page
        assert "剩 0 小时" not in page


def test_nobody_else_urges_and_what_is_back_is_not_urged(room, clients):
    request = room.on_loan()
    url = f"/loans/out/urge/?id={room.get('archive_loan', request).public_id}"
    assert post(clients("customer_manager2"), url).status_code == 404
    room.take_back(request, good=2)
    assert "不在借出中" in clients("archive_keeper").get(post(clients("archive_keeper"), url).location).text
    assert urges(room) == []

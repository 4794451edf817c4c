"""Rounds and rooms on screen: one key a file, one key a room in order, faults until settled (R-ARCH-05, R-ARCH-06)."""

import html
import re
from datetime import date

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.rules.label_codes import code_of
from admin_app.verdicts import Refused
from tests.fixtures.records import make_record
from tests.fixtures.web import post

ROUND, ROOMS = "/archives/round/", "/archives/rooms/"


@pytest.fixture
def shelf(ending):
    """The public id of the place that the room's file stands in."""
    with ending.room.acting("system") as session:
        values = {"code": "A-01-01", "room": "档案室", "cabinet": "A", "shelf": 1, "position": 1, "clearance": "2"}
        place = make_record(session, "archive_place", **values)
        placed, public_id = place.id, place.public_id
    ending.set("archive_file", ending.room.file_id, place_id=placed)
    return public_id


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.text)).split())


def all_of(ending, table):
    with ending.room.acting("system") as session:
        found = session.query(register_named(table)).order_by("id").all()
        session.expunge_all()
        return found


@pytest.mark.rule("R-ARCH-05", "R-SIGN-05")
@pytest.mark.parametrize("page", [ROUND, ROOMS])
def test_the_pages_stand_in_the_menu_of_whom_they_open_to_and_are_none_for_others(clients, shelf, page):
    for who in ("archive_keeper", "info_officer", "service_manager"):
        assert f'href="{page}"' in clients(who).get("/").text, who
        assert clients(who).get(page).status_code == 200, who
    for who in ("clerk", "sales_manager", "admin", "auditor"):
        assert f'href="{page}"' not in clients(who).get("/").text, who
        assert clients(who).get(page).status_code == 404, who


@pytest.mark.rule("R-ARCH-05", "R-ARCH-02")
def test_a_keeper_goes_through_a_shelf_with_one_key(clients, ending, shelf):
    keeper, file = clients("archive_keeper"), ending.room.get("archive_file", ending.room.file_id)
    assert "还剩 1 卷" in text_of(keeper.get(ROUND))
    page = keeper.get(f"{ROUND}shelf/?place={shelf}")
    assert re.search(r'value="good" autofocus', page.text)
    assert post(keeper, f"{ROUND}shelf/?place={shelf}", {"file": file.public_id, "found": "good"}).status_code == 302
    assert "这个柜位查完了" in text_of(keeper.get(f"{ROUND}shelf/?place={shelf}"))
    assert "还剩 0 卷 完好 1" in text_of(keeper.get(ROUND))
    again = post(keeper, f"{ROUND}shelf/?place={shelf}", {"file": file.public_id, "found": "good"})
    assert (again.status_code, "R-ARCH-05" in again.text) == (409, True)


@pytest.mark.rule("R-ARCH-05", "R-CONF-02")
def test_who_looks_on_sees_the_shelf_without_keys_and_is_refused_them(clients, ending, shelf):
    officer, file = clients("info_officer"), ending.room.get("archive_file", ending.room.file_id)
    page = officer.get(f"{ROUND}shelf/?place={shelf}")
    assert file.number in page.text and 'value="good"' not in page.text
    answer = post(officer, f"{ROUND}shelf/?place={shelf}", {"file": file.public_id, "found": "good"})
    assert (answer.status_code, all_of(ending, "archive_inspection")) == (403, [])


@pytest.mark.rule("R-ARCH-05")
def test_a_file_scanned_on_another_shelf_is_said_to_belong_elsewhere_and_moved(clients, ending, shelf):
    keeper, file = clients("archive_keeper"), ending.room.get("archive_file", ending.room.file_id)
    with ending.room.acting("system") as session:
        other = make_record(
            session, "archive_place", code="B-02-01", room="档案室", cabinet="B", clearance="2"
        ).public_id
    page = keeper.get(f"{ROUND}shelf/?place={other}&code={file.number}")
    assert f"{file.number} 应在 A-01-01" in text_of(page)
    assert post(keeper, f"{ROUND}move/?place={other}", {"file": file.public_id}).status_code == 302
    assert "在位 " in text_of(keeper.get(f"{ROUND}shelf/?place={other}&code={file.number}"))


@pytest.mark.rule("R-ARCH-06")
def test_a_room_in_order_is_one_key_and_a_fault_stands_until_it_is_settled(clients, ending, shelf):
    keeper, address = clients("archive_keeper"), f"{ROOMS}check/?room=档案室"
    assert "还没有检查过" in text_of(keeper.get(ROOMS))
    assert post(keeper, address, {"all": "fine"}).status_code == 302
    assert "2026-04-11" in text_of(keeper.get(ROOMS))
    points = [name for name in re.findall(r'name="(\w+)" value="no"', keeper.get(address).text)]
    assert len(points) == 11
    typed = {**dict.fromkeys(points, "yes"), "locks_ok": "no"}
    assert "请写明哪里不合格" in post(keeper, address, typed).text
    assert post(keeper, address, {**typed, "problems": "二号柜锁坏"}).status_code == 302
    fine, bad = all_of(ending, "storage_check")
    assert (fine.result, bad.result, bad.locks_ok, bad.doors_ok) == ("fit", "unfit", False, True)
    assert bad.next_on == date(2026, 4, 11)
    for page in (ROOMS, address, "/"):
        assert "二号柜锁坏" in text_of(keeper.get(page)), page
    settled = post(keeper, f"{ROOMS}settle/?id={bad.public_id}", {"id": bad.public_id, "reason": "已换锁"})
    assert settled.status_code == 302
    assert "二号柜锁坏" not in text_of(keeper.get(ROOMS))
    assert all_of(ending, "storage_check")[1].measure == "已换锁"


@pytest.mark.rule("R-DESK-01", "R-ARCH-05", "R-ARCH-06", "R-ARCH-07")
def test_the_keepers_desk_counts_what_the_room_asks_for_and_signers_find_lists(clients, ending, shelf):
    desk = text_of(clients("archive_keeper").get("/"))
    for entry in ("还有 1 卷待查", "环境检查：档案室", "1 卷到期，可以销毁"):
        assert entry in desk, entry
    assert "卷待查" not in text_of(clients("info_officer").get("/"))
    number = ending.room.get("destruction", ending.listing()).number
    assert number in text_of(clients("info_officer").get("/"))
    assert number not in text_of(clients("store_manager").get("/"))
    assert "可以销毁" not in text_of(clients("archive_keeper").get("/"))


@pytest.mark.rule("R-ARCH-02", "R-CONF-04")
def test_the_catalogue_stands_in_place_order_and_one_box_finds_an_entry(clients, ending, shelf):
    with ending.room.acting("system") as session:
        for code, cabinet, shelf_no, position in (
            ("A-02-01", "A", 2, 1),
            ("A-01-10", "A", 1, 10),
            ("A-01-02", "A", 1, 2),
        ):
            values = {"room": "档案室", "cabinet": cabinet, "shelf": shelf_no, "position": position, "clearance": "2"}
            place = make_record(session, "archive_place", code=code, **values).id
            make_record(session, "archive_file", place_id=place, store_id=1)
    keeper, number = clients("archive_keeper"), ending.room.get("archive_file", ending.room.file_id).number
    page = keeper.get("/archives/catalogue/").text
    assert re.findall(r"<td>(A-\d\d-\d\d)</td>", page) == ["A-01-01", "A-01-02", "A-01-10", "A-02-01"]
    for typed in (number, "沈若兰", "srl", "13800138000"):
        assert number in keeper.get("/archives/catalogue/", query_string={"q": typed}).text, typed
    for typed in ("1380013", "没有这个人"):
        assert number not in keeper.get("/archives/catalogue/", query_string={"q": typed}).text, typed
    ending.set("archive_file", ending.room.file_id, level=3)  # then its customer is told to nobody by the catalogue
    found = {
        typed: number in keeper.get("/archives/catalogue/", query_string={"q": typed}).text
        for typed in (number, "沈若兰")
    }
    assert found == {number: True, "沈若兰": False}
    assert clients("clerk").get("/archives/catalogue/").status_code == 404


@pytest.mark.rule("R-ARCH-09")
def test_papers_without_a_scan_and_badly_written_ones_show_until_they_are_right(clients, ending, world):
    keeper, papers = clients("archive_keeper"), list(ending.room.items.values())
    ending.set("archive_item", papers[0], ink_ok=False)
    desk = keeper.get("/")
    assert "1 件没有扫描" in text_of(desk)  # of two above the keeper they read the catalogue alone
    assert "1 件字迹不合格" in text_of(desk)
    listed = re.search(r'href="(/admin/archive_item/\?f-scanned=no)"', desk.text)[1]
    assert "秘密合同" in keeper.get(listed).text
    with ending.room.acting("archive_keeper") as session:
        paper = session.get_one(register_named("archive_item"), papers[0])
        records.change(session, paper, {"scan": "key/scan.pdf", "ink_ok": True})
    assert ending.room.get("archive_item", papers[0]).scanned is True
    desk = text_of(keeper.get("/"))
    assert "没有扫描" not in desk and "字迹不合格" not in desk


@pytest.mark.rule("R-ARCH-06")
def test_no_room_is_checked_on_a_day_to_come(ending):
    with pytest.raises(Refused) as refused, ending.room.acting("archive_keeper") as session:
        values = {"checked_on": date(2030, 1, 1), "room": "档案室"}
        records.add(session, register_named("storage_check"), values)
    assert refused.value.verdict.code == "time_order"


@pytest.mark.rule("R-LOAN-11")
def test_the_round_reads_a_files_label_in_whatever_width_it_is_typed(clients, ending, shelf):
    keeper, file = clients("archive_keeper"), ending.room.get("archive_file", ending.room.file_id)
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in file.number)
    for code in (code_of("archive_file", file.public_id), wide):
        page = keeper.get(f"{ROUND}shelf/", query_string={"place": shelf, "code": code})
        assert f"在位 {file.number}" in text_of(page), code

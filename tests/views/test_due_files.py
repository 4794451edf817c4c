"""Due files on screen: the keeper lists what may be destroyed, and the last witness's signature clears the scans (R-ARCH-07)."""

import html
import re

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.storage import LocalFiles
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.destruction import HERE
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-ARCH-07")
PAGE = "/archives/due/"


def file_of(ending):
    return ending.room.get("archive_file", ending.room.file_id)


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.text)).split())


def test_what_is_out_says_with_whom(clients, ending):
    paper = next(iter(ending.room.items.values()))
    ending.set("archive_item", paper, state="reading", holder_id=PERSON_IDS["clerk"])
    assert "有 1 件文件在外（R-ARCH-07） 在 前台录入员 0001 处" in text_of(clients("archive_keeper").get(PAGE))


@pytest.mark.rule("R-SIGN-05")
def test_the_worklist_stands_in_the_menu_of_who_lists_and_is_no_page_for_others(clients, ending):
    assert f'href="{PAGE}"' in clients("archive_keeper").get("/").text
    for who in ("clerk", "admin", "store_manager", "general_manager", "info_officer"):
        assert f'href="{PAGE}"' not in clients(who).get("/").text, who
        assert clients(who).get(PAGE).status_code == 404, who


def test_the_keeper_chooses_files_and_gets_their_list(clients, ending, world):
    keeper, file = clients("archive_keeper"), file_of(ending)
    assert "可以销毁" in text_of(keeper.get(PAGE))
    answer = post(keeper, PAGE, {"file": [file.public_id], "department": str(HERE)})
    assert answer.status_code == 302
    with world.open() as session:
        (listing,) = session.query(register_named("destruction"))
        assert [(line.file_id, line.file_number) for line in listing.lines] == [(file.id, file.number)]
        assert (listing.department_id, listing.file_count, listing.cause) == (HERE, 1, "expired")
        number = listing.number
    assert f"已列入销毁清单 {number}（R-ARCH-07）" in text_of(keeper.get(PAGE))
    again = post(keeper, PAGE, {"file": [file.public_id], "department": str(HERE)})
    assert (again.status_code, "listed" in again.text) == (409, True)


def test_of_a_file_above_the_keeper_only_its_number_is_listed(clients, ending, world):
    ending.set("archive_file", ending.room.file_id, level=3)
    page = text_of(clients("archive_keeper").get(PAGE))
    assert file_of(ending).number in page
    assert "沈若兰" not in page
    post(clients("archive_keeper"), PAGE, {"file": [file_of(ending).public_id], "department": str(HERE)})
    with world.open() as session:
        (listing,) = session.query(register_named("destruction"))
        assert [line.name for line in listing.lines] == [file_of(ending).number]


def test_a_file_is_held_and_freed_from_its_page_with_a_reason(clients, ending):
    file = file_of(ending)
    page, hold = f"/admin/archive_file/details/?id={file.public_id}", f"/archives/files/hold/?id={file.public_id}"
    keeper, service = clients("archive_keeper"), clients("service_manager")
    assert "/archives/files/hold/" in keeper.get(page).text
    assert "请写明封存原因" in post(keeper, hold, {"id": file.public_id}).text
    assert post(keeper, hold, {"id": file.public_id, "reason": "税务检查"}).status_code == 302
    assert (file_of(ending).held, file_of(ending).held_reason) == (True, "税务检查")
    shown = keeper.get(page).text
    assert "/archives/files/lift/" not in shown and "/edit/?id=" not in shown and "申请借阅" not in shown
    lift = f"/archives/files/lift/?id={file.public_id}"
    refused = post(keeper, lift, {"id": file.public_id, "reason": "查完了"})
    assert (refused.status_code, "R-ARCH-07" in refused.text) == (403, True)
    assert post(service, lift, {"id": file.public_id, "reason": "查完了"}).status_code == 302
    assert (file_of(ending).held, file_of(ending).held_reason) == (False, None)


def test_the_last_witness_clears_what_was_scanned(clients, ending, world):
    store = LocalFiles(world.settings.data_dir / "files", world.settings.wrapping_key())
    key, item = store.put(b"%PDF-1.7 scan"), next(iter(ending.room.items.values()))
    ending.set("archive_item", item, scan=f"{key}/scan.pdf")
    listing = ending.approved()
    ending.change(listing, destroyed_on=ending.today, way="shred")
    ending.sign(listing, "first_witness_by_id")
    record = ending.room.get("destruction", listing)
    address = f"/admin/destruction/sign/?id={record.public_id}&field=second_witness_by_id"
    assert post(clients("info_supervisor"), address, {"version": str(record.version)}).status_code == 302
    assert ending.room.get("destruction", listing).scans_erased is True
    with pytest.raises(KeyError):
        store.get(key)
    edit = clients("archive_keeper").get(f"/admin/archive_file/edit/?id={file_of(ending).public_id}")
    assert (edit.status_code, "R-ARCH-07" in edit.text) == (409, True)
    with world.open() as session:
        assert records.find(session, register_named("archive_file"), file_of(ending).public_id).state == "destroyed"

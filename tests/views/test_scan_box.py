"""The scan box: person and item in any order lead to one card, or to every reason why not (R-LOAN-11)."""

import json
import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.rules.label_codes import code_of
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LOAN-11")


def code(room, table, record_id):
    return code_of(table, room.get(table, record_id).public_id)


def item_code(room):
    return code(room, "archive_item", room.item().id)


def person_code(room, username):
    return code(room, "employee", PERSON_IDS[username])


def scan(client, page, typed):
    """The page after *typed* was scanned into the box of *page* (None: the empty desk), with what lies open there."""
    form = re.search(r'<form class="scan".*?</form>', page, re.S)[0] if page else ""
    lies = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return client.get("/loans/", query_string={**lies, "code": typed}, follow_redirects=True).text


def another_paper(room):
    """The code of a second paper of the file, in its place, which nobody asked for."""
    with room.world.writing() as session:
        values = {"file_id": room.file_id, "name": "验收单", "copies": 1, "level": 2}
        return code_of("archive_item", records.create(session, register_named("archive_item"), values).public_id)


def action_of(page):
    return re.search(r'<form class="card" method="post" action="([^"]+)"', page)[1].replace("&amp;", "&")


@pytest.mark.rule("R-LOAN-07")
@pytest.mark.parametrize("person_first", [True, False])
def test_person_and_item_in_any_order_are_issued_against_the_borrowers_password(room, clients, person_first):
    room.granted()
    room.granted("info_officer", signers=("service_manager", "archive_keeper"))
    keeper = clients("archive_keeper")
    scans = [person_code(room, "customer_manager"), item_code(room)]
    page = None
    for scanned in scans if person_first else scans[::-1]:
        page = scan(keeper, page, scanned)
    assert "尚未借出" in page
    assert post(keeper, action_of(page), {"password": PASSWORD}).status_code == 302
    assert (room.item().state, room.item().holder_id) == ("on_loan", PERSON_IDS["customer_manager"])


@pytest.mark.rule("R-LOAN-08")
def test_an_item_on_loan_is_taken_back_by_scan_and_enter(room, clients):
    room.on_loan()
    keeper = clients("archive_keeper")
    page = scan(keeper, None, item_code(room).lower() + "\r\n")
    shown = dict(re.findall(r'name="(good|damaged|missing)"[^>]*value="(\d+)"', page))
    post(keeper, action_of(page), shown)
    assert room.item().state == "in"


@pytest.mark.rule("R-LOAN-08", "R-LOAN-10")
def test_of_what_is_lost_altogether_nobody_is_told_to_put_it_back(room, clients):
    request = room.on_loan()
    keeper = clients("archive_keeper")
    url = f"/loans/return/?id={room.get('archive_loan', request).public_id}"
    page = keeper.get(post(keeper, url, {"good": "0", "missing": "2"}).location).text
    assert room.item().state == "missing"
    assert "全部遗失" in page
    assert "flash success" not in page
    assert "请放回" not in page


@pytest.mark.rule("R-SIGN-06", "R-LOAN-09", "R-AUDT-01")
def test_who_cannot_have_it_is_told_every_reason_with_its_rule_and_a_step_and_nothing_is_issued(room, clients):
    paper = another_paper(room)
    room.on_loan()
    with clock.stopped_at(room.now + timedelta(hours=80)):
        keeper = clients("archive_keeper")
        page = scan(keeper, None, person_code(room, "customer_manager"))
        assert "有 1 件逾期未还" in page
        page = scan(keeper, page, paper)
    for rule, reason in (("R-LOAN-02", "not_signed"), ("R-LOAN-09", "overdue_elsewhere")):
        assert f"依据 {rule}　<code>{reason}</code>" in page
    assert "查看逾期文件" in page
    assert "签收并借出" not in page
    with room.world.open() as session:
        refused = session.query(TrailEntry).filter_by(event="refused", actor_id=PERSON_IDS["archive_keeper"])
        assert {json.loads(one.detail)["code"] for one in refused} == {"not_signed", "overdue_elsewhere"}


def test_a_scan_while_a_card_is_open_waits_behind_it_and_comes_next(room, clients):
    room.on_loan()
    paper = another_paper(room)
    keeper = clients("archive_keeper")
    page = scan(keeper, None, item_code(room))
    behind = scan(keeper, page, paper)
    assert "请先办完" in behind
    assert "归还入库" in behind
    answer = post(keeper, action_of(behind), {"good": "2"})
    assert room.item().state == "in"
    assert paper in answer.location


@pytest.mark.rule("R-AUDT-01")
def test_what_waits_behind_a_card_is_not_tried_and_a_refusal_is_noted_once_however_often_its_page_is_loaded(
    room, clients
):
    paper = another_paper(room)
    room.on_loan()
    keeper = clients("archive_keeper")
    card = scan(keeper, scan(keeper, None, person_code(room, "customer_manager")), item_code(room))
    assert "请先办完" in scan(keeper, card, paper)
    assert refusals(room) == []
    person = room.get("employee", PERSON_IDS["customer_manager"]).public_id
    answer = keeper.get("/loans/", query_string={"person": person, "code": paper})
    for _reload in range(3):
        assert "R-LOAN-02" in keeper.get(answer.location).text
    assert refusals(room) == ["not_signed"]


def refusals(room):
    with room.world.open() as session:
        return [json.loads(one.detail)["code"] for one in session.query(TrailEntry).filter_by(event="refused")]


def test_a_code_scanned_into_the_signature_is_no_password_and_issues_nothing(room, clients):
    request = room.get("archive_loan", room.granted())
    keeper = clients("archive_keeper")
    answer = post(keeper, f"/loans/issue/?id={request.public_id}", {"password": person_code(room, "sales")})
    assert "尚未借出" in answer.text
    assert room.item().state == "in"
    with room.world.open() as session:
        assert not session.query(TrailEntry).filter_by(event="password_check_failed").all()


@pytest.mark.parametrize(
    ("typed", "said"),
    [(f"W{26 * 'A'}A", "条码没有读全"), ("KH-0000-000000-000", "没有找到"), ("kehujingli", "客户经理")],
)
def test_what_was_misread_or_unknown_is_said_and_initials_find_people(room, clients, typed, said):
    assert said in scan(clients("archive_keeper"), None, typed)

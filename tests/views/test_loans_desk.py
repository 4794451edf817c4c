"""The loan desk: what is out, what waits, what a code means, what a count must be (R-LOAN-08 … 11)."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from admin_app import clock
from admin_app.texts import say
from admin_app.views.words import words
from tests.fixtures.archive_room import ASKED
from tests.fixtures.web import post, token

OTHER = ("service_manager", "archive_keeper")


def desk(client, **query):
    return client.get("/loans/", query_string=query, follow_redirects=True).text


def text_of(page):
    return re.sub(r"<[^>]+>|\s+", " ", page)


@pytest.mark.rule("R-LOAN-04", "R-LOAN-10")
def test_the_desk_lists_what_is_granted_with_the_moment_it_lapses_and_what_is_out_with_its_due_minute(room, clients):
    room.granted("info_officer", signers=OTHER)
    page = desk(clients("archive_keeper"))
    assert "2026-03-16 周一 18:00 前有效" in page
    assert "全部在库" in page
    room.on_loan()
    page = desk(clients("archive_keeper"))
    assert "2026-03-14 周六 10:00" in page
    assert "剩 3 天" in page
    assert room.item().number in page


@pytest.mark.rule("R-LOAN-09")
@pytest.mark.parametrize(
    ("hours", "text", "colour"),
    [(50, "剩 22 小时", "state-due"), (73, "逾期 1 小时", "state-late"), (123, "逾期 2 天", "state-late")],
)
def test_what_is_due_soon_or_overdue_says_so_in_word_and_colour(room, clients, hours, text, colour):
    room.on_loan()
    with clock.stopped_at(room.now + timedelta(hours=hours)):
        client = clients("archive_keeper")
        assert f'<span class="tag {colour}">{text}</span>' in desk(client)


@pytest.mark.rule("R-LOAN-11")
def test_a_scanned_request_item_or_person_opens_its_card(room, clients):
    keeper = clients("archive_keeper")
    request = room.granted()
    loan = room.get("archive_loan", request)
    assert "尚未借出" in desk(keeper, code=loan.number)
    assert "尚未借出" in desk(keeper, code=room.item().number)
    room.issue(request)
    assert "归还入库" in desk(keeper, code=room.item().number)
    assert "客户经理" in desk(keeper, code="0002")
    assert "没有找到" in desk(keeper, code="KH-0000-000000-000")


@pytest.mark.rule("R-LOAN-09")
def test_a_persons_card_shows_what_blocks_them_before_anything_is_scanned(room, clients):
    room.on_loan()
    with clock.stopped_at(room.now + timedelta(hours=80)):
        keeper = clients("archive_keeper")
        assert "有 1 件逾期未还" in desk(keeper, code="0002")


@pytest.mark.rule("R-LOAN-08", "R-SIGN-05")
@pytest.mark.parametrize(
    ("count", "status", "said"),
    [({"good": "3"}, 403, "<code>copies</code>"), ({"good": "两份"}, 200, "应为数字"), ({}, 403, "请清点份数")],
)
def test_a_count_that_is_wrong_is_said_so_and_nothing_is_taken_back(room, clients, count, status, said):
    id_ = room.get("archive_loan", room.on_loan()).public_id
    answer = post(clients("archive_keeper"), f"/loans/return/?id={id_}", count)
    assert answer.status_code == status
    assert said in answer.text
    assert room.item().state == "on_loan"


@pytest.mark.rule("R-LOAN-08")
def test_a_part_return_says_how_many_are_still_out(room, clients):
    id_ = room.get("archive_loan", room.on_loan()).public_id
    keeper = clients("archive_keeper")
    post(keeper, f"/loans/return/?id={id_}", {"good": "1"})
    page = desk(keeper, id=id_)
    assert "还有 1 份在借" in page
    assert "在借 1 份" in page


@pytest.mark.rule("R-ROLE-03")
def test_the_door_to_the_desk_stands_in_the_menu_of_whom_it_opens_to(room, clients):
    assert 'href="/loans/"' in clients("archive_keeper").get("/").text
    assert 'href="/loans/"' not in clients("customer_manager").get("/").text


@pytest.mark.rule("R-LOAN-03", "R-SIGN-05")
def test_an_outsider_is_entered_with_a_whole_letter_and_what_was_typed_stays_without_one(room, clients):
    client = clients("info_officer")
    url = f"/admin/access_request/new/?item={room.item().public_id}"
    typed = {**ASKED, "item_id": room.item().public_id, "reader_name": "韩立", "reader_organisation": "律师事务所",
             "letter_kind": "letter", "letter_number": "介字 12 号"}  # fmt: skip
    answer = post(client, url, typed)
    assert answer.status_code == 403
    assert "<code>incomplete</code>" in answer.text
    assert "律师事务所" in answer.text
    scan = (BytesIO(b"%PDF-1.4 letter"), "介绍信.pdf")
    sent = {"csrf_token": token(client), **typed, "letter_scan": scan}
    answer = client.post(url, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302
    page = text_of(client.get(answer.location).text)
    assert "客户服务部审核" in page
    assert "部门负责人签字" not in page


def test_a_message_within_a_message_is_put_into_the_readers_language_too(app):
    with app.test_request_context():
        inner = say("部门负责人签字")
        assert words(say("请等待上一步骤：{step}", step=inner)) == "请等待上一步骤：部门负责人签字"


@pytest.mark.rule("R-LOAN-02")
def test_a_loan_from_the_paper_ledger_is_shown_as_written_with_nothing_to_do(room, clients, make):
    made = make(
        "archive_loan", source="ledger", state="returned", item_id=None, applicant_id=None, ledger_item_name="装修合同",
        ledger_borrower="周秋宁", issued_at=room.now - timedelta(days=9), returned_at=room.now - timedelta(days=2),
    )  # fmt: skip
    page = clients("archive_keeper").get(f"/admin/archive_loan/details/?id={made.public_id}").text
    assert "周秋宁" in page
    assert "借出</a>" not in page

"""Whoever is to sign a request may ask its applicant first; neither question nor answer changes the request (R-LOAN-02)."""

import pytest

from admin_app.permissions import Level
from admin_app.working.approvals import ApprovalQuestion, ApprovalStep
from admin_app.working.notices import Notice
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LOAN-02", "R-DESK-01")
HIDDEN = "（内容不显示）"


def address(room, request, what, table="archive_loan"):
    return f"/admin/{table}/{what}/?id={room.get(table, request).public_id}"


def ask(room, client, request, question="哪一页要用？", table="archive_loan"):
    return post(client, address(room, request, "ask", table), {"question": question})


def answer(room, client, request, text, place=1):
    return post(client, address(room, request, "answer"), {"place": str(place), "answer": text})


def kept(room):
    with room.world.open() as session:
        rows = session.query(ApprovalQuestion).order_by(ApprovalQuestion.id)
        return [(row.asked_by_id, row.question, row.answer) for row in rows]


def told(room, event):
    """Who was told of *event*, and whether they needn't look any more."""
    with room.world.open() as session:
        return [(one.person_id, one.read_at is not None) for one in session.query(Notice).filter_by(event=event)]


def standing(room, request):
    with room.world.open() as session:
        steps = session.query(ApprovalStep.step, ApprovalStep.signed_by_id, ApprovalStep.digest)
        rows = [tuple(row) for row in steps.filter_by(table_name="archive_loan", record_id=request).order_by("id")]
    record = room.get("archive_loan", request)
    return record.state, record.version, record.lapses_at, room.digest(request), rows


def test_the_head_asks_the_applicant_answers_and_the_request_stands_as_it_stood(room, clients):
    request = room.submitted()
    before, head, applicant = standing(room, request), clients("store_manager"), clients("customer_manager")
    page = address(room, request, "details")
    assert ask(room, head, request).location == page
    assert told(room, "question_asked") == [(PERSON_IDS["customer_manager"], False)]
    assert "有追问，请回答" in applicant.get("/").text
    assert "哪一页要用？" in applicant.get(page).text
    assert answer(room, applicant, request, "第 12 页的增项单").location == page
    assert (told(room, "question_asked"), told(room, "question_answered")) == (
        [(PERSON_IDS["customer_manager"], True)], [(PERSON_IDS["store_manager"], False)],
    )  # fmt: skip
    assert "答：第 12 页的增项单" in head.get(page).text
    assert "的追问已有回答" in head.get("/").text
    assert kept(room) == [(PERSON_IDS["store_manager"], "哪一页要用？", "第 12 页的增项单")]
    assert standing(room, request) == before


@pytest.mark.rule("R-ROLE-04")
@pytest.mark.parametrize(
    ("username", "status", "words"),
    [("customer_manager", 403, "R-ROLE-04"), ("archive_keeper", 403, "R-"), ("clerk2", 404, "")],
    ids=["the applicant themselves", "who signs later", "somebody of another store"],
)
def test_only_whoever_signs_next_asks(room, clients, username, status, words):
    request = room.submitted()
    refused = ask(room, clients(username), request)
    assert (refused.status_code, words in refused.text, kept(room)) == (status, True, [])
    assert told(room, "question_asked") == []


def test_only_the_applicant_answers_once_and_what_was_typed_stays(room, clients):
    request = room.submitted()
    head, applicant = clients("store_manager"), clients("customer_manager")
    assert "请写明要问什么" in ask(room, head, request, "  ").text
    ask(room, head, request)
    assert "只有申请人可以回答" in answer(room, head, request, "我代答").text
    assert "请写明回答" in answer(room, applicant, request, " ").text
    assert kept(room)[0][2] is None
    answer(room, applicant, request, "第 12 页")
    refused = answer(room, applicant, request, "第 13 页")
    assert ("这一问已经答过，不能再改" in refused.text, kept(room)[0][2]) == (True, "第 12 页")


def test_once_decided_nothing_is_asked_and_nothing_answered_any_more(room, clients):
    request = room.submitted()
    head, applicant = clients("store_manager"), clients("customer_manager")
    ask(room, head, request)
    room.sign("store_manager", request)
    room.sign("archive_keeper", request)
    assert "不用再答" in answer(room, applicant, request, "第 12 页").text
    assert ask(room, head, request, "还有一问").status_code == 409
    assert kept(room) == [(PERSON_IDS["store_manager"], "哪一页要用？", None)]
    assert "有追问，请回答" not in applicant.get("/").text


@pytest.mark.rule("R-CONF-14")
def test_who_signed_below_the_level_asked_for_sees_that_there_was_a_question_and_not_its_words(room, clients):
    """One keeper asks for a paper of 机密; the other, cleared for 秘密, has signed. The service manager asks what it is for."""
    request = room.submitted("archive_keeper2", Level.CONFIDENTIAL)
    room.sign("info_supervisor", request)
    room.sign("archive_keeper", request)
    ask(room, clients("service_manager"), request, "要看哪张底价单？")
    page = address(room, request, "details")
    seen = clients("archive_keeper").get(page).text
    assert (HIDDEN in seen, "底价单" in seen) == (True, False)
    assert "底价单" in clients("archive_keeper2").get(page).text
    assert clients("clerk2").get(page).status_code == 404

"""A file lent over the screens: asked for, signed, issued, taken back."""

import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.permissions import Level
from tests.fixtures.archive_room import ASKED
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.web import post

REQUEST = "/admin/archive_loan/"


def public_id(room, request, table="archive_loan"):
    return room.get(table, request).public_id


def details(room, request, table="archive_loan"):
    return f"/admin/{table}/details/?id={public_id(room, request, table)}"


def digest_on(page):
    return re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]


def sign(client, room, request, **typed):
    page = client.get(details(room, request)).text
    form = {"digest": digest_on(page), "decision": "approve", **typed}
    return post(client, f"{REQUEST}sign/?id={public_id(room, request)}", form)


@pytest.mark.rule("R-LOAN-01", "R-LOAN-02", "R-LOAN-07", "R-LOAN-08")
def test_a_loan_goes_over_the_screens_from_the_items_page_back_to_its_shelf(room, clients):
    applicant, keeper = clients("customer_manager"), clients("archive_keeper")
    item = room.item()
    assert (
        f"{REQUEST}new/?item={item.public_id}"
        in applicant.get(f"/admin/archive_item/details/?id={item.public_id}").text
    )
    form = {"item_id": item.public_id, **ASKED}
    drafted = post(applicant, f"{REQUEST}new/?item={item.public_id}", form)
    id_ = drafted.location.split("id=")[1]
    post(applicant, f"{REQUEST}submit/?id={id_}")
    for signer in ("store_manager", "archive_keeper"):
        client = clients(signer)
        assert id_ in client.get("/approvals/").text
        page = client.get(f"{REQUEST}details/?id={id_}").text
        answer = post(client, f"{REQUEST}sign/?id={id_}", {"digest": digest_on(page), "decision": "approve"})
        assert answer.status_code == 302
    assert id_ in keeper.get("/loans/").text
    assert post(keeper, f"/loans/issue/?id={id_}", {"password": PASSWORD}).status_code == 302
    assert room.item().state == "on_loan"
    assert post(keeper, f"/loans/return/?id={id_}", {"good": "2", "damaged": "", "missing": "0"}).status_code == 302
    assert room.item().state == "in"


@pytest.mark.rule("R-LOAN-07")
@pytest.mark.parametrize(("typed", "code"), [("", "not_signed"), ("not the password", "wrong_password")])
def test_nothing_is_issued_without_the_borrowers_own_password(room, clients, typed, code):
    request = room.granted()
    answer = post(clients("archive_keeper"), f"/loans/issue/?id={public_id(room, request)}", {"password": typed})
    assert code in answer.text
    assert answer.status_code in (403, 409)
    assert room.item().state == "in"


@pytest.mark.rule("R-SIGN-06", "R-LOAN-05", "R-LOAN-06", "R-LOAN-09")
def test_the_desk_shows_every_obstacle_at_once_with_rule_and_code(room, clients):
    room.on_loan()
    room.pass_time(hours=73)
    again = room.granted()
    with clock.stopped_at(room.now):
        url = f"/loans/issue/?id={public_id(room, again)}"
        answer = post(clients("archive_keeper"), url, {"password": ""})
    assert answer.status_code == 409
    for code in ("on_loan", "overdue_elsewhere", "not_signed"):
        assert f"<code>{code}</code>" in answer.text


@pytest.mark.rule("R-ROLE-05")
def test_a_signature_asks_for_the_password_once_the_last_check_is_ten_minutes_old(room, clients):
    request, client = room.submitted(), clients("store_manager")
    with clock.stopped_at(room.now + timedelta(minutes=11)):
        asked = sign(client, room, request)
        assert asked.status_code == 200
        assert "请再次输入密码" in asked.text
        assert sign(client, room, request, password="wrong").status_code == 200
        assert room.get("archive_loan", request).state == "signing"
        assert sign(client, room, request, password=PASSWORD).status_code == 302


@pytest.mark.rule("R-ROLE-05", "R-SIGN-05")
def test_a_request_that_changed_since_the_page_was_opened_answers_409_and_keeps_what_was_typed(room, clients):
    request = room.submitted()
    form = {"digest": "0" * 64, "decision": "approve", "reason": "同意，尽快归还"}
    answer = post(clients("store_manager"), f"{REQUEST}sign/?id={public_id(room, request)}", form)
    assert answer.status_code == 409
    assert "<code>changed</code>" in answer.text
    assert "同意，尽快归还" in answer.text


@pytest.mark.rule("R-CONF-14")
def test_an_approver_below_the_items_level_sees_number_applicant_purpose_and_mark_only(room, clients):
    request = room.submitted("archive_keeper2", Level.CONFIDENTIAL, reason="暗语其一", facts="暗语其二")
    room.sign("info_supervisor", request)
    page = clients("archive_keeper").get(details(room, request)).text
    assert "核对合同" in page
    assert "机密合同" not in page
    assert room.item(Level.CONFIDENTIAL).number in page
    assert "暗语" not in page


@pytest.mark.rule("R-CONF-02", "R-SIGN-05")
def test_the_desk_and_others_requests_do_not_exist_for_who_has_no_part_in_them(room, clients):
    request = room.submitted()
    stranger = clients("customer_manager2")
    assert stranger.get("/loans/").status_code == 404
    assert post(stranger, f"/loans/issue/?id={public_id(room, request)}", {"password": PASSWORD}).status_code == 404
    assert stranger.get(details(room, request)).status_code == 404
    assert post(stranger, f"{REQUEST}sign/?id={public_id(room, request)}", {"decision": "approve"}).status_code == 404


@pytest.mark.rule("R-ROLE-04", "R-SIGN-05")
def test_signing_ones_own_request_is_refused_with_its_rule(room, clients):
    request = room.submitted("archive_keeper")
    room.sign("info_supervisor", request)
    form = {"digest": room.digest(request), "decision": "approve"}
    answer = post(clients("archive_keeper"), f"{REQUEST}sign/?id={public_id(room, request)}", form)
    assert answer.status_code == 403
    assert "<code>own_request</code>" in answer.text
    assert "R-ROLE-04" in answer.text


@pytest.mark.rule("R-LOAN-06")
def test_a_request_for_a_file_becomes_one_per_item_that_is_in_submitted_together(room, clients):
    room.on_loan()
    applicant = clients("info_supervisor2")
    file = room.get("archive_file", room.file_id)
    answer = post(applicant, f"{REQUEST}new/?file={file.public_id}", ASKED)
    assert answer.status_code == 302
    assert "一并提交 2 张" in applicant.get(answer.location).text
    post(applicant, answer.location.replace("details", "submit") + "&all=1")
    mine = applicant.get(f"{REQUEST}?f-state=signing").text
    assert mine.count("/details/?id=") >= 2


@pytest.mark.rule("R-LOAN-02")
def test_the_applicant_is_asked_before_withdrawing_and_then_it_is_withdrawn(room, clients):
    request, applicant = room.submitted(), clients("customer_manager")
    url = f"{REQUEST}withdraw/?id={public_id(room, request)}"
    assert "撤回这份申请" in post(applicant, url).text
    assert room.get("archive_loan", request).state == "signing"
    post(applicant, url, {"confirmed": "yes"})
    assert room.get("archive_loan", request).state == "withdrawn"


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_is_named_on_screen_and_then_finds_the_step_in_their_inbox(room, clients):
    request = room.submitted()
    day = room.now.date().isoformat()
    stand_in = room.get("employee", PERSON_IDS["customer_manager2"])
    form = {"person": stand_in.public_id, "first": day, "last": day}
    assert post(clients("store_manager"), "/stand-ins/", form).status_code == 302
    inbox = clients("customer_manager2").get("/approvals/").text
    assert public_id(room, request) in inbox
    assert "店经理" in inbox


@pytest.mark.rule("R-DESK-01")
def test_the_desk_counts_what_waits_for_ones_signature(room, clients):
    assert "等我签批 <b" not in clients("store_manager").get("/").text
    room.submitted()
    assert '等我签批 <b class="count">1</b>' in clients("store_manager").get("/").text


@pytest.fixture
def refused(room):
    """A request of the customer manager's that the store manager refused."""
    request = room.submitted()
    room.sign("store_manager", request, approve=False, reason="请写明要查哪一页")
    return request


@pytest.mark.rule("R-LOAN-02")
def test_a_refused_request_is_put_right_in_a_copy_and_stays_refused(room, refused, clients):
    applicant = clients("customer_manager")
    assert "改后重提" in applicant.get(details(room, refused)).text
    again = f"{REQUEST}new/?copy={public_id(room, refused)}"
    form = applicant.get(again).text
    assert [said in form for said in (*ASKED.values(), room.item().public_id)] == [True] * 4
    drafted = post(applicant, again, {"item_id": room.item().public_id, **ASKED, "purpose": "核对合同第三页"})
    assert drafted.status_code == 302
    assert public_id(room, refused) not in drafted.location
    assert "核对合同第三页" in applicant.get(drafted.location).text
    kept = room.get("archive_loan", refused)
    assert (kept.state, kept.purpose) == ("refused", "核对合同")


@pytest.mark.rule("R-LOAN-02", "R-CONF-14")
def test_nobody_else_goes_on_with_a_refused_request(room, refused, clients):
    """The director may ask for items, and sees this request: its words are the applicant's to use again."""
    director = clients("director")
    page = director.get(details(room, refused))
    assert (page.status_code, "改后重提" in page.text) == (200, False)
    form = director.get(f"{REQUEST}new/?copy={public_id(room, refused)}")
    assert (form.status_code, ASKED["reason"] in form.text) == (200, False)

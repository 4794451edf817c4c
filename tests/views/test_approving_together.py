"""Several requests approved on one page: only where nothing is red, each with a signature of its own (R-ROLE-05)."""

import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.rules.states import State
from admin_app.working.approvals import ApprovalStep
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-ROLE-05", "R-LOAN-02")
REVIEW, SIGN = "/approvals/together/", "/approvals/together/sign/"


def key(room, request, table="archive_loan"):
    return f"{table}:{room.get(table, request).public_id}"


def offered(page):
    """What the page would send again: key -> digest."""
    keys = re.findall(r'name="chosen" value="([^"]+)"', page)
    return dict(zip(keys, re.findall(r'name="digest" value="([0-9a-f]{64})"', page), strict=True))


def ticked(page):
    """What is ticked in the inbox."""
    return re.findall(r'name="chosen" value="([^"]+)" checked', page)


def state(room, request, table="archive_loan"):
    return room.get(table, request).state


def signatures(room, request, table="archive_loan"):
    with room.world.open() as session:
        rows = session.query(ApprovalStep).filter_by(
            table_name=table, record_id=request, signed_by_id=PERSON_IDS["store_manager"]
        )
        return [(row.step, row.digest) for row in rows]


def send(client, rows, **typed):
    return post(client, SIGN, {"chosen": list(rows), "digest": list(rows.values()), **typed})


@pytest.fixture
def two(room):
    """Two requests that wait for the head of the department; nothing is red."""
    return [room.submitted(), room.submitted(purpose="复核增项")]


def test_clear_requests_are_signed_each_for_itself_with_its_own_digest(room, clients, two):
    head = clients("store_manager")
    inbox = head.get("/approvals/").text
    keys = [key(room, one) for one in two]
    assert all(f'value="{one}"' in inbox for one in keys)
    page = post(head, REVIEW, {"chosen": keys}).text
    asked = [room.get("archive_loan", one) for one in two]
    assert all(room.item().name in page and one.reason in page and one.purpose in page for one in asked)
    rows = offered(page)
    assert rows == {key(room, one): room.digest(one) for one in two}
    answer = send(head, rows)
    assert answer.text.count("已同意") == 2
    assert [signatures(room, one) for one in two] == [[("head", room.digest(one))] for one in two]


def test_what_is_red_can_only_be_looked_at_by_itself(room, clients):
    """The paper is out: borrowing it can't be granted in passing, whatever is sent."""
    room.on_loan()
    request = room.submitted()
    head = clients("store_manager")
    page = post(head, REVIEW, {"chosen": [key(room, request)]}).text
    assert (offered(page), "须单独看" in page) == ({}, True)
    answer = send(head, {key(room, request): room.digest(request)})
    assert ("未签" in answer.text, "已同意" in answer.text) == (True, False)
    assert (state(room, request), signatures(room, request)) == (State.SIGNING, [])


def test_one_that_changed_meanwhile_is_refused_and_the_others_go_on(room, clients, two):
    head = clients("store_manager")
    rows = offered(post(head, REVIEW, {"chosen": [key(room, one) for one in two]}).text)
    rows[key(room, two[0])] = "0" * 64
    answer = send(head, rows)
    assert ("内容已变更" in answer.text, answer.text.count("已同意")) == (True, 1)
    assert [len(signatures(room, one)) for one in two] == [0, 1]


def test_the_password_is_asked_for_again_after_ten_minutes(room, clients, two):
    """Given at 10:00, sent at 10:11: nothing is signed without it, nor with a wrong one."""
    head = clients("store_manager")
    rows = offered(post(head, REVIEW, {"chosen": [key(room, one) for one in two]}).text)
    with clock.stopped_at(room.now + timedelta(minutes=11)):
        assert "请再次输入密码" in send(head, rows).text
        assert send(head, rows, password="not the password").status_code == 403
        assert [signatures(room, one) for one in two] == [[], []]
        assert send(head, rows, password=PASSWORD).text.count("已同意") == 2


def test_borrowing_and_reading_are_not_approved_together(room, clients):
    chosen = [
        key(room, room.submitted()),
        key(room, room.submitted(table="access_request"), "access_request"),
    ]
    answer = post(clients("store_manager"), SIGN, {"chosen": chosen, "digest": ["0" * 64] * 2})
    assert (answer.status_code, "<code>inconsistent</code>" in answer.text) == (409, True)


def test_what_was_ticked_stays_ticked_when_the_choice_is_refused_and_nothing_else_is(room, clients, two):
    chosen = [key(room, two[0]), key(room, room.submitted(table="access_request"), "access_request")]
    head = clients("store_manager")
    assert ticked(head.get("/approvals/").text) == []
    for answer in (
        post(head, REVIEW, {"chosen": chosen}),
        post(head, SIGN, {"chosen": chosen, "digest": ["0" * 64] * 2}),
    ):
        assert (answer.status_code, sorted(ticked(answer.text))) == (409, sorted(chosen))
    assert [signatures(room, one) for one in two] == [[], []]


@pytest.mark.rule("R-CONF-02")
def test_somebody_elses_request_is_told_of_like_one_that_never_was(room, clients, two):
    stranger, rows = clients("store_manager2"), {}
    for one in (key(room, two[0]), "archive_loan:nosuchrequest"):
        assert post(stranger, REVIEW, {"chosen": [one]}).status_code == 403
        rows[one] = send(stranger, {one: "0" * 64}).text
    number = room.get("archive_loan", two[0]).number
    assert [number in page for page in rows.values()] == [False, False]
    assert signatures(room, two[0]) == []

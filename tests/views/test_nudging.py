"""An applicant reminds whoever is to sign, once a day; whoever signs sees what speaks for and against it (R-LOAN-02, R-DESK-01)."""

import re

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations.archives import nudging
from admin_app.permissions import Level
from admin_app.working.notices import Notice
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import paper
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LOAN-02", "R-DESK-01")


def address(room, request, what):
    return f"/admin/archive_loan/{what}/?id={room.get('archive_loan', request).public_id}"


def nudge(room, client, request):
    return post(client, address(room, request, "nudge"), {})


def told(room):
    """Who was nudged, and whether they needn't look any more."""
    with room.world.open() as session:
        rows = session.query(Notice).filter_by(event="signing_nudged").order_by(Notice.id)
        return [(one.person_id, one.read_at is not None) for one in rows]


def test_whoever_is_to_sign_is_reminded_once_a_day_until_they_sign(room, clients):
    request, head = room.submitted(), PERSON_IDS["store_manager"]
    applicant = clients("customer_manager")
    assert "催办" in applicant.get(address(room, request, "details")).text
    assert nudge(room, applicant, request).location == address(room, request, "details")
    assert told(room) == [(head, False)]
    assert "等您签批，申请人催办" in clients("store_manager").get("/").text
    again = nudge(room, applicant, request)
    assert ("今天已经催过，明天再催" in again.text, told(room)) == (True, [(head, False)])
    room.pass_time(days=1)
    with room.acting("customer_manager") as session:
        nudging.nudge(session, session.get_one(register_named("archive_loan"), request), room.now)
    assert told(room) == [(head, True), (head, False)]
    room.sign("store_manager", request)
    assert told(room) == [(head, True), (head, True)]
    with room.world.open() as session:
        assert session.query(TrailEntry).filter_by(event="nudged").count() == 2


def test_nobody_but_the_applicant_nudges_and_only_while_somebody_is_to_sign(room, clients):
    request = room.submitted()
    assert "只有申请人可以催办" in nudge(room, clients("store_manager"), request).text
    assert nudge(room, clients("clerk2"), request).status_code == 404
    room.sign("store_manager", request)
    room.sign("archive_keeper", request)
    assert "不用催办" in nudge(room, clients("customer_manager"), request).text
    assert "催办</button>" not in clients("customer_manager").get(address(room, request, "details")).text
    assert told(room) == []


def test_whoever_signs_sees_what_the_applicant_has_out_and_where_the_item_went_last(room, clients):
    """The paper came back from the applicant's first loan; another one is overdue with them."""
    room.pass_time(days=-7)
    back = room.on_loan()
    room.take_back(back, good=2)
    first = room.items[Level.SECRET]
    room.items[Level.SECRET] = another_paper(room)
    out = room.on_loan()
    room.pass_time(days=7)
    room.items[Level.SECRET] = first
    request = room.submitted()
    page = clients("store_manager").get(address(room, request, "details")).text
    groups = dict(re.findall(r"<h2>(申请人未还的借阅|这份文件最近的借阅)</h2>(.*?)</section>", page, re.DOTALL))
    linked = {title: re.findall(r"details/\?id=(\S+?)\"", text) for title, text in groups.items()}
    ids = {one: room.get("archive_loan", one).public_id for one in (back, out)}
    assert linked == {"申请人未还的借阅": [ids[out]], "这份文件最近的借阅": [ids[back]]}
    assert "逾期" in groups["申请人未还的借阅"]
    assert "已归还" in groups["这份文件最近的借阅"]
    assert "这份文件最近的借阅" not in clients("customer_manager").get(address(room, request, "details")).text


def another_paper(room):
    with room.world.writing() as session, clock.stopped_at(room.now):
        file = session.get_one(register_named("archive_file"), room.file_id)
        return paper(session, file, Level.SECRET).id


@pytest.mark.rule("R-CONF-04")
def test_a_paper_above_the_signers_clearance_is_told_by_its_number_alone(room, clients):
    """One keeper has a paper of 机密 out; the other, cleared for 秘密, is to sign the next request."""
    signers = ("info_supervisor", "archive_keeper", "service_manager")
    room.on_loan("archive_keeper2", Level.CONFIDENTIAL, signers=signers)
    request = room.submitted("archive_keeper2")
    room.sign("info_supervisor", request)
    page = clients("archive_keeper").get(address(room, request, "details")).text
    told = re.search(r"<h2>申请人未还的借阅</h2>(.*?)</section>", page, re.DOTALL)[1]
    assert f">{room.item(Level.CONFIDENTIAL).number}</a>" in told
    assert "机密合同" not in page

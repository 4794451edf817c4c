"""A leak is reported from any page in a minute, handled openly, and its reporter is known to 绝密 alone (R-CONF-10)."""

import html
import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.permissions import Role
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.fixtures.untouched import all_of, untouched
from tests.fixtures.web import post
from tests.fixtures.what_leaves import STATES, values_in

#: stands for whoever must not be named; nowhere else does it stand
CANARY = "鸑鷟"
WHAT = "客户名单留在打印机上"
LEAK = "leak_report"
REPORTERS = ("clerk", "auditor", "hr", "info_supervisor")


@pytest.fixture(autouse=True)
def stopped():
    with clock.stopped_at(WEDNESDAY):
        yield


@pytest.fixture
def report(world, client_of):
    """``report("clerk")``: a leak that somebody called like the canary reports from the foot of their desk; its number."""

    def reported(username, **typed):
        with world.writing() as session:
            session.get_one(register_named("employee"), PERSON_IDS[username]).name = CANARY
        client = client_of(username)
        address = re.search(r'class="foot"><a href="([^"]+)"', client.get("/").text)[1]
        boxes = {"content": WHAT, "found_at": "2026-03-11", "found_at__time": "09:30", **typed}
        answer = post(client, address, boxes, follow_redirects=True)
        return re.search(r"XM-2026-\d{6}", answer.text)[0]

    return reported


def leak(session):
    return session.query(register_named("leak_report")).one()


def counted(client):
    return dict(re.findall(r'<h2>([^<]+) <b class="count">(\d+)</b>', client.get("/").text)).get("泄密报告")


@pytest.mark.rule("R-CONF-10")
@pytest.mark.parametrize("username", REPORTERS)
def test_anybody_reports_and_both_are_told_at_once(world, client_of, report, username):
    number = report(username)
    with world.open() as session:
        found = leak(session)
        assert (found.number, found.content, found.level, found.state) == (number, WHAT, 3, "reported")
        assert found.reporter_id == found.created_by_id == PERSON_IDS[username]
        assert found.supervisor_told_at == found.manager_told_at == WEDNESDAY
    handlers = ("info_supervisor", "service_manager", "general_manager")
    assert [counted(client_of(handler)) for handler in (*handlers, "director")] == ["1", "1", "1", None]


@pytest.mark.rule("R-CONF-10")
def test_a_report_that_says_too_little_comes_back_as_typed(client_of, world):
    client = client_of("clerk")
    for typed, fault in (
        ({"content": " ", "found_at": "2026-03-11", "found_at__time": ""}, "请写明泄露的内容和发现时间"),
        ({"content": WHAT, "found_at": "2026-03-12", "found_at__time": "09:30"}, "发现时间不能晚于现在"),
    ):
        answer = post(client, "/leaks/report/", typed)
        assert (answer.status_code, fault in answer.text) == (200, True)
        assert typed["content"].strip() in html.unescape(answer.text)
    with world.open() as session:
        assert session.query(register_named("leak_report")).count() == 0


@pytest.mark.rule("R-CONF-10", "R-CONF-02", "R-AUDT-01")
@pytest.mark.parametrize("username", ["clerk", "hr"])
def test_below_top_secret_the_reporter_is_named_on_no_path(world, client_of, report, username):
    number = report(username)
    with world.open() as session:
        found = leak(session).public_id
    handler = client_of("info_supervisor")
    post(handler, f"/admin/leak_report/edit/?id={found}", {"version": "1", "remedy": "已收回", "content": WHAT})
    paths = [
        "/", "/done/", "/begun/", "/due/", "/naming-me/", "/admin/leak_report/", f"/jump/?q={number}",
        *(f"/admin/leak_report/{page}/?id={found}" for page in ("details", "edit", "why", "history")),
        "/admin/leak_report/?col=number&col=reporter_id&col=days_open", "/admin/leak_report/export/csv/?reason=核对",
        f"/admin/leak_report/?f=reporter_id+is+{PERSON_IDS[username]}", "/admin/leak_report/new/",
    ]  # fmt: skip
    for person in ("info_supervisor", "service_manager", "director"):
        client = client_of(person)
        pages = {path: html.unescape(client.get(path).text) for path in paths}
        assert [path for path, page in pages.items() if CANARY in page] == []
    mine = html.unescape(handler.get(f"/admin/leak_report/details/?id={found}").text)
    assert "不公开" in mine
    theirs = html.unescape(client_of("general_manager").get(f"/admin/leak_report/details/?id={found}").text)
    assert theirs.count(CANARY) >= 2  # the field, and who added it


@pytest.mark.rule("R-CONF-10", "R-AUDT-01", "R-CONF-15")
def test_the_trail_tells_the_auditor_that_and_not_by_whom(client_of, report):
    number = report("clerk")
    auditor = client_of("auditor")
    page = html.unescape(auditor.get("/audit/?f-table=leak_report").text)
    assert number in page
    assert CANARY not in page
    assert "127.0.0.1" not in page
    for asked in (f"f-actor={CANARY}&f-table=leak_report", f"f-actor={PERSON_IDS['clerk']:04}&f-table=leak_report"):
        assert number not in auditor.get(f"/audit/?{asked}").text
        assert "没有符合条件的记录" in auditor.get(f"/audit/?{asked}").text


@pytest.mark.rule("R-CONF-10", "R-ROLE-01")
def test_who_looks_on_as_the_reporter_is_not_told_that_they_are(world, client_of, report):
    number = report("hr")
    with world.writing() as session, operating(session):
        admin = session.get_one(register_named("employee"), PERSON_IDS["admin"])
        admin.roles, admin.clearance = ("admin", "info_supervisor"), "3"
    client = client_of("admin")
    with world.open() as session:
        reporter = session.get_one(register_named("employee"), PERSON_IDS["hr"]).public_id
    assert post(client, f"/people/{reporter}/view/").status_code == 302
    assert WHAT not in client.get("/begun/").text
    assert number not in client.get("/admin/leak_report/").text
    with world.open() as session:
        found = leak(session).public_id
    assert client.get(f"/admin/leak_report/details/?id={found}").status_code == 404
    reporter = client_of("hr")
    assert WHAT in reporter.get("/begun/").text
    assert number in reporter.get("/admin/leak_report/").text


@pytest.mark.rule("R-CONF-10")
def test_it_is_closed_by_the_general_manager_once_remedied_and_the_days_are_kept(world, report):
    report("clerk")

    def sign(now):
        with clock.stopped_at(now), world.writing("general_manager") as session:
            signatures.sign(
                session, leak(session), leak(session).faces["closed_by_id"], leak(session).version, now, now
            )

    with pytest.raises(Refused, check=lambda refused: refused.verdict.code == "incomplete"):
        sign(WEDNESDAY)
    with world.writing("info_supervisor") as session:
        records.change(session, leak(session), {"remedy": "收回名单", "remedied_at": WEDNESDAY, "state": "handling"})
    unsigned = pytest.raises(Refused, check=lambda refused: refused.verdict.code == "not_signed")
    with unsigned, world.writing("info_supervisor") as session:
        records.change(session, leak(session), {"state": "closed"})
    sign(WEDNESDAY + timedelta(days=5))
    with world.open("general_manager") as session:
        assert (leak(session).state, leak(session).days_open) == ("closed", 5)


@pytest.mark.rule("R-PRIV-02")
def test_nobody_voids_a_report_before_it_was_kept_three_years(world, report):
    report("clerk")

    def void(now):
        with clock.stopped_at(now), world.writing("general_manager") as session:
            records.void(session, leak(session), "误报")

    with pytest.raises(Refused, check=lambda refused: refused.verdict.rule == "R-PRIV-02"):
        void(WEDNESDAY + timedelta(days=3 * 365))
    with world.open() as session:
        assert leak(session).voided_at is None
        assert session.query(TrailEntry).filter_by(table_name="leak_report", event="voided").count() == 0
    void(WEDNESDAY + timedelta(days=3 * 365 + 1))
    with world.open() as session:
        assert leak(session).voided_at is not None


#: what is typed -> whether it is a report; every role may make one, and nobody is asked who they are to make it
REPORTS = {
    "both": ({"content": WHAT, "found_at": "2026-03-11", "found_at__time": "09:30"}, True),
    "no content": ({"content": " ", "found_at": "2026-03-11", "found_at__time": "09:30"}, False),
    "no time": ({"content": WHAT, "found_at": "", "found_at__time": ""}, False),
    "of tomorrow": ({"content": WHAT, "found_at": "2026-03-12", "found_at__time": "09:30"}, False),
}


@pytest.mark.rule("R-CONF-10", "R-SIGN-06")
def test_every_role_reports_whatever_else_is_open_and_what_says_too_little_leaves_nothing(world, client_of):
    """A report that was not made leaves no trace in the trail either: that would name who tried (R-CONF-10)."""
    states = ("none before", *STATES[LEAK])
    for role, state in zip(
        Role, states * len(Role), strict=False
    ):  # each role once, each state of the report before often
        with world.writing() as session:
            if state in STATES[LEAK]:
                make_record(session, LEAK, **values_in(LEAK, state))
        client = client_of(role.value)
        for what, (typed, is_report) in REPORTS.items():
            before, seq = all_of(world, LEAK), _seq(world)
            answer = post(client, "/leaks/report/", typed)
            told = (role, state, what, answer.status_code)
            added = all_of(world, LEAK)[LEAK][len(before[LEAK]) :]
            assert all_of(world, LEAK)[LEAK][: len(before[LEAK])] == before[LEAK], told
            assert (answer.status_code, len(added)) == ((302, 1) if is_report else (200, 0)), told
            assert (_seq(world) > seq) == is_report, told
    with world.open() as session:
        reporters = [one.reporter_id for one in session.query(register_named(LEAK)) if one.content == WHAT]
    assert sorted(reporters) == sorted(PERSON_IDS[role.value] for role in Role)


@pytest.mark.rule("R-CONF-10")
def test_who_is_not_signed_in_reports_nothing(app, world):
    with untouched(world, LEAK):
        answer = post(app.test_client(), "/leaks/report/", REPORTS["both"][0])
        assert answer.status_code == 401


def _seq(world):
    with world.open() as session:
        return session.query(TrailEntry.seq).order_by(TrailEntry.seq.desc()).limit(1).scalar() or 0

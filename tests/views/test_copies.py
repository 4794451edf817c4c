"""Copies are numbered, no more than permitted, each with its holder until it is back or shredded (R-CONF-07, R-ARCH-08)."""

import html
import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records, signatures, stand_ins
from admin_app.operations.archives import copies, releases
from admin_app.operations.archives.copy_keepers import to_hand_out
from admin_app.operations.archives.making import held_copy
from admin_app.operations.archives.upkeep import keep_up
from admin_app.registers.archives.report_release import ReportReleaseChange
from admin_app.rules.copies import Ending
from admin_app.rules.signers import StandIn
from admin_app.storage import files
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.forms import trail_of
from tests.fixtures.records import make_record
from tests.fixtures.web import post
from tests.fixtures.what_leaves import CHANGE, values_in


@pytest.fixture(autouse=True)
def stopped():
    with clock.stopped_at(WEDNESDAY):
        yield


@pytest.fixture
def form(world):
    """``form("copy_permit", copies=5)``: what the clerk asked for; its id in addresses."""

    def asked(table, **values):
        with world.writing() as session:
            mine = {"applicant_id": PERSON_IDS["clerk"], "created_by_id": PERSON_IDS["clerk"], **values}
            return make_record(session, table, **mine).public_id

    return asked


@pytest.fixture
def sign(world):
    def signed(username, table, public_id, *fields):
        for field in fields:
            with world.writing(username) as session:
                record = records.find(session, register_named(table), public_id)
                signatures.sign(session, record, record.faces[field], record.version, WEDNESDAY, WEDNESDAY)

    return signed


def held(world, table, public_id):
    """Number and state of each copy."""
    with world.open() as session:
        found = records.find(session, register_named(table), public_id)
        return [(one.copy_number, getattr(one, "state", None), one.holder_id) for one in found.copies_given]


def give(client, table, public_id, wanted, username="designer"):
    boxes = {"id": public_id, "employee__text": f"{PERSON_IDS[username]:04}", "wanted": str(wanted)}
    return post(client, f"/copies/{table}/?id={public_id}", boxes)


@pytest.mark.rule("R-CONF-07", "R-CONF-14")
def test_a_keeper_gives_out_numbered_copies_and_no_more_than_permitted(world, client_of, form, sign):
    permit = form("copy_permit", copies=3, decision="agreed")
    page, keeper = f"/admin/copy_permit/details/?id={permit}", client_of("archive_keeper")
    assert keeper.get(page).status_code == 404
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    assert f"/copies/copy_permit/?id={permit}" in html.unescape(keeper.get(page).text)
    assert "待发出" in keeper.get("/").text
    assert give(keeper, "copy_permit", permit, 2).status_code == 302
    answer = give(keeper, "copy_permit", permit, 2)
    assert (answer.status_code, "批准 3 份，已发 2 份，还可发 1 份" in answer.text) == (403, True)
    assert give(keeper, "copy_permit", permit, 1, "sales").status_code == 302
    designer, sales = PERSON_IDS["designer"], PERSON_IDS["sales"]
    assert held(world, "copy_permit", permit) == [
        ("1/3", "out", designer), ("2/3", "out", designer), ("3/3", "out", sales),
    ]  # fmt: skip


@pytest.mark.rule("R-CONF-07", "R-ROLE-05")
def test_what_was_refused_is_not_signed_and_what_was_handed_out_does_not_change(world, form, sign):
    refused = form("copy_permit", decision="refused", opinion="与用途不符")
    with pytest.raises(Refused, check=lambda one: one.verdict.code == "wrong_state"):
        sign("info_supervisor", "copy_permit", refused, "approved_by_id")
    permit = form("copy_permit", copies=1)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    with world.writing("archive_keeper") as session:
        record = records.find(session, register_named("copy_permit"), permit)
        copies.hand_out(session, record, copies.Holder(name="测试财产保险"), 1, WEDNESDAY)
    locked = pytest.raises(Refused, check=lambda one: (one.verdict.rule, one.verdict.code) == ("R-CONF-07", "locked"))
    with locked, world.writing("info_supervisor") as session:
        records.change(session, records.find(session, register_named("copy_permit"), permit), {"copies": 9})
    with world.open() as session:
        found = records.find(session, register_named("copy_permit"), permit)
        assert (found.copies, found.approved_by_id) == (1, PERSON_IDS["info_supervisor"])


@pytest.mark.rule("R-CONF-07")
def test_each_copy_is_called_in_or_shredded_once(world, client_of, form, sign):
    permit = form("copy_permit", copies=2)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    keeper, address = client_of("archive_keeper"), f"/copies/copy_permit/?id={permit}"
    give(keeper, "copy_permit", permit, 2)
    assert post(keeper, address, {"id": permit, "number": "1/2", "act": "returned"}).status_code == 302
    assert post(keeper, address, {"id": permit, "number": "2/2", "act": "destroyed"}).status_code == 302
    again = post(keeper, address, {"id": permit, "number": "1/2", "act": "destroyed"})
    assert (again.status_code, "这份副本已收回或销毁" in again.text) == (409, True)
    assert [state for _number, state, _holder in held(world, "copy_permit", permit)] == ["returned", "destroyed"]
    assert keeper.get(f"/admin/copy_permit/details/?id={permit}").status_code == 200  # who handed out stays party


@pytest.mark.rule("R-CONF-12", "R-CONF-07")
def test_important_material_leaves_once_as_each_copy_and_the_number_stands_on_it(world, client_of, form, sign, make):
    file = make("archive_file", important=True, title="要紧的案卷", store_id=1)
    other = make("archive_file", important=True, title="另一案卷", store_id=1)
    permit = form("copy_permit", copies=2, file_id=file.id, item_id=None)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    give(client_of("archive_keeper"), "copy_permit", permit, 2, "service_manager")
    manager, number = client_of("service_manager"), _number(world, permit)

    def export(asked, copy):
        sent = {"reason": "理赔", "copy": copy}
        return post(manager, f"/admin/archive_file/export/csv/?f-title={asked}&f-title-op=contains", sent)

    assert "副本编号" in manager.get("/admin/archive_file/export/csv/").text
    for asked, copy, status in (
        ("要紧", "", 403), ("要紧", f"{number} 3/2", 403), ("案卷", f"{number} 1/2", 403), ("要紧", f"{number} 1/2", 200),
        ("要紧", f"{number} 1/2", 403), ("要紧", f"{number} 2/2", 200), ("要紧", f"{number} 2/2", 403),
    ):  # fmt: skip
        answer = export(asked, copy)
        assert answer.status_code == status, (asked, copy)
        assert ("要紧的案卷" in answer.text) == (status == 200)
    first = export("要紧", f"{number} 2/2")
    assert "这份副本已经导出或打印过" in first.text
    sent = {"reason": "理赔", "copy": f"{number} 2/2"}
    theirs = post(client_of("general_manager"), "/admin/archive_file/export/csv/", sent)
    assert (theirs.status_code, "须有发给本人、内容相符的副本编号" in theirs.text) == (403, True)
    page = manager.get(f"/admin/archive_file/details/?id={other.public_id}").text
    assert "not-printed" in page
    assert "not-printed" in manager.get("/admin/archive_file/").text
    assert "not-printed" not in manager.get("/admin/visitor/").text


@pytest.mark.rule("R-CONF-12", "R-CONF-07")
def test_a_file_of_important_material_is_downloaded_once_as_each_copy_and_bears_its_number(
    world, client_of, form, sign, make, app
):
    with app.app_context():
        key = files().put(b"%PDF-1.7 scan")
    file = make("archive_file", store_id=1)
    item = make("archive_item", file_id=file.id, important=True, name="要紧的合同", scan=f"{key}/合同.pdf")
    permit = form("copy_permit", copies=1, file_id=file.id, item_id=item.id)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    give(client_of("archive_keeper"), "copy_permit", permit, 1, "service_manager")
    manager, number = client_of("service_manager"), f"{_number(world, permit)} 1/1"
    address = f"/admin/archive_item/file/?id={item.public_id}&field=scan"
    got = post(manager, address, {"copy": number})
    assert (got.status_code, got.data) == (200, b"%PDF-1.7 scan")
    assert quote(number.replace("/", "-")) in got.headers["Content-Disposition"]
    again = post(manager, address, {"copy": number})
    assert (again.status_code, again.mimetype) == (403, "text/html")
    with world.open() as session:
        told = session.scalars(select(TrailEntry.detail).where(TrailEntry.event == "file_opened")).all()
    assert [json.loads(one)["copy"] for one in told] == [number]


def _number(world, permit):
    with world.open() as session:
        return records.find(session, register_named("copy_permit"), permit).number


@pytest.mark.rule("R-CONF-12", "R-CONF-07")
def test_a_permit_for_a_paper_makes_no_copy_of_its_file(world, client_of, form, sign, make):
    file = make("archive_file", important=True, title="要紧的案卷", store_id=1)
    paper = make("archive_item", file_id=file.id)
    permit = form("copy_permit", copies=1, file_id=file.id, item_id=paper.id)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    give(client_of("archive_keeper"), "copy_permit", permit, 1, "service_manager")
    sent = {"reason": "理赔", "copy": f"{_number(world, permit)} 1/1"}
    answer = post(
        client_of("service_manager"), "/admin/archive_file/export/csv/?f-title=要紧&f-title-op=contains", sent
    )
    assert (answer.status_code, "要紧的案卷" in answer.text) == (403, False)


@pytest.mark.rule("R-CONF-12")
def test_a_page_whose_open_tab_shows_important_papers_is_not_printed(client_of, make):
    manager = client_of("service_manager")
    file = make("archive_file", level=2, important=False, store_id=1)
    page = f"/admin/archive_file/details/?id={file.public_id}&tab=archive_item.file_id"
    make("archive_item", file_id=file.id, level=2, important=False, name="平常的文件")
    told = manager.get(page).text
    assert ("平常的文件" in told, "not-printed" in told) == (True, False)
    make("archive_item", file_id=file.id, level=2, important=True, name="要紧的文件")
    told = manager.get(page).text
    assert ("要紧的文件" in told, "not-printed" in told) == (True, True)


@pytest.mark.rule("R-ROLE-03", "R-CONF-14", "R-CONF-07")
def test_what_a_keeper_asks_for_or_gets_is_handed_out_by_another(world, client_of, form, sign):
    keeper = PERSON_IDS["archive_keeper"]
    mine = form("copy_permit", copies=1, applicant_id=keeper, created_by_id=keeper)
    theirs = form("copy_permit", copies=2)
    for permit in (mine, theirs):
        sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    for permit in (mine, theirs):
        own = give(client_of("archive_keeper"), "copy_permit", permit, 1, "archive_keeper")
        assert (own.status_code, "R-ROLE-04" in own.text) == (403, True)
        assert give(client_of("archive_keeper2"), "copy_permit", permit, 1, "archive_keeper").status_code == 302
        assert len(held(world, "copy_permit", permit)) == 1
    back = {"id": theirs, "number": "1/2", "act": "returned"}
    assert post(client_of("archive_keeper"), f"/copies/copy_permit/?id={theirs}", back).status_code == 403


@pytest.mark.rule("R-CONF-14", "R-ROLE-03")
def test_a_permit_is_seen_by_those_who_keep_and_stand_in_today(world, form, sign):
    permit = form("copy_permit", copies=2)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    day = WEDNESDAY.date()
    with world.writing("archive_keeper") as session:
        named = StandIn(PERSON_IDS["archive_keeper"], PERSON_IDS["designer"], day, day)
        stand_ins.name(session, named, WEDNESDAY)
    with world.writing() as session:
        with operating(session):
            session.get_one(register_named("employee"), PERSON_IDS["archive_keeper2"]).roles = ("clerk",)
        keep_up(session, WEDNESDAY)
    sees = {who: _sees(world, who, permit) for who in ("archive_keeper", "archive_keeper2", "designer")}
    assert sees == {"archive_keeper": True, "archive_keeper2": False, "designer": True}
    with clock.stopped_at(WEDNESDAY + timedelta(days=1)):
        assert not _sees(world, "designer", permit)
    with world.writing("designer") as session:
        record = records.find(session, register_named("copy_permit"), permit)
        assert copies.hand_out(session, record, copies.Holder(name="测试财产保险"), 1, WEDNESDAY) == ("1/2",)


def _sees(world, username, permit):
    with world.open(username) as session:
        return records.find(session, register_named("copy_permit"), permit) is not None


@pytest.mark.rule("R-CONF-07")
def test_a_permit_waits_on_the_desk_until_all_its_copies_are_given_and_stays_while_they_are_out(world, form, sign):
    permit = form("copy_permit", copies=2)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    for waiting in (1, 0):
        with world.writing("archive_keeper") as session:
            (found,) = to_hand_out(session, WEDNESDAY)
            copies.hand_out(session, found, copies.Holder(name="测试财产保险"), 1, WEDNESDAY)
            assert len(to_hand_out(session, WEDNESDAY)) == waiting
    stays = pytest.raises(
        Refused, check=lambda one: (one.verdict.rule, one.verdict.code) == ("R-CONF-07", "wrong_state")
    )
    with stays, world.writing("info_supervisor") as session:
        records.void(session, records.find(session, register_named("copy_permit"), permit), "填错")
    with world.writing("archive_keeper") as session:
        found = records.find(session, register_named("copy_permit"), permit)
        for number in ("1/2", "2/2"):
            copies.end(session, found, number, Ending.SHRED, WEDNESDAY)
    with world.writing("info_supervisor") as session:
        records.void(session, records.find(session, register_named("copy_permit"), permit), "填错")
    with world.open() as session:
        assert records.find(session, register_named("copy_permit"), permit).void_reason == "填错"


@pytest.mark.rule("R-CONF-07", "R-CONF-12")
def test_whoever_holds_a_copy_makes_it_without_seeing_its_permit(world, form, sign):
    permit = form("copy_permit", copies=1)
    sign("info_supervisor", "copy_permit", permit, "approved_by_id")
    with world.writing("archive_keeper") as session:
        record = records.find(session, register_named("copy_permit"), permit)
        copies.hand_out(session, record, copies.Holder(employee=PERSON_IDS["designer"]), 1, WEDNESDAY)
    number = f"{_number(world, permit)} 1/1"
    assert not _sees(world, "designer", permit)
    for who, has in (("designer", True), ("sales", False), ("archive_keeper", False)):
        with world.open(who) as session:
            assert (held_copy(session, number) is not None) == has


@pytest.mark.rule("R-ROLE-05", "R-ARCH-08")
def test_the_digest_of_an_approved_change_is_of_the_change_and_a_voided_release_takes_none(world, form):
    def digest(after):
        with world.writing() as session:
            values = {
                **values_in("report_release", "changed"),
                "changes": [ReportReleaseChange(**{**CHANGE, "after": after})],
            }
            id_ = make_record(session, "report_release", **values, number=f"TJ-{after}", voided_at=None).public_id
        with world.writing("general_manager") as session:
            record = records.find(session, register_named("report_release"), id_)
            signatures.sign(
                session, record, record.faces["change_approved_by_id"], record.version, WEDNESDAY, WEDNESDAY
            )
        return [detail["digest"] for event, _table, detail in trail_of(world) if event == "signed"][-1]

    assert digest("35") != digest("34")
    gone = form(
        "report_release", **{**values_in("report_release", "issued"), "voided_at": WEDNESDAY, "void_reason": "重复"}
    )
    with world.writing("info_supervisor") as session:
        found = records.find(session, register_named("report_release"), gone)
        with pytest.raises(Refused, check=lambda one: one.verdict.code == "wrong_state"):
            releases.note_change(session, found, releases.Change("投诉件数", "36", "35", ""), WEDNESDAY)
        assert found.changes == []


@pytest.mark.rule("R-ARCH-08", "R-ROLE-03")
def test_a_statistic_is_given_out_after_four_signatures_and_changed_by_one(world, client_of, form, sign):
    release = form("report_release", copies=2)
    officer, address = client_of("info_officer"), f"/copies/report_release/?id={release}"
    steps = (
        ("service_manager", "reviewed_by_id"), ("general_manager", "approved_by_id"),
        ("info_supervisor", "supervisor_checked_by_id"), ("service_manager", "manager_checked_by_id"),
    )  # fmt: skip
    for username, field in steps:
        assert give(officer, "report_release", release, 2).status_code == 409
        sign(username, "report_release", release, field)
    assert give(officer, "report_release", release, 2).status_code == 302
    assert [number for number, _state, _holder in held(world, "report_release", release)] == ["1/2", "2/2"]
    assert post(officer, address, {"id": release, "number": "2/2", "act": "destroyed"}).status_code == 409
    change = {"id": release, "item": "投诉件数", "before": "36", "after": "35", "reason": "重复登记"}
    assert post(officer, "/copies/change/", change).status_code == 302
    sign("general_manager", "report_release", release, "change_approved_by_id")
    with world.open() as session:
        found = records.find(session, register_named("report_release"), release)
        (line,) = found.changes
        assert (line.item, line.before, line.after, line.approved_on) == ("投诉件数", "36", "35", WEDNESDAY.date())
        assert found.approved_by_id == PERSON_IDS["general_manager"]
        assert found.reviewed_by_id == found.manager_checked_by_id == PERSON_IDS["service_manager"]
    second = post(officer, "/copies/change/", {**change, "before": "35", "after": "34"})
    assert second.status_code == 302
    with world.open() as session:
        found = records.find(session, register_named("report_release"), release)
        assert (found.change_approved_by_id, [one.after for one in found.changes]) == (None, ["35", "34"])


@pytest.mark.rule("R-ARCH-08")
def test_nobody_types_copies_or_changes_into_the_form(client_of, form):
    release = form("report_release")
    page = client_of("info_supervisor").get(f"/admin/report_release/edit/?id={release}").text
    assert re.search(r'name="(copies_given|changes)-', page) is None
    assert 'name="issued_on"' not in page

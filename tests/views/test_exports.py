"""Large exports in the background: asked as the direct ones are, each its owner's alone, for a few days (R-CONF-12).

The company's visitors are made anew in each test; an export of more than two rows counts as large here.
"""

import html
import multiprocessing
import re
import time
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from admin_app import clock, jobs
from admin_app.background import Workplace
from admin_app.database import db
from admin_app.guard import act_as
from admin_app.models import register_named
from admin_app.operations import export_queue
from admin_app.operations.export_queue import EXPORTS
from admin_app.rules import exporting
from admin_app.storage import export_files
from admin_app.texts import kept, say
from admin_app.verdicts import Refused, refuse
from admin_app.views.register import background
from admin_app.working.exports import ExportRun
from admin_app.working.people import Account
from tests.fixtures.company import PERSON_IDS, STORE_IDS
from tests.fixtures.exports import events
from tests.fixtures.web import post

pytestmark = [pytest.mark.rule("R-CONF-12"), pytest.mark.usefixtures("more_than_two_are_large")]
EAST, WEST = STORE_IDS["城东店"], STORE_IDS["城西店"]
NAMES = ("王建国", "王小明", "王若兰")


@pytest.fixture
def visitors(make):
    return [make("visitor", store_id=EAST, name=name) for name in NAMES]


@pytest.fixture
def run_of(client_of, runs, visitors):
    """``run_of("store_manager")``: the export of all visitors that this person has asked for."""

    def asked(username="store_manager", kind="csv", query="?q=王", reason="核对"):
        answer = post(client_of(username), f"/admin/visitor/export/{kind}/{query}", {"reason": reason})
        assert (answer.status_code, answer.location) == (302, "/exports/")
        return runs()[-1]

    return asked


def changed(world, **values):
    with world.writing() as session:
        session.execute(update(ExportRun).values(**values))


def test_a_large_export_is_made_in_the_background_and_is_what_the_direct_one_would_be(
    app, world, client_of, run_of, runs, monkeypatch
):
    run = run_of()
    client = client_of("store_manager")
    assert "等待中" in client.get("/exports/").text
    assert events(world, "exported") == []
    assert jobs.make_exports(app) == 1
    run = runs()[0]
    assert (run.stage, run.total, run.stored is None) == ("ready", 3, False)
    answer = client.get(f"/exports/{run.public_id}/")
    assert len(answer.data) == run.size
    monkeypatch.setattr(exporting, "BACKGROUND_FROM", 99)
    direct = client.get("/admin/visitor/export/csv/?q=王&reason=核对")
    mine, theirs = (one.data.decode("utf-8-sig").splitlines() for one in (answer, direct))
    assert mine[1:] == theirs[1:]
    assert len(mine) == 2 + 3
    assert re.match(r'"?导出人：.+　时间：.+　共 3 条　用途：核对', mine[0])
    name = unquote(answer.headers["Content-Disposition"].rpartition("''")[2])
    assert re.fullmatch(r"日来店顾客登记表-\d{8}-3条\.csv", name)
    ((_, actor, background), (_, _, at_once)) = events(world, "exported")
    assert (actor, background) == (PERSON_IDS["store_manager"], at_once)
    assert [(actor, detail["rows"]) for _, actor, detail in events(world, "export_fetched")] == [(actor, 3)]


def test_a_workbook_is_made_alike_and_lies_encrypted(app, world, client_of, run_of, runs):
    run_of(kind="xlsx")
    jobs.make_exports(app)
    run = runs()[0]
    answer = client_of("store_manager").get(f"/exports/{run.public_id}/")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    assert {name for row in sheet.iter_rows(values_only=True) for name in row if name in NAMES} == set(NAMES)
    (stored,) = [path for path in (world.settings.data_dir / "exports").rglob("*") if path.is_file()]
    assert b"PK\x03\x04" not in stored.read_bytes()
    assert stored.stat().st_size > run.size


def test_a_small_export_is_made_at_once_and_a_link_with_its_reason_queues_nothing(client_of, visitors, runs):
    client = client_of("store_manager")
    assert client.get("/admin/visitor/export/csv/?q=建国&reason=核对").mimetype == "text/csv"
    page = client.get("/admin/visitor/export/csv/?q=王&reason=核对").text
    assert "条数较多，将在后台准备" in page
    assert 'method="post"' in page
    refused = post(client, "/admin/visitor/export/csv/?q=王", {"reason": " "})
    assert "请写明导出用途" in refused.text
    assert runs() == []


@pytest.mark.rule("R-CONF-02")
def test_nobody_elses_export_exists_for_anybody(app, client_of, run_of, runs):
    """Not waiting, not ready; not for the general manager, who may export every visitor, nor for admin or auditor."""
    run = run_of()
    for _made in range(2):
        for username in ("general_manager", "service_manager", "clerk", "admin", "auditor"):
            client = client_of(username)
            page, nowhere = client.get("/exports/").text, "/exports/no-such-export/"
            assert run.public_id not in page
            assert "日来店顾客登记表" not in page.split('id="main"')[1]
            for address in (f"/exports/{run.public_id}/", nowhere):
                assert client.get(address).status_code == 404
            for what in ("cancel", "anew"):
                for id_ in (run.public_id, "no-such-export"):
                    assert post(client, "/exports/", {"id": id_, "what": what}).status_code == 404
        jobs.make_exports(app)
    assert [one.stage for one in runs()] == ["ready"]


@pytest.mark.rule("R-ROLE-01")
def test_who_looks_on_as_its_owner_has_no_exports(app, world, client_of, run_of, runs):
    run = run_of()
    jobs.make_exports(app)
    with world.open() as session:
        owner = session.get_one(register_named("employee"), PERSON_IDS["store_manager"]).public_id
    looking_on = client_of("admin")
    assert post(looking_on, f"/people/{owner}/view/").status_code == 302
    assert looking_on.get("/exports/").status_code == 404
    assert looking_on.get(f"/exports/{run.public_id}/").status_code == 404
    assert 'href="/exports/"' not in looking_on.get("/").text


@pytest.mark.rule("R-ROLE-01")
def test_it_is_made_with_the_rights_of_then_and_fetched_with_those_of_now(app, world, client_of, make, run_of, runs):
    """城东店 has three; moved to 城西店 before it is made, the manager gets the one there, and back again nothing."""
    run_of()
    make("visitor", store_id=WEST, name="王西来")
    employee, client = register_named("employee").__table__, client_of("store_manager")

    def move(store):
        with world.writing() as session:
            here = employee.c.id == PERSON_IDS["store_manager"]
            session.execute(update(employee).where(here).values(store_id=store))

    move(WEST)
    jobs.make_exports(app)
    run = runs()[0]
    file = client.get(f"/exports/{run.public_id}/").text
    assert ("王西来" in file, "王建国" in file, run.total) == (True, False, 1)
    move(EAST)
    answer = client.get(f"/exports/{run.public_id}/")
    assert (answer.status_code, "导出之后您的权限有变" in answer.text) == (403, True)
    assert "导出之后您的权限有变" in client.get("/exports/").text


@pytest.mark.rule("R-ROLE-01")
def test_without_the_right_nothing_is_made_and_nothing_fetched(app, world, client_of, run_of, runs):
    employee, client = register_named("employee").__table__, client_of("store_manager")

    def roles(*held):
        with world.writing() as session:
            here = employee.c.id == PERSON_IDS["store_manager"]
            session.execute(update(employee).where(here).values(roles=list(held)))

    with world.open() as session:
        before = session.get_one(register_named("employee"), PERSON_IDS["store_manager"]).roles
    first = run_of()
    jobs.make_exports(app)
    run_of()
    roles()
    jobs.make_exports(app)
    assert [(one.stage, one.total) for one in runs()] == [("ready", 3), ("failed", None)]
    assert "R-ROLE-01" in runs()[1].failure
    assert client.get(f"/exports/{first.public_id}/").status_code == 403
    page = client.get("/exports/").text
    assert ("您已没有导出这张表的权限" in page, "核对" in page) == (True, False)
    assert len(events(world, "exported")) == 1
    assert events(world, "export_fetched") == []
    roles(*before)
    assert client.get(f"/exports/{first.public_id}/").status_code == 200


@pytest.mark.rule("R-SIGN-02")
def test_for_a_closed_account_nothing_is_made(app, world, run_of, runs):
    run_of()
    with world.writing() as session:
        theirs = Account.employee_id == PERSON_IDS["store_manager"]
        session.execute(update(Account).where(theirs).values(disabled=True))
    jobs.make_exports(app)
    assert [(one.stage, one.failure) for one in runs()] == [("failed", kept(say("账号已停用或已离职")))]
    assert events(world, "exported") == []


def test_what_waits_is_cancelled_and_never_made(app, client_of, run_of, runs):
    run, client = run_of(), client_of("store_manager")
    assert post(client, "/exports/", {"id": run.public_id, "what": "cancel"}).status_code == 302
    assert jobs.make_exports(app) == 0
    assert "已取消" in client.get("/exports/").text
    again = post(client, "/exports/", {"id": run.public_id, "what": "cancel"})
    assert (again.status_code, "不用取消" in again.text) == (409, True)
    assert [one.stage for one in runs()] == ["cancelled"]


def test_one_that_is_cancelled_while_it_is_made_leaves_no_file(app, world, client_of, run_of, runs, monkeypatch):
    run = run_of()
    put = export_files.__globals__["ExportFiles"].put_pieces

    def cancelled_meanwhile(store, key, pieces):
        changed(world, stage="cancelled")
        return put(store, key, pieces)

    monkeypatch.setattr("admin_app.storage.ExportFiles.put_pieces", cancelled_meanwhile)
    jobs.make_exports(app)
    assert [one.stage for one in runs()] == ["cancelled"]
    assert [path for path in (world.settings.data_dir / "exports").rglob("*") if path.is_file()] == []
    assert client_of("store_manager").get(f"/exports/{run.public_id}/").status_code == 409


@pytest.mark.rule("R-IMPT-06")
def test_while_its_maker_lives_it_is_being_made_however_long_and_then_it_is_cut_at_once(
    app, world, client_of, run_of, runs
):
    """Ten minutes without a word are none too many while the lock is held; let go of, it is interrupted and its half file goes."""
    run, client, place = run_of(), client_of("store_manager"), Workplace(world.settings.data_dir)
    with app.app_context():
        act_as(db.session, EXPORTS)
        claimed, held = export_queue.claim(db.session, export_files(), place)
        export_files().put_pieces(claimed.stored, [b"half"])
        assert export_queue.claim(db.session, export_files(), place) is None
        with clock.stopped_at(clock.now() + timedelta(minutes=10)):
            assert "准备中" in client.get("/exports/").text
            assert export_queue.clear_up(db.session, export_files(), place) == 0
        held.release()
    assert "已中断" in client.get("/exports/").text
    answer = post(client, "/exports/", {"id": run.public_id, "what": "anew"})
    assert answer.status_code == 302
    assert jobs.make_exports(app) == 1
    with app.app_context(), pytest.raises(export_queue.GoneMeanwhileError):
        act_as(db.session, EXPORTS)
        export_queue.ready(db.session, claimed, 4, clock.now())
    assert [one.stage for one in runs()] == ["interrupted", "ready"]
    assert runs()[1].total == 3
    with app.app_context(), pytest.raises(KeyError):
        export_files().get_pieces(claimed.stored)


@pytest.mark.rule("R-IMPT-06")
def test_a_process_killed_while_it_makes_one_leaves_it_cut_off_and_nothing_in_its_place(
    app, world, client_of, run_of, runs
):
    """Killed for good, with half of the file stored: interrupted at once, and the next look for exports clears it away."""
    run_of()
    place = Workplace(world.settings.data_dir)
    world.engine.dispose()  # the child must not share our connections
    process = multiprocessing.get_context("fork").Process(target=make_half, args=(app, place))
    with app.app_context():
        db.engine.dispose()
    process.start()
    half = world.settings.data_dir / "exports"
    for _look in range(1000):
        if [path for path in half.rglob("*") if path.is_file()]:
            break
        time.sleep(0.01)
    assert "准备中" in client_of("store_manager").get("/exports/").text
    process.kill()
    process.join()
    assert "已中断" in client_of("store_manager").get("/exports/").text
    assert jobs.make_exports(app) == 0
    assert [(one.stage, one.stored) for one in runs()] == [("interrupted", None)]
    assert [path for path in half.rglob("*") if path.is_file()] == []


def make_half(app, place):
    """Begin an export and stay with its file half written, until killed."""

    def endless(_export):
        yield b"half"
        time.sleep(60)

    background.make_file.__globals__["csv_chunks"] = endless
    with app.app_context():
        background.make_next(db.session, export_files(), place)


@pytest.mark.rule("R-IMPT-06")
def test_while_somebody_else_writes_a_large_ledger_an_export_waits_and_is_made_after_it(
    app, world, run_of, runs, monkeypatch
):
    """In the way at its beginning and at its end, once each: it goes on when that is over, and none is given up."""
    run_of()
    real, said = export_queue.writing, []

    def in_the_way(session):
        said.append("writing")
        if len(said) in (2, 4):
            raise OperationalError("BEGIN", {}, Exception("database is locked"))
        return real(session)

    for module in ("operations.export_queue", "sheets.export_runs"):
        monkeypatch.setattr(f"admin_app.{module}.writing", in_the_way)
    assert jobs.make_exports(app) == 1
    assert [(one.stage, one.total) for one in runs()] == [("ready", 3)]
    assert len(said) == 5


def test_after_seven_days_the_file_is_gone_and_may_be_made_anew(app, world, client_of, run_of, runs):
    run = run_of()
    jobs.make_exports(app)
    run, client = runs()[0], client_of("store_manager")
    assert abs(run.expires_at - clock.now() - timedelta(days=7)) < timedelta(minutes=1)
    changed(world, expires_at=clock.now() - timedelta(seconds=1))
    answer = client.get(f"/exports/{run.public_id}/")
    assert (answer.status_code, "已过期" in answer.text) == (409, True)
    with app.app_context():
        act_as(db.session, EXPORTS)
        assert export_queue.expire(db.session, export_files(), clock.now()) == 1
    assert (runs()[0].stage, runs()[0].stored) == ("expired", None)
    assert [path for path in (world.settings.data_dir / "exports").rglob("*") if path.is_file()] == []
    assert "重新生成" in client.get("/exports/").text


def test_five_may_wait_and_the_sixth_is_refused(client_of, run_of, runs):
    for _number in range(5):
        run_of()
    sixth = post(client_of("store_manager"), "/admin/visitor/export/csv/?q=王", {"reason": "核对"})
    assert (sixth.status_code, "您已有 5 份导出在准备" in sixth.text, len(runs())) == (409, True, 5)


def test_the_list_tells_filters_in_words_and_the_reason(client_of, run_of):
    run_of(query="?q=王&f-name=王&f-name-op=contains", reason="月末 <核对>")
    page = html.unescape(client_of("store_manager").get("/exports/").text)
    assert "包含 王" in page
    assert "查找“王”" in page
    assert "用途：月末 <核对>" in page


def test_an_unforeseen_fault_is_said_and_the_next_one_is_made(app, run_of, runs, monkeypatch):
    run_of()
    with monkeypatch.context() as broken:
        broken.setattr("admin_app.sheets.export_runs.csv_chunks", lambda export: 1 / 0)
        jobs.make_exports(app)
    assert (runs()[0].stage, "程序出错" in runs()[0].failure) == ("failed", True)
    run_of()
    assert jobs.make_exports(app) == 1
    assert [one.stage for one in runs()] == ["failed", "ready"]
    assert runs()[1].expires_at > clock.now()


@pytest.mark.rule("R-CONF-11")
def test_a_file_with_classified_content_is_downloaded_after_the_three_donts(app, world, client_of, run_of, runs):
    """Whoever hasn't read the don'ts today is led to them first, and from there to the file."""
    run_of()
    jobs.make_exports(app)
    assert not runs()[0].classified
    changed(world, classified=True)
    client, address = client_of("store_manager"), f"/exports/{runs()[0].public_id}/"
    with client.session_transaction() as cookie:
        del cookie["donts_until"]
    first = client.get(address)
    assert (first.status_code, first.location) == (302, f"/three-donts/?next={address}")
    assert events(world, "export_fetched") == []
    assert post(client, first.location).location == address
    assert "王建国" in client.get(address).text


def test_why_there_is_no_file_and_what_was_asked_is_told_in_the_reader_s_language(
    app, world, client_of, run_of, monkeypatch
):
    """Asked in Chinese and refused by the night, then read in English; rows of before are the sentences they hold."""

    def refusing(*_of):
        raise Refused(refuse("R-CONF-12", "no_reason", say("请写明导出用途")))

    monkeypatch.setattr(background, "make_file", refusing)
    run_of(query="?q=Wang&f-came_at-op=last_days&f-came_at=3000")
    run_of(query="?q=王")
    jobs.make_exports(app)
    client = client_of("store_manager")
    assert "请写明导出用途（R-CONF-12）" in client.get("/exports/").text
    client.set_cookie("language", "en")
    shown = client.get("/exports/").text
    assert [
        said in shown for said in ("Search for “Wang”", "the last 3000 days", "Please say what the export is for")
    ] == [True] * 3
    changed(world, failure="先前的一句话", conditions='["来店时间 今天"]')
    shown = client.get("/exports/").text
    assert [said in shown for said in ("先前的一句话", "来店时间 今天")] == [True] * 2

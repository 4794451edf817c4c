"""A large batch goes on without its browser, as the person who asked, once, and can be taken up again (R-IMPT-06)."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from admin_app import clock
from admin_app.background import Workplace
from admin_app.guard import SYSTEM, act_as, writing
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.sheets import runs
from admin_app.storage import LocalFiles
from admin_app.verdicts import Refused
from admin_app.working.imports import ImportBatch, ImportLine
from admin_app.working.people import Account
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post
from tests.sheets.conftest import sheet, verdicts, visitor
from tests.sheets.test_import_screens import IMPORT, upload

PEOPLE = [visitor(name=f"顾客{place}", phone=f"1390000{place:04}") for place in range(4)]


@pytest.fixture
def place(office) -> Workplace:
    return Workplace(office.world.settings.data_dir)


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch):
    monkeypatch.setattr(runs, "BACKGROUND_FROM", 1)


def wait_for(client, watch: str) -> str:
    """The address that the page of a batch at work leads to in the end."""
    for _look in range(200):
        answer = client.get(watch)
        if answer.location:
            return answer.location
        if "data-progress" not in answer.text:
            return watch
        time.sleep(0.05)
    raise AssertionError("it never ended")


def check_of(client, address: str) -> str:
    """Have the batch at *address* checked; where that leads."""
    return wait_for(client, post(client, f"{address}check/", {"answer": "again"}).location)


def checked(client, content: str) -> tuple[str, str]:
    """The batch's address and the fingerprint of its check, which is made without the browser."""
    address = upload(client, content).location
    assert check_of(client, address) == f"{address}check/"
    return address, re.search(r'name="seen" value="(\w+)"', client.get(f"{address}check/").text)[1]


def cut(office, address: str) -> runs.Asked:
    """Leave the clerk's batch as a kill does: asked for, and nobody about it."""
    asked = runs.Asked(runs.WRITE)
    with office.world.open("clerk") as session, writing(session):
        batch = session.scalars(select(ImportBatch).where(ImportBatch.public_id == address.split("/")[-2])).one()
        batch.asked = asked.to_json()
    return asked


def batch_state(office) -> str:
    with office.world.open() as session:
        return session.scalars(select(ImportBatch.state)).one()


@pytest.mark.rule("R-IMPT-06")
def test_a_large_batch_is_written_and_undone_while_its_page_tells_how_far_it_is(office, client_of):
    client = client_of("clerk")
    address, seen = checked(client, sheet(*PEOPLE))
    answer = post(client, f"{address}check/", {"write": "good", "seen": seen})
    assert answer.location == f"{address}run/"
    assert wait_for(client, answer.location) == f"{address}done/"
    assert office.count() == 4
    answer = post(client, f"{address}undo/", {"reason": "导错了表"})
    assert answer.location == f"{address}run/"
    assert wait_for(client, answer.location) == f"{address}done/"
    assert {record.void_reason for record in office.all()} == {"导错了表"}


@pytest.mark.rule("R-IMPT-06")
def test_a_batch_at_work_stands_in_the_list_and_every_step_leads_to_its_page(office, client_of, place):
    client = client_of("clerk")
    address, seen = checked(client, sheet(*PEOPLE))
    cut(office, address)
    claim = place.claim(address.split("/")[-2])
    claim.report("writing", 500, 2000)
    try:
        page = client.get(f"{address}run/").text
        assert "正在写入" in page
        assert "500 / 2000" in page
        assert f'{address}run/">来店.csv' in client.get(IMPORT).text
        for step in ("", "check/", "done/", "undo/"):
            assert client.get(address + step).location == f"{address}run/"
        again = post(client, f"{address}run/", {"answer": "again"}, follow_redirects=True)
        assert "这批正在办理" in again.text
        assert (
            "这批正在办理"
            in post(client, f"{address}run/", {"answer": "drop", "confirmed": "yes"}, follow_redirects=True).text
        )
        assert client_of("clerk2").get(f"{address}run/").status_code == 404
    finally:
        claim.release()
    assert (office.count(), batch_state(office)) == (0, "uploaded")


@pytest.mark.rule("R-IMPT-03", "R-IMPT-06")
def test_a_large_batch_is_checked_while_its_page_shows_what_the_first_lines_come_to(office, client_of, place):
    client = client_of("clerk")
    address = upload(client, sheet(*PEOPLE, visitor(phone="联系不上"))).location
    with office.world.open("clerk") as session, writing(session):
        batch = session.scalars(select(ImportBatch)).one()
        batch.asked = runs.Asked(runs.CHECK).to_json()
    claim = place.claim(address.split("/")[-2])
    try:
        page = client.get(f"{address}run/").text
        assert "正在检查" in page
        assert "前 6 行的结果" in page
        assert "bad_phone" in page
        assert "bad_phone" not in client.get(f"{address}run/?watched=yes").text
        assert client.get(f"{address}check/").location == f"{address}run/"
    finally:
        claim.release()
    assert "检查没有做完" in client.get(f"{address}run/").text
    post(client, f"{address}run/", {"answer": "again"})
    assert wait_for(client, f"{address}run/") == f"{address}check/"
    page = client.get(f"{address}check/").text
    assert "bad_phone" in page
    assert "联系不上" in client.get(f"{address}refused/").text
    assert (office.count(), batch_state(office)) == (0, "uploaded")


@pytest.mark.rule("R-IMPT-03")
def test_a_kept_check_is_for_the_choices_and_the_language_it_was_made_with(office, client_of):
    client = client_of("clerk")
    address, _seen = checked(client, sheet(*PEOPLE))
    assert client.get(f"{address}check/").status_code == 200
    client.set_cookie("language", "en")
    assert "Check again" in client.get(f"{address}check/").text
    assert check_of(client, address) == f"{address}check/"
    assert "Check result" in client.get(f"{address}check/").text
    watch = post(client, address, {"mode": "change", "check": "yes"}).location
    assert wait_for(client, watch) == f"{address}check/"
    assert "not_found" in client.get(f"{address}check/").text


@pytest.mark.rule("R-IMPT-03")
def test_looking_at_a_check_that_is_not_kept_begins_none(office, client_of, place):
    client = client_of("clerk")
    address = upload(client, sheet(*PEOPLE)).location
    assert "请再检查一次" in client.get(f"{address}check/").text
    with office.world.open("clerk") as session:
        assert runs.asked_of(session.scalars(select(ImportBatch)).one()) is None


@pytest.mark.rule("R-IMPT-06")
@pytest.mark.parametrize("what", [runs.CHECK, runs.WRITE])
def test_who_stops_a_batch_at_work_finds_it_where_it_was(office, client_of, place, what):
    client = client_of("clerk")
    address, _seen = checked(client, sheet(*PEOPLE))
    with office.world.open("clerk") as session:
        batch = session.scalars(select(ImportBatch)).one()
        run = runs.Run(batch.id, PERSON_IDS["clerk"], office.teller)
        claim = runs.ask(session, batch, runs.Asked(what), place)
    assert "停止" in client.get(f"{address}run/").text
    assert post(client, f"{address}run/", {"answer": "stop"}).location == f"{address}run/"
    with office.world.open() as session:
        run.perform(session, office.files, claim, place)
    assert (office.count(), batch_state(office)) == (0, "uploaded")
    assert client.get(f"{address}run/").location == f"{address}check/"
    assert [path.name for path in place.folder.iterdir() if path.name.startswith(address.split("/")[-2])] == []


@pytest.mark.rule("R-IMPT-06")
def test_a_batch_that_waits_for_its_turn_is_stopped_without_it(office, client_of, place):
    address, _seen = checked(client_of("clerk"), sheet(*PEOPLE))
    run, claim = asked_for(office, place)
    with place.turn("imports"), ThreadPoolExecutor(1) as pool, office.world.open() as session:
        waiting = pool.submit(run.perform, session, office.files, claim, place)
        time.sleep(0.1)
        place.stop(address.split("/")[-2])
        waiting.result(timeout=5)
    assert (office.count(), batch_state(office)) == (0, "uploaded")


@pytest.mark.rule("R-CONF-06", "R-IMPT-03")
def test_a_kept_check_lies_encrypted_and_goes_with_its_batch(office, client_of):
    client = client_of("clerk")
    address, _seen = checked(client, sheet(*PEOPLE, visitor(phone="联系不上")))
    kept = [path.read_bytes() for path in office.held.folder.glob("*/*")]
    assert len(kept) == 2
    assert not any("联系不上".encode() in content for content in kept)
    cut(office, address)
    post(client, f"{address}run/", {"answer": "drop", "confirmed": "yes"})
    assert batch_state(office) == "dropped"
    assert list(office.held.folder.glob("*/*")) == []


@pytest.mark.rule("R-IMPT-06")
def test_what_a_kill_cut_says_so_and_is_begun_again(office, client_of):
    client = client_of("clerk")
    address, _seen = checked(client, sheet(*PEOPLE))
    cut(office, address)
    assert "程序中途停了" in client.get(f"{address}run/").text
    assert "中断" in client.get(IMPORT).text
    post(client, f"{address}run/", {"answer": "again"})
    assert wait_for(client, f"{address}run/") == f"{address}done/"
    assert office.count() == 4


@pytest.mark.rule("R-IMPT-06")
def test_a_dropped_batch_loses_its_file_and_keeps_its_line(office, client_of):
    client = client_of("clerk")
    address, _seen = checked(client, sheet(*PEOPLE))
    cut(office, address)
    with office.world.open() as session:
        stored = session.scalars(select(ImportBatch.stored)).one()
    assert "文件会被删除" in post(client, f"{address}run/", {"answer": "drop"}).text
    assert office.files.get(stored)
    assert post(client, f"{address}run/", {"answer": "drop", "confirmed": "yes"}).location == f"{address}done/"
    assert "文件已删除" in client.get(f"{address}done/").text
    assert "已放弃" in client.get(IMPORT).text
    assert (office.count(), batch_state(office)) == (0, "dropped")
    with pytest.raises(KeyError):
        office.files.get(stored)


def asked_for(office, place) -> tuple[runs.Run, object]:
    """The clerk's newest batch, asked for: the work and its claim."""
    with office.world.open("clerk") as session:
        batch = session.scalars(select(ImportBatch)).one()
        return runs.Run(batch.id, PERSON_IDS["clerk"], office.teller), runs.ask(
            session, batch, runs.Asked(runs.WRITE), place
        )


@pytest.mark.rule("R-IMPT-07")
@pytest.mark.parametrize(("values", "said"), [({"disabled": True}, "账号已停用"), ({"roles": ["designer"]}, "权限")])
def test_who_has_lost_the_right_meanwhile_writes_nothing_and_the_batch_says_why(office, client_of, place, values, said):
    checked(client_of("clerk"), sheet(*PEOPLE))
    run, claim = asked_for(office, place)
    with office.world.writing() as session:
        if "disabled" in values:
            account = session.scalars(select(Account).where(Account.employee_id == run.person_id)).one()
            account.disabled = True
        else:
            with operating(session):
                session.get_one(register_named("employee"), run.person_id).roles = values["roles"]
    with office.world.open() as session:
        run.perform(session, office.files, claim, place)
        act_as(session, SYSTEM)
        batch = session.scalars(select(ImportBatch)).one()
        assert runs.state_of(batch, place) == runs.FAILED
        assert said in str(runs.asked_of(batch).failure)
    assert (office.count(), batch_state(office)) == (0, "uploaded")


@pytest.mark.rule("R-IMPT-03", "R-IMPT-06")
def test_begun_again_it_is_checked_anew_and_a_verdict_that_moved_stops_it(office, client_of):
    client = client_of("clerk")
    address, seen = checked(client, sheet(visitor(note="甲")))
    office.take_in("other.csv", sheet(visitor(note="乙")))
    post(client, f"{address}check/", {"write": "good", "seen": seen})
    assert wait_for(client, f"{address}run/") == f"{address}run/"
    assert "请再看一遍" in client.get(f"{address}run/").text
    assert [record.remark for record in office.all()] == ["乙"]


@pytest.mark.rule("R-IMPT-06")
def test_of_two_tabs_that_begin_one_batch_one_wins_and_the_other_is_told(office, client_of, place):
    checked(client_of("clerk"), sheet(*PEOPLE))
    start, told = Barrier(2), []

    def begin(_tab: int) -> None:
        start.wait()
        try:
            run, claim = asked_for(office, place)
        except Refused as refused:
            told.append(refused.verdict.code)
            return
        with office.world.open() as session:
            run.perform(session, LocalFiles(office.files.folder, office.world.settings.wrapping_key()), claim, place)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(begin, range(2)))
    assert told in (["at_work"], ["wrong_state"])
    assert (office.count(), batch_state(office)) == (4, "written")


@pytest.mark.rule("R-IMPT-05", "R-IMPT-06")
def test_two_people_who_import_one_ledger_at_once_do_not_double_it(office):
    start = Barrier(2)

    def take_in(who: str) -> dict:
        start.wait()
        return verdicts(office.take_in(f"{who}.csv", sheet(*PEOPLE), as_=who))

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(take_in, ("info_officer", "info_supervisor")))
    assert office.count() == 4
    assert sorted(outcome.get("added", 0) for outcome in outcomes) == [0, 4]
    with office.world.open() as session:
        assert session.scalar(select(func.count(ImportLine.line))) == 8


@pytest.mark.rule("R-DESK-01", "R-IMPT-06")
def test_the_desk_tells_its_owner_of_a_large_batch_until_a_day_after_its_end_and_nobody_else(office, client_of):
    client = client_of("clerk")
    address, seen = checked(client, sheet(*PEOPLE))
    desk = client.get("/").text
    assert "检查好了，还没有导入" in desk
    assert f'href="{address}run/"' in desk
    post(client, f"{address}check/", {"write": "good", "seen": seen})
    wait_for(client, f"{address}run/")
    desk = client.get("/").text
    assert "导入完成" in desk
    assert "检查好了" not in desk
    assert client.get(f"{address}run/").location == f"{address}done/"
    for other in ("clerk2", "store_manager", "admin"):
        assert "来店.csv" not in client_of(other).get("/").text
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        assert "来店.csv" not in client_of("clerk").get("/").text


@pytest.mark.rule("R-CONF-02", "R-IMPT-03")
def test_a_kept_check_shows_no_record_as_it_was_that_has_changed_since(office, client_of):
    office.take_in("before.csv", sheet(visitor(note="旧说明")))
    client = client_of("clerk")
    address, _seen = checked(client, sheet(visitor(note="新说明")))
    assert "旧说明" in client.get(f"{address}check/").text
    with office.world.writing() as session:
        session.scalars(select(register_named("visitor"))).one().level = 3
    page = client.get(f"{address}check/")
    assert page.status_code == 200
    assert "旧说明" not in page.text


@pytest.mark.rule("R-IMPT-07", "R-ROLE-01")
def test_who_loses_the_right_while_a_batch_waits_for_its_turn_writes_nothing(office, client_of, place):
    checked(client_of("clerk"), sheet(*PEOPLE))
    run, claim = asked_for(office, place)
    with ThreadPoolExecutor(1) as pool:
        with place.turn("imports"):

            def perform():
                with office.world.open() as session:
                    run.perform(session, office.files, claim, place)

            waiting = pool.submit(perform)
            time.sleep(0.3)
            with office.world.writing() as session:
                session.scalars(select(Account).where(Account.employee_id == run.person_id)).one().disabled = True
        waiting.result()
    assert (office.count(), batch_state(office)) == (0, "uploaded")


@pytest.mark.rule("R-IMPT-05", "R-DESK-01")
@pytest.mark.parametrize("failed", ["别人正在写入", ""], ids=["failed", "cut off"])
def test_an_undo_that_came_to_nothing_stays_on_the_desk_until_its_owner_puts_it_away(office, client_of, place, failed):
    """Three days on, the batch stands there for its undo alone; put away, all four records are kept and may be undone."""
    client = client_of("clerk")
    address, seen = checked(client, sheet(*PEOPLE))
    wait_for(client, post(client, f"{address}check/", {"write": "good", "seen": seen}).location)
    with office.world.open("clerk") as session, writing(session):
        batch = session.scalars(select(ImportBatch)).one()
        batch.asked = runs.Asked(runs.UNDO, reason="导错了表", failed=failed).to_json()
        batch.written_at -= timedelta(days=3)
    run = f"{address}run/"
    assert run in client.get("/").text
    assert 'value="away"' in client.get(run).text
    assert post(client_of("clerk2"), run, {"answer": "away"}).status_code == 404
    claim = place.claim(address.split("/")[-2])
    assert "这批正在办理" in post(client, run, {"answer": "away"}, follow_redirects=True).text
    claim.release()
    assert run in client.get("/").text
    assert post(client, run, {"answer": "away"}).location == f"{address}done/"
    assert run not in client.get("/").text
    assert (batch_state(office), {record.void_reason for record in office.all()}) == ("written", {None})
    assert wait_for(client, post(client, f"{address}undo/", {"reason": "导错了表"}).location) == f"{address}done/"
    assert batch_state(office) == "undone"

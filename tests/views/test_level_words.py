"""What the company calls the levels stands wherever a level is told, from the next request on (R-CONF-13)."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest

from admin_app import clock
from admin_app.guard.settings import all_versions
from admin_app.models import register_named
from admin_app.sheets import results
from admin_app.storage import LocalFiles
from tests.fixtures.company import PERSON_IDS, STORE_IDS
from tests.fixtures.forms import faults_on, trail_of
from tests.fixtures.records import MOMENT
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CONF-13")
TODAY = MOMENT.date()
TOMORROW = TODAY + timedelta(days=1)
OWN = {"level_prefix": "商密·", **dict(zip([f"level_word_{n}" for n in range(5)], "甲乙丙丁戊", strict=True))}
#: shipped words but for those that mean something else: trade and state secrets, public praise, what isn't made public
SHIPPED = re.compile(r"(?<!商业)(?<!国家)秘密|机密|绝密|>(?:公开|内部)<")
PLACE = ("柜位编号", "库房", "柜号", "层", "位", "最高存放密级")


@pytest.fixture(autouse=True)
def still():
    with clock.stopped_at(MOMENT):
        yield


def save(client, day=TODAY, **typed):
    return post(client, "/settings/", {"valid_from": day.isoformat(), **typed})


def files_of(world):
    return LocalFiles(world.settings.data_dir / "files", world.settings.wrapping_key())


def held(world):
    with world.open() as session:
        return dict(all_versions(session))


def place(code, level):
    return f"{','.join(PLACE)}\n{code},东库,一号柜,1,1,{level}\n"


def pages(client_of, make, world):
    """Kinds of page that tell levels, each by who may see it."""
    kept = make("archive_place", clearance="4", code="A-1")
    customer = make("customer", owner_id=PERSON_IDS["customer_manager"], store_id=STORE_IDS["城东店"])
    with world.open() as session:
        person = session.get_one(register_named("employee"), PERSON_IDS["clerk"]).public_id
    return {
        "keeper": (client_of("archive_keeper"), [
            "/admin/archive_place/", "/admin/archive_place/new/", f"/admin/archive_place/details/?id={kept.public_id}",
            f"/admin/archive_place/edit/?id={kept.public_id}", "/admin/archive_place/?f.clearance.in=4",
            "/admin/archive_file/new/", "/leaks/report/",
        ]),
        "supervisor": (client_of("info_supervisor"), [
            f"/admin/customer/details/?id={customer.public_id}", f"/admin/customer/edit/?id={customer.public_id}",
            "/admin/customer/new/", f"/admin/customer/why/?id={customer.public_id}",
        ]),
        "admin": (client_of("admin"), [
            "/people/", f"/people/{person}/", f"/leaving/{person}/", "/code-lists/level/", "/admin/employee/",
        ]),
    }  # fmt: skip


def test_after_a_change_no_page_tells_a_level_by_its_shipped_word(world, client_of, make):
    asked = pages(client_of, make, world)
    before = {
        url: client.get(url).text for client, urls in asked.values() for url in urls
    }  # what is kept, is kept by now
    assert sum(bool(SHIPPED.search(page)) for page in before.values()) > 10
    assert save(client_of("admin"), **OWN).status_code == 302
    after = {url: client.get(url) for client, urls in asked.values() for url in urls}
    assert {url: answer.status_code for url, answer in after.items() if answer.status_code != 200} == {}
    assert {url: SHIPPED.findall(answer.text) for url, answer in after.items() if SHIPPED.search(answer.text)} == {}
    told = [url for url, answer in after.items() if re.search("商密·[甲乙丙丁戊]", answer.text)]
    assert len(told) > 10


@pytest.mark.rule("R-AUDT-01", "R-SCOR-04")
def test_words_hold_from_their_day_on_and_stand_in_the_trail(world, client_of, make):
    admin, keeper = client_of("admin"), client_of("archive_keeper")
    kept = make("archive_place", clearance="4", code="A-1")
    page = f"/admin/archive_place/details/?id={kept.public_id}"
    assert save(admin, TOMORROW, level_word_4="核心").status_code == 302
    assert "核心" not in keeper.get(page).text
    with clock.stopped_at(MOMENT + timedelta(days=1)):
        assert "核心" in client_of("archive_keeper").get(page).text
    event, _table, detail = trail_of(world)[-1]
    assert (event, detail["setting"], detail["old"], detail["new"]) == ("setting_changed", "level_word_4", None, "核心")


def test_the_prefix_is_taken_away_by_saying_none(world, client_of):
    admin = client_of("admin")
    save(admin, level_prefix="商密·")
    assert "商密·绝密" in admin.get("/code-lists/level/").text
    save(admin, level_prefix="无")
    assert "商密" not in admin.get("/code-lists/level/").text
    assert held(world)["level_prefix"] == [(TODAY, "")]


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        ({"level_word_4": "★绝密"}, "level_word_4"),
        ({"level_word_4": "国家秘密"}, "level_word_4"),
        ({"level_word_4": "秘密"}, "level_word_4"),
        ({"level_word_3": "核心", "level_word_4": "核心"}, "level_word_3"),
        ({"level_word_4": "一二三四五六七"}, "level_word_4"),
        ({"level_prefix": "国家"}, "level_prefix"),
    ],
)
def test_a_word_that_may_not_be_is_refused_at_its_box_and_nothing_is_set(world, client_of, typed, box):
    answer = save(client_of("admin"), **typed)
    assert box in faults_on(answer.text)
    assert held(world) == {}


def test_a_withdrawal_that_would_call_two_levels_alike_is_refused(world, client_of):
    """3 is 核心 today and 重要 from tomorrow on; from tomorrow on 4 is 核心: without the first, both would be."""
    admin = client_of("admin")
    save(admin, level_word_3="核心")
    assert "level_word_4" in faults_on(save(admin, TOMORROW, level_word_4="核心").text)
    assert save(admin, TOMORROW, level_word_3="重要", level_word_4="核心").status_code == 302
    answer = post(admin, "/settings/withdraw/", {"name": "level_word_3", "day": str(TOMORROW)})
    assert (answer.status_code, "R-CONF-13" in answer.text) == (409, True)
    assert (TOMORROW, "重要") in held(world)["level_word_3"]


def test_own_words_stay_as_written_on_an_english_page_and_shipped_ones_are_translated(client_of, make):
    save(client_of("admin"), level_prefix="SM-", level_word_4="核心")
    kept = [make("archive_place", clearance=level, code=f"A-{level}") for level in "34"]
    client = client_of("archive_keeper")
    client.set_cookie("language", "en")
    shown = [client.get(f"/admin/archive_place/details/?id={one.public_id}").text for one in kept]
    assert "SM-Confidential" in shown[0]
    assert "SM-核心" in shown[1]


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("written", ["核心", "商密·核心", "绝密", "商密·绝密"])
def test_a_ledger_is_read_by_own_and_shipped_words(world, client_of, tmp_path, written):
    save(client_of("admin"), level_prefix="商密·", level_word_4="核心")
    file = tmp_path / "places.csv"
    file.write_text(place("A-9", written), encoding="utf-8")
    with world.open("archive_keeper") as session:
        assert results.import_file(session, "archive_place", file, store=files_of(world))["added"] == 1
        session.rollback()
        assert session.query(register_named("archive_place")).filter_by(code="A-9").one().clearance == "4"
        results.export_file(session, "archive_place", tmp_path / "out.csv", "核对")
    assert "商密·核心" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_a_star_beside_an_own_word_is_refused(world, client_of, tmp_path):
    save(client_of("admin"), level_prefix="商密·", level_word_4="核心")
    file = tmp_path / "places.csv"
    file.write_text(place("★核心", "核心") + "B-2,东库,一号柜,1,2,商密·核心★\n", encoding="utf-8")
    with world.open("archive_keeper") as session:
        outcome = results.import_file(session, "archive_place", file, store=files_of(world))
    assert (outcome["added"], outcome["refused"]) == (0, 2)
    assert {error["code"] for error in outcome["errors"]} == {"state_secret"}


def test_the_template_offers_the_companys_words(client_of):
    save(client_of("admin"), level_prefix="商密·", level_word_4="核心")
    content = client_of("archive_keeper").get("/admin/archive_place/import/template/").data
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "商密·核心" in cells
    assert not [cell for cell in cells if SHIPPED.search(cell) and "商密·" not in cell]

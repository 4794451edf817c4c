"""Languages: chosen by a person, kept by the browser; the switch keeps the page; English screens have no Chinese but data."""

import io
import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from opencc import OpenCC
from sqlalchemy import select

from admin_app import clock
from admin_app.background import Workplace
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import settings
from admin_app.operations.titles import TITLES
from admin_app.sheets import runs
from admin_app.texts import Text, foreign, kept, say, several, word
from admin_app.working.codes import CodeEntry
from admin_app.working.imports import ImportBatch
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post
from tests.fixtures.worlds import World

ENGLISH, TRADITIONAL, SIMPLIFIED = "en", "zh-Hant", "zh-CN"
#: the languages name themselves in their own words
_SWITCH = re.compile(r'<form class="languages".*?</form>', re.DOTALL)
#: a page of each kind: who opens it, where
PAGES = [
    ("clerk", "/"), ("admin", "/"), ("clerk", "/done/"), ("admin", "/begun/"), ("clerk", "/password"),
    ("clerk", "/admin/visitor/"), ("clerk", "/admin/visitor/?void=1"), ("clerk", "/admin/visitor/new/"),
    ("clerk", "/admin/visitor/?f-came_at-op=today&f-source=friend&f-came_at=1&q=x&page=2"),
    ("admin", "/admin/employee/"), ("info_supervisor", "/admin/customer/"), ("info_supervisor", "/admin/customer/new/"),
    ("info_supervisor", "/admin/customer/export/csv/"), ("clerk", "/admin/visitor/import/"),
    ("archive_keeper", "/loans/"), ("archive_keeper", "/loans/?code=nobody"), ("archive_keeper", "/admin/archive_loan/"),
    ("general_manager", "/approvals/"), ("general_manager", "/powers/"), ("general_manager", "/stand-ins/"),
    ("admin", "/rights/"), ("admin", "/rights/?table=customer"), ("admin", "/rights/?role=clerk"), ("admin", "/settings/"),
    ("admin", "/code-lists/"), ("admin", "/code-lists/source/"), ("admin", "/code-lists/grade/"), ("auditor", "/audit/"),
    ("admin", "/people/"), ("admin", "/leaving/"),
    ("clerk", "/nowhere/"), ("clerk", "/admin/visitor/details/?id=nowhere"), ("clerk", "/lists/visitor/"),
    ("clerk", "/jump/?q=Visitors"), ("clerk", "/jump/?q=nothing"),
]  # fmt: skip


def speak(client: FlaskClient, language: str) -> FlaskClient:
    client.set_cookie("language", language)
    return client


def chinese_in(page: str) -> list[str]:
    """The lines of *page* that have Chinese, or what a catalogue tells of itself; the switch of languages aside."""
    return [line.strip() for line in _SWITCH.sub("", page).splitlines() if foreign(line) or "Project-Id" in line]


@pytest.fixture
def plain(world: World) -> World:
    """The company with data that has no Chinese, so that what Chinese is left on a page is the program's own."""
    with world.writing() as session, operating(session):
        for entry in session.scalars(select(CodeEntry)):
            entry.label = entry.code
        for table in ("store", "department", "employee", "archive_type"):
            for record in session.scalars(select(register_named(table))):
                record.name = f"{table} {record.id}"
        for employee in session.scalars(select(register_named("employee"))):
            employee.post = "post"
    return world


@pytest.fixture
def reader(plain: World, client_of: Any) -> Any:
    """An English reader by username."""
    return lambda username: speak(client_of(username), ENGLISH)


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_an_english_page_has_no_chinese(reader: Any, who: str, address: str) -> None:
    page = reader(who).get(address, follow_redirects=True).text
    assert '<html lang="en">' in page
    assert chinese_in(page) == []


def test_the_english_door_has_no_chinese(plain: World, anonymous: FlaskClient) -> None:
    door = speak(anonymous, ENGLISH)
    assert chinese_in(door.get("/login").text) == []
    answer = post(door, "/login", {"username": "clerk", "password": "wrong"})
    assert "Username or password is wrong" in answer.text
    assert chinese_in(answer.text) == []


def test_english_forms_details_and_histories_have_no_chinese(reader: Any, make: Any) -> None:
    client = reader("info_supervisor")
    typed = {"name": "Wang", "phone": "12", "level": "1", "kind": "general", "form": "person", "ground": "consent"}
    refused = post(client, "/admin/customer/new/", {**typed, "status": "prospect"}).text
    assert "Not a valid phone number" in refused
    made = make("customer", name="Wang", number="CU-1", owner_id=2, store_id=1, restricted=True)
    page = f"?id={made.public_id}"
    edited = {**typed, "phone": "13800138000", "status": "prospect", "registered_at": "2026-01-05", "version": "1"}
    post(client, f"/admin/customer/edit/{page}", edited)
    shown = client.get(f"/admin/customer/details/{page}").text
    assert "Customer number" in shown
    asked = [client.get(f"/admin/customer/{name}/{page}").text for name in ("edit", "delete", "why")]
    assert [chinese_in(text) for text in (refused, shown, *asked)] == [[]] * 5


def test_english_import_steps_have_no_chinese(reader: Any) -> None:
    client = reader("clerk")
    ledger = "came_at,name,phone\n2026-01-05,Wang,13800138000\n2026-01-06,Li,1\n"
    address = post(client, "/admin/visitor/import/", {"file": (io.BytesIO(ledger.encode()), "visitors.csv")}).location
    reading, check = client.get(address).text, client.get(f"{address}check/").text
    seen = re.search(r'name="seen" value="(\w+)"', check)[1]
    done = client.get(post(client, f"{address}check/", {"write": "good", "seen": seen}).location).text
    assert "1 added" in done or "Added" in done
    assert [chinese_in(page) for page in (reading, check, done)] == [[]] * 3


@pytest.fixture
def batch(plain: World, reader: Any) -> Any:
    """An English clerk's batch of two lines, one of them faulty, and ``asked`` to set what was asked for with it."""
    client = reader("clerk")
    ledger = "came_at,name,phone\n2026-01-05,Wang,13800138000\n2026-01-06,Li,1\n"
    address = post(client, "/admin/visitor/import/", {"file": (io.BytesIO(ledger.encode()), "visitors.csv")}).location

    def asked(of: runs.Asked) -> None:
        with plain.writing() as session:
            session.scalars(select(ImportBatch)).one().asked = of.to_json()

    return SimpleNamespace(client=client, address=address, asked=asked)


def test_english_pages_of_a_batch_that_was_cut_refused_at_work_and_dropped_have_no_chinese(
    batch: Any, plain: World
) -> None:
    client, address = batch.client, batch.address
    place = Workplace(plain.settings.data_dir)
    pages, lists = [], []
    for asked in (runs.Asked(runs.WRITE), runs.Asked(runs.CHECK), runs.Asked(runs.WRITE, failed=kept(nested()))):
        batch.asked(asked)
        pages.append(client.get(f"{address}run/").text)
        lists.append(client.get("/admin/visitor/import/").text)
    assert "R-IMPT-03" in pages[-1]
    batch.asked(runs.Asked(runs.WRITE))
    for stage in ("", "waiting", "reading", "checking", "writing", "keeping"):
        claim = place.claim(address.split("/")[-2])
        claim.report(stage, 1, 2)
        pages.append(client.get(f"{address}run/").text)
        claim.release()
    pages.append(post(client, f"{address}run/", {"answer": "drop"}).text)
    post(client, f"{address}run/", {"answer": "drop", "confirmed": "yes"})
    pages.append(client.get(f"{address}done/").text)
    assert [chinese_in(page) for page in [*pages, *lists]] == [[]] * (len(pages) + len(lists))


def nested() -> Text:
    return say(
        "{reason}（{rule}）",
        reason=say("栏目：{names}", names=several([word("密级"), word("顾客姓名")])),
        rule="R-IMPT-03",
    )


def test_english_pages_of_posts_have_no_chinese_but_their_names(plain: World, reader: Any) -> None:
    with plain.writing() as session:
        settings.put(session, TITLES, {"post": ["clerk"]}, clock.now())
    admin = reader("admin")
    assert [chinese_in(admin.get(f"/people/{page}/").text) for page in ("joining", "titles")] == [[], []]


def test_english_pages_of_people_and_of_the_trail_have_no_chinese(plain: World, reader: Any) -> None:
    with plain.open() as session:
        person = session.get_one(register_named("employee"), PERSON_IDS["clerk"]).public_id
    admin = reader("admin")
    asked = post(
        admin, f"/people/{person}/role/", {"role": "sales_manager", "reason": "needed"}, follow_redirects=True
    ).text
    shown = admin.get(f"/people/{person}/").text
    leaving = admin.get(f"/leaving/{person}/").text
    rights = post(admin, "/rights/?table=visitor", {"role": "clerk", "see": "8"}, follow_redirects=True).text
    trail = reader("auditor").get("/audit/").text
    assert [chinese_in(page) for page in (asked, shown, leaving, rights, trail)] == [[]] * 5


def test_a_traditional_page_has_traditional_characters_and_data_as_it_is(
    plain: World, client_of: Any, make: Any
) -> None:
    make("visitor", name="张会议", received_by="Li", store_id=1)
    page = speak(client_of("clerk"), TRADITIONAL).get("/admin/visitor/").text
    assert '<html lang="zh-Hant">' in page
    assert "顧客姓名" in page
    assert "张会议" in page
    said = re.findall(r"[\u4e00-\u9fff]+", _SWITCH.sub("", page).replace("张会议", ""))
    assert [word for word in said if OpenCC("s2hk").convert(word) != word] == []


def choose(client: Any, language: str, page: str) -> Any:
    """Choose a language on a *page*, which the browser names."""
    return post(client, "/language/", {"language": language}, headers={"Referer": page})


def test_the_switch_keeps_the_page_and_its_query(client_of: Any) -> None:
    client, address = client_of("clerk"), "/admin/visitor/?q=Wang&page=1"
    answer = choose(client, ENGLISH, f"http://localhost{address}")
    assert (answer.status_code, answer.location) == (302, address)
    assert '<html lang="en">' in client.get(address).text
    choose(client, SIMPLIFIED, f"http://localhost{address}")
    assert '<html lang="zh-CN">' in client.get(address).text


@pytest.mark.rule("R-CONF-02")
def test_the_page_does_not_repeat_its_address(client_of: Any) -> None:
    assert "暗语" not in client_of("clerk").get("/admin/visitor/new/?customer_id=暗语").text


@pytest.mark.parametrize(
    "page",
    ["https://elsewhere.example/", "http://localhost//elsewhere.example/", "http://localhost/\\elsewhere.example", ""],
)
def test_the_switch_leads_nowhere_else(client_of: Any, page: str) -> None:
    answer = choose(client_of("clerk"), ENGLISH, page)
    assert (answer.status_code, answer.location) == (302, "/")


def test_a_language_that_is_none_is_refused_and_a_cookie_that_names_none_is_ignored(client_of: Any) -> None:
    client = client_of("clerk")
    assert post(client, "/language/", {"language": "tlh", "next": "/"}).status_code == 400
    assert '<html lang="zh-CN">' in speak(client, "tlh").get("/").text


def test_without_a_choice_the_page_is_in_the_company_s_language_whatever_the_browser_asks_for(client_of: Any) -> None:
    page = client_of("clerk").get("/", headers={"Accept-Language": "en-GB,en"}).text
    assert '<html lang="zh-CN">' in page


def test_whoever_looks_on_as_somebody_else_may_change_the_language(world: World, client_of: Any) -> None:
    client = client_of("admin")
    with world.open() as session:
        person = session.get_one(register_named("employee"), PERSON_IDS["clerk"]).public_id
    post(client, f"/people/{person}/view/")
    assert choose(client, ENGLISH, "http://localhost/").location == "/"
    assert "Viewing as" in client.get("/").text


@pytest.mark.parametrize(
    ("language", "menu"), [(SIMPLIFIED, "日来店顾客登记表"), (ENGLISH, ">Visitors<"), (TRADITIONAL, "日來店顧客登記表")]
)
def test_what_is_kept_for_all_is_kept_by_language(client_of: Any, language: str, menu: str) -> None:
    client = client_of("clerk")
    assert [menu in speak(client, spoken).get("/").text for spoken in (ENGLISH, TRADITIONAL, SIMPLIFIED, language)][-1]


def test_a_file_speaks_the_company_s_language_whoever_fetches_it(client_of: Any, make: Any) -> None:
    make("customer", name="Wang", owner_id=2, store_id=1, intending=True)
    client = speak(client_of("info_supervisor"), ENGLISH)
    file = client.get("/admin/customer/export/csv/?col=name&col=intending&reason=check").get_data(as_text=True)
    assert "客户名称" in file
    assert "Wang,是" in file

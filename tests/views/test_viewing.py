"""Admin looks on as somebody else: only what both may see on any page, nothing done, both names in the trail (R-ROLE-01)."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from admin_app import clock
from admin_app.guard.settings import company_name
from admin_app.models import register_named
from admin_app.operations.accounts import account_of, end_sessions
from admin_app.operations.leaving.duties import may_know
from admin_app.operations.powers import set_powers
from admin_app.permissions import Level, Role
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS, STORE_IDS
from tests.fixtures.records import MOMENT
from tests.fixtures.web import post, token
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-ROLE-01", "R-CONF-02")

EAST, WEST = STORE_IDS.values()
BANNER = "正在以"
CANARY = "鸑鷟"


def public_id(world: World, username: str) -> str:
    with world.open() as session:
        return session.get_one(register_named("employee"), PERSON_IDS[username]).public_id


@pytest.fixture
def looking_on(world: World, client_of: Any) -> Any:
    """``looking_on("clerk")``: admin, or *viewer*, looking on as the clerk."""

    def begin(username: str, viewer: str = "admin") -> Any:
        client = client_of(viewer)
        token(client)  # while the page it is read from is still one's own
        answer = post(client, f"/people/{public_id(world, username)}/view/")
        assert (answer.status_code, answer.location) == (302, "/")
        client.get("/static/favicon.svg").close()  # asked for by nobody, which ends nothing
        assert BANNER in client.get("/").text
        return client

    return begin


def entries(world: World, *events: str) -> list[tuple[str, int | None, dict[str, Any]]]:
    """Event, who and detail of the trail's entries, oldest first."""
    with world.open() as session:
        rows = session.scalars(select(TrailEntry).where(TrailEntry.event.in_(events)).order_by(TrailEntry.seq)).all()
        return [(row.event, row.actor_id, json.loads(row.detail)) for row in rows]


def give(world: World, username: str, roles: set[Role], clearance: Level, **place: Any) -> None:
    with world.writing() as session:
        employee = session.get_one(register_named("employee"), PERSON_IDS[username])
        for name, value in place.items():
            setattr(employee, name, value)
        set_powers(session, employee, frozenset(roles), clearance)


def plain(page: str) -> str:
    """A page without what is new at every answer."""
    return re.sub(r'nonce="[^"]*"|name="csrf_token" value="[^"]*"|<p class="printed">[^<]*</p>', "", page)


# --- what is shown --------------------------------------------------------------------------------------------------


def test_the_menu_is_the_persons_and_a_register_that_admin_has_no_right_to_is_empty(
    make: Any, client_of: Any, looking_on: Any
) -> None:
    made = make("customer", name=f"客户{CANARY}", store_id=EAST)
    real, seen, menu = client_of("general_manager"), looking_on("general_manager"), re.compile(r'href="(/admin/\w+/)"')
    assert set(menu.findall(real.get("/").text)) == set(menu.findall(seen.get("/").text))
    assert CANARY in real.get("/admin/customer/").text
    assert "只显示您本人也有权查看的内容。" in seen.get("/admin/customer/").text
    for page in ("details", "edit", "delete"):
        assert seen.get(f"/admin/customer/{page}/?id={made.public_id}").status_code == 404


def test_what_is_above_admin_changes_no_page_seen_as_the_general_manager(
    world: World, make: Any, client_of: Any, looking_on: Any
) -> None:
    """List, total, filter, search, sort, look-up, title of a link, related tabs, history: alike byte for byte."""
    shown = make("employee", name="看得见的人", store_id=EAST, department_id=8)
    with world.open() as session:
        store = session.get_one(register_named("store"), EAST).public_id
    urls = [
        "/", "/admin/employee/", "/admin/employee/?count=1&size=20&page=2", f"/admin/employee/?q={CANARY}",
        f"/admin/employee/?f-name-op=contains&f-name={CANARY}", f"/admin/employee/?f-store_id={store}",
        "/admin/employee/?sort=name&desc=1", f"/admin/store/details/?id={store}", "/admin/customer/",
        f"/admin/store/details/?id={store}&tab=employee.store_id",
        f"/admin/department/ajax/lookup/?name=head_id&query={CANARY}",
        f"/admin/employee/details/?id={shown.public_id}", f"/admin/store/delete/?id={store}",
    ]  # fmt: skip
    real, seen = client_of("general_manager"), looking_on("general_manager")
    before = {url: plain(seen.get(url).text) for url in urls}
    hidden = make("employee", name=f"看不见的人{CANARY}", store_id=EAST, department_id=8, level=Level.SECRET)
    make("customer", name=f"客户{CANARY}", store_id=EAST, level=Level.SECRET)
    assert {url for url in urls if plain(seen.get(url).text) != before[url]} == set()
    assert seen.get(f"/admin/employee/details/?id={hidden.public_id}").status_code == 404
    assert CANARY in real.get("/admin/employee/?sort=name&desc=1").text
    assert "看得见的人" in before["/admin/employee/?sort=name&desc=1"]


@pytest.mark.parametrize("turned", [False, True], ids=["as the clerk here", "as the clerk there"])
def test_admin_of_one_store_sees_nothing_of_either_store_as_a_clerk_of_the_other(
    turned: bool, world: World, make: Any, looking_on: Any
) -> None:
    mine, theirs, clerk = (WEST, EAST, "clerk") if not turned else (EAST, WEST, "clerk2")
    give(world, "admin", {Role.ADMIN, Role.CLERK}, Level.INTERNAL, store_id=mine)
    made = [make("visitor", name=f"来客{CANARY}{store}", store_id=store) for store in (EAST, WEST)]
    seen = looking_on(clerk)
    for store, one in zip((EAST, WEST), made, strict=True):
        for url in ("/admin/visitor/", "/admin/visitor/?count=1", f"/admin/visitor/details/?id={one.public_id}"):
            assert f"{CANARY}{store}" not in seen.get(url).text, (mine, theirs, url)


@pytest.mark.rule("R-CONF-06")
def test_what_only_one_of_both_reads_is_masked(world: World, make: Any, client_of: Any, looking_on: Any) -> None:
    """The general manager reads the phones of employees, admin does not: neither as themselves nor looking on."""
    made = make("employee", name="有电话的人", phone="13912345678")
    url = f"/admin/employee/details/?id={made.public_id}"
    assert "13912345678" in client_of("general_manager").get("/admin/employee/?q=有电话的人&col=name&col=phone").text
    seen = looking_on("general_manager")
    for page in (url, "/admin/employee/?col=name&col=phone", url.replace("details", "edit")):
        assert "13912345678" not in seen.get(page).text, page
    assert "有电话的人" not in seen.get("/admin/employee/?q=1391234").text


def test_a_page_that_admin_may_not_open_stays_shut_though_the_menu_shows_it(looking_on: Any) -> None:
    for username, url in (("auditor", "/audit/"), ("archive_keeper", "/loans/"), ("store_manager", "/approvals/")):
        seen = looking_on(username)
        assert f'href="{url}"' in seen.get("/").text
        answer = seen.get(url)
        assert answer.status_code == 403
        assert "viewing_as" in answer.text or "R-ROLE-01" in answer.text


# --- nothing is done ------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-SIGN-05")
def test_nothing_is_added_changed_or_taken_away(world: World, make: Any, looking_on: Any) -> None:
    store, seen = make("store", name="旧名店"), looking_on("general_manager")
    base = "/admin/store/"
    posts = {
        f"{base}new/": {"name": "新店"}, f"{base}edit/?id={store.public_id}": {"name": "改名店", "version": "1"},
        f"{base}delete/?id={store.public_id}": {"reason": "试", "confirmed": "yes"}, f"{base}action/": {"do": "void"},
        f"{base}reveal/?id={store.public_id}&field=phone": {"reason": "试"}, "/password": {"password": "x"},
        "/login": {"username": "clerk", "password": "x"}, f"/people/{public_id(world, 'clerk')}/view/": {},
        "/stand-ins/": {"person": "x"},
    }  # fmt: skip
    for url, form in posts.items():
        answer = post(seen, url, form)
        assert answer.status_code == 403, url
        assert "R-ROLE-01" in answer.text, url
    for url in (f"{base}export/csv/?reason=试", f"{base}import/"):
        assert seen.get(url).status_code == 403, url
    with world.open() as session:
        table = register_named("store")
        kept = session.execute(select(table.name, table.version, table.voided_at).where(table.id == store.id)).one()
        assert tuple(kept) == ("旧名店", 1, None)
        assert session.scalar(select(func.count(table.id))) == len(STORE_IDS) + 1
    assert BANNER in seen.get("/").text
    refused = entries(world, "refused")
    assert len(refused) == len(posts) + 2
    assert {(who, detail["code"], detail["viewing_as"]) for _event, who, detail in refused} == {
        (PERSON_IDS["admin"], "viewing_as", PERSON_IDS["general_manager"])
    }


# --- beginning and ending -------------------------------------------------------------------------------------------


@pytest.mark.rule("R-AUDT-01")
def test_begin_views_and_end_are_in_the_trail_with_both_names(
    world: World, make: Any, client_of: Any, looking_on: Any
) -> None:
    give(world, "admin", {Role.ADMIN, Role.INFO_OFFICER}, Level.SECRET)
    made = make("customer", name="一位客户", store_id=EAST, level=Level.SECRET)
    seen = looking_on("general_manager")
    assert "一位客户" in seen.get(f"/admin/customer/details/?id={made.public_id}").text
    assert post(seen, "/viewing/end/").status_code == 302
    page = seen.get("/people/")
    assert (page.status_code, BANNER in page.text) == (200, False)
    admin, manager = PERSON_IDS["admin"], PERSON_IDS["general_manager"]
    told = entries(world, "viewing_begun", "viewed", "viewing_ended")
    assert [(event, who, detail.get("viewing_as")) for event, who, detail in told] == [
        ("viewing_begun", admin, manager), ("viewed", admin, manager), ("viewing_ended", admin, manager),
    ]  # fmt: skip
    trail = client_of("auditor").get("/audit/").text
    assert "以 总经理 的身份" in trail
    assert "开始以他人身份查看" in trail


def test_who_may_not_be_looked_on_as_and_who_may_not_look(world: World, client_of: Any) -> None:
    admin, place = client_of("admin"), f"/people/{public_id(world, 'clerk')}/view/"
    assert post(client_of("general_manager"), place).status_code == 404
    with world.writing() as session:
        account_of(session, PERSON_IDS["clerk"]).disabled = True
    made_no_account = public_id(world, "admin")
    for url, code in ((place, "R-ROLE-01"), (f"/people/{made_no_account}/view/", "R-ROLE-01")):
        answer = post(admin, url)
        assert answer.status_code in (403, 409)
        assert code in answer.text
    assert BANNER not in admin.get("/").text
    assert entries(world, "viewing_begun") == []


def _end_sessions(world: World, username: str) -> None:
    with world.writing() as session:
        end_sessions(session, account_of(session, PERSON_IDS[username]), "powers_changed")


@pytest.mark.rule("R-SIGN-02")
def test_it_ends_when_the_rights_of_the_person_change(world: World, looking_on: Any) -> None:
    seen = looking_on("clerk")
    give(world, "clerk", {Role.CLERK, Role.SALES}, Level.INTERNAL)
    page = seen.get("/people/")
    assert (page.status_code, BANNER in page.text) == (200, False)
    assert [detail["why"] for _event, _who, detail in entries(world, "viewing_ended")] == ["lapsed"]


@pytest.mark.rule("R-SIGN-02")
def test_it_ends_with_the_session_of_who_looks_on(world: World, looking_on: Any) -> None:
    seen, other = looking_on("clerk"), looking_on("clerk2")
    assert post(other, "/logout").location == "/login"
    assert seen.get("/").location.startswith("/login")
    told = entries(world, "viewing_ended")
    assert {(who, detail["viewing_as"], detail["why"]) for _event, who, detail in told} == {
        (PERSON_IDS["admin"], PERSON_IDS["clerk"], "session"), (PERSON_IDS["admin"], PERSON_IDS["clerk2"], "session"),
    }  # fmt: skip


@pytest.mark.rule("R-SIGN-02")
def test_it_ends_after_half_an_hour_in_use(world: World, looking_on: Any) -> None:
    with clock.stopped_at(MOMENT):
        seen = looking_on("clerk")
    for minutes, holds in ((15, True), (30, True), (31, False)):
        with clock.stopped_at(MOMENT + timedelta(minutes=minutes)):
            assert (BANNER in seen.get("/").text) == holds, minutes
    assert [detail["why"] for _event, _who, detail in entries(world, "viewing_ended")] == ["time"]


@pytest.mark.rule("R-SIGN-02")
def test_what_was_sent_too_late_is_not_done_in_ones_own_name_either(world: World, looking_on: Any) -> None:
    with clock.stopped_at(MOMENT):
        seen = looking_on("clerk")
    with clock.stopped_at(MOMENT + timedelta(minutes=20)):
        assert BANNER in seen.get("/").text
    with clock.stopped_at(MOMENT + timedelta(minutes=31)):
        typed = {"valid_from": MOMENT.date().isoformat(), "company_name": "别的公司"}
        assert post(seen, "/settings/", typed).status_code == 403
    with world.open() as session:
        assert company_name(session, MOMENT.date()) != "别的公司"


@pytest.mark.rule("R-SIGN-02")
def test_a_copy_of_the_cookie_does_not_take_it_up_again(looking_on: Any) -> None:
    seen = looking_on("clerk")
    kept = seen.get_cookie("session").value
    post(seen, "/viewing/end/")
    seen.set_cookie("session", kept)
    assert BANNER not in seen.get("/").text


@pytest.mark.rule("R-CUST-09")
def test_a_receipt_tells_no_more_than_who_looks_on_may_know(world: World) -> None:
    manager, admin = world.person("general_manager"), world.person("admin")
    customer = register_named("customer")
    assert may_know(manager, customer, 2)
    assert not may_know(manager.seen_as(admin), customer, 1)

"""What one has at hand: the jump box, favourites, what was opened last; never what one may not see (R-DESK-01, R-CONF-02)."""

import pytest
from sqlalchemy import select

from admin_app.guard.opened import KEPT
from admin_app.models import register_named
from admin_app.permissions import Level
from admin_app.working.at_hand import Favourite, RecentRecord
from tests.fixtures.company import STORE_IDS
from tests.fixtures.web import post

pytestmark = [pytest.mark.rule("R-DESK-01"), pytest.mark.rule("R-CONF-02")]
EAST, WEST = STORE_IDS["城东店"], STORE_IDS["城西店"]


@pytest.fixture
def open_page(client_of):
    """Open the page of a record of *table* as somebody; the status."""

    def opened(username, table, record):
        return client_of(username).get(f"/admin/{table}/details/?id={record.public_id}").status_code

    return opened


def remembered(world):
    with world.open() as session:
        return sorted((row.table_name, row.record_id) for row in session.scalars(select(RecentRecord)))


def jumped(client, text=""):
    return client.get("/jump/", query_string={"q": text, "part": "1"}).text


def test_a_few_characters_find_registers_pages_and_records(client_of, make):
    make("customer", store_id=EAST, name="欧阳明远")
    client = client_of("clerk")
    assert "/admin/visitor/" in jumped(client, "来店")
    assert "欧阳明远" in jumped(client, "欧阳")
    assert "没有找到" in jumped(client, "无此人无此事")


def test_pinyin_initials_find_registers_and_records(client_of, make):
    make("customer", store_id=EAST, name="欧阳明远")
    page = jumped(client_of("clerk"), "oymy")
    assert "欧阳明远" in page
    assert "/admin/visitor/" in jumped(client_of("clerk"), "rldgk")


def test_the_page_without_scripts_finds_the_same(client_of, make):
    make("customer", store_id=EAST, name="欧阳明远")
    answer = client_of("clerk").get("/jump/?q=欧阳")
    assert answer.status_code == 200
    assert "欧阳明远" in answer.text


@pytest.mark.parametrize(
    ("username", "values"),
    [("clerk2", {"store_id": EAST}), ("clerk", {"store_id": EAST, "level": Level.TOP_SECRET})],
    ids=["another store's", "above the clearance"],
)
def test_a_record_that_one_may_not_see_is_not_found(client_of, make, username, values):
    make("customer", name="欧阳明远", **values)
    assert "欧阳明远" not in jumped(client_of(username), "欧阳")


def test_a_register_in_which_one_has_no_part_is_not_found(client_of):
    assert "/admin/credit_survey/" not in jumped(client_of("designer"), "信用")
    assert "/admin/credit_survey/" not in jumped(client_of("designer"), "调查")


def test_a_page_whose_door_does_not_open_is_not_found(client_of):
    assert "/settings/" not in jumped(client_of("clerk"), "设置")
    assert "/settings/" in jumped(client_of("admin"), "设置")


def test_what_was_opened_last_comes_first_and_for_oneself_alone(world, client_of, make, open_page):
    first, second = (make("customer", store_id=EAST, name=name) for name in ("钱先来", "孙后到"))
    assert (open_page("clerk", "customer", first), open_page("clerk", "customer", second)) == (200, 200)
    page = jumped(client_of("clerk"))
    assert page.index("孙后到") < page.index("钱先来")
    assert "钱先来" in client_of("clerk").get("/").text
    assert "钱先来" not in jumped(client_of("store_manager"))
    assert remembered(world) == [("customer", first.id), ("customer", second.id)]


def test_a_record_that_one_sees_no_longer_leaves_what_was_opened_last(world, client_of, make, open_page):
    customer = make("customer", store_id=EAST, name="钱先来")
    open_page("clerk", "customer", customer)
    with world.writing() as session:
        session.get_one(register_named("customer"), customer.id).level = Level.TOP_SECRET
    assert "钱先来" not in jumped(client_of("clerk"))
    assert "钱先来" not in client_of("clerk").get("/").text


def test_only_the_last_opened_are_kept(world, client_of, make, open_page):
    records = [make("customer", store_id=EAST, name=f"客户{number}") for number in range(KEPT + 2)]
    for record in records:
        open_page("clerk", "customer", record)
    assert remembered(world) == sorted(("customer", record.id) for record in records[2:])


@pytest.mark.rule("R-ROLE-01")
def test_who_looks_on_as_somebody_is_not_told_what_they_opened_or_favour(world, client_of, make, open_page):
    customer = make("customer", store_id=EAST, name="钱先来")
    open_page("clerk", "customer", customer)
    post(client_of("clerk"), "/favourites/", {"table": "visitor", "id": "", "kept": "yes"})
    with world.open() as session:
        clerk = session.get_one(register_named("employee"), world.person("clerk").id).public_id
    looking_on = client_of("admin")
    assert post(looking_on, f"/people/{clerk}/view/").status_code == 302
    page = jumped(looking_on)
    assert ("钱先来" in page, "/admin/visitor/" in page) == (False, False)


def test_a_page_refused_is_not_remembered(world, make, open_page):
    hidden = make("customer", store_id=WEST, name="赵西来")
    assert open_page("clerk", "customer", hidden) == 404
    assert remembered(world) == []


def test_a_register_and_a_record_are_favourites_until_taken_back(world, client_of, make):
    customer = make("customer", store_id=EAST, name="钱先来")
    client = client_of("clerk")
    assert post(client, "/favourites/", {"table": "visitor", "id": "", "kept": "yes"}).location == "/admin/visitor/"
    post(client, "/favourites/", {"table": "customer", "id": customer.public_id, "kept": "yes"})
    desk = client.get("/").text
    assert ("日来店顾客登记表" in desk, "钱先来" in desk) == (True, True)
    assert "已收藏" in client.get("/admin/visitor/").text
    post(client, "/favourites/", {"table": "visitor", "id": "", "kept": ""})
    with world.open() as session:
        assert [(row.table_name, row.record_id) for row in session.scalars(select(Favourite))] == [
            ("customer", customer.id)
        ]


def test_what_one_may_not_see_becomes_no_favourite(world, client_of, make):
    hidden = make("customer", store_id=WEST, name="赵西来")
    client = client_of("clerk")
    for sent in ({"table": "customer", "id": hidden.public_id}, {"table": "no_such", "id": ""}):
        assert post(client, "/favourites/", {**sent, "kept": "yes"}).status_code == 404
    with world.open() as session:
        assert session.scalars(select(Favourite)).all() == []

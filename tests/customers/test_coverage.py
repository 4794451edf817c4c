"""How far visits have gone round each officer's customers (R-RELA-02). Now is ten o'clock on 2026-03-11 in Shanghai.

A round of 90 days began on 2025-12-12: December gives 20 days, January 31, February 28, March 11.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from admin_app.models import register_named
from admin_app.operations import records, settings
from admin_app.permissions import Level
from admin_app.rules.coverage import round_began, share
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries

pytestmark = pytest.mark.rule("R-RELA-02")
PAGE = "/customers/coverage/"


def rows(page):
    """Officer -> the figures beside them, as the page shows them."""
    table = page.text.split("</table>")[0]
    found = re.findall(
        r'<th scope="row">(?:<a[^>]*>)?([^<\s]+)[^<]*(?:</a>)?</th>((?:<td class="r">[^<]*</td>)+)', table
    )
    return {name: re.findall(r">([^<]*)</td>", cells) for name, cells in found}


@pytest.fixture
def customer(make):
    """``customer("名", officer, visited=(…days ago))``: the id of somebody's customer, visited on those days."""

    def made(name, officer="customer_manager", visited=(), store=1, **values):
        theirs = {"store_id": store, "owner_id": id_of(officer), "department_id": None}
        plain = {"name": name, "status": "prospect", "registered_at": NOW - timedelta(400), "withdrawn_on": None}
        one = make("customer", **{**plain, **theirs, **values})
        for moment in visited:
            at = moment if isinstance(moment, datetime) else NOW - timedelta(moment)
            make("visit_report", customer_id=one.id, visited_at=at, **theirs)
        return one.id

    return made


@pytest.fixture
def name(world):
    return lambda username: world.person(username).name.split()[0]


@pytest.mark.parametrize("held, visited, percent", [(3, 2, 66), (300, 299, 99), (4, 4, 100), (0, 0, 100)])
def test_the_share_is_rounded_down_so_that_all_means_all(held, visited, percent):
    assert share(held, visited) == percent


def test_a_round_of_ninety_days_begins_on_the_twelfth_of_december():
    assert round_began(date(2026, 3, 11), 90) == date(2025, 12, 12)


def test_a_visit_on_the_first_day_of_the_round_counts_and_one_of_the_day_before_does_not(client_of, customer, name):
    """Shanghai's 12 December begins at 16:00 UTC of the 11th. Three held, one visited: 33 %."""
    customer("首日客", visited=[datetime(2025, 12, 11, 16, tzinfo=UTC)])
    customer("前日客", visited=[datetime(2025, 12, 11, 15, 59, tzinfo=UTC)])
    customer("未来客", visited=[NOW + timedelta(hours=1)])
    page = client_of("customer_manager").get(PAGE)
    assert rows(page) == {name("customer_manager"): ["3", "1", "2", "33%"]}
    assert "首日客" not in page.text


def test_who_was_not_visited_longest_stands_first_and_who_never_was_counts_from_registration(client_of, customer):
    """Visited 100 days ago; never, on file for 200; visited 150 days ago: 200, 150, 100."""
    customer("甲", visited=[100])
    customer("乙", registered_at=NOW - timedelta(200))
    customer("丙", visited=[150, 380])
    page = client_of("customer_manager").get(PAGE).text
    assert re.findall(r">([甲乙丙])</a>", page) == ["乙", "丙", "甲"]
    assert "没有拜访过" in page


def test_who_is_lost_or_withdrew_is_not_to_be_visited(client_of, customer, name):
    customer("在谈客", visited=[3])
    customer("流失客", status="lost")
    customer("撤回客", ground_on=date(2025, 1, 1), withdrawn_on=date(2026, 1, 1))
    page = client_of("customer_manager").get(PAGE)
    assert rows(page) == {name("customer_manager"): ["1", "1", "0", "100%"]}


def test_the_figure_is_the_company_s_own(world, client_of, customer, name):
    customer("甲", visited=[40])
    with world.writing("admin") as session:
        settings.put(session, "visit_round_days", 30, NOW)
    assert rows(client_of("customer_manager").get(PAGE)) == {name("customer_manager"): ["1", "0", "1", "0%"]}


def test_a_head_sees_the_own_store_and_an_officer_only_themselves(client_of, customer, name):
    """East: 2 held, 1 visited, and the adviser's 1; west: 1. The general manager sees all three, the west's head the west's."""
    customer("东一", visited=[1])
    customer("东二")
    customer("东三", officer="sales_adviser")
    customer("西一", officer="customer_manager2", store=2, visited=[2])
    east, adviser, west = (name(one) for one in ("customer_manager", "sales_adviser", "customer_manager2"))
    told = {east: ["2", "1", "1", "50%"], adviser: ["1", "0", "1", "0%"], west: ["1", "1", "0", "100%"]}

    def of(*people):
        return {one: told[one] for one in people}

    assert rows(client_of("customer_manager").get(PAGE)) == of(east)
    assert rows(client_of("store_manager").get(PAGE)) == of(east, adviser)
    assert rows(client_of("store_manager2").get(PAGE)) == of(west)
    assert rows(client_of("general_manager").get(PAGE)) == of(east, adviser, west)


@pytest.mark.rule("R-CONF-02", "R-CONF-03")
def test_who_may_not_see_a_customer_or_a_visit_does_not_get_them_counted(world, client_of, customer, name):
    """The head of the store reads up to 秘密: of three customers one is 绝密, of the visits to the others one is."""
    hidden, half = customer("绝密客", visited=[1]), customer("半密客", visited=[1])
    customer("常客", visited=[1])
    with world.writing() as session:
        visit = register_named("visit_report")
        session.get_one(register_named("customer"), hidden).level = Level.TOP_SECRET
        session.query(visit).filter(visit.customer_id == half).one().level = Level.TOP_SECRET
    page = client_of("store_manager").get(PAGE)
    assert rows(page) == {name("customer_manager"): ["2", "1", "1", "50%"]}
    assert "绝密客" not in page.text


@pytest.mark.rule("R-CONF-03")
def test_the_page_is_there_for_officers_and_leaders_alone(client_of):
    there = ("customer_manager", "sales", "sales_adviser", "service_adviser", "store_manager", "marketing_manager",
             "sales_manager", "service_manager", "director", "general_manager")  # fmt: skip
    not_there = (
        "clerk",
        "designer",
        "service_officer",
        "call_agent",
        "archive_keeper",
        "info_officer",
        "hr",
        "auditor",
        "admin",
    )
    told = {username: client_of(username).get(PAGE).status_code for username in (*there, *not_there)}
    assert told == {**dict.fromkeys(there, 200), **dict.fromkeys(not_there, 404)}


@pytest.mark.rule("R-CONF-02")
def test_somebody_else_s_list_is_not_there_for_an_officer(world, client_of, customer):
    customer("东一")
    customer("西一", officer="customer_manager2", store=2)
    with world.open() as session:
        other = session.get_one(register_named("employee"), id_of("customer_manager2")).public_id
    assert client_of("customer_manager").get(f"{PAGE}?officer={other}").status_code == 404
    assert "西一" in client_of("general_manager").get(f"{PAGE}?officer={other}").text


def test_the_queries_grow_neither_with_customers_nor_with_officers_and_pages_follow(world, client_of, customer):
    """Sixty unvisited customers of one officer: 50, then 10 on the second page."""
    client, numbers = client_of("general_manager"), []
    customer("第一位")
    for more in (0, 59):
        with world.writing() as session:
            given = {"store_id": 1, "owner_id": id_of("customer_manager"), "registered_at": NOW - timedelta(9),
                     "status": "prospect", "kind": "general", "form": "person", "ground": "consent"}  # fmt: skip
            for n in range(more):
                records.create(session, register_named("customer"), {**given, "name": f"客{n}", "phone": f"139{n:08}"})
        if more:
            customer("别人的", officer="sales_adviser")
        client.get(PAGE)
        with counted_queries(world) as asked:
            page = client.get(PAGE)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
    assert "共 60 条，第 1 / 2 页" in page.text and page.text.count("没有拜访过") == 50
    assert client.get(f"{PAGE}?page=2").text.count("没有拜访过") == 10

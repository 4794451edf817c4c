"""Follow-ups of the month on a page of their own, and a call noted by one click (R-FOLL-01). Now is ten o'clock on 2026-03-11."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from admin_app.models import register_named
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-FOLL-01")
PAGE = "/customers/follow-up/"
TODAY = NOW.date()


def cells(page, table):
    """First cell of each row -> the others, of that table of the page."""
    found = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", page.text.split("</table>")[table], re.DOTALL)
    plain = [
        (re.sub("<[^>]+>", "", name).split()[0], re.findall(r"<td[^>]*>(?!<form)([^<]*)</td>", row))
        for name, row in found
    ]
    return dict(plain)


@pytest.fixture
def customer(make):
    """``customer("甲", "A", contacts=2)``: somebody's customer since last year, contacted on so many days from 1 March on."""

    def made(name, grade, contacts=0, officer="customer_manager", **values):
        theirs = {"store_id": 1, "owner_id": id_of(officer)}
        plain = {"name": name, "status": "prospect", "withdrawn_on": None, "registered_at": NOW - timedelta(200)}
        one = make("customer", **{**plain, "grade": grade, **theirs, **values})
        for day in range(1, contacts + 1):
            contact(make, one.id, NOW.replace(day=day), officer)
        return one

    return made


def contact(make, customer, at: datetime, officer="customer_manager", **values):
    told = {"completed": True, "next_on": None, "store_id": 1, "owner_id": id_of(officer), **values}
    return make("follow_up", customer_id=customer, happened_at=at, **told)


def test_who_needs_how_many_is_counted_by_grade_made_and_missing(client_of, customer, world):
    """A 4 with 1, B 3 with 3, C 2 with 5: 2 count, D 1 with none; 10 needed, 1 + 3 + 2 made, 4 missing."""
    customer("甲", "A", 1)
    customer("乙", "B", 3)
    customer("丙", "C", 5)
    customer("丁", "D")
    page = client_of("customer_manager").get(PAGE)
    assert cells(page, 0) == {world.person("customer_manager").name: ["10", "6", "4", "0"]}
    assert {name: row[:4] for name, row in cells(page, 1).items()} == {
        "甲": ["A", "4", "1", "3"], "丁": ["D", "1", "0", "1"],
    }  # fmt: skip


def test_a_customer_of_this_month_needs_fewer_and_without_grade_or_consent_none(client_of, customer, world):
    """A registered on 11 March: 21 of 31 days are left, 4 × 21/31 = 2.7, so 2. Who withdrew in March needs none."""
    customer("新", "A", registered_at=NOW)
    customer("无级", None)
    customer("撤回", "A", ground_on=date(2026, 1, 1), withdrawn_on=date(2026, 3, 5))
    page = client_of("customer_manager").get(PAGE)
    assert cells(page, 0) == {world.person("customer_manager").name: ["2", "0", "2", "0"]}
    assert list(cells(page, 1)) == ["新"]


def test_what_counts_is_one_contact_a_day_of_this_month_that_came_about(client_of, customer, make, world):
    """Two on one day, one in February, one that reached nobody: one of three is made."""
    one = customer("乙", "B").id
    for at in (NOW - timedelta(hours=1), NOW - timedelta(minutes=5), NOW - timedelta(20)):
        contact(make, one, at)
    contact(make, one, NOW - timedelta(1), completed=False)
    assert cells(client_of("customer_manager").get(PAGE), 0) == {
        world.person("customer_manager").name: ["3", "1", "2", "0"]
    }


def test_a_contact_agreed_for_today_is_due_though_nothing_is_missing(client_of, customer, make, world):
    one = customer("丁", "D").id
    contact(make, one, NOW - timedelta(2), next_on=TODAY)
    page = client_of("customer_manager").get(PAGE)
    assert cells(page, 0) == {world.person("customer_manager").name: ["1", "1", "0", "1"]}
    assert cells(page, 1)["丁"][4].startswith("2026-03-11")
    contact(make, one, NOW)
    page = client_of("customer_manager").get(PAGE)
    assert cells(page, 0) == {world.person("customer_manager").name: ["1", "1", "0", "0"]}
    assert "本月都追访到了" in page.text


@pytest.mark.rule("R-CONF-02")
def test_a_manager_sees_their_own_month_and_the_head_of_the_store_that_of_everybody_there(client_of, customer, world):
    customer("甲", "A")
    customer("别店客", "B", officer="customer_manager2", store_id=2)
    mine, other = (world.person(who).name for who in ("customer_manager", "customer_manager2"))
    assert list(cells(client_of("customer_manager").get(PAGE), 0)) == [mine]
    assert list(cells(client_of("store_manager").get(PAGE), 0)) == [mine]
    assert set(cells(client_of("general_manager").get(PAGE), 0)) == {mine, other}
    assert "别店客" not in client_of("store_manager").get(PAGE).text
    assert client_of("clerk").get(PAGE).status_code == 404
    for who, name in (("customer_manager", "customer_manager2"), ("store_manager", "customer_manager2")):
        with world.open() as session:
            address = session.get_one(register_named("employee"), id_of(name)).public_id
        assert client_of(who).get(f"{PAGE}?officer={address}").status_code == 404


def calls(world):
    one = register_named("follow_up")
    with world.open() as session:
        return session.scalars(select(one).order_by(one.id)).all()


def test_one_click_notes_a_call_and_it_counts(world, client_of, customer):
    one = customer("丁", "D")
    client = client_of("customer_manager")
    assert "登记电话" in client.get(PAGE).text
    assert post(client, PAGE, {"customer": one.public_id}).status_code == 302
    (made,) = calls(world)
    assert (made.customer_id, made.happened_at, made.method, made.completed, made.by_id, made.owner_id, made.grade) == (
        one.id, NOW, "phone", True, id_of("customer_manager"), id_of("customer_manager"), "D",
    )  # fmt: skip
    assert "本月都追访到了" in client.get(PAGE).text
    with world.open() as session:
        assert session.get_one(register_named("customer"), one.id).last_contact_at == NOW


@pytest.mark.parametrize(
    "who, values, status",
    [
        ("store_manager", {}, 403),
        ("customer_manager2", {}, 403),
        ("clerk", {}, 404),
        ("customer_manager", {"ground_on": date(2026, 1, 1), "withdrawn_on": date(2026, 3, 11)}, 409),
    ],
)
def test_a_call_with_somebody_elses_customer_or_one_who_withdrew_is_refused(
    world, client_of, customer, who, values, status
):
    """Whoever doesn't see the customer at all finds nothing."""
    one = customer("丁", "D", **values)
    answer = post(client_of(who), PAGE, {"customer": one.public_id})
    assert answer.status_code in ({status, 404} if who == "customer_manager2" else {status})
    assert calls(world) == []


def test_the_questions_do_not_grow_with_the_customers(world, client_of, customer, make):
    client = client_of("customer_manager")
    client.get(PAGE)
    asked = []
    for names in ("甲乙", "丙丁戊己庚辛"):
        for name in names:
            contact(make, customer(name, "A").id, NOW - timedelta(3), next_on=TODAY)
        with counted_queries(world) as statements:
            client.get(PAGE)
        asked.append(len(statements))
    assert asked[0] == asked[1]


@pytest.mark.rule("R-DESK-01")
def test_who_is_still_to_be_contacted_stands_on_the_desk_of_whose_customers_they_are(client_of, customer):
    """甲 lacks three of four, 丁 has its one; the head of the store looks after nobody."""
    customer("甲要追访", "A", 1)
    customer("丁已追访", "D", 1)
    page = client_of("customer_manager").get("/").text
    assert "甲要追访" in page and "应追访 4 次，已 1 次" in page and "丁已追访" not in page
    assert "应追访" not in client_of("store_manager").get("/").text

"""Birthdays, holidays and activities come up by themselves for who looks after the customers (R-RELA-02). Today is 2026-03-11."""

from datetime import date, timedelta

import pytest

from admin_app.models import register_named
from admin_app.permissions import Level
from admin_app.rules.care import birthdays_ahead, fits, holidays_ahead
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries

pytestmark = pytest.mark.rule("R-RELA-02")
PAGE, TODAY = "/customers/care/", NOW.date()


@pytest.fixture
def customer(make):
    """``customer("名", …)``: the id of a customer of the customer manager's."""

    def made(name="钱先来", officer="customer_manager", **values):
        plain = {"name": name, "status": "prospect", "withdrawn_on": None, "store_id": 1, "owner_id": id_of(officer)}
        return make("customer", **{**plain, **values}).id

    return made


@pytest.fixture
def born(make, customer):
    """``born("名", month, day)``: a contact person of one of the customer manager's customers, of their own unless told."""

    def made(name, month, day, table="contact_person", of=None, **values):
        theirs = {"customer_id": of or customer(), "store_id": 1, "owner_id": id_of("customer_manager")}
        return make(table, name=name, birthday=date(1980, month, day), **theirs, **values).id

    return made


def test_a_window_of_a_week_reaches_over_the_year_and_leap_days_are_kept_the_day_before():
    """From 28 December seven days on: 4 January. From 25 February 2026, a common year: the 29th on the 28th; in 2028 on its day."""
    assert birthdays_ahead(date(2026, 12, 28), 7)[1, 4] == date(2027, 1, 4)
    assert (1, 5) not in birthdays_ahead(date(2026, 12, 28), 7)
    assert birthdays_ahead(date(2026, 2, 25), 7)[2, 29] == date(2026, 2, 28)
    assert birthdays_ahead(date(2028, 2, 25), 7)[2, 29] == date(2028, 2, 29)
    assert (2, 29) not in birthdays_ahead(date(2028, 2, 21), 7)


def test_a_holiday_is_told_once_on_its_first_day_and_not_once_it_has_begun():
    """In 2026 new year's eve is 16 February, the spring festival the 17th to the 19th, with days off that only lengthen it."""
    said = [(day, str(name)) for day, name in holidays_ahead(date(2026, 2, 12), 12)]
    assert said == [(date(2026, 2, 16), "除夕"), (date(2026, 2, 17), "春节")]
    assert holidays_ahead(date(2026, 2, 18), 7) == []


@pytest.mark.parametrize("of, estate, concerns, fit", [
    (5, 5, {"price"}, True), (5, 6, {"promotion"}, False), (5, None, {"promotion"}, False),
    (None, 6, {"promotion", "price"}, True), (None, 6, {"price"}, False),
])  # fmt: skip
def test_an_activity_fits_its_estate_s_customers_or_those_who_ask_for_offers(of, estate, concerns, fit):
    assert fits(of, frozenset(), estate, concerns) is fit


@pytest.mark.parametrize("of, estate, concerns, fit", [
    (None, 6, {"materials", "price"}, True), (None, 6, {"promotion"}, False), (None, None, set(), False),
    (5, 5, {"craft"}, True), (5, 6, {"craft"}, False), (5, 5, {"price"}, False),
])  # fmt: skip
def test_a_new_product_fits_who_asks_for_what_it_suits_within_its_estate_if_it_has_one(of, estate, concerns, fit):
    """A product for who asks for materials or craft: offers alone are no reason."""
    assert fits(of, {"materials", "craft"}, estate, concerns) is fit


def test_birthdays_of_cards_contact_persons_and_children_come_up_in_their_order(client_of, world, customer, born):
    """Today, in three days, in seven; in eight is too far; yesterday is over."""
    one = customer()
    for name, day in (("联系人甲", 14), ("联系人乙", 19), ("联系人丙", 10)):
        born(name, 3, day, of=one)
    born("卡上人", 3, 11, "relationship_card", of=one, state="valid")
    with world.writing() as session:
        register = register_named("customer_profile")
        profile = register(customer_id=one, registered_on=TODAY, store_id=1, owner_id=id_of("customer_manager"))
        lines = register.__mapper__.relationships["children"].mapper.class_
        profile.children = [
            lines(name="小宝", born_on=date(2015, 3, 18)),
            lines(name="大宝", born_on=date(2012, 4, 18)),
        ]
        session.add(profile)
    page = client_of("customer_manager").get(PAGE).text
    at = [page.find(name) for name in ("卡上人", "联系人甲", "小宝")]
    assert at == sorted(at) and -1 not in at
    assert not any(name in page for name in ("联系人乙", "联系人丙", "大宝"))
    assert "卡上人 生日" in client_of("customer_manager").get("/").text


def test_one_person_on_two_cards_comes_up_once(client_of, customer, born):
    one = customer()
    born("陈女士", 3, 12, of=one)
    born("陈女士", 3, 12, "relationship_card", of=one, state="valid")
    assert client_of("customer_manager").get(PAGE).text.count("陈女士") == 1


@pytest.mark.rule("R-CONF-02", "R-CONF-06")
def test_who_does_not_read_a_birthday_is_not_told_of_it(world, client_of, customer, born):
    """A colleague's customer, one who withdrew, a card above one's level: nothing comes up of them."""
    born("同事的", 3, 12, of=customer(officer="sales_adviser"))
    born("撤回的", 3, 12, of=customer(ground_on=date(2025, 1, 1), withdrawn_on=date(2026, 1, 1)))
    secret = born("绝密的", 3, 12)
    born("我的", 3, 12)
    with world.writing() as session:
        session.get_one(register_named("contact_person"), secret).level = Level.TOP_SECRET
    page = client_of("customer_manager").get(PAGE).text
    assert [name for name in ("同事的", "撤回的", "绝密的", "我的") if name in page] == ["我的"]


@pytest.mark.rule("R-CONF-06")
def test_who_gets_birthdays_masked_has_no_entry(world, client_of, customer, born):
    """A store manager reads birthdays with a reason only: of their own customer nothing comes up, here or on the desk."""
    born("店长的客", 3, 12, of=customer(officer="store_manager"))
    assert client_of("store_manager").get(PAGE).status_code == 404
    assert "店长的客" not in client_of("store_manager").get("/").text


def test_activities_that_fit_come_up_while_they_run_or_are_near(client_of, make, customer):
    """One of the estate of two of mine, one for everybody who asks for offers (one of mine), one of last week, one of no use."""
    here, there = make("estate").id, make("estate").id
    customer(estate_id=here, concerns=("price",))
    customer(estate_id=here, concerns=("promotion",))
    common = {"store_id": 1, "owner_id": id_of("customer_manager"), "state": "planned"}
    for name, estate, first, last in (
        ("小区团购", here, -3, 3), ("春季优惠", None, 5, 9), ("上周优惠", None, -9, -1), ("别处团购", there, 0, 3),
        ("下月优惠", None, 20, 30),
    ):  # fmt: skip
        days = {"from_on": TODAY + timedelta(first), "until_on": TODAY + timedelta(last)}
        make("campaign", name=name, estate_id=estate, suits=None, **days, **common)
    page = client_of("customer_manager").get(PAGE).text
    assert [name for name in ("小区团购", "春季优惠", "上周优惠", "别处团购", "下月优惠") if name in page] == [
        "小区团购",
        "春季优惠",
    ]
    assert ("适合您的客户 2 位" in page, "适合您的客户 1 位" in page) == (True, True)


def test_a_new_product_comes_up_with_how_many_of_mine_it_suits(client_of, make, customer):
    """Two of mine ask for materials, one for the price; the colleague's doesn't count. What suits none of mine isn't told."""
    for concerns in (("materials",), ("materials", "price"), ("price",)):
        customer(concerns=concerns)
    customer(officer="sales_adviser", concerns=("materials",))
    common = {
        "store_id": 1,
        "owner_id": id_of("customer_manager"),
        "state": "planned",
        "from_on": TODAY,
        "estate_id": None,
    }
    for name, suits in (("无醛板材上市", ("materials", "craft")), ("智能锁上市", ("reputation",))):
        make("campaign", name=name, suits=suits, until_on=TODAY, **common)
    page = client_of("customer_manager").get(PAGE).text
    assert ("无醛板材上市" in page, "智能锁上市" in page, "适合您的客户 2 位" in page) == (True, False, True)


@pytest.mark.rule("R-CONF-03")
def test_the_page_is_there_for_who_looks_after_customers_alone(client_of):
    there = ("customer_manager", "sales", "sales_adviser", "service_adviser")
    not_there = (
        "clerk",
        "designer",
        "store_manager",
        "service_officer",
        "general_manager",
        "archive_keeper",
        "hr",
        "admin",
    )
    told = {username: client_of(username).get(PAGE).status_code for username in (*there, *not_there)}
    assert told == {**dict.fromkeys(there, 200), **dict.fromkeys(not_there, 404)}


def test_the_queries_do_not_grow_with_the_birthdays(world, client_of, customer, born):
    client, numbers = client_of("customer_manager"), []
    for names in ("甲", "乙丙丁"):
        for name in names:
            born(name, 3, 12)
        client.get(PAGE)
        with counted_queries(world) as asked:
            client.get(PAGE)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]

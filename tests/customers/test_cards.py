"""Relationship cards that nobody has confirmed for ninety days show as stale (R-RELA-01). Today is 2026-03-11."""

from datetime import UTC, date, datetime, timedelta

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.customers.cards import note_stale_cards
from admin_app.rules.cards import standing
from tests.fixtures.queries import counted_queries
from tests.fixtures.records import make_record

CARD, TODAY = "relationship_card", date(2026, 3, 11)


@pytest.mark.rule("R-RELA-01")
@pytest.mark.parametrize("state, confirmed, anew, found", [
    ("valid", date(2025, 12, 12), False, "valid"),  # 19 days of December, 31, 28, 11: the 89th day
    ("valid", date(2025, 12, 11), False, "changed"),  # the 90th
    ("valid", date(2025, 12, 11), True, "changed"),  # confirmed as of a day that is too long ago
    ("changed", date(2026, 3, 11), True, "valid"),
    ("changed", date(2026, 3, 11), False, "changed"),  # somebody knows that it has changed
    ("ended", date(2025, 1, 1), True, "ended"),
])  # fmt: skip
def test_a_card_is_stale_ninety_days_after_it_was_confirmed(state, confirmed, anew, found):
    assert standing(state, confirmed, anew, TODAY, 90) == found


@pytest.fixture
def card(world):
    """``card(made_on, checked_on)``: the id of a card of one of the customer manager's customers."""

    def written(made_on, checked_on=None, **values):
        with world.writing() as session:
            mine = {"store_id": 1, "owner_id": world.person("customer_manager").id}
            customer = make_record(session, "customer", **mine).id
            told = {"customer_id": customer, "name": "陈女士", "made_on": made_on, "checked_on": checked_on, **values}
            return records.create(session, register_named(CARD), {**told, "store_id": 1}).id

    return written


def state_of(world, id_):
    with world.open() as session:
        return session.get_one(register_named(CARD), id_).state


@pytest.mark.rule("R-RELA-01")
def test_the_night_finds_what_nobody_confirmed_and_confirming_makes_it_good(world, card):
    """Confirmed on 12 December: good on 11 March, stale on the 12th. Made on 11 December and never confirmed: stale at once."""
    due, never = card(date(2025, 6, 1), date(2025, 12, 12)), card(date(2025, 12, 11))
    ended = card(date(2025, 1, 1), state="ended")
    assert [state_of(world, one) for one in (due, never, ended)] == ["valid", "changed", "ended"]
    for _ in range(2):  # run again, it changes nothing
        with world.writing() as session:
            note_stale_cards(session, datetime(2026, 3, 12, 2, tzinfo=UTC))
    assert [state_of(world, one) for one in (due, never, ended)] == ["changed", "changed", "ended"]
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named(CARD), never), {"checked_on": TODAY})
    assert [state_of(world, one) for one in (due, never, ended)] == ["changed", "valid", "ended"]


@pytest.mark.rule("R-RELA-01", "R-DESK-01")
def test_a_stale_card_stands_on_its_holder_s_desk_until_it_is_confirmed(world, client_of, card):
    stale = card(date(2025, 12, 11), name="陈待核")
    card(date(2026, 3, 1), name="新卡客")
    card(date(2025, 1, 1), name="停卡客", state="ended")
    page = client_of("customer_manager").get("/").text
    assert [name for name in ("陈待核", "新卡客", "停卡客") if name in page] == ["陈待核"]
    assert "陈待核" not in client_of("store_manager").get("/").text
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named(CARD), stale), {"checked_on": TODAY})
    assert "陈待核" not in client_of("customer_manager").get("/").text


@pytest.mark.rule("R-RELA-01", "R-CONF-02")
def test_the_card_is_kept_apart_from_the_customer(world, client_of, card):
    """The front desk keeps the customer and has no right to the card: no tab, no list, no page, no hit, nothing in the jump box."""
    id_ = card(TODAY, name="卡上独名", key_customer=True, workplace="梧桐路实业")
    with world.open() as session:
        kept = session.get_one(register_named(CARD), id_)
        customer = session.get_one(register_named("customer"), kept.customer_id).public_id
    clerk, manager = client_of("clerk"), client_of("customer_manager")

    def told(client):
        page = client.get(f"/admin/customer/details/?id={customer}")
        assert page.status_code == 200
        jumps = client.get("/jump/", query_string={"q": "客户关系卡", "part": "1"}).text
        named = client.get("/jump/", query_string={"q": "卡上独名", "part": "1"}).text
        return "客户关系卡" in page.text, "/admin/relationship_card/" in jumps, kept.public_id in named

    assert told(manager)[:2] == (True, True)
    assert told(clerk) == (False, False, False)
    addresses = ("/admin/relationship_card/", f"/admin/relationship_card/details/?id={kept.public_id}")
    assert [clerk.get(one).status_code for one in addresses] == [404, 404]
    assert [manager.get(one).status_code for one in addresses] == [200, 200]
    assert customer not in clerk.get("/admin/customer/", query_string={"q": "卡上独名"}).text


@pytest.mark.rule("R-RELA-01", "R-DESK-01", "R-CONF-02")
def test_all_stale_cards_stand_on_a_page_of_their_own_whose_queries_do_not_grow(world, client_of, card):
    client, asked = client_of("customer_manager"), []
    for names in ("甲", "乙丙丁"):
        for name in names:
            card(date(2025, 12, 1), name=f"待核{name}")
        client.get("/stale-cards/")
        with counted_queries(world) as statements:
            page = client.get("/stale-cards/").text
        asked.append(len(statements))
    assert [f"待核{name}" in page for name in "甲乙丙丁"] == [True] * 4
    assert asked[0] == asked[1]
    for other in ("store_manager", "customer_manager2", "clerk"):
        assert "待核" not in client_of(other).get("/stale-cards/").text.replace("待核实", "")


@pytest.mark.rule("R-RELA-01", "R-DESK-01")
def test_stale_cards_beyond_fifty_stand_on_the_next_page(client_of, card):
    """53 cards, the longest unconfirmed first: the three latest are on the second page."""
    for number in range(53):
        card(date(2025, 1, 1) + timedelta(number), name=f"待核{number:02}")
    client = client_of("customer_manager")
    first, second = (client.get(f"/stale-cards/?page={page}").text for page in (1, 2))
    assert [name in first for name in ("待核00", "待核49", "待核50")] == [True, True, False]
    assert [name in second for name in ("待核49", "待核50", "待核52")] == [False, True, True]
    assert "共 53 条，第 1 / 2 页" in first and '<b class="count">53</b>' in second

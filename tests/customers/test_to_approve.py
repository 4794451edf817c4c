"""Plans of visits, hospitality and gifts stand on the desk of who approves them (R-VISI-01, R-DESK-01)."""

from decimal import Decimal

import pytest

from admin_app.models import register_named
from admin_app.operations import records, signatures
from tests.customers.conftest import NOW, id_of
from tests.fixtures.records import make_record, values_of

pytestmark = pytest.mark.rule("R-VISI-01", "R-DESK-01")


@pytest.fixture
def form(world):
    """``form("gift", …)``: the id of a form of the east store's customer manager, or of another there."""

    def written(table, who="customer_manager", **values):
        register, mine = register_named(table), {"store_id": 1, "owner_id": id_of(who)}
        with world.writing() as session:
            customer = make_record(session, "customer", name="梁先生", **mine).id
            whole = values_of(session, register, customer_id=customer, **mine, **values)
        with world.writing(who) as session:
            return records.add(session, register, whole).id

    return written


def approve(world, table, id_, who, field="approved_by_id"):
    with world.writing(who) as session:
        one = session.get_one(register_named(table), id_)
        signatures.sign(session, one, one.faces[field], one.version, NOW, NOW)


def on_desk(client):
    return client.get("/to-sign/").text.split("<main", 1)[1]


@pytest.mark.parametrize(
    "table, title, values",
    [
        ("visit_plan", "客户拜访计划", {"tools": ["catalogue"], "purposes": ["need"]}),
        ("hospitality", "客户招待管理表", {"budget": Decimal(600)}),
        ("gift", "客户礼品赠送登记表", {"budget": Decimal(200)}),
    ],
)
def test_what_a_manager_writes_stands_with_the_head_of_their_store_until_it_is_approved(
    world, client_of, form, table, title, values
):
    """Not with who wrote it, not with another store's head, and not with those above whose own it isn't."""
    id_ = form(table, **values)
    assert title in on_desk(client_of("store_manager"))
    for who in ("customer_manager", "store_manager2", "general_manager", "director", "clerk"):
        assert title not in on_desk(client_of(who)), who
    approve(world, table, id_, "store_manager")
    assert title not in on_desk(client_of("store_manager"))
    with world.open() as session:
        assert session.get_one(register_named(table), id_).approved_by_id == id_of("store_manager")


@pytest.mark.rule("R-ROLE-04")
def test_what_the_head_hands_over_themselves_stands_with_those_above(client_of, form):
    form("gift", budget=Decimal(300), given_by_id=id_of("store_manager"))
    assert "客户礼品赠送登记表" not in on_desk(client_of("store_manager"))
    assert "客户礼品赠送登记表" in on_desk(client_of("general_manager"))


def test_a_gift_without_a_budget_waits_for_nobody_and_with_one_it_does(world, client_of, form):
    id_ = form("gift", budget=None)
    assert "客户礼品" not in on_desk(client_of("store_manager"))
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named("gift"), id_), {"budget": Decimal(80)})
    assert "客户礼品" in on_desk(client_of("store_manager"))


def test_what_hospitality_cost_above_its_budget_stands_with_the_leadership(world, client_of, form):
    """600 approved; 560 spent waits for nobody, 650 is 50 over."""
    id_, director = form("hospitality", budget=Decimal(600)), client_of("director")
    approve(world, "hospitality", id_, "store_manager")
    for cost, waits in ((560, False), (650, True)):
        with world.writing("customer_manager") as session:
            one = session.get_one(register_named("hospitality"), id_)
            records.change(session, one, {"cost": Decimal(cost), "over_reason": "临时加席"})
        page = on_desk(director)
        assert ("待签：超支批准" in page, "客户招待管理表" in page) == (waits, waits)
    approve(world, "hospitality", id_, "director", "over_approved_by_id")
    assert "客户招待管理表" not in on_desk(director)


def test_what_was_refused_or_dropped_waits_no_more(client_of, form):
    form("hospitality", budget=Decimal(600), state="refused")
    form("visit_plan", state="dropped")
    page = on_desk(client_of("store_manager"))
    assert ("客户招待管理表" in page, "客户拜访计划" in page) == (False, False)


@pytest.mark.rule("R-CONF-02")
def test_what_lies_above_somebody_is_neither_shown_nor_counted(world, client_of, form):
    id_ = form("gift", budget=Decimal(200))
    with world.writing() as session:
        session.get_one(register_named("gift"), id_).level = 4
    page = client_of("store_manager").get("/").text
    assert "待签字的表单" not in page and "梁先生" not in page


def test_they_count_on_the_desk(client_of, form):
    for _ in range(3):
        form("gift", budget=Decimal(200))
    page = client_of("store_manager").get("/").text
    assert page.count("待签：批准人") == 3 and "待签字的表单" in page

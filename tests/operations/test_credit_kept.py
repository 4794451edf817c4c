"""What stays of a shipment once it left, what money counts, and by which credit goods are judged later (R-CRED-01 … 03)."""

from datetime import date
from decimal import Decimal

import pytest

from admin_app.models import register_named
from admin_app.operations import records, settings
from admin_app.operations.credit import bad_debts, overview
from tests.fixtures.company import PERSON_IDS
from tests.operations.test_credit import NOW, TODAY, Shop, code


@pytest.fixture
def shop(world):
    return Shop(world)


def edit(shop, shipment, who="sales", **values):
    with shop.acting(who) as session:
        records.change(session, session.get_one(register_named("shipment"), shipment), values)


@pytest.mark.rule("R-CRED-02", "R-CRED-03")
def test_goods_that_left_on_a_signature_keep_it_and_what_they_left_as(shop):
    shop.credit()
    shop.invoice(20, 90)
    first = shop.send(20, "first_over")
    edit(shop, first, clerk_id=PERSON_IDS["sales2"])
    shop.sign(first, "sales_manager")
    shop.sign(first, "sales2", "delivered_by_id")
    edit(shop, first, carrier="顺达物流", remark="已送到")
    assert shop.get("shipment", first).signed_by_id == PERSON_IDS["sales_manager"]
    for values in ({"amount": Decimal(19)}, {"due_on": date(2027, 1, 1)}, {"prepaid": True}):
        assert code(edit, shop, first, **values) == "locked", values
    assert shop.get("shipment", first).signed_by_id == PERSON_IDS["sales_manager"]


@pytest.mark.rule("R-CRED-01", "R-CRED-02")
def test_what_was_remitted_counts_once_of_prepaid_shipments_alone_and_stays_as_told(shop):
    """Within: 7 typed count nothing. Prepaid: 20 count; with 12 booked before and 8 after, 20 still."""
    shop.credit()
    within = shop.invoice(9, 50, prepaid=True, prepaid_amount=Decimal(7))
    assert shop.get("shipment", within).paid_amount == 0
    prepaid = shop.invoice(5, 20, "prepaid", prepaid=True, prepaid_amount=Decimal(20))
    assert shop.get("shipment", prepaid).paid_amount == 20
    shop.receive(6, 12)
    assert [shop.get("shipment", one).paid_amount for one in (within, prepaid)] == [0, 20]
    shop.receive(1, 8, shipment_id=prepaid)
    assert [shop.get("shipment", one).paid_amount for one in (within, prepaid)] == [0, 20]
    shop.receive(1, 8)
    assert shop.get("shipment", within).paid_amount == 8
    assert code(edit, shop, prepaid, prepaid_amount=Decimal(19)) == "locked"
    assert code(edit, shop, within, kind="prepaid") == "locked"


@pytest.mark.rule("R-CRED-02", "R-CRED-03")
def test_goods_of_another_day_are_judged_by_its_credit_when_signed_sent_and_owed_for(shop):
    """Without credit; then with it, a first of 40, not under a third of 90."""
    gone = shop.invoice(30, 90, clerk_id=PERSON_IDS["sales2"])
    assert code(shop.sign, gone, "sales2", "delivered_by_id") == "incomplete"
    with shop.acting("sales_manager") as session:
        assert [one.id for one in overview.without_approval(session)] == [gone]
    line = shop.credit()
    first = shop.invoice(1, 40, "first_over")
    assert code(shop.sign, first, "sales_manager") == "out_of_range"
    regular = shop.invoice(0, 1, "cash")
    with shop.acting("service_manager") as session:
        stopped = {"state": "suspended", "stopped_reason": "坏账"}
        records.change(session, session.get_one(register_named("credit_line"), line), stopped)
    debt = {"found_on": TODAY, "customer_id": shop.customer, "ground": "within", "amount": Decimal(90)}
    made = shop.create("bad_debt", shipment_id=gone, **debt)
    assert shop.get("bad_debt", made).ground == "within"
    assert regular


@pytest.mark.rule("R-CRED-01")
@pytest.mark.parametrize("add", ["invoice", "receive"])
def test_neither_goods_nor_money_are_of_a_day_to_come(shop, add):
    assert code(getattr(shop, add), -1, 5) == "out_of_range"


@pytest.mark.rule("R-CRED-03")
def test_an_approved_debt_is_not_shared_out_again_nor_by_more_than_a_hundred_percent(shop):
    shop.credit()
    shop.invoice(25, 300)
    shop.receive(24, 300)
    shipment = shop.invoice(20, 200)
    debt = {"found_on": TODAY, "customer_id": shop.customer, "shipment_id": shipment, "ground": "within"}
    approved = shop.create(
        "bad_debt", amount=Decimal(9), approved_by_id=PERSON_IDS["director"], approved_at=NOW, **debt
    )
    with shop.acting("system") as session:
        settings.put(session, "bad_debt_sales", 95, NOW, TODAY)
    fresh = shop.create("bad_debt", amount=Decimal(9), **debt)
    with shop.acting("service_manager") as session:
        for one, refused in ((approved, "locked"), (fresh, "out_of_range")):
            assert code(bad_debts.share_out, session, session.get_one(register_named("bad_debt"), one)) == refused

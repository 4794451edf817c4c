"""Credit on screen: the overview by role, one customer's ladder, a shipment sent from it (R-CRED-01, R-CRED-02, R-CONF-02)."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, today
from tests.fixtures.web import post


@pytest.fixture
def customer(world):
    """A customer of the salesperson named sales, without credit, who owes 500 of ten days ago."""
    with world.writing() as session:
        made = records.create(session, register_named("customer"), {
            "name": "丰泽建材", "phone": "13800000001", "owner_id": PERSON_IDS["sales"], "registered_at": clock.now(),
            "department_id": DEPARTMENT_IDS["客户开发部"],
        })  # fmt: skip
        records.create(session, register_named("shipment"), {
            "customer_id": made.id, "shipped_on": today() - timedelta(days=10), "amount": Decimal(500), "kind": "cash",
            "invoice_number": "FP-1", "seller_id": PERSON_IDS["sales"],
        })  # fmt: skip
        return made.public_id


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.mark.rule("R-CRED-01", "R-CONF-02")
def test_who_ships_finds_their_own_customers_standing_and_others_find_no_page(customer, client_of):
    for who in ("sales", "sales_manager", "service_manager", "info_supervisor"):
        assert "丰泽建材" in (page := text_of(client_of(who).get("/credit/"))), who
        assert "无授信 500.00 500.00 0.00" in page
    assert "丰泽建材" not in text_of(client_of("sales2").get("/credit/"))
    assert client_of("sales2").get(f"/credit/customers/{customer}/").status_code == 404
    for who in ("clerk", "hr", "customer_manager"):
        assert client_of(who).get("/credit/").status_code == 404, who


@pytest.mark.rule("R-CONF-02", "R-CONF-14")
def test_limit_and_debts_are_for_who_sees_the_customer_in_full_and_leave_a_trace(customer, client_of, world):
    """Who wrote the customer and has no other reach is a party to it alone."""
    with world.writing() as session:
        one = session.scalars(select(register_named("customer")).filter_by(public_id=customer)).one()
        id_, one.created_by_id = one.id, PERSON_IDS["sales2"]
    assert client_of("sales2").get(f"/credit/customers/{customer}/").status_code == 404
    assert "丰泽建材" not in text_of(client_of("sales2").get("/credit/"))
    assert client_of("sales").get(f"/credit/customers/{customer}/").status_code == 200
    with world.open() as session:
        seen = session.scalars(
            select(TrailEntry).where(TrailEntry.table_name == "customer", TrailEntry.record_id == id_)
        )
        assert any(entry.event == "viewed" and json.loads(entry.detail)["via"] == "credit" for entry in seen)


@pytest.mark.rule("R-CRED-02")
def test_the_ladder_says_why_and_the_shipment_goes_with_its_plan(customer, client_of, world):
    sales, url = client_of("sales"), f"/credit/customers/{customer}/"
    page = text_of(post(sales, url, {"amount": "1,200.50", "again": "yes"}))
    assert "应走这一种 未授信现金提货 没有授信，现金开票提货 附货款回笼计划" in page
    assert "不可以 授信额内 没有授信" in page
    assert "补齐授信资格并经批准" in page
    typed = {"amount": "1200.50", "send": "cash", "invoice_number": "FP-2"}
    assert "应为数字" in text_of(post(sales, url, {**typed, "amount": "很多"}))
    refused = post(sales, url, typed)
    assert refused.status_code == 403
    assert "请填写货款回笼计划的回款日" in text_of(refused)
    refused = post(sales, url, {**typed, "send": "within", "plan_on": "2099-01-01"})
    assert "没有授信" in text_of(refused)
    assert post(sales, url, {**typed, "send": "foo", "plan_on": "2099-01-01"}).status_code == 409
    assert post(sales, url, {**typed, "plan_on": "2001-01-01"}).status_code == 422
    assert post(sales, url, {**typed, "plan_on": "2099-01-01"}).status_code == 302
    with world.open() as session:
        shipment, plan = register_named("shipment"), register_named("collection_plan")
        made = session.query(shipment).filter_by(invoice_number="FP-2").one()
        assert (made.kind, made.amount, made.needs_plan) == ("cash", Decimal("1200.50"), True)
        assert session.query(plan).filter_by(shipment_id=made.id).one().amount == Decimal("1200.50")

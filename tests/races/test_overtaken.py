"""Somebody saves what another's save writes beside its own form: one of the two is told, none meets an error (R-LIST-04)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import text

from admin_app.models import register_named
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS
from tests.fixtures.forms import form_of
from tests.races.conftest import at_once, rounds

PLANNED = {"planned_on": date(2099, 1, 1), "amount": Decimal(1_000_000), "shipment_id": None, "collected": Decimal(0)}


pytestmark = pytest.mark.rule("R-LIST-04")


def test_whoever_waits_for_a_record_and_finds_another_is_told_and_sends_it_again(world, make, browser_of):
    """The edit is begun first and saved last; SQLite lets the receipt begin only after it."""
    plan, seller = a_plan(make), browser_of("sales")
    book = partial(seller.post, "/admin/receipt/new/", **receipt(world, plan, 1))
    with ThreadPoolExecutor(1) as pool:
        with world.writing() as session:
            session.get_one(register_named("collection_plan"), plan.id).remark = "先改"
            session.flush()
            answer = pool.submit(book)
            wait_until_it_waits(world)
        status, page = answer.result()
    if world.kind == "postgresql":
        assert status == 409 and "R-LIST-04" in page and "<code>outdated</code>" in page and 'value="SK-1"' in page
        assert standing(world, plan) == (0, "先改")
        status, page = book()
    assert (status, standing(world, plan)) == (302, (10, "先改"))


def wait_until_it_waits(world):
    """Somebody waits for a lock; what waits on SQLite, nothing tells."""
    if world.kind == "sqlite":
        time.sleep(0.3)
        return
    until = time.monotonic() + 30
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
    with world.engine.connect() as connection:
        while connection.scalar(waiting) == 0:
            assert time.monotonic() < until, "nothing waits"
            time.sleep(0.02)


def test_a_receipt_on_a_plan_that_somebody_edits_counts_or_is_refused_and_the_edit_likewise(world, make, browser_of):
    """The receipt writes into the plan what has been collected, and nobody has locked the plan for it.

    Edited first: the receipt counts, or on PostgreSQL, where both began at once, is refused. Received first: the edit is
    of an older plan and shows both.
    """
    plan = a_plan(make)
    seller, manager = browser_of("sales"), browser_of("sales_manager")
    received, remark = Decimal(0), None
    for number in range(rounds(20)):
        edit = form_of(world, "collection_plan", plan.id) | {"remark": f"第{number}次"}
        (booked, told), (edited, _page) = at_once(
            [
                partial(seller.post, "/admin/receipt/new/", **receipt(world, plan, number)),
                partial(manager.post, f"/admin/collection_plan/edit/?id={plan.public_id}", **edit),
            ]
        )
        assert (booked, edited) in {(302, 302), (302, 409), (409, 302)}, told
        if booked == 409:
            assert "R-LIST-04" in told and "<code>outdated</code>" in told and f'value="SK-{number}"' in told
        received += 10 if booked == 302 else 0
        remark = f"第{number}次" if edited == 302 else remark
        assert standing(world, plan) == (received, remark)


def a_plan(make):
    """A plan of the salesperson's customer that no shipment settles."""
    mine = {"owner_id": PERSON_IDS["sales"], "department_id": DEPARTMENT_IDS["客户开发部"]}
    customer = make("customer", **mine, registered_at=datetime.now(UTC) - timedelta(days=9))
    return make("collection_plan", **mine, **PLANNED, customer_id=customer.id, collector_id=PERSON_IDS["sales"])


def receipt(world, plan, number):
    """Ten yuan for it, as the form sends them."""
    with world.open() as session:
        customer = session.get_one(register_named("collection_plan"), plan.id).customer_id
        public_id = session.get_one(register_named("customer"), customer).public_id
        seller = session.get_one(register_named("employee"), PERSON_IDS["sales"]).public_id
    return {
        "received_on": "2026-03-02", "receipt_number": f"SK-{number}", "customer_id": public_id, "seller_id": seller,
        "plan_id": plan.public_id, "method": "cash", "amount": "10",
    }  # fmt: skip


def standing(world, plan):
    with world.open() as session:
        one = session.get_one(register_named("collection_plan"), plan.id)
        return one.collected, one.remark

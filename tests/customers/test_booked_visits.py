"""Visits that were planned or booked at the last one come up on their officer's desk (R-RELA-02). Today is 2026-03-11."""

from datetime import timedelta

import pytest

from admin_app.models import register_named
from admin_app.permissions import Level
from tests.customers.conftest import NOW, id_of

pytestmark = pytest.mark.rule("R-RELA-02")
TODAY = NOW.date()


@pytest.fixture
def customer(make):
    return make("customer", name="钱先来", store_id=1, owner_id=id_of("customer_manager")).id


@pytest.fixture
def report(make, customer):
    """``report(ago=30, booked=0)``: the report of a visit so many days ago, the next booked so many days from today."""

    def made(ago, booked=None, **values):
        theirs = {"customer_id": customer, "store_id": 1, "owner_id": id_of("customer_manager")}
        next_on = None if booked is None else TODAY + timedelta(booked)
        return make(
            "visit_report", **{"visited_at": NOW - timedelta(ago), "next_visit_on": next_on, **theirs, **values}
        )

    return made


@pytest.fixture
def waits(client_of):
    """The desk of the customer manager, the part of what falls due."""
    return lambda: client_of("customer_manager").get("/due/").text


def test_a_booking_comes_up_three_days_ahead_and_is_late_after_its_day(report, waits):
    report(30, booked=4)
    assert "都办完了" in waits()
    report(29, booked=0)
    page = waits()
    assert ("客户拜访管理表" in page, "今天到期" in page, "逾期" in page) == (True, True, False)
    report(28, booked=-1)
    assert "逾期" in waits()


def test_the_next_visit_takes_the_booking_away_until_it_is_voided(world, report, waits):
    report(30, booked=-2)
    assert "逾期" in waits()
    made = report(1)
    assert "都办完了" in waits()
    with world.writing() as session:
        visit = session.get_one(register_named("visit_report"), made.id)
        visit.voided_at = visit.created_at
    assert "逾期" in waits()


@pytest.mark.rule("R-CONF-02")
def test_a_later_visit_that_one_may_not_see_leaves_the_booking_as_it_is(world, report, waits):
    """The customer's own owner is no party of a report of level 4: for them nothing has come since."""
    report(30, booked=-2)
    secret = report(1)
    with world.writing() as session:
        session.get_one(register_named("visit_report"), secret.id).level = Level.TOP_SECRET
    assert "逾期" in waits()


def test_the_list_of_late_bookings_is_the_desk_s(client_of, report):
    late = report(30, booked=-2)
    page = client_of("customer_manager").get("/admin/visit_report/?f-next_visit_on-op=late")
    address = late.public_id
    assert address in page.text
    report(1)
    assert address not in client_of("customer_manager").get("/admin/visit_report/?f-next_visit_on-op=late").text


def test_a_planned_visit_comes_up_until_it_is_made_or_dropped(world, make, customer, waits):
    mine = {"customer_id": customer, "store_id": 1, "owner_id": id_of("customer_manager")}
    plan = make("visit_plan", visit_on=TODAY, state="planned", **mine)
    assert "客户拜访计划" in waits() and "今天到期" in waits()
    with world.writing() as session:
        session.get_one(register_named("visit_plan"), plan.id).state = "done"
    assert "都办完了" in waits()

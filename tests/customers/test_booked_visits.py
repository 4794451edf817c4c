"""Visits that were planned or booked at the last one come up on their officer's desk (R-RELA-02). Today is 2026-03-11."""

from datetime import timedelta

import pytest

from admin_app.models import register_named
from admin_app.operations import records
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


@pytest.fixture
def plan(make, customer):
    """``plan(ago=5)``: the id of a visit planned for so many days ago."""

    def made(ago, **values):
        mine = {"customer_id": customer, "store_id": 1, "owner_id": id_of("customer_manager"), "state": "planned"}
        return make("visit_plan", **{"visit_on": TODAY - timedelta(ago), "moved_to_on": None, **mine, **values}).id

    return made


@pytest.fixture
def reported(world, customer):
    """``reported(plan)``: the id of a report that the manager writes of that plan."""

    def written(plan, **values):
        with world.writing("customer_manager") as session:
            register = register_named("visit_report")
            told = {
                "customer_id": customer,
                "visited_at": NOW,
                "visit_plan_id": plan,
                "next_visit_on": None,
                "host_name": "钱",
            }
            return records.create(session, register, {**told, **values}).id

    return written


@pytest.fixture
def state(world):
    def told(plan):
        with world.open() as session:
            return session.get_one(register_named("visit_plan"), plan).state

    return told


def change(world, id_, step, *values):
    with world.writing("info_officer") as session:
        step(session, session.get_one(register_named("visit_report"), id_), *values)


def test_a_report_carries_out_the_plan_that_it_names_and_no_other(plan, reported, state, waits):
    mine, other = plan(2), plan(1)
    assert "逾期" in waits()
    reported(mine)
    assert (state(mine), state(other)) == ("done", "planned")
    reported(None)
    assert state(other) == "planned"


def test_a_plan_is_as_it_began_when_no_report_names_it_any_more(world, plan, reported, state):
    """Two reports of one plan, the first void: still made. Both void: planned. The first restored: made. Put to another plan."""
    one, other = plan(2), plan(2)
    first, second = reported(one), reported(one)
    change(world, first, records.void, "重复")
    assert state(one) == "done"
    change(world, second, records.void, "没有去")
    assert state(one) == "planned"
    change(world, first, records.restore)
    assert state(one) == "done"
    change(world, first, records.change, {"visit_plan_id": other})
    assert (state(one), state(other)) == ("planned", "done")


def test_a_plan_that_was_put_off_is_due_on_the_later_day(client_of, plan, waits):
    plan(2, moved_to_on=TODAY + timedelta(10))
    assert "都办完了" in waits()
    assert "没有" in client_of("customer_manager").get("/admin/visit_plan/?f-visit_on-op=late").text
    plan(9, moved_to_on=TODAY)
    page = waits()
    assert ("今天到期" in page, "逾期" in page) == (True, False)
    plan(9, moved_to_on=TODAY - timedelta(1))
    assert "逾期" in waits()


@pytest.mark.rule("R-PRIV-01")
@pytest.mark.parametrize(
    "ended",
    [{"status": "lost"}, {"ground_on": TODAY, "withdrawn_on": TODAY}, {"voided_at": NOW, "void_reason": "重复"}],
)
def test_nothing_is_booked_with_who_is_lost_withdrew_or_is_off_the_lists(
    world, customer, report, plan, make, waits, ended
):
    report(30, booked=-1)
    plan(1)
    theirs = {"customer_id": customer, "store_id": 1, "owner_id": id_of("customer_manager")}
    make("follow_up", happened_at=NOW - timedelta(9), next_on=TODAY, completed=True, **theirs)
    assert waits().count("逾期") >= 2 and "今天到期" in waits()
    with world.writing() as session:
        card = session.get_one(register_named("customer"), customer)
        for name, value in ended.items():
            setattr(card, name, value)
    assert "都办完了" in waits()


@pytest.mark.rule("R-CUST-09")
def test_while_nobody_has_the_customer_a_booking_is_its_author_s(world, client_of, customer, reported):
    """The manager booked the visit; in the pool it stays with them, and goes to the colleague who takes the customer."""
    reported(None, next_visit_on=TODAY)
    mine, other = (lambda who=who: "今天到期" in client_of(who).get("/due/").text for who in MANAGERS)
    give(world, customer, None)
    assert (mine(), other()) == (True, False)
    give(world, customer, id_of("sales"))
    assert (mine(), other()) == (False, True)


MANAGERS = ("customer_manager", "sales")


def give(world, customer, to):
    with world.writing("info_officer") as session:
        records.change(session, session.get_one(register_named("customer"), customer), {"owner_id": to})


@pytest.mark.rule("R-FOLL-01")
def test_the_next_contact_agreed_on_is_due_until_the_customer_is_reached_or_another_day_is_set(make, customer, waits):
    """Agreed for yesterday: late. A call that reaches nobody leaves it so; one that sets tomorrow moves it; one that reaches
    the customer ends it."""
    theirs = {"customer_id": customer, "store_id": 1, "owner_id": id_of("customer_manager")}

    def call(ago, completed, booked=None):
        next_on = None if booked is None else TODAY + timedelta(booked)
        made = {"happened_at": NOW - timedelta(days=ago), "completed": completed, "next_on": next_on}
        make("follow_up", **made, **theirs)

    call(9, True, booked=-1)
    assert "逾期" in waits()
    call(2, False)
    assert "逾期" in waits()
    call(1, False, booked=1)
    assert ("今天到期" in waits(), "都办完了" in waits(), "逾期" in waits()) == (False, False, False)
    call(0, True)
    assert "都办完了" in waits()

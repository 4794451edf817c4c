"""What goes along when a customer is given to another manager, and what stays (R-CUST-09). Today is 2026-03-11."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.customers import pool
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries

pytestmark = pytest.mark.rule("R-CUST-09")


@pytest.fixture
def customer(make):
    """``customer(owner_id=…)``: the id of an unsold customer of the first store, cold since ten days."""

    def made(**values):
        plain = {"store_id": 1, "status": "prospect", "withdrawn_on": None, "last_contact_at": None}
        return make("customer", **{"registered_at": NOW - timedelta(days=40), **plain, **values}).id

    return made


@pytest.fixture
def promised(make):
    """``promised(customer, by, …)``: the id of a greeting that somebody has to make."""

    def made(one, by, **values):
        told = {"customer_id": one, "by_id": id_of(by), "owner_id": id_of("customer_manager2"), "due_on": NOW.date()}
        return make("greeting", **{"store_id": 1, "state": "due", **told, **values}).id

    return made


def in_charge(world, ids):
    names = {id_of(name): name for name in ("customer_manager", "customer_manager2", "clerk")}
    with world.open() as session:
        return [names[session.get_one(register_named("greeting"), id_).by_id] for id_ in ids]


def test_open_duties_go_with_a_customer_taken_from_the_pool(world, customer, promised):
    """Of what the former manager had to do the open goes along; what is done, another's and what is above the taker stays."""
    one = customer(owner_id=id_of("customer_manager2"))
    ids = [
        promised(one, "customer_manager2"), promised(one, "customer_manager2", state="done"), promised(one, "clerk"),
        promised(one, "customer_manager2", level=4), promised(customer(owner_id=id_of("customer_manager2")), "customer_manager2"),
    ]  # fmt: skip
    with world.writing("store_manager") as session:
        pool.release(session, session.get_one(register_named("customer"), one), NOW)
    assert in_charge(world, ids[:1]) == ["customer_manager2"]
    with world.writing("customer_manager") as session:
        pool.take(session, session.get_one(register_named("customer"), one), NOW)
    assert in_charge(world, ids) == [
        "customer_manager", "customer_manager2", "clerk", "customer_manager2", "customer_manager2",
    ]  # fmt: skip


def test_open_duties_go_with_a_customer_given_to_another_on_the_form(world, customer, promised):
    one = customer(owner_id=id_of("customer_manager2"))
    ids = [promised(one, "customer_manager2"), promised(one, "clerk")]
    with world.writing("store_manager") as session:
        card = session.get_one(register_named("customer"), one)
        records.change(session, card, {"owner_id": id_of("customer_manager")})
    assert in_charge(world, ids) == ["customer_manager", "clerk"]


@pytest.mark.rule("R-CONF-04", "R-ROLE-05")
def test_what_was_judged_and_whose_custody_a_file_is_in_stay_when_the_customer_goes_on(world, customer, make):
    """A reviewed contract keeps its manager, an open one doesn't; the file's keeper is no duty of the manager's."""
    former, one = id_of("customer_manager2"), customer(owner_id=id_of("customer_manager2"))
    told = {"customer_id": one, "manager_id": former}
    judged = make("contract", **told, reviewed_by_id=id_of("director"), reviewed_at=NOW).id
    fresh = make("contract", **told).id
    file = make("archive_file", customer_id=one, custodian_id=former, store_id=1).id
    with world.writing("store_manager") as session:
        records.change(
            session, session.get_one(register_named("customer"), one), {"owner_id": id_of("customer_manager")}
        )
    with world.open() as session:
        managers = [session.get_one(register_named("contract"), id_).manager_id for id_ in (judged, fresh)]
        assert (managers, session.get_one(register_named("archive_file"), file).custodian_id) == (
            [former, id_of("customer_manager")], former,
        )  # fmt: skip
        assert session.get_one(register_named("contract"), judged).reviewed_by_id == id_of("director")


def test_the_questions_of_a_hand_over_do_not_grow_with_the_customers(world, customer, promised):
    """Two customers with two greetings each, then six: each of the registers that know such work is asked once."""
    asked = []
    for number in (2, 6):
        ones = [customer(owner_id=id_of("customer_manager2")) for _ in range(number)]
        ids = [promised(one, "customer_manager2") for one in ones for _ in range(2)]
        with world.writing("store_manager") as session, counted_queries(world) as statements:
            for one in ones:
                card = session.get_one(register_named("customer"), one)
                records.change(session, card, {"owner_id": id_of("customer_manager")})
            before = len(statements)
            session.commit()
        asked.append(sum(one.startswith("SELECT") for one in statements[before:]))
        assert in_charge(world, ids) == ["customer_manager"] * len(ids)
    assert asked[0] == asked[1]


def test_who_is_given_away_twice_or_back_at_once_is_handed_on_as_it_ends(world, customer, promised):
    """To the clerk and on to the manager: the manager's. To the manager and back: nothing has moved."""
    on, back = (customer(owner_id=id_of("customer_manager2")) for _ in range(2))
    ids = [promised(one, "customer_manager2") for one in (on, back)]
    with world.writing("store_manager") as session:
        for one, last in ((on, "customer_manager"), (back, "customer_manager2")):
            card = session.get_one(register_named("customer"), one)
            for owner in ("sales", last):
                records.change(session, card, {"owner_id": id_of(owner)})
    assert in_charge(world, ids) == ["customer_manager", "customer_manager2"]


@pytest.mark.rule("R-LOAN-07", "R-CONF-02")
def test_papers_that_a_former_manager_has_on_loan_stay_with_them_and_who_hands_on_is_told(
    world, client_of, customer, make
):
    """Two papers with the former manager, one with the designer, whom no customer was taken from. The clerk, who doesn't see
    where papers are, is told nothing."""
    one = customer(owner_id=id_of("customer_manager2"))
    file = make("archive_file", customer_id=one, store_id=1).id
    for holder in ("customer_manager2", "customer_manager2", "designer"):
        make("archive_item", file_id=file, holder_id=id_of(holder), state="on_loan", level=1)
    with world.open() as session:
        address = f"/admin/customer/details/?id={session.get_one(register_named('customer'), one).public_id}"
    assert "没有归还" not in client_of("info_officer").get(address).text
    with world.writing("info_officer") as session:
        records.change(
            session, session.get_one(register_named("customer"), one), {"owner_id": id_of("customer_manager")}
        )
    told = {who: client_of(who).get(address).text for who in ("info_officer", "archive_keeper", "clerk")}
    assert "借出的 2 件档案还没有归还，仍由其归还" in told["archive_keeper"]
    assert ["没有归还" in told[who] for who in ("info_officer", "clerk")] == [True, False]
    with world.open() as session:
        held = session.scalars(select(register_named("archive_item").holder_id)).all()
    assert sorted(held) == sorted([id_of("customer_manager2")] * 2 + [id_of("designer")])

"""Leaving in one step: what somebody has charge of goes to a successor, or nothing is done (R-CUST-09)."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, func, select

from admin_app import clock, registers
from admin_app.guard import chain
from admin_app.guard.codes import reading
from admin_app.models import register_named
from admin_app.operations import accounts, power_requests, signing_in, stand_ins
from admin_app.operations.leaving import duties, receipts
from admin_app.operations.leaving.leaving import Plan, leave
from admin_app.permissions import Level, Role
from admin_app.rules.signers import StandIn
from admin_app.verdicts import Refused
from admin_app.working.people import StandIn as StandInRow
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PASSWORD, PERSON_IDS, STORE_IDS

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 11)
LEAVER, SUCCESSOR = PERSON_IDS["customer_manager"], PERSON_IDS["customer_manager2"]
EAST = {"store_id": STORE_IDS["城东店"], "owner_id": LEAVER}


@pytest.fixture(autouse=True)
def today(world):
    """A working day on which the successor works in the leaver's store."""
    with clock.stopped_at(NOW):
        move(world, "城东店")
        yield


def move(world, store):
    with world.writing() as session:
        session.get_one(register_named("employee"), SUCCESSOR).store_id = STORE_IDS[store]


def see_off(world, username="customer_manager", by="general_manager", **plan):
    with world.writing(by) as session:
        employee = session.get_one(register_named("employee"), PERSON_IDS[username])
        leave(session, employee, Plan(**{"first": SUCCESSOR, "last_day": TODAY, **plan}), NOW)


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


def value(world, table, made, name):
    with world.open() as session:
        return getattr(session.get_one(register_named(table), made.id), name)


def still_here(world):
    """Whether nothing at all has been done: the leaver signs in with their roles, and the trail knows of no leaving."""
    with world.open() as session:
        account = accounts.account_of(session, LEAVER)
        left = session.scalar(select(func.count()).select_from(TrailEntry).where(TrailEntry.event == "left"))
    person = world.person("customer_manager")
    return not account.disabled and person.roles == {Role.CUSTOMER_MANAGER} and left == 0


@pytest.mark.rule("R-CUST-09", "R-SIGN-02", "R-AUDT-01")
def test_the_successor_has_the_customers_and_the_leaver_is_nobody(world, make):
    customer = make("customer", **EAST)
    follow_up = make("follow_up", customer_id=customer.id, by_id=LEAVER)
    see_off(world)
    with world.open("customer_manager2") as session:
        mine = session.scalars(
            select(register_named("customer")).where(register_named("customer").owner_id == SUCCESSOR)
        )
        assert [one.id for one in mine] == [customer.id]
        assert session.get_one(register_named("follow_up"), follow_up.id).owner_id == SUCCESSOR
    with world.open() as session:
        tried = signing_in.sign_in(session, "customer_manager", PASSWORD, "", NOW)
        assert tried.account is None
        employee = session.get_one(register_named("employee"), LEAVER)
        assert (employee.left_on, employee.roles, employee.clearance) == (TODAY, None, "0")
        changed = session.scalars(
            select(TrailEntry.actor_id).where(
                TrailEntry.table_name == "customer", TrailEntry.record_id == customer.id, TrailEntry.event == "changed"
            )
        )
        assert list(changed) == [PERSON_IDS["general_manager"]]
        assert chain.verify(session.connection()) is None


@pytest.mark.rule("R-CUST-09")
def test_what_was_done_by_the_leaver_stays_theirs(world, make):
    customer = make("customer", **EAST)
    done = make("follow_up", customer_id=customer.id, by_id=LEAVER)
    call = make("call_record", owner_id=LEAVER)
    accused = make("complaint", accused_id=LEAVER, owner_id=LEAVER, state="closed")
    see_off(world)
    assert value(world, "follow_up", done, "by_id") == LEAVER
    assert value(world, "call_record", call, "owner_id") == LEAVER
    assert value(world, "complaint", accused, "accused_id") == LEAVER
    assert value(world, "complaint", accused, "owner_id") == LEAVER


@pytest.mark.rule("R-CUST-09")
def test_whose_leaving_was_only_typed_and_whose_account_was_only_disabled_is_seen_off_once(world, make):
    customer = make("customer", **EAST)
    with world.writing() as session:
        session.get_one(register_named("employee"), LEAVER).left_on = TODAY
        accounts.account_of(session, LEAVER).disabled = True
    see_off(world)
    assert value(world, "customer", customer, "owner_id") == SUCCESSOR
    with refused("wrong_state"):
        see_off(world)


@pytest.mark.rule("R-CONF-02", "R-CUST-09")
def test_a_record_above_the_successor_goes_to_the_second_or_nothing_goes(world, make):
    plain, secret = make("customer", **EAST), make("customer", level=3, **EAST)
    with refused("level") as refusal:
        see_off(world)
    assert "机密）1 条" in str(refusal.value.verdict.reason)
    assert still_here(world)
    assert value(world, "customer", plain, "owner_id") == LEAVER
    see_off(world, second=PERSON_IDS["info_supervisor"])
    assert value(world, "customer", plain, "owner_id") == SUCCESSOR
    assert value(world, "customer", secret, "owner_id") == PERSON_IDS["info_supervisor"]


@pytest.mark.rule("R-CONF-02", "R-CUST-09")
def test_nothing_goes_to_whoever_would_not_see_it(world, make):
    customer = make("customer", **EAST)
    move(world, "城西店")
    with refused("level"):
        see_off(world)
    assert value(world, "customer", customer, "owner_id") == LEAVER


@pytest.mark.rule("R-CONF-02", "R-CONF-01")
def test_what_belongs_to_a_customer_goes_with_them_unseen_as_before(world, make):
    customer = make("customer", **EAST)
    credit = make("credit_line", customer_id=customer.id)  # 机密, and no business of either
    see_off(world)
    assert value(world, "credit_line", credit, "owner_id") == SUCCESSOR
    with world.open("customer_manager2") as session:
        assert session.get(register_named("credit_line"), credit.id) is None


@pytest.mark.rule("R-CONF-15", "R-CONF-02")
def test_admin_learns_no_more_than_that_another_successor_is_due(world, make):
    make("customer", level=3, **EAST)
    with refused("level") as refusal:
        see_off(world, by="admin")
    assert str(refusal.value.verdict.reason) == "有的记录接手人密级不够或无权查看，请另选接手人"
    with world.open("admin") as session:
        assert duties.charges(session, LEAVER) == []
    assert still_here(world)


@pytest.mark.rule("R-CUST-09")
def test_one_register_may_go_to_somebody_else(world, make):
    customer, partner = make("customer", **EAST), make("partner", owner_id=LEAVER)
    see_off(world, instead={"partner": PERSON_IDS["store_manager"]})
    assert value(world, "customer", customer, "owner_id") == SUCCESSOR
    assert value(world, "partner", partner, "owner_id") == PERSON_IDS["store_manager"]


@pytest.mark.rule("R-CUST-09")
def test_one_register_that_fails_takes_everything_back(world, make):
    customer = make("customer", **EAST)
    make("visitor", **EAST)

    def fail(mapper, connection, record):
        raise RuntimeError("the database is gone")

    event.listen(register_named("visitor"), "before_update", fail)
    try:
        with pytest.raises(RuntimeError, match="the database is gone"):
            see_off(world)
    finally:
        event.remove(register_named("visitor"), "before_update", fail)
    assert still_here(world)
    assert value(world, "customer", customer, "owner_id") == LEAVER


@pytest.mark.rule("R-LOAN-08")
def test_nobody_leaves_with_files_on_loan(room):
    number = room.on_loan()
    with room.world.open() as session:
        item = session.get_one(register_named("archive_loan"), number).item_id
        expected = session.get_one(register_named("archive_item"), item).number
    with refused("on_loan") as refusal:
        see_off(room.world)
    assert (refusal.value.verdict.rule, expected in str(refusal.value.verdict.reason)) == ("R-LOAN-08", True)
    assert still_here(room.world)


REFUSED = [
    ("hr", "customer_manager", {}, "role"),
    ("store_manager", "customer_manager", {}, "role"),
    ("general_manager", "general_manager", {}, "own_request"),
    ("admin", "general_manager", {}, "last_holder"),
    ("general_manager", "admin", {}, "last_holder"),
    ("admin", "customer_manager", {"first": PERSON_IDS["admin"]}, "own_request"),
    ("admin", "customer_manager", {"second": LEAVER}, "same_person"),
    ("admin", "customer_manager", {"last_day": date(2026, 3, 12)}, "time_order"),
]


@pytest.mark.rule("R-ROLE-02", "R-ROLE-04", "R-ROLE-01", "R-CUST-09")
def test_who_may_not_leave_does_not(world):
    for by, username, plan, code in REFUSED:
        with refused(code):
            see_off(world, username, by, **plan)
        assert world.person(username).roles == {Role(username)}, (by, username)
    assert still_here(world)


@pytest.mark.rule("R-ROLE-03", "R-LOAN-02")
def test_steps_stand_ins_and_requests_end_with_the_leaver(room):
    waits = room.submitted()  # for the store manager, who leaves
    own = room.submitted("store_manager")
    with room.world.writing("store_manager") as session:
        named = StandIn(PERSON_IDS["store_manager"], PERSON_IDS["designer"], TODAY, date(2026, 4, 1))
        stand_ins.name(session, named, NOW)
    with room.world.writing("admin") as session:
        employee = session.get_one(register_named("employee"), PERSON_IDS["store_manager"])
        power_requests.ask(session, employee, Level.CONFIDENTIAL, "工作需要", NOW)
    see_off(room.world, "store_manager", first=PERSON_IDS["store_manager2"])
    with room.world.open() as session:
        assert session.get_one(register_named("archive_loan"), own).state == "withdrawn"
        assert session.scalars(select(StandInRow)).all() == []
        assert power_requests.about(session, PERSON_IDS["store_manager"])[0].state == "withdrawn"
        department = session.scalars(
            select(register_named("department")).where(register_named("department").name == "城东店")
        )
        assert department.one().head_id == PERSON_IDS["store_manager2"]
    room.sign("store_manager2", waits)  # the head now
    with room.world.open() as session:
        assert session.get_one(register_named("archive_loan"), waits).state == "signing"


@pytest.mark.rule("R-CUST-09", "R-CONF-02")
def test_the_receipt_counts_what_its_reader_may_know(world, make):
    customer = make("customer", **EAST)
    make("contact_person", customer_id=customer.id)
    see_off(world)

    def told(username):
        with world.open(username) as session:
            receipt = receipts.receipt_of(session, LEAVER)
            assert (receipt.last_day, receipt.roles) == (TODAY, (Role.CUSTOMER_MANAGER,))
            return {(line.register.__tablename__, line.to, line.number) for line in receipt.lines}

    assert told("general_manager") == {("customer", SUCCESSOR, 1), ("contact_person", SUCCESSOR, 1)}
    assert told("admin") == set()


@pytest.mark.rule("R-CUST-09")
def test_no_duty_is_one_of_a_kind():
    """Handing over never meets a unique key."""
    registers.load_all()
    for register in duties.registers_with_duties():
        table = register.__table__
        names = {face.name for face in duties.duties(register)}
        keyed = [index for index in table.indexes if index.unique and names & {column.name for column in index.columns}]
        assert keyed == []
        assert not any(table.c[name].unique for name in names)


@pytest.mark.rule("R-CUST-09")
def test_codes_that_finish_a_record_are_codes_of_its_list(world):
    with world.open() as session:
        for register in duties.registers_with_duties():
            name, _, codes = register.ends_with.partition(":")
            known = reading(session).options(register.faces[name].codes or "") if codes else {}
            assert set(codes.split()) <= known.keys(), register

"""Who gets a customer at the door, what each registration says, what grade A wants, who lists the collection (R-CUST-02 … 11)."""

import html
from datetime import timedelta
from decimal import Decimal

import pytest

from admin_app import clock
from admin_app.guard import trail
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry, TrailValue
from tests.customers.conftest import NOW, id_of
from tests.fixtures.web import post


def refused(rule):
    return pytest.raises(Refused, check=lambda error: error.verdict.rule == rule)


def owner_of(world, id_):
    with world.open() as session:
        return session.get_one(register_named("customer_registration"), id_).owner_id


@pytest.mark.rule("R-CUST-04")
def test_a_sheet_without_a_manager_goes_to_whom_the_customer_names_else_to_who_is_on_duty(world, register, make):
    make("duty_roster", day=NOW.date(), employee_id=id_of("customer_manager"), shift="morning", store_id=1)
    named = register("info_supervisor", known_manager_id=id_of("customer_manager2"))
    on_duty = register("info_supervisor", store_id=1, phone="13800000009", name="周先生")
    written = register("info_supervisor", owner_id=id_of("sales_adviser"), phone="13800000008", name="罗女士")
    mine = register("customer_manager2", phone="13800000007", name="吴先生", store_id=1)
    assert owner_of(world, mine) == id_of("customer_manager2")
    assert owner_of(world, named) == id_of("customer_manager2")
    assert owner_of(world, on_duty) == id_of("customer_manager")
    assert owner_of(world, written) == id_of("sales_adviser")


@pytest.mark.rule("R-CUST-11")
def test_an_intending_customer_without_wish_or_number_is_not_registered_nor_made_one_later(world, register):
    for values in ({"wants": "undecided"}, {"phone": None}):
        with refused("R-CUST-11"):
            register("customer_manager", intending=True, **values)
    one = register("customer_manager", wants="undecided")
    with refused("R-CUST-11"), world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named("customer_registration"), one), {"intending": True})
    with world.open() as session:
        assert [bool(sheet.intending) for sheet in session.query(register_named("customer_registration"))] == [False]


@pytest.mark.rule("R-CUST-02", "R-AUDT-01")
def test_grade_a_waits_for_the_deposit_and_every_grade_stays_in_the_history(world, make):
    one = make("customer", grade="C", owner_id=id_of("customer_manager"), store_id=1)

    def grade(code):
        with world.writing("customer_manager") as session:
            records.change(session, session.get_one(register_named("customer"), one.id), {"grade": code})

    grade("B")
    with refused("R-CUST-02"):
        grade("A")
    paid = {
        "deposit": Decimal(3000),
        "received_on": NOW.date() - timedelta(days=1),
        "receipt_number": "DJ1",
        "state": "held",
    }
    make("design_agreement", customer_id=one.id, **paid)
    grade("A")
    with world.open() as session:
        changes = session.query(TrailValue.old, TrailValue.new).join(TrailEntry, TrailEntry.seq == TrailValue.seq)
        told = changes.filter(
            TrailEntry.record_id == one.id, TrailEntry.table_name == "customer", TrailValue.field == "grade"
        )
        assert [tuple(row) for row in told.order_by(TrailEntry.seq)] == [('"C"', '"B"'), ('"B"', '"A"')]


@pytest.mark.rule("R-CUST-02")
@pytest.mark.parametrize("step", ["void", "withdraw", "receipt"])
def test_grade_a_goes_with_the_last_deposit_and_others_stay(world, make, step):
    """Two deposits: one gone is A still; both gone is B, by either way; a customer of grade C stays C."""
    owner = {"owner_id": id_of("customer_manager"), "store_id": 1}
    top, low = make("customer", grade="A", **owner), make("customer", grade="C", **owner)
    paid = {"deposit": Decimal(3000), "received_on": NOW.date(), "receipt_number": "DJ1", "state": "held"}
    agreements = [make("design_agreement", customer_id=one.id, **paid).id for one in (top, top, low)]
    grades = []
    for id_ in agreements:
        with world.writing("store_manager") as session:
            one = session.get_one(register_named("design_agreement"), id_)
            if step == "void":
                records.void(session, one, "协议作废")
            elif step == "withdraw":
                records.change(session, one, {"state": "withdrawn", "withdraw_reason": "不做了"})
            else:
                records.change(session, one, {"receipt_number": None})
        with world.open() as session:
            grades.append([session.get_one(register_named("customer"), id_).grade for id_ in (top.id, low.id)])
    assert grades == [["A", "C"], ["B", "C"], ["B", "C"]]


@pytest.mark.rule("R-CUST-02", "R-CONF-15")
def test_who_has_paid_a_deposit_is_no_b_and_becomes_a(world, make):
    """B has no deposit: the receipt makes A of B, a C stays C and may be graded A, and neither is graded B any more."""
    owner = {"owner_id": id_of("customer_manager"), "store_id": 1}
    strong, some = make("customer", grade="B", **owner), make("customer", grade="C", **owner)
    paid = {"deposit": Decimal(3000), "received_on": NOW.date(), "receipt_number": "DJ1", "state": "held"}
    for one in (strong, some):
        agreed(world, one, **paid)
    assert grades_of(world, strong, some) == ["A", "C"]
    for one in (strong, some):
        with refused("R-CUST-02") as said, world.writing("customer_manager") as session:
            records.change(session, session.get_one(register_named("customer"), one.id), {"grade": "B"})
        assert str(said.value.verdict.reason) == "客户已交设计定金，是 A 级"
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named("customer"), some.id), {"grade": "A"})
    assert grades_of(world, strong, some) == ["A", "A"]


@pytest.mark.rule("R-CUST-02")
def test_an_agreement_without_a_deposit_takes_no_old_customers_grade(world, make):
    """Theirs may be on paper; a receipt written in later makes A of B."""
    old, new = (make("customer", grade=grade, owner_id=id_of("customer_manager"), store_id=1) for grade in "AB")
    unpaid = {"deposit": Decimal(3000), "state": "held"}
    _theirs, later = (agreed(world, one, **unpaid) for one in (old, new))
    assert grades_of(world, old, new) == ["A", "B"]
    with world.writing("store_manager") as session:
        agreement = session.get_one(register_named("design_agreement"), later)
        records.change(session, agreement, {"received_on": NOW.date(), "receipt_number": "DJ2"})
    assert grades_of(world, old, new) == ["A", "A"]


def agreed(world, customer, **values):
    """The id of a new design agreement of that customer."""
    with world.writing() as session:
        whose = {"customer_id": customer.id, "designer_id": id_of("designer"), "number": f"XY{customer.id}"}
        told = {**whose, "signed_on": NOW.date(), **values}
        return records.create(session, register_named("design_agreement"), told).id


def grades_of(world, *customers):
    with world.open() as session:
        return [session.get_one(register_named("customer"), one.id).grade for one in customers]


@pytest.mark.rule("R-CUST-02")
def test_nobody_begins_as_grade_a_but_a_ledgers_old_customers(world):
    told = {"name": "陈女士", "phone": "13800000001", "registered_at": NOW}
    with refused("R-CUST-02"), world.writing("info_officer") as session:
        records.add(session, register_named("customer"), {**told, "grade": "A"})
    with world.open() as session:
        assert session.query(register_named("customer")).filter_by(phone="13800000001").all() == []
    with world.writing("info_officer") as session, trail.part_of(session, batch="old"):
        assert records.add(session, register_named("customer"), {**told, "grade": "A"}).grade == "A"


@pytest.mark.rule("R-CUST-04", "R-CONF-15")
def test_at_the_door_the_desk_is_told_whose_the_customer_is_else_who_is_on_duty(world, client_of, register, make):
    """The earlier of two registrations counts, one of after the visit doesn't; the desk sees neither of the sheets."""
    make("duty_roster", day=NOW.date(), employee_id=id_of("customer_manager"), shift="morning", store_id=1)
    register("customer_manager2", minutes=60)
    register("sales_adviser", minutes=30)
    with clock.stopped_at(NOW + timedelta(hours=3)):
        register("sales_adviser", phone="13800000009", minutes=-180)
    desk, told = client_of("clerk"), {}
    for phone in ("13800000001", "13800000009"):
        came = {
            "came_at": "2026-03-11 10:00",
            "name": "陈女士",
            "phone": phone,
            "source": "natural",
            "received_by": "前台",
        }
        page = html.unescape(post(desk, "/admin/visitor/new/", came, follow_redirects=True).text)
        told[phone] = "该客户已登记，客户经理为客户经理2" in page, "没有登记，按规定由客户经理 0002接待：当班" in page
    assert told == {"13800000001": (True, False), "13800000009": (False, True)}
    assert desk.get("/admin/customer_registration/").status_code in (403, 404)
    with world.open() as session:
        assert [one.owner_id for one in session.query(register_named("visitor"))] == [None, None]


@pytest.mark.rule("R-CUST-04")
def test_whoever_follows_the_visitor_already_is_told_nothing(world, client_of, register, make):
    register("customer_manager", minutes=60)
    mine = {"came_at": NOW, "name": "陈女士", "phone": "13800000001", "source": "natural", "received_by": "前台"}
    visit = make("visitor", **mine, owner_id=id_of("customer_manager"), store_id=1)
    page = client_of("customer_manager").get(f"/admin/visitor/details/?id={visit.public_id}")
    assert page.status_code == 200
    assert "该客户已登记" not in page.text
    assert "没有登记" not in page.text


@pytest.mark.rule("R-CUST-10")
def test_the_collection_of_sheets_is_listed_and_exported_whole_by_its_keeper_and_the_general_manager_alone(
    world, client_of, register
):
    """By the manual, not by the grants: everybody else sees their own sheets, or none."""
    register("customer_manager", name="陈美兰")
    register("sales", name="罗晓光", phone="13800000009")
    whole = {"info_supervisor", "general_manager"}
    for who in (
        "info_supervisor",
        "general_manager",
        "customer_manager",
        "sales",
        "info_officer",
        "director",
        "store_manager",
    ):
        client = client_of(who)
        answer = client.get("/admin/customer_registration/")
        both = answer.status_code == 200 and "陈美兰" in answer.text and "罗晓光" in answer.text
        assert both is (who in whole), who
        export = client.get("/admin/customer_registration/export/csv/?col=name&reason=check")
        assert (export.status_code == 200 and "罗晓光" in export.text) is (who in whole), who

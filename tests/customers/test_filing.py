"""Signed customers' files, due for filing and late (R-CUST-12); special customers apart from general ones (R-CUST-08)."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from admin_app.guard.codes import reading
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.customers.filing import note_late_files
from admin_app.rules.filing import filing_due, is_filed_late
from admin_app.rules.working_days import PUBLIC
from admin_app.verdicts import Refused
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries
from tests.fixtures.records import values_of
from tests.fixtures.web import post

FILE = "closed_customer_file"


@pytest.mark.rule("R-CUST-12")
@pytest.mark.parametrize("closed, until", [
    (date(2026, 3, 9), date(2026, 3, 12)),  # Monday: Tuesday, Wednesday, Thursday
    (date(2026, 3, 12), date(2026, 3, 17)),  # Thursday: Friday, Monday, Tuesday
    (date(2026, 2, 13), date(2026, 2, 25)),  # before the Spring Festival: 14 (worked), 24, 25 February
])  # fmt: skip
def test_a_file_is_due_three_working_days_after_the_deal(closed, until):
    assert filing_due(datetime(closed.year, closed.month, closed.day, 4, tzinfo=UTC), 3, PUBLIC) == until


@pytest.mark.rule("R-CUST-12")
def test_on_its_day_a_file_is_in_time_and_the_day_after_it_is_late_handed_in_or_not():
    day, next_day = date(2026, 3, 12), date(2026, 3, 13)
    assert [is_filed_late(day, handed, next_day) for handed in (day, next_day, None)] == [False, True, True]
    assert not is_filed_late(day, None, day)


@pytest.fixture
def closed(world):
    """``closed(date)``: the id of the file of a deal of that day, as somebody writes it."""

    def written(day, **values):
        with world.writing() as session:
            told = {
                "closed_on": day,
                "sent_at": None,
                "filed_on": None,
                "owner_id": id_of("customer_manager"),
                **values,
            }
            return records.create(session, register_named(FILE), values_of(session, register_named(FILE), **told)).id

    return written


def standing(world, id_):
    with world.open() as session:
        file = session.get_one(register_named(FILE), id_)
        return file.due_on, file.late


@pytest.mark.rule("R-CUST-12")
def test_the_night_finds_files_that_are_out_late_and_handing_in_stops_the_clock(world, closed):
    """Today is Wednesday the 11th. Of Friday the 6th: due today; of Thursday the 5th: due on the 10th, late."""
    today, late = closed(date(2026, 3, 6)), closed(date(2026, 3, 5))
    assert standing(world, today) == (date(2026, 3, 11), False)
    assert standing(world, late) == (date(2026, 3, 10), True)
    with world.writing() as session:
        note_late_files(session, datetime(2026, 3, 12, 2, tzinfo=UTC))
    assert standing(world, today) == (date(2026, 3, 11), True)
    with world.writing("info_officer") as session:
        records.change(session, session.get_one(register_named(FILE), today), {"sent_at": NOW})
    assert standing(world, today) == (date(2026, 3, 11), False)


@pytest.mark.rule("R-CUST-08")
def test_special_customers_say_which_and_are_listed_apart(client_of, make, world):
    """A special one without its kind is refused; a general one is in neither list of the other."""
    make("customer", name="联盟行会", kind="special", special_partner=special_kind(world), store_id=1)
    make("customer", name="普通王先生", kind="general", store_id=1)
    client = client_of("info_officer")
    lists = {kind: client.get(f"/admin/customer/?f-kind={kind}").text for kind in ("special", "general")}
    assert ["联盟行会" in lists[kind] for kind in lists] == [True, False]
    assert ["普通王先生" in lists[kind] for kind in lists] == [False, True]
    asked = {"name": "新联盟", "phone": "13800000009", "kind": "special", "registered_at": "2026-03-11 09:00"}
    answer = post(
        client, "/admin/customer/new/", asked | {"form": "company", "status": "prospect", "ground": "consent"}
    )
    assert answer.status_code == 200
    assert "特殊客户类型" in answer.text
    with world.open() as session:
        assert session.query(register_named("customer")).filter_by(name="新联盟").all() == []


def special_kind(world):
    with world.open() as session:
        return next(iter(reading(session).options("special_partner")))


@pytest.mark.rule("R-CUST-12")
def test_a_file_without_its_day_is_refused_and_no_fault_of_the_program(world):
    with world.writing() as session:
        filled = values_of(session, register_named(FILE), owner_id=id_of("customer_manager"))
    with pytest.raises((Refused, IntegrityError)), world.writing() as session:
        records.create(session, register_named(FILE), {**filled, "closed_on": None})
    with world.open() as session:
        assert session.query(register_named(FILE)).count() == 0


@pytest.mark.rule("R-CUST-12")
def test_the_night_asks_once_for_what_many_late_files_belong_to(world, closed):
    """Of Friday the 6th, late on the 12th; eight files of eight customers: one statement more each, which writes it."""
    asked = []
    for number in (2, 8):
        for _ in range(number):
            closed(date(2026, 3, 6))
        with world.writing() as session, counted_queries(world) as statements:
            note_late_files(session, datetime(2026, 3, 12, 2, tzinfo=UTC))
        asked.append(sum(not one.startswith(("UPDATE", "INSERT")) for one in statements))
    assert asked[0] == asked[1]


@pytest.fixture
def file(make):
    """``file(sent_at=…)``: the file of a deal of 2 March, of a customer of the customer manager."""

    def written(who="customer_manager", **values):
        mine = {"store_id": 1, "owner_id": id_of(who)}
        customer = make("customer", name="柳先生", **mine).id
        told = {"closed_on": date(2026, 3, 2), "sent_at": None, "filed_on": None, "reported_on": None, **values}
        return make(FILE, customer_id=customer, **mine, **told)

    return written


@pytest.mark.rule("R-CUST-12", "R-DESK-01")
def test_a_file_handed_in_stands_on_its_manager_s_desk_until_it_is_reported(world, client_of, file):
    """Not before it is handed in, not with a colleague, and the menu counts what others wait for alone."""
    one, out = file(), client_of("customer_manager")
    assert "待报备" not in out.get("/").text
    waiting = out.get("/waiting/").json["count"]
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named(FILE), one.id), {"sent_at": NOW})
    assert "待报备的客户档案" in out.get("/").text and one.public_id in out.get("/to-report/").text
    assert one.public_id not in client_of("customer_manager2").get("/to-report/").text
    assert out.get("/waiting/").json["count"] <= waiting
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named(FILE), one.id), {"reported_on": NOW.date()})
    assert "待报备" not in out.get("/").text and one.public_id not in out.get("/to-report/").text


@pytest.mark.rule("R-CUST-12", "R-CONF-02")
def test_of_files_above_oneself_or_reported_nothing_is_said(world, client_of, file):
    hidden, reported = file(sent_at=NOW), file(sent_at=NOW, reported_on=NOW.date())
    with world.writing() as session:
        session.get_one(register_named(FILE), hidden.id).level = 4
    page = client_of("customer_manager").get("/to-report/").text
    assert (hidden.public_id in page, reported.public_id in page, "都办完了" in page) == (False, False, True)


@pytest.mark.rule("R-CUST-12")
def test_the_day_of_the_report_leaves_the_confirmation_of_a_file_as_it_is(world, file):
    one = file(sent_at=NOW)
    with world.writing() as session, operating(session):
        session.get_one(register_named(FILE), one.id).confirmed_by_id = id_of("sales_manager")
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named(FILE), one.id), {"reported_on": NOW.date()})
    with world.open() as session:
        held = session.get_one(register_named(FILE), one.id)
    assert (held.confirmed_by_id, held.reported_on) == (id_of("sales_manager"), NOW.date())

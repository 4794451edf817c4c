"""Files of signed customers handed in late cost points of the month in which they were due (R-CUST-12, R-SCOR-01).

Three working days after a deal of Monday 2 March 2026 is Thursday the 5th; of Friday the 27th, Wednesday 1 April; of Thursday
the 26th, Tuesday the 31st.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.rules.figures import LATE_FILE
from admin_app.rules.months import Month
from admin_app.working.settings import Setting
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.queries import counted_queries
from tests.fixtures.scoring import COUNTED_ON, MARCH, Office, at

pytestmark = pytest.mark.rule("R-CUST-12", "R-SCOR-01")
FILE = "closed_customer_file"


def deal(office: Office, due, sent_at=None, filed_on=None, **values):
    """The file of a deal, due that day of March."""
    due_on = due if isinstance(due, date) else date(2026, 3, due)
    told = {"closed_on": date(2026, 3, 1), "due_on": due_on, "sent_at": sent_at, "filed_on": filed_on, "late": False}
    theirs = {"owner_id": PERSON_IDS["customer_manager"], "customer_id": office.customer(None).id, "store_id": 1}
    return office.make(FILE, **{**told, **theirs, "created_at": at(1), **values})


def of_points(office: Office, points: str, since: date):
    """What a late file costs from that day."""
    with office.world.writing() as session:
        session.add(Setting(name=LATE_FILE.name, value=points, valid_from=since, set_by_id=1, set_at=at(1)))


@pytest.mark.parametrize(
    ("handed_in", "late"),
    [
        ({"sent_at": at(5, 17)}, False),
        ({"sent_at": at(5, 23)}, False),
        ({"sent_at": at(6, 0)}, True),
        ({"filed_on": date(2026, 3, 5)}, False),
        ({"filed_on": date(2026, 3, 6)}, True),
        ({"sent_at": at(5, 9), "filed_on": date(2026, 3, 20)}, False),
        ({}, True),
    ],
)
def test_a_file_due_on_the_5th_is_late_from_the_6th_by_its_handing_in_else_by_its_filing(office, handed_in, late):
    made = deal(office, 5, **handed_in)
    office.compute()
    assert office.found() == ([("late", Decimal(1), f"{FILE}/{made.public_id}")] if late else [])
    assert office.sheet().information == Decimal(29 if late else 30)


@pytest.mark.rule("R-SCOR-02")
def test_the_deduction_names_the_file_and_says_by_when_and_when(office):
    deal(office, 5, sent_at=at(9, 10))
    deal(office, 6)
    office.compute()
    first, second = sorted(office.deductions(), key=lambda one: one.noted_on)
    assert (first.evidence_summary, second.evidence_summary) == (
        "应在 03-05 前交档，03-09 才交", "应在 03-06 前交档，月末未交",
    )  # fmt: skip
    assert (first.part, first.evidence_table, first.noted_on) == ("information", "客户档案表", date(2026, 3, 5))
    assert "客户档案迟交 2 份" in office.sheet().evidence
    assert "登记问题 0 处" in office.sheet().evidence


def test_a_file_costs_once_in_the_month_of_its_day_and_never_again(office):
    """Due on 31 March and still out on 2 May: March loses one, April nothing. Due on 1 April: April's."""
    deal(office, 31)
    deal(office, date(2026, 4, 1))
    office.compute()
    assert office.sheet().information == Decimal(29)
    office.now = datetime(2026, 5, 2, 2, tzinfo=UTC)
    office.compute(month=Month(2026, 4))
    assert office.sheet(month=Month(2026, 4)).information == Decimal(29)


def test_three_visitors_amiss_and_two_files_late_at_three_points_leave_21(office):
    """Three points a file since 1 March: 30 - 3 × 1 - 2 × 3 = 21; the part is left at 0 by nine more files."""
    of_points(office, "3", date(2026, 3, 1))
    for day in (2, 3, 4):
        office.visitor(day, estate=None)
    deal(office, 5)
    deal(office, 6)
    office.compute()
    assert office.sheet().information == Decimal(21)
    for day in range(9, 18):
        deal(office, day)
    office.compute()
    assert office.sheet().information == Decimal(0)
    assert sum(one.points for one in office.deductions()) == Decimal(30)


@pytest.mark.rule("R-SCOR-04")
def test_an_old_month_keeps_its_points_when_the_figure_is_raised(office):
    of_points(office, "5", date(2026, 4, 1))
    deal(office, 5)
    office.compute()
    assert office.sheet().information == Decimal(29)


def test_a_day_written_down_after_the_months_end_makes_nothing_timely(office):
    """On 2 April somebody writes that it was handed in on 4 March, or that the deal was another day: it stays late."""
    handed, moved = deal(office, 5), deal(office, 6)
    with office.acting("info_officer") as session:
        records.change(session, session.get_one(register_named(FILE), handed.id), {"sent_at": at(4)})
        records.change(session, session.get_one(register_named(FILE), moved.id), {"closed_on": date(2026, 3, 30)})
    office.compute()
    assert office.found() == sorted(("late", Decimal(1), f"{FILE}/{one.public_id}") for one in (handed, moved))


def test_who_had_the_file_when_its_day_was_over_loses_the_point(office):
    """Given to another manager on 10 March: what was due on the 5th is the first one's, due on the 12th the other's."""
    early, later = deal(office, 5), deal(office, 12)
    for one in (early, later):
        with office.world.open() as session:
            customer = session.get_one(register_named(FILE), one.id).customer_id
        office.now = at(10)
        with office.acting("store_manager") as session:
            card = session.get_one(register_named("customer"), customer)
            records.change(session, card, {"owner_id": PERSON_IDS["customer_manager2"]})
    office.now = COUNTED_ON
    office.compute()
    assert office.found() == [("late", Decimal(1), f"{FILE}/{early.public_id}")]
    assert office.found("customer_manager2") == [("late", Decimal(1), f"{FILE}/{later.public_id}")]


@pytest.mark.rule("R-SCOR-03")
def test_a_locked_month_stays_as_it_is_when_a_late_file_turns_up(office):
    office.compute()
    office.lock()
    before = office.sheet()
    deal(office, 5)
    assert office.compute().locked == 1
    after = office.sheet()
    assert (after.information, after.evidence_digest, after.version) == (
        before.information, before.evidence_digest, before.version,
    )  # fmt: skip
    assert office.found() == []


@pytest.mark.rule("R-SCOR-04")
def test_computing_again_changes_nothing_and_a_void_file_costs_nothing(office):
    made = deal(office, 5)
    office.compute()
    first = [(one.id, one.points) for one in office.deductions()]
    office.compute("general_manager")
    assert [(one.id, one.points) for one in office.deductions()] == first
    with office.acting("info_officer") as session:
        records.void(session, session.get_one(register_named(FILE), made.id), "重复")
    office.compute()
    assert office.found() == []


def test_the_questions_do_not_grow_with_the_files(office):
    asked = []
    for number in (2, 6):
        for _ in range(number):
            deal(office, 5)
        with counted_queries(office.world) as statements:
            office.compute()
        asked.append(sum(one.startswith("SELECT") for one in statements))
    assert asked[0] == asked[1]
    assert office.sheet(month=MARCH).information == Decimal(30 - 8)

"""Whole months worked out by hand, and months at random: never below 0 or above 100, every point with its record, the same
however often (R-SCOR-01, R-SCOR-02, R-SCOR-04, R-FOLL-01)."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from admin_app.models import lines_of, register_named
from tests.fixtures.records import make_record
from tests.fixtures.scoring import at
from tests.operations.test_scoring import points, state_of
from tests.races.conftest import rounds

pytestmark = pytest.mark.rule("R-SCOR-01", "R-SCOR-02")


def taken_off(office):
    """What the records behind the sheet take off in all."""
    return sum(one.points for one in office.deductions() if not one.waived)


@pytest.mark.rule("R-FOLL-01")
def test_a_month_in_which_nothing_is_wrong(office):
    """Three records, complete and in time: 30. A with 4 contacts, B with 3, none without grade: 30. Ratings 20 and 20: 20.0.
    An outing with its return: 20. In all 100 of 100."""
    office.visitor()
    office.consultation(3, entered_at=at(3, 17))
    office.registration(4, sent_at=at(4, 17))
    office.customer("A", 4)
    office.customer("B", 3)
    office.customer(None)
    office.rating(20, "clerk")
    office.rating(20, "designer")
    office.outing(5)
    office.compute()
    assert office.points() == points(30, 30, 20, 20, 100)
    assert (office.sheet().full_marks, office.sheet().rank_no, taken_off(office)) == (100, 1, 0)


@pytest.mark.rule("R-CUST-05", "R-FOLL-01")
def test_a_month_with_something_of_everything(office):
    """One consultation incomplete, late and of a wrong source: 3; a registration of the 2nd sent at 19:00: 1; 30 - 4 = 26.
    A registered on the 20th needs 4 x 12/31 = 1.5, so 1, and has none: 1; C has 1 of 2: 1; D registered on the 31st needs
    1 x 1/31, at least 1: 1; 30 - 3 = 27. Ratings 17.5, 18, 18, 18: 71.5 / 4 = 17.875: 17.9. One outing entered next
    morning: 1; another so, and without return: 2; 20 - 3 = 17. 26 + 27 + 17.9 + 17 = 87.9."""
    office.consultation(estate=None, home=None, entered_at=at(3, 9), source_verdict="wrong")
    office.registration(sent_at=at(2, 19))
    office.customer("A", registered_at=at(20))
    office.customer("C", 1)
    office.customer("D", registered_at=at(31))
    for total, rater in ((17.5, "clerk"), (18, "designer"), (18, "marketing_manager"), (18, "store_manager")):
        office.rating(total, rater)
    office.outing(4, created_at=at(5, 9))
    office.outing(11, back=False, created_at=at(12, 9))
    office.compute()
    assert office.points() == points(26, 27, 17.9, 17, 87.9)
    assert taken_off(office) == Decimal("12.1")


@pytest.mark.rule("R-SCOR-07", "R-FOLL-01")
def test_a_month_in_which_two_parts_are_used_up_and_nobody_rated(office):
    """31 visitors with a field empty: 31 off, but the part has 30: 0. Eight customers of A without contact lack 32: 0. No
    rating: out of 80, and without a place. Attendance says out on three days, a patrol found one entry missing; one of
    the three days is entered: 20 - 2 - 1 = 17. In all 17 of 80."""
    for day in range(1, 32):
        office.visitor(day, estate=None)
    for _n in range(8):
        office.customer("A")
    for day in (3, 4, 5):
        office.make("attendance", employee_id=2, state="out", day=date(2026, 3, day), store_id=1)
    office.outing(4)
    a_patrol_finds_an_entry_missing(office)
    office.compute()
    assert office.points() == points(0, 0, None, 17, 17)
    assert (office.sheet().full_marks, office.sheet().rank_no, taken_off(office)) == (80, None, 63)


def a_patrol_finds_an_entry_missing(office):
    patrol = register_named("weekly_patrol")
    with office.world.writing() as session:
        made = make_record(session, patrol, store_id=1, person_id=2, patrolled_on=date(2026, 3, 6))
        made.items.append(
            lines_of(patrol, patrol.faces["items"])(part="outings", fault="outing_missing", finding="抽查")
        )


@pytest.mark.rule("R-SCOR-04")
def test_months_at_random_lie_between_0_and_100_add_up_and_stay_the_same(office):
    """The records of one month grow at random; after each growth it is computed by one person, then by another."""
    raters = ["clerk", "designer", "marketing_manager", "store_manager"]
    for turn in range(rounds(3, 100)):
        at_random(office, Random(turn), raters)
        office.compute()
        sheet = office.sheet()
        assert 0 <= sheet.total <= sheet.full_marks <= 100
        parts = [sheet.information, sheet.follow_up, sheet.internal_service, sheet.outings]
        full = [30, 30, 20, 20]
        assert all(part is None or 0 <= part <= most for part, most in zip(parts, full, strict=True))
        assert sum(part for part in parts if part is not None) == sheet.total
        assert taken_off(office) == sheet.full_marks - sheet.total
        keys = [(one.part, one.fault, one.evidence_path) for one in office.deductions()]
        assert len(set(keys)) == len(keys)
        before = state_of(office)
        office.compute("general_manager")
        assert state_of(office) == before


def at_random(office, invent, raters):
    """A few more records of March, some of them with faults; now and then one of *raters*, who rate but once."""
    for _n in range(invent.randrange(8)):
        blank = {name: None for name in ("estate", "enquiry", "sex") if invent.random() < 0.3}
        office.visitor(day := invent.randint(1, 30), created_at=at(day, invent.choice((11, 17, 19, 30))), **blank)
    for _n in range(invent.randrange(3)):
        office.registration(day := invent.randint(1, 30), sent_at=at(day, invent.choice((12, 18, 20))))
    for _n in range(invent.randrange(4)):
        begun = {"registered_at": at(invent.randint(1, 31))} if invent.random() < 0.5 else {}
        office.customer(invent.choice(("A", "B", "C", "D", None)), invent.randrange(4), **begun)
    for _n in range(invent.randrange(5)):
        office.outing(invent.randint(1, 30), back=invent.random() < 0.5)
    if raters and invent.random() < 0.7:
        office.rating(invent.randrange(41) / 2, raters.pop())

"""A locked sheet is corrected one version after another, and stays in the summary until the next is locked (R-SCOR-03)."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from admin_app.guard.session import elevated
from admin_app.models import register_named
from admin_app.operations.scoring import overview, steps
from admin_app.operations.scoring.reporting import report
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.scoring import MARCH, refused

pytestmark = pytest.mark.rule("R-SCOR-03")


def test_a_locked_sheet_is_corrected_once_and_then_its_correction(example):
    example.lock()
    first = example.sheet().id
    example.take(steps.correct, "director", "漏记一次外出", example.now)
    assert refused(correct, example, first) == "wrong_state"
    assert versions_of(example) == [1, 2]
    example.lock()
    assert refused(correct, example, first) == "wrong_state"
    example.take(steps.correct, "director", "再更正", example.now)
    assert versions_of(example) == [1, 2, 3]


def correct(office, sheet):
    with office.acting("director") as session:
        return steps.correct(session, session.get_one(register_named("score_sheet"), sheet), "又漏记一次", office.now)


def versions_of(office):
    with office.world.open() as session:
        return [one.version_no for one in overview.versions(session, office.sheet())]


def test_a_sheet_stays_in_the_summary_while_its_correction_is_open(example):
    example.lock()
    locked = example.sheet()
    example.take(steps.correct, "director", "漏记一次外出", example.now)
    other = example.sheet("customer_manager2")
    with example.world.writing() as session, elevated(session) as beneath:
        mine = beneath.get_one(register_named("score_sheet"), other.id)
        mine.state, mine.approved_by_id, mine.approved_at = "approved", PERSON_IDS["general_manager"], example.now
        beneath.flush()
        report(beneath, MARCH, example.now)
    with example.world.open("hr") as session:
        (made,) = session.scalars(select(register_named("hr_report")))
        assert [(line.sheet_id, line.total) for line in made.scores] == [
            (locked.id, Decimal(91)), (other.id, Decimal(80)),
        ]  # fmt: skip
        assert made.people_count == 2

"""What survey plans and reports say before they are signed, and in which order plans are (R-DEVE-01)."""

from datetime import date
from decimal import Decimal

import pytest

from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.rules.surveys import plan_is_ready, report_is_ready
from admin_app.texts import say
from admin_app.verdicts import Refused
from tests.customers.conftest import NOW, id_of

DAY = date(2026, 3, 2)
OUTLINE = ("background", "aim", "method", "needs", "answers", "findings", "advice", "sources", "statistics")


def sign(world, table, id_, who, field):
    """The code of the refusal, None where it was signed."""
    try:
        with world.writing(who) as session:
            form = session.get_one(register_named(table), id_)
            signatures.sign(session, form, form.faces[field], form.version, NOW, NOW)
    except Refused as refused:
        assert refused.verdict.rule == "R-DEVE-01"
        return refused.verdict.code
    return None


def change(world, table, id_, **values):
    with world.writing("sales_manager") as session:
        records.change(session, session.get_one(register_named(table), id_), values)


def get(world, table, id_):
    with world.open() as session:
        return session.get_one(register_named(table), id_)


@pytest.fixture
def write(world):
    """``write(table, …)``: the id of a form that the sales manager wrote."""

    def written(table, **values):
        with world.writing("sales_manager") as session:
            return records.add(session, register_named(table), values).id

    return written


@pytest.mark.rule("R-DEVE-01")
@pytest.mark.parametrize("yearly, year, budget, ready", [
    (True, 2026, Decimal(30_000), True), (True, 2026, Decimal(0), True), (True, 2026, None, False),
    (True, None, Decimal(30_000), False), (False, None, None, True),
])  # fmt: skip
def test_a_plan_of_a_year_says_which_and_for_how_much(yearly, year, budget, ready):
    assert bool(plan_is_ready(yearly, year, budget)) is ready


@pytest.mark.rule("R-DEVE-01")
def test_a_report_names_what_its_outline_lacks_and_then_that_it_was_not_checked():
    aim, advice = say("客户调查目的"), say("相关建议")
    lacking = report_is_ready([(aim, "了解需求"), (advice, "")], True)
    assert "相关建议" in str(lacking.reason) and "客户调查目的" not in str(lacking.reason)
    assert report_is_ready([(aim, "了解需求"), (advice, "增加样板")], False).code == "incomplete"
    assert report_is_ready([(aim, "了解需求"), (advice, "增加样板")], True)


@pytest.mark.rule("R-DEVE-01")
def test_a_plan_of_the_year_has_its_budget_is_reviewed_and_only_then_approved(world, write):
    plan = write("survey_plan", planned_on=DAY, title="年度调查", leader_id=id_of("sales"), yearly=True, year=2026)
    assert sign(world, "survey_plan", plan, "director", "reviewed_by_id") == "incomplete"
    change(world, "survey_plan", plan, budget=Decimal(30_000))
    assert sign(world, "survey_plan", plan, "general_manager", "approved_by_id") == "not_signed"
    assert get(world, "survey_plan", plan).approved_by_id is None
    assert sign(world, "survey_plan", plan, "director", "reviewed_by_id") is None
    assert sign(world, "survey_plan", plan, "general_manager", "approved_by_id") is None
    held = get(world, "survey_plan", plan)
    assert (held.reviewed_by_id, held.approved_by_id) == (id_of("director"), id_of("general_manager"))


@pytest.mark.rule("R-DEVE-01")
def test_a_report_is_signed_once_its_outline_stands_and_its_figures_were_checked(world, write):
    report = write("survey_report", dated=DAY, title="需求调查", author_id=id_of("sales"))
    assert sign(world, "survey_report", report, "director", "reviewed_by_id") == "incomplete"
    change(world, "survey_report", report, **dict.fromkeys(OUTLINE, "见正文"))
    assert sign(world, "survey_report", report, "director", "reviewed_by_id") == "incomplete"
    assert get(world, "survey_report", report).reviewed_by_id is None
    change(world, "survey_report", report, checked=True)
    assert sign(world, "survey_report", report, "director", "reviewed_by_id") is None
    assert get(world, "survey_report", report).reviewed_by_id == id_of("director")

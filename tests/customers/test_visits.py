"""What visits, hospitality and gifts ask for: plan and report, next visit, budgets (R-VISI-01, R-RELA-02)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.operations.customers.visits import settled_over
from admin_app.rules.visits import is_within_budget, is_written_in_full, may_approve_more, next_is_booked, over_budget
from admin_app.texts import say
from admin_app.verdicts import Refused
from tests.customers.conftest import NOW
from tests.fixtures.records import make_record, values_of

HOST, NEEDS = say("接待者姓名"), say("目前的需求")

#: what a report has to say before it is read
SAID = tuple(
    ["host_post", "needs", "problems", "objections", "rival_service", "credit_change", "credit_cause", "guidance"]
)


@pytest.fixture
def visits(world):
    """Writes, changes and signs forms as people of the east store."""
    return Visits(world)


class Visits:
    def __init__(self, world):
        self.world = world

    def write(self, table, who="customer_manager", **values):
        register = register_named(table)
        mine = {"store_id": 1, "owner_id": self.world.person(who).id}
        with self.world.writing() as session:
            customer = make_record(session, "customer", **mine).id
            whole = values_of(session, register, customer_id=customer, **mine, **values)
        with self.world.writing(who) as session:
            return records.add(session, register, whole).id

    def change(self, table, id_, who="customer_manager", **values):
        with self.world.writing(who) as session:
            records.change(session, session.get_one(register_named(table), id_), values)

    def sign(self, table, id_, who, field="approved_by_id"):
        with self.world.writing(who) as session:
            form = session.get_one(register_named(table), id_)
            signatures.sign(session, form, form.faces[field], form.version, NOW, NOW)

    def get(self, table, id_):
        with self.world.open() as session:
            return session.get_one(register_named(table), id_)


def code(step, *arguments, rule="R-VISI-01", **more):
    with pytest.raises(Refused) as refused:
        step(*arguments, **more)
    assert refused.value.verdict.rule == rule
    return refused.value.verdict.code


@pytest.mark.rule("R-VISI-01")
@pytest.mark.parametrize("budget, cost, over", [
    ("500", "620.50", "120.50"), ("500", "500", "0"), ("500", "380", "0"), ("0", "80", "80"),
])  # fmt: skip
def test_what_passes_the_budget_is_over(budget, cost, over):
    """620.50 − 500 = 120.50; 500 of 500 and 380 of 500 are within; of nothing approved all 80 are over."""
    assert over_budget(Decimal(budget), Decimal(cost)) == Decimal(over)
    assert bool(is_within_budget(Decimal(budget), Decimal(cost))) is (over == "0")


@pytest.mark.rule("R-VISI-01")
def test_before_it_is_spent_nothing_is_over():
    assert over_budget(Decimal(500), None) is None
    assert is_within_budget(Decimal(500), None)


@pytest.mark.rule("R-VISI-01")
@pytest.mark.parametrize("over, reason, refused", [
    (Decimal(20), "加了两位客人", None), (Decimal(20), " ", "no_reason"), (Decimal(0), "备用", "wrong_state"),
    (None, "备用", "wrong_state"),
])  # fmt: skip
def test_more_is_approved_with_its_reason_once_it_is_spent(over, reason, refused):
    verdict = may_approve_more(over, reason)
    assert (bool(verdict), None if verdict else verdict.code) == (refused is None, refused)


@pytest.mark.rule("R-VISI-01")
def test_a_form_names_what_it_lacks():
    assert is_written_in_full([(HOST, "林经理"), (NEEDS, False)])
    lacking = is_written_in_full([(HOST, "林经理"), (NEEDS, "")])
    assert lacking.code == "incomplete" and "目前的需求" in str(lacking.reason) and "接待者" not in str(lacking.reason)


@pytest.mark.rule("R-VISI-01")
def test_hospitality_is_approved_then_paid_and_more_is_approved_of_its_sum_alone(visits):
    """Budget 500, paid 620.50: 120.50 over. Paid 700 after all: 200 over, and what was approved of 120.50 falls."""
    table = "hospitality"
    assert code(visits.write, table, budget=Decimal(500), cost=Decimal(400)) == "not_signed"
    dinner = visits.write(table, budget=Decimal(500))
    assert code(visits.change, table, dinner, cost=Decimal(400)) == "not_signed"
    visits.sign(table, dinner, "store_manager")
    visits.change(table, dinner, cost=Decimal("620.50"))
    assert visits.get(table, dinner).over == Decimal("120.50")
    assert visits.get(table, dinner).approved_by_id == visits.world.person("store_manager").id
    assert code(visits.change, table, dinner, budget=Decimal(700)) == "locked"
    assert code(visits.sign, table, dinner, "general_manager", "over_approved_by_id") == "no_reason"
    visits.change(table, dinner, over_reason="加了两位客人")
    visits.sign(table, dinner, "general_manager", "over_approved_by_id")
    visits.change(table, dinner, cost=Decimal(700))
    held = visits.get(table, dinner)
    assert (held.over, held.over_approved_by_id, held.over_approved_at) == (200, None, None)
    assert held.approved_by_id == visits.world.person("store_manager").id


@pytest.mark.rule("R-VISI-01")
def test_what_cost_more_is_paid_back_once_that_is_approved(visits):
    """Budget 500: 480 are paid back at once; 620.50 wait for the approval of 120.50, and 700 after it for another."""
    within, over = (visits.write("hospitality", budget=Decimal(500)) for _ in range(2))
    for dinner, cost in ((within, "480"), (over, "620.50")):
        visits.sign("hospitality", dinner, "store_manager")
        visits.change("hospitality", dinner, cost=Decimal(cost), over_reason="加了两位客人")
    visits.change("hospitality", within, state="settled")
    assert code(visits.change, "hospitality", over, state="settled") == "not_signed"
    visits.sign("hospitality", over, "general_manager", "over_approved_by_id")
    visits.change("hospitality", over, state="settled")
    assert code(visits.change, "hospitality", over, cost=Decimal(700)) == "not_signed"
    assert [visits.get("hospitality", one).state for one in (within, over)] == ["settled", "settled"]
    assert visits.get("hospitality", over).cost == Decimal("620.50")


@pytest.mark.rule("R-VISI-01", "R-IMPT-03")
def test_a_ledger_pays_back_no_more_than_was_approved(visits):
    """Of 500: 620.50 unapproved are refused with their line, approved they aren't, and neither is what is within."""
    row = {"state": "settled", "cost": Decimal("620.50"), "budget": Decimal(500), "over_approved_by_id": None}
    rows = [row, {**row, "over_approved_by_id": 1}, {**row, "cost": Decimal(500)}, {**row, "state": "held"}]
    found = [(index, name, verdict.code) for index, name, verdict in settled_over(None, rows)]
    assert found == [(0, "state", "not_signed")]


@pytest.mark.rule("R-VISI-01")
def test_a_budget_that_changes_before_it_is_spent_is_approved_anew(visits):
    dinner = visits.write("hospitality", budget=Decimal(500))
    visits.sign("hospitality", dinner, "store_manager")
    visits.change("hospitality", dinner, budget=Decimal(800))
    assert visits.get("hospitality", dinner).approved_by_id is None
    assert code(visits.change, "hospitality", dinner, cost=Decimal(600)) == "not_signed"


@pytest.mark.rule("R-VISI-01")
def test_a_gift_costs_no_more_than_was_approved(visits):
    """Approved 200: 200 stand, 200.01 are refused and nothing changes."""
    gift = visits.write("gift", budget=None)
    assert code(visits.sign, "gift", gift, "store_manager") == "incomplete"
    visits.change("gift", gift, budget=Decimal(200))
    assert code(visits.change, "gift", gift, amount=Decimal(150)) == "not_signed"
    visits.sign("gift", gift, "store_manager")
    assert code(visits.change, "gift", gift, amount=Decimal("200.01")) == "out_of_range"
    assert visits.get("gift", gift).amount is None
    visits.change("gift", gift, amount=Decimal(200))
    assert visits.get("gift", gift).amount == 200
    assert visits.get("gift", gift).approved_by_id == visits.world.person("store_manager").id


@pytest.mark.rule("R-VISI-01")
def test_a_plan_without_materials_is_not_approved_and_a_report_with_gaps_not_read(visits):
    plan, report = visits.write("visit_plan"), visits.write("visit_report")
    assert code(visits.sign, "visit_plan", plan, "store_manager") == "incomplete"
    assert code(visits.sign, "visit_report", report, "store_manager", "read_by_id") == "incomplete"
    assert visits.get("visit_plan", plan).approved_by_id is None
    with visits.world.open() as session:
        told = values_of(session, register_named("visit_report"), everything=True)
        tools = values_of(session, register_named("visit_plan"), everything=True)["tools"]
    visits.change(
        "visit_report", report, decides=False, next_visit_on=date(2026, 4, 9), **{name: told[name] for name in SAID}
    )
    visits.sign("visit_report", report, "store_manager", "read_by_id")
    assert visits.get("visit_report", report).read_by_id == visits.world.person("store_manager").id
    visits.change("visit_plan", plan, tools=tools)
    visits.sign("visit_plan", plan, "store_manager")
    assert visits.get("visit_plan", plan).approved_by_id == visits.world.person("store_manager").id


@pytest.mark.rule("R-RELA-02")
@pytest.mark.parametrize("next_visit, refused", [
    (None, "incomplete"), (date(2026, 3, 9), "time_order"), (date(2026, 3, 10), "time_order"), (date(2026, 3, 11), None),
])  # fmt: skip
def test_the_next_visit_is_booked_for_a_later_day(next_visit, refused):
    """Visited on the 10th: the 9th and the 10th itself aren't later, the 11th is."""
    verdict = next_is_booked(date(2026, 3, 10), next_visit)
    assert (None if verdict else verdict.code) == refused


@pytest.mark.rule("R-RELA-02")
def test_a_report_is_read_once_the_next_visit_is_booked_by_the_company_s_day(visits):
    """At 23:00 UTC of the 9th it is the 10th in Shanghai: the next visit on the 10th is no later one, on the 11th it is."""
    with visits.world.writing() as session:
        told = values_of(session, register_named("visit_report"), everything=True)
    whole = {"decides": True, **{name: told[name] for name in SAID}}
    visited = datetime(2026, 3, 9, 23, tzinfo=UTC)
    report = visits.write("visit_report", visited_at=visited, ended_at=None, next_visit_on=None, **whole)
    sign = ("visit_report", report, "store_manager", "read_by_id")
    assert code(visits.sign, *sign, rule="R-RELA-02") == "incomplete"
    visits.change("visit_report", report, next_visit_on=date(2026, 3, 10))
    assert code(visits.sign, *sign, rule="R-RELA-02") == "time_order"
    assert visits.get("visit_report", report).read_by_id is None
    visits.change("visit_report", report, next_visit_on=date(2026, 3, 11))
    visits.sign(*sign)
    assert visits.get("visit_report", report).read_by_id == visits.world.person("store_manager").id

"""What survey plans and reports say before they are signed, and in which order plans are (R-DEVE-01)."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from admin_app.guard.under import closed_among, links_under
from admin_app.models import all_registers, register_named
from admin_app.operations import records, signatures
from admin_app.rules.surveys import plan_is_ready, report_is_ready
from admin_app.sheets import results
from admin_app.storage import LocalFiles
from admin_app.texts import say
from admin_app.verdicts import Refused
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries

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


def written_under(world, table, plan, who="sales_manager", **values):
    """The code of the refusal of a form under a plan, None where it was written."""
    try:
        with world.writing(who) as session:
            records.add(session, register_named(table), {**FORMS[table], "plan_id": plan, **values})
    except Refused as refused:
        assert refused.verdict.rule == "R-DEVE-01"
        return refused.verdict.code
    return None


FORMS = {
    "customer_survey": {"surveyed_on": DAY, "customer_name": "恒达贸易"},
    "survey_report": {"dated": DAY, "title": "需求调查", "author_id": id_of("sales")},
}


@pytest.fixture
def plan(world, write):
    """``plan(approved=True)``: the id of a plan, reviewed and approved."""

    def made(approved=True):
        id_ = write("survey_plan", planned_on=DAY, title="二季度调查", leader_id=id_of("sales"))
        if approved:
            assert sign(world, "survey_plan", id_, "director", "reviewed_by_id") is None
            assert sign(world, "survey_plan", id_, "general_manager", "approved_by_id") is None
        return id_

    return made


@pytest.mark.rule("R-DEVE-01")
@pytest.mark.parametrize("table", FORMS)
def test_nothing_is_written_under_a_plan_before_it_is_approved(world, plan, table):
    waiting, approved = plan(approved=False), plan()
    assert written_under(world, table, waiting) == "not_signed"
    assert written_under(world, table, approved) is None
    assert written_under(world, table, None) is None
    with world.open() as session:
        plans = [one.plan_id for one in session.query(register_named(table)).order_by(register_named(table).id)]
    assert plans == [approved, None]


@pytest.mark.rule("R-DEVE-01")
def test_a_survey_is_not_moved_under_a_plan_that_waits(world, plan, write):
    waiting, approved = plan(approved=False), plan()
    survey = write("customer_survey", **FORMS["customer_survey"], plan_id=approved)
    with pytest.raises(Refused, check=lambda error: error.verdict.code == "not_signed"):
        change(world, "customer_survey", survey, plan_id=waiting)
    assert get(world, "customer_survey", survey).plan_id == approved
    change(world, "customer_survey", survey, contact_name="林深")
    assert get(world, "customer_survey", survey).contact_name == "林深"


@pytest.mark.rule("R-DEVE-01")
def test_a_ledger_and_operations_ask_the_same_and_a_closed_survey_is_history(world, plan):
    waiting, register = plan(approved=False), register_named("customer_survey")
    rows = [{**FORMS["customer_survey"], "plan_id": waiting}, {**FORMS["customer_survey"], "customer_name": "别家"}]
    with pytest.raises(Refused, check=lambda error: error.verdict.code == "not_signed"), world.writing() as session:
        records.create_many(session, register, rows)
    closed = {"owned_by_id": id_of("sales"), "reviewed_by_id": id_of("director"), "surveyed_by_id": id_of("sales2")}
    with world.writing() as session:
        records.create(session, register, {**rows[0], **closed})
    with world.open() as session:
        assert [one.customer_name for one in session.query(register)] == ["恒达贸易"]


@pytest.mark.rule("R-DEVE-01")
def test_every_link_that_waits_for_a_plan_leads_to_a_form_that_a_signature_closes():
    waiting = {
        (table, face.name): register_named(face.to).closes_with
        for table, register in all_registers().items() for face in register.faces.values() if face.once_closed
    }  # fmt: skip
    assert waiting == {("customer_survey", "plan_id"): "approved_by_id", ("survey_report", "plan_id"): "approved_by_id"}


@pytest.mark.rule("R-DEVE-01", "R-DESK-01")
def test_a_plan_stands_on_the_desk_of_whose_turn_it_is_until_they_sign(world, client_of, plan):
    """Written by the sales manager: reviewed by the director, who can't approve it then; approved by the general manager."""
    id_ = plan(approved=False)
    assert "二季度调查" not in client_of("sales_manager").get("/").text
    director, manager = client_of("director"), client_of("general_manager")
    assert ("待签：审核" in director.get("/").text, "二季度调查" in manager.get("/").text) == (True, False)
    assert sign(world, "survey_plan", id_, "director", "reviewed_by_id") is None
    assert "二季度调查" not in director.get("/").text
    page = manager.get("/").text
    assert "二季度调查" in page and "待签：批准" in page
    assert sign(world, "survey_plan", id_, "general_manager", "approved_by_id") is None
    assert "二季度调查" not in manager.get("/").text


@pytest.mark.rule("R-DEVE-01", "R-DESK-01", "R-CONF-02")
def test_a_contract_stands_on_the_sales_manager_s_desk_until_it_is_approved(world, client_of, make):
    contract = make("contract", number="HT-2026-031", department_id=world.person("sales_manager").department_id)
    above = make("contract", number="HT-2026-032", department_id=world.person("sales_manager").department_id, level=4)
    page = client_of("sales_manager").get("/").text
    assert ("HT-2026-031" in page, "HT-2026-032" in page) == (True, False)
    assert "HT-2026-031" not in client_of("sales").get("/").text
    assert sign(world, "contract", contract.id, "sales_manager", "approved_by_id") is None
    assert "HT-2026-031" not in client_of("sales_manager").get("/").text
    assert get(world, "contract", above.id).approved_by_id is None


@pytest.mark.rule("R-DEVE-01", "R-DESK-01", "R-CONF-02")
def test_all_forms_to_sign_stand_on_a_page_of_their_own_whose_queries_do_not_grow(world, client_of, make):
    client, asked, department = client_of("sales_manager"), [], world.person("sales_manager").department_id
    for numbers in ("1", "234"):
        for number in numbers:
            make("contract", number=f"HT-{number}", department_id=department)
        client.get("/to-sign/")
        with counted_queries(world) as statements:
            page = client.get("/to-sign/").text
        asked.append(len(statements))
    assert [f"HT-{number}" in page for number in "1234"] == [True] * 4
    assert asked[0] == asked[1]
    for other in ("sales", "clerk", "store_manager", "service_manager"):
        assert "HT-" not in client_of(other).get("/to-sign/").text


@pytest.mark.rule("R-DEVE-01", "R-IMPT-03", "R-IMPT-04")
def test_of_a_ledger_of_reports_only_those_under_a_plan_that_waits_stay_out_each_with_its_line(
    world, plan, write, tmp_path
):
    waiting = write("survey_plan", planned_on=DAY, title="三季度调查", leader_id=id_of("sales"))
    approved = plan()
    faces = register_named("survey_report").faces
    headers = [str(faces[name].label) for name in ("dated", "title", "author_id", "plan_id")]
    author = get(world, "employee", id_of("sales")).name
    rows = [
        ["2026-03-02", "甲报告", author, "三季度调查"],
        ["2026-03-02", "乙报告", author, "二季度调查"],
        ["2026-03-02", "丙报告", author, ""],
    ]
    ledger = tmp_path / "reports.csv"
    ledger.write_text("\n".join(",".join(row) for row in [headers, *rows]))
    store = LocalFiles(world.settings.data_dir / "files", world.settings.wrapping_key())
    with world.open("sales_manager") as session:
        outcome = results.import_file(session, "survey_report", ledger, store=store)
    told = [(one["line"], one["field"], one["code"]) for one in outcome["errors"]]
    assert (outcome["added"], told) == (2, [(2, "plan_id", "not_signed")])
    with world.open() as session:
        reports = session.query(register_named("survey_report")).order_by(register_named("survey_report").id)
        assert [(one.title, one.plan_id) for one in reports] == [("乙报告", approved), ("丙报告", None)]
    assert get(world, "survey_plan", waiting).approved_by_id is None


@pytest.mark.rule("R-DEVE-01")
def test_a_ledger_may_name_more_forms_than_a_statement_takes(world, make):
    """Seventy thousand: SQLite takes 32 766 parameters, PostgreSQL 65 535. The one that is closed is found, and no other."""
    plan = register_named("survey_plan")
    closed, _open = (make("survey_plan", reviewed_by_id=None, approved_by_id=None) for _ in range(2))
    with world.writing() as session:
        judged = {"approved_by_id": id_of("general_manager"), "approved_at": NOW}
        session.connection().execute(plan.__table__.update().where(plan.id == closed.id).values(judged))
    face = links_under(register_named("customer_survey"))[0]
    with world.open() as session:
        assert closed_among(session, face, range(1, 70_001)) == {closed.id}


@pytest.mark.rule("R-DEVE-01", "R-DESK-01", "R-ROLE-04")
def test_forms_to_sign_beyond_fifty_stand_on_the_next_page_and_one_s_own_are_not_counted(world, client_of, make):
    """55 contracts of others, the oldest first: 50 and 5; six that the sales manager wrote are theirs to wait for."""
    department = world.person("sales_manager").department_id
    for number in range(61):
        author = id_of("sales_manager") if number % 10 == 5 else id_of("sales")
        make("contract", number=f"HT-{number:03}", department_id=department, created_by_id=author,
             created_at=NOW - timedelta(days=100 - number))  # fmt: skip
    client = client_of("sales_manager")
    pages = [client.get(f"/to-sign/?page={page}").text for page in (1, 2)]
    told = [re.findall(r"HT-\d{3}", page) for page in pages]
    assert [len(one) for one in told] == [50, 5]
    assert told[0] + told[1] == sorted(f"HT-{number:03}" for number in range(61) if number % 10 != 5)
    assert "共 55 条，第 1 / 2 页" in pages[0] and "page=2" in pages[0]
    assert '<b class="count">55</b>' in client.get("/").text

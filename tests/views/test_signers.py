"""Who gives which signature of a form: the roles that it names, or the person whom one of its fields names (R-ROLE-01)."""

import html
import re

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, STORE_IDS
from tests.fixtures.records import make_record
from tests.fixtures.web import post

HERE, SALES = STORE_IDS["城东店"], DEPARTMENT_IDS["客户开发部"]


@pytest.fixture
def write(world):
    """``write("store_manager", "meeting", …)``: a valid record that this person wrote; its table and id in addresses."""

    def written(username, table, **values):
        with world.writing() as session:
            record = make_record(session, table, **values)
            record.created_by_id = PERSON_IDS[username]
            return table, record.public_id

    return written


@pytest.fixture
def offered(client_of):
    """The signatures that a record's page offers somebody, by the fields they fill."""

    def found(username, form):
        table, record = form
        page = html.unescape(client_of(username).get(f"/admin/{table}/details/?id={record}").text)
        return re.findall(rf"/admin/{table}/sign/\?id={record}&field=(\w+)", page)

    return found


@pytest.fixture
def sign(world, client_of):
    """Sign a place as somebody: the answer's status, and its text where it is refused."""

    def signed(username, form, field):
        (table, record), client = form, client_of(username)
        address = f"/admin/{table}/sign/?id={record}&field={field}"
        asked = client.get(address)
        if asked.status_code != 200:
            return asked.status_code, html.unescape(asked.text)
        version = re.search(r'name="version" value="([^"]+)"', asked.text)[1]
        answer = post(client, address, {"version": version, "confirmed": "yes"})
        return answer.status_code, answer.text

    return signed


@pytest.fixture
def signer(world):
    """Who signed a place, None while nobody has."""

    def found(form, field):
        with world.open() as session:
            return getattr(records.find(session, register_named(form[0]), form[1]), field)

    return found


@pytest.mark.rule("R-DEVE-01")
def test_who_may_approve_other_forms_is_refused_a_place_that_names_other_roles(write, offered, sign, signer):
    plan = write("sales", "survey_plan", department_id=SALES)
    assert offered("sales_manager", plan) == ["reviewed_by_id"]
    status, page = sign("sales_manager", plan, "approved_by_id")
    assert (status, "R-ROLE-01" in page) == (403, True)
    assert "“批准”须由客户服务部经理、专项总监、总经理签字" in page
    assert signer(plan, "approved_by_id") is None


@pytest.mark.rule("R-ROLE-04", "R-DEVE-01")
def test_the_author_of_a_contract_does_not_review_it_and_two_others_judge(write, offered, sign):
    contract = write("sales_manager", "contract", department_id=SALES)
    assert offered("sales_manager", contract) == []
    status, page = sign("sales_manager", contract, "approved_by_id")
    assert (status, "R-ROLE-04" in page) == (403, True)
    assert sign("director", contract, "reviewed_by_id")[0] == 302
    assert sign("director", contract, "approved_by_id")[0] == 403
    assert sign("general_manager", contract, "approved_by_id")[0] == 302


@pytest.mark.rule("R-WORK-01", "R-ROLE-04")
def test_the_chair_signs_the_minutes_though_they_wrote_them_and_nobody_else_does(write, offered, sign, signer):
    minutes = write("customer_manager", "meeting", store_id=HERE, chair_id=PERSON_IDS["customer_manager"])
    assert offered("general_manager", minutes) == []
    status, page = sign("store_manager", minutes, "signed_by_id")
    assert (status, "须由“主持人”一栏所填的人签字" in page) == (403, True)
    assert offered("customer_manager", minutes) == ["signed_by_id"]
    assert sign("customer_manager", minutes, "signed_by_id")[0] == 302
    assert signer(minutes, "signed_by_id") == PERSON_IDS["customer_manager"]


@pytest.mark.rule("R-ROLE-01")
def test_minutes_without_a_chair_say_whom_they_wait_for(write, sign):
    minutes = write("customer_manager", "meeting", store_id=HERE, chair_id=None)
    status, page = sign("store_manager", minutes, "signed_by_id")
    assert (status, "“主持人”一栏还没有填" in page) == (403, True)


@pytest.mark.rule("R-CUST-06")
def test_both_who_reconcile_sign_for_themselves(write, offered):
    week = write(
        "marketing_manager", "reconciliation", store_id=HERE, owner_id=PERSON_IDS["customer_manager"],
        marketing_manager_id=PERSON_IDS["marketing_manager"],
    )  # fmt: skip
    assert offered("customer_manager", week) == ["signed_by_id"]
    assert offered("marketing_manager", week) == ["confirmed_by_id"]


@pytest.mark.rule("R-CONS-03", "R-ROLE-04")
@pytest.mark.parametrize("author, theirs", [("designer", ["approved_by_id"]), ("project_manager", [])])
def test_the_sites_leader_checks_a_change_that_another_wrote(make, world, write, offered, author, theirs):
    site = make("project_site", store_id=HERE, project_manager_id=PERSON_IDS["project_manager"])
    change = write(author, "change_order", site_id=site.id)
    assert offered("project_manager", change) == theirs
    assert "approved_by_id" in offered("store_manager", change)


@pytest.mark.rule("R-CONS-01")
def test_each_party_of_a_check_signs_in_their_own_place(make, write, offered, sign):
    site = make(
        "project_site", store_id=HERE, designer_id=PERSON_IDS["designer"], inspector_id=PERSON_IDS["inspector"],
        project_manager_id=PERSON_IDS["project_manager"],
    )  # fmt: skip
    check = write("inspector", "site_inspection", site_id=site.id, inspector_id=PERSON_IDS["inspector"])
    assert offered("designer", check) == ["designer_signed_by_id"]
    assert offered("project_manager", check) == ["manager_signed_by_id"]
    assert offered("inspector", check) == ["inspector_signed_by_id"]
    assert sign("inspector", check, "designer_signed_by_id")[0] == 403


@pytest.mark.rule("R-ARCH-04")
def test_who_hands_over_and_who_takes_sign_each_their_own(write, offered, sign):
    receipt = write(
        "sales_adviser", "archive_handover", owner_id=PERSON_IDS["sales_adviser"],
        receiver_id=PERSON_IDS["archive_keeper"],
    )  # fmt: skip
    assert offered("sales_adviser", receipt) == ["handed_by_id"]
    assert offered("archive_keeper", receipt) == ["received_by_id"]
    assert sign("archive_keeper2", receipt, "received_by_id")[0] == 403


@pytest.mark.rule("R-ARCH-08", "R-ROLE-04")
def test_a_released_report_has_both_signatures_of_the_service_manager_and_no_other_twice(write, sign, signer):
    release = write("clerk", "report_release", applicant_id=PERSON_IDS["clerk"])
    for username, field in (
        ("service_manager", "reviewed_by_id"), ("general_manager", "approved_by_id"),
        ("info_supervisor", "supervisor_checked_by_id"), ("service_manager", "manager_checked_by_id"),
    ):  # fmt: skip
        assert sign(username, release, field)[0] == 302
    assert signer(release, "reviewed_by_id") == signer(release, "manager_checked_by_id")
    assert sign("info_supervisor", release, "change_approved_by_id")[0] == 403
    status, page = sign("general_manager", release, "change_approved_by_id")
    assert (status, "“总经理批准修改”之前，须先有：发放日期" in page) == (409, True)


@pytest.mark.rule("R-DISP-06")
def test_who_stopped_a_designer_lifts_it(write, offered, sign):
    stop = write("general_manager", "designer_suspension", store_id=HERE, designer_id=PERSON_IDS["designer"])
    assert sign("store_manager", stop, "decided_by_id")[0] == 302
    assert offered("store_manager", stop) == ["lifted_by_id"]
    assert offered("designer", stop) == []


@pytest.mark.rule("R-ARCH-07")
def test_a_destruction_is_witnessed_by_two_who_are_not_its_keeper(write, offered, sign):
    listed = write("archive_keeper", "destruction", keeper_id=PERSON_IDS["archive_keeper"])
    assert offered("archive_keeper", listed) == []
    status, page = sign("info_officer", listed, "first_witness_by_id")
    assert (status, re.search("“监销人一签字”之前，须先有：.*总经理审批", html.unescape(page)) is not None) == (
        409,
        True,
    )
    assert offered("info_officer", listed) == ["appraised_by_id"]


@pytest.mark.rule("R-ARCH-11")
def test_the_head_of_sales_confirms_a_deal_of_any_store(write, offered):
    deal = write("customer_manager", "closed_customer_file", store_id=HERE)
    assert offered("sales_manager", deal) == ["confirmed_by_id"]
    assert offered("store_manager", deal) == []


@pytest.mark.rule("R-POLI-01")
def test_nobody_acknowledges_a_policy_for_another(write, offered):
    policy = write("hr", "policy_acknowledgement", owner_id=PERSON_IDS["designer"])
    assert offered("designer", policy) == ["signed_by_id"]
    assert offered("hr", policy) == []
    assert offered("general_manager", policy) == []


@pytest.mark.rule("R-DEVE-01")
def test_who_is_sent_out_signs_the_credit_survey_that_is_above_them(write, offered, sign):
    survey = write("info_supervisor", "credit_survey", assigned_id=PERSON_IDS["sales"])
    assert offered("sales", survey) == ["investigated_by_id"]
    assert sign("sales", survey, "investigated_by_id")[0] == 302
    assert offered("service_manager", survey) == ["managed_by_id"]
    assert offered("general_manager", survey) == []
    assert sign("service_manager", survey, "managed_by_id")[0] == 302
    assert offered("general_manager", survey) == ["approved_by_id"]


@pytest.mark.rule("R-DEVE-01")
def test_a_customer_survey_is_signed_by_its_surveyor_then_its_reviewer_then_the_owner(write, offered, sign):
    own = {"department_id": SALES, "owner_id": PERSON_IDS["sales2"]}
    survey = write("sales", "customer_survey", **own)
    assert sign("sales_manager", survey, "reviewed_by_id")[0] == 409
    assert offered("sales2", survey) == ["surveyed_by_id"]
    assert sign("sales2", survey, "surveyed_by_id")[0] == 302
    assert offered("sales2", survey) == []
    assert sign("sales_manager", survey, "reviewed_by_id")[0] == 302
    assert offered("sales2", survey) == ["owned_by_id"]

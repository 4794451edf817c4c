"""Writing where a record names one, or in one's own store: as far as the shipped rights mean it (R-ROLE-01)."""

import html
import re

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, STORE_IDS
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-ROLE-01")

HERE, THERE = STORE_IDS["城东店"], STORE_IDS["城西店"]


def edit(client, table, record, **sent):
    return post(client, f"/admin/{table}/edit/?id={record.public_id}", {"version": "1", **sent})


def stored(world, table, record, field):
    with world.open() as session:
        return getattr(records.find(session, register_named(table), record.public_id), field)


def boxes(client, table, record):
    """The fields that the form of a record offers."""
    page = client.get(f"/admin/{table}/edit/?id={record.public_id}").text
    names = set(re.findall(r'name="([a-z_]+)"', html.unescape(page)))
    return names & register_named(table).faces.keys()


@pytest.mark.rule("R-CONS-03")
def test_a_designer_writes_the_drawing_that_names_them_and_sees_no_other(world, client_of, make):
    mine = make("design_document", store_id=HERE, designer_id=PERSON_IDS["designer"])
    others = make("design_document", store_id=HERE, designer_id=PERSON_IDS["designer2"])
    assert edit(client_of("designer"), "design_document", mine, total="120000").status_code == 302
    assert stored(world, "design_document", mine, "total") == 120_000
    assert edit(client_of("designer"), "design_document", others, total="1").status_code == 404


@pytest.mark.rule("R-COMP-01")
def test_the_head_named_on_a_slip_writes_how_it_was_settled_and_nothing_else(world, client_of, make):
    slip = make("complaint_slip", head_id=PERSON_IDS["store_manager"], matter="地砖空鼓")
    client = client_of("store_manager")
    assert boxes(client, "complaint_slip", slip) == {"handling", "done_at", "returned_at"}
    answer = edit(client, "complaint_slip", slip, handling="已更换", matter="没有这回事")
    assert answer.status_code == 302
    assert stored(world, "complaint_slip", slip, "handling") == "已更换"
    assert stored(world, "complaint_slip", slip, "matter") == "地砖空鼓"


@pytest.mark.parametrize(
    "table, field, username, says",
    [
        ("service_request", "executor_id", "project_manager", "result"),
        ("repair_report", "repairer_id", "service_adviser", "cause"),
    ],
)
def test_who_is_sent_writes_what_was_done_though_the_case_is_anothers(
    world, client_of, make, table, field, username, says
):
    case = make(table, **{field: PERSON_IDS[username]})
    assert edit(client_of(username), table, case, **{says: "已修好"}).status_code == 302
    assert stored(world, table, case, says) == "已修好"


@pytest.mark.rule("R-DEVE-01")
def test_a_surveyor_writes_and_signs_surveys_of_the_whole_department(client_of, make):
    survey = make("customer_survey", department_id=DEPARTMENT_IDS["客户开发部"], owner_id=PERSON_IDS["sales2"])
    client = client_of("sales")
    assert edit(client, "customer_survey", survey, customer_name="江汉建材").status_code == 302
    page = html.unescape(client.get(f"/admin/customer_survey/details/?id={survey.public_id}").text)
    assert re.findall(r"/sign/\?id=[\w-]+&field=(\w+)", page) == ["surveyed_by_id"]


@pytest.mark.parametrize("table", ["contact_plan", "visit_plan", "gift", "appointment", "greeting"])
def test_service_finds_and_mends_what_it_keeps_for_its_own_store(client_of, make, table):
    here, there = (make(table, store_id=store) for store in (HERE, THERE))
    client = client_of("service_officer")
    assert client.get(f"/admin/{table}/edit/?id={here.public_id}").status_code == 200
    assert client.get(f"/admin/{table}/details/?id={there.public_id}").status_code == 404


@pytest.mark.rule("R-SERV-01")
def test_service_calls_back_for_every_store_and_the_judged_only_read(client_of, make):
    call = make("callback", store_id=THERE)
    assert client_of("service_officer").get(f"/admin/callback/edit/?id={call.public_id}").status_code == 200
    assert client_of("store_manager2").get(f"/admin/callback/details/?id={call.public_id}").status_code == 200
    for page in ("edit", "delete"):
        assert client_of("store_manager2").get(f"/admin/callback/{page}/?id={call.public_id}").status_code in (403, 404)


def test_a_call_passed_on_to_service_is_theirs_to_act_on(client_of, make):
    mine, others = (
        make("inbound_call", passed_to_id=PERSON_IDS[username]) for username in ("service_officer", "service_officer2")
    )
    client = client_of("service_officer")
    assert client.get(f"/admin/inbound_call/edit/?id={mine.public_id}").status_code == 200
    assert client.get(f"/admin/inbound_call/details/?id={others.public_id}").status_code == 404

"""Signatures on an ordinary form: in the hands of who fills in and who judges, for what was seen, and then it is closed."""

import html
import re
from datetime import date

import pytest

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.verdicts import Refused
from tests.fixtures.company import DEPARTMENT_IDS, PEOPLE, PERSON_IDS
from tests.fixtures.forms import trail_of
from tests.fixtures.web import post

#: drafted by the sales manager, checked and approved by two others
TABLE = "survey_plan"
DAY = date(2026, 3, 2)


@pytest.fixture
def plan(world):
    """A plan that the sales manager wrote, in their department."""
    with world.writing("sales_manager") as session:
        register = register_named(TABLE)
        values = {"planned_on": DAY, "title": "一季度调查", "leader_id": PERSON_IDS["sales"]}
        record = records.add(session, register, values)
        return record.public_id


def address(plan, page, **more):
    return f"/admin/{TABLE}/{page}/?id={plan}" + "".join(f"&{name}={value}" for name, value in more.items())


def version_on(client, plan, field):
    page = client.get(address(plan, "sign", field=field)).text
    return re.search(r'name="version" value="([^"]+)"', page)[1]


def sign(client, plan, field, **sent):
    seen = sent.pop("version", None) or version_on(client, plan, field)
    return post(client, address(plan, "sign", field=field), {"version": seen, "confirmed": "yes", **sent})


def stored(world, plan):
    with world.open() as session:
        record = records.find(session, register_named(TABLE), plan)
        session.expunge(record)
        return record


def waiting(client, plan):
    """The signatures that the record's page offers this person."""
    return re.findall(r"签字：([^<\s]+)", html.unescape(client.get(address(plan, "details")).text))


@pytest.mark.rule("R-ROLE-04")
def test_the_author_is_offered_no_judging_signature_and_is_refused_one(world, client_of, plan):
    client = client_of("sales_manager")
    assert waiting(client, plan) == []
    answer = client.get(address(plan, "sign", field="reviewed_by_id"))
    assert (answer.status_code, "R-ROLE-04" in answer.text) == (403, True)
    assert stored(world, plan).reviewed_by_id is None


@pytest.mark.rule("R-ROLE-04", "R-ROLE-05")
def test_two_people_judge_and_each_signature_is_in_the_trail(world, client_of, plan):
    assert sign(client_of("service_manager"), plan, "reviewed_by_id").status_code == 302
    answer = client_of("service_manager").get(address(plan, "sign", field="approved_by_id"))
    assert (answer.status_code, "R-ROLE-04" in answer.text) == (403, True)
    assert sign(client_of("general_manager"), plan, "approved_by_id").status_code == 302
    record = stored(world, plan)
    assert (record.reviewed_by_id, record.approved_by_id) == (
        PERSON_IDS["service_manager"],
        PERSON_IDS["general_manager"],
    )
    assert record.reviewed_at and record.approved_at
    assert [event for event, *_rest in trail_of(world)].count("signed") == 2


@pytest.mark.rule("R-ROLE-05")
def test_a_form_that_changes_loses_what_was_judged_of_it(world, client_of, plan):
    sign(client_of("service_manager"), plan, "reviewed_by_id")
    with world.writing("sales_manager") as session:
        record = records.find(session, register_named(TABLE), plan)
        records.change(session, record, {"title": "改了名称"})
    record = stored(world, plan)
    assert (record.title, record.reviewed_by_id, record.reviewed_at) == ("改了名称", None, None)


@pytest.mark.rule("R-ROLE-05")
def test_what_changed_since_it_was_seen_is_not_signed(world, client_of, plan):
    client = client_of("service_manager")
    seen = version_on(client, plan, "reviewed_by_id")
    with world.writing("sales_manager") as session:
        record = records.find(session, register_named(TABLE), plan)
        records.change(session, record, {"title": "改了名称"})
    answer = sign(client, plan, "reviewed_by_id", version=seen)
    assert (answer.status_code, "R-ROLE-05" in answer.text) == (409, True)
    assert stored(world, plan).reviewed_by_id is None


@pytest.mark.rule("R-ROLE-05")
def test_a_closed_form_changes_on_no_path(world, client_of, plan):
    sign(client_of("director"), plan, "reviewed_by_id")
    sign(client_of("general_manager"), plan, "approved_by_id")
    client = client_of("sales_manager")
    assert f"edit/?id={plan}" not in client.get(address(plan, "details")).text
    answer = client.get(address(plan, "edit"))
    assert (answer.status_code, "R-ROLE-05" in answer.text) == (409, True)
    assert post(client, address(plan, "edit"), {"title": "改了", "version": "2"}).status_code == 409
    for change in (
        lambda session, record: records.change(session, record, {"title": "改了"}),
        lambda session, record: setattr(record, "title", "改了"),
    ):
        locked = pytest.raises(Refused, check=lambda refused: refused.verdict.code == "locked")
        with locked, world.writing("sales_manager") as session:
            change(session, records.find(session, register_named(TABLE), plan))
    assert stored(world, plan).title == "一季度调查"


@pytest.mark.rule("R-ROLE-05", "R-SCOR-03")
def test_a_closed_form_is_voided_on_no_path(world, client_of, plan):
    sign(client_of("director"), plan, "reviewed_by_id")
    sign(client_of("general_manager"), plan, "approved_by_id")
    client, void = client_of("sales_manager"), {"confirmed": "yes", "reason": "不要了"}
    assert f"delete/?id={plan}" not in client.get(address(plan, "details")).text
    for answer in (client.get(address(plan, "delete")), post(client, address(plan, "delete"), void)):
        assert (answer.status_code, "有错的请另填一份" in answer.text) == (409, True)
    post(client, f"/admin/{TABLE}/action/", {"action": "void", "id": [plan], **void})
    assert "完成 0 条，未办 1 条" in client.get(f"/admin/{TABLE}/").text
    for change in (
        lambda session, record: records.void(session, record, "不要了"),
        lambda session, record: setattr(record, "voided_at", record.created_at),
    ):
        locked = pytest.raises(Refused, check=lambda refused: refused.verdict.code == "locked")
        with locked, world.writing("sales_manager") as session:
            change(session, records.find(session, register_named(TABLE), plan))
    assert stored(world, plan).voided_at is None


@pytest.mark.rule("R-LIST-03")
def test_a_form_voided_before_it_was_closed_comes_back(world, client_of, plan):
    with world.writing() as session, operating(session):
        record = records.find(session, register_named(TABLE), plan)
        record.voided_at, record.void_reason = record.created_at, "录错"
        record.reviewed_by_id, record.approved_by_id = PERSON_IDS["director"], PERSON_IDS["general_manager"]
    assert post(client_of("sales_manager"), address(plan, "restore"), {"confirmed": "yes"}).status_code == 302
    assert stored(world, plan).voided_at is None


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("username", ["sales", "clerk", "auditor"])
def test_who_may_not_approve_finds_no_signature_to_give(world, client_of, plan, username):
    answer = client_of(username).get(address(plan, "sign", field="approved_by_id"))
    assert answer.status_code in (403, 404)
    assert stored(world, plan).approved_by_id is None


def test_a_field_that_is_no_signature_cannot_be_signed(client_of, plan):
    assert client_of("service_manager").get(address(plan, "sign", field="title")).status_code == 404
    assert client_of("service_manager").get(address(plan, "sign", field="nothing")).status_code == 404


def test_lines_of_a_form_lead_to_customers_and_colleagues(world, client_of, plan, make):
    customer = make("customer", department_id=DEPARTMENT_IDS[PEOPLE["sales_manager"][0]], name="秦望舒")
    client = client_of("sales_manager")
    found = client.get(f"/admin/{TABLE}/ajax/lookup/?name=targets.customer_id&query=秦望舒").json
    assert [one[0] for one in found] == [customer.public_id]
    form = {"version": "1", "targets-0-kind": "key", "targets-0-customer_id": customer.public_id,
            "targets-0-customer_id__text": "秦望舒"}  # fmt: skip
    assert post(client, address(plan, "edit"), form).status_code == 302
    page = client.get(address(plan, "details")).text
    assert "秦望舒" in page
    again = client.get(address(plan, "edit")).text
    assert f'name="targets-0-customer_id" value="{customer.public_id}"' in again
    wrong = post(
        client,
        address(plan, "edit"),
        {**form, "version": "2", "targets-0-customer_id": "", "targets-0-customer_id__text": "没有这人"},
    )
    assert "没有找到" in wrong.text
    with world.open() as session:
        record = records.find(session, register_named(TABLE), plan)
        assert [line.customer_id for line in record.targets] == [customer.id]

"""My desk shows what waits for me, each group with its count (R-DESK-01)."""

import re
from datetime import date
from typing import Any

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import power_requests, records, stand_ins
from admin_app.operations.today import local_day
from admin_app.permissions import Level, Role
from admin_app.rules.signers import StandIn
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.queries import counted_queries
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-DESK-01")
POWERS, APPROVALS = "岗位与密级审批", "等我签批"


def ask(world: Any, username: str, power: Level | Role) -> str:
    """The address id of what admin asks for them."""
    with world.writing("admin") as session:
        employee = session.get_one(register_named("employee"), PERSON_IDS[username])
        return power_requests.ask(session, employee, power, "工作需要", clock.now()).public_id


def counts(client: Any) -> dict[str, int]:
    """Title -> count of the groups on the desk that hold something."""
    found = re.findall(r"<h2>([^<]+) <b class=\"count\">(\d+)</b>", client.get("/").text)
    return {title: int(count) for title, count in found}


@pytest.mark.rule("R-ROLE-02")
def test_powers_asked_for_stand_on_the_desk_of_who_decides_them_and_nobody_elses(world, client_of):
    secret, classified = ask(world, "clerk", Level.SECRET), ask(world, "sales", Level.CONFIDENTIAL)
    service, general = client_of("service_manager"), client_of("general_manager")
    assert (counts(service), counts(general)) == ({POWERS: 1}, {POWERS: 1})
    assert f'<a href="/powers/{secret}/">密级权限：秘密</a> <small>前台录入员 0001</small>' in service.get("/").text
    assert f"/powers/{classified}/" in general.get("/").text
    assert f"/powers/{classified}/" not in service.get("/").text
    assert service.get(f"/powers/{secret}/").status_code == 200
    for other in ("admin", "clerk", "info_supervisor"):
        page = client_of(other).get("/").text
        assert POWERS not in page
        assert "/powers/" not in page


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_finds_it_on_their_desk_for_those_days(world, client_of):
    ask(world, "clerk", Level.SECRET)
    with world.writing("general_manager") as session:
        day = local_day(session, clock.now())
        named = StandIn(PERSON_IDS["service_manager"], PERSON_IDS["director"], day, day)
        stand_ins.name(session, named, clock.now())
    assert counts(client_of("director")) == {POWERS: 1}


def test_what_was_decided_leaves_the_desk(world, client_of):
    mine = ask(world, "clerk", Role.SALES_MANAGER)
    client = client_of("service_manager")
    digest = re.search(r'name="digest" value="(\w+)"', client.get(f"/powers/{mine}/").text)[1]
    post(client, f"/powers/{mine}/", {"decision": "approve", "digest": digest})
    assert counts(client) == {}
    assert Role.SALES_MANAGER in world.person("clerk").roles


def test_approvals_waiting_are_counted_as_the_inbox_lists_them(room, clients):
    request = room.submitted()
    head = clients("store_manager")
    assert head.get("/approvals/").text.count("/admin/archive_loan/details/") == 1
    assert counts(head) == {APPROVALS: 1}
    room.sign("store_manager", request)
    assert head.get("/approvals/").text.count("/admin/archive_loan/details/") == 0
    assert counts(head) == {}


def rows(client: Any, address: str) -> dict[str, list[str]]:
    """Title of the group -> what its entries say, one text each."""
    page = re.sub(r'<div class="desk">(?!.*class="count").*', "", client.get(address).text, flags=re.DOTALL)
    groups = re.findall(r'<h2>([^<]+) <b class="count">\d+</b></h2><ul>(.*?)</ul>', page, re.DOTALL)
    return {
        title: [re.sub(r"\s*<[^>]+>\s*", "|", entry) for entry in re.findall(r"<li>(.*?)</li>", entries, re.DOTALL)]
        for title, entries in groups
    }


def waiting(client: Any) -> int:
    """The number that the menu's script asks for."""
    return client.get("/waiting/").get_json()["count"]


@pytest.mark.rule("R-LOAN-02")
def test_what_i_signed_and_what_i_asked_for_stand_on_pages_of_their_own(room, clients):
    request = room.submitted()
    number, head, applicant = (
        room.get("archive_loan", request).number,
        clients("store_manager"),
        clients("customer_manager"),
    )
    assert (waiting(head), waiting(applicant)) == (1, 0)
    room.sign("store_manager", request)
    assert (waiting(head), waiting(clients("archive_keeper"))) == (0, 2)  # the request, and papers without a scan
    (signed,) = rows(head, "/done/")["签批与签字"]
    assert number in signed
    assert "2026-03-11 周三 10:00" in signed
    assert "签批" in signed
    (asked,) = rows(applicant, "/begun/")["借阅与查阅申请"]
    assert number in asked
    assert "签批中" in asked
    assert rows(applicant, "/done/") == rows(head, "/begun/") == {}


def test_a_form_that_i_filled_in_is_told_with_whose_signature_it_waits_for(world, client_of, make):
    with world.writing("sales_manager") as session:
        values = {"planned_on": date(2026, 3, 2), "title": "一季度调查", "leader_id": PERSON_IDS["sales"]}
        plan = records.add(session, register_named("survey_plan"), values)
        id_, public_id = plan.id, plan.public_id
    client = client_of("sales_manager")
    (form,) = rows(client, "/begun/")["待签的表单"]
    assert "一季度调查" in form
    assert "待签：" in form
    with world.writing() as session:
        session.get_one(register_named("survey_plan"), id_).level = Level.TOP_SECRET
    assert rows(client, "/begun/") == {}
    assert public_id not in client.get("/begun/").text


@pytest.mark.rule("R-ROLE-02")
def test_powers_asked_for_and_decided_are_told_to_both(world, client_of):
    ask(world, "clerk", Level.SECRET)
    assert waiting(client_of("service_manager")) == 1
    (asked,) = rows(client_of("admin"), "/begun/")["岗位与密级申请"]
    assert "密级权限：秘密" in asked
    assert "待批" in asked
    assert waiting(client_of("clerk")) == 0


def test_what_is_done_and_begun_costs_the_same_for_one_as_for_many(world, client_of):
    client, numbers = client_of("sales_manager"), []
    for title in "甲乙丙":
        with world.writing("sales_manager") as session:
            values = {"planned_on": date(2026, 3, 2), "title": title, "leader_id": PERSON_IDS["sales"]}
            records.add(session, register_named("survey_plan"), values)
        client.get("/begun/")
        with counted_queries(world) as queries:
            client.get("/begun/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[-1]

"""My desk shows what waits for me, each group with its count (R-DESK-01)."""

import re
from typing import Any

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import power_requests, stand_ins
from admin_app.operations.today import local_day
from admin_app.permissions import Level, Role
from admin_app.rules.signers import StandIn
from tests.fixtures.company import PERSON_IDS
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

"""A masked value is shown without scripts, too: a page asks for the reason, notes it and shows the one value (R-CONF-06)."""

import json

import pytest

from admin_app.working.trail import TrailEntry
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CONF-06")
HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def address(make):
    visitor = make("visitor", store_id=1, phone="13812345678")
    return f"/admin/visitor/reveal/?id={visitor.public_id}&field=phone"


def revealed(world):
    with world.open() as session:
        entries = session.query(TrailEntry).filter_by(event="revealed").order_by(TrailEntry.seq)
        return [json.loads(one.detail)["reason"] for one in entries]


def test_a_page_asks_for_the_reason_and_then_shows_the_value(world, client_of, address):
    client = client_of("director")
    asked = client.get(address, headers=HTML)
    assert (asked.status_code, "联系电话" in asked.text, "13812345678" in asked.text) == (200, True, False)
    shown = post(client, address, {"reason": "回访核对"}, headers=HTML)
    assert (shown.status_code, "13812345678" in shown.text) == (200, True)
    assert revealed(world) == ["回访核对"]


def test_without_a_reason_the_page_asks_again_and_nothing_is_shown(world, client_of, address):
    answer = post(client_of("director"), address, {"reason": " "}, headers=HTML)
    assert (answer.status_code, "请写明查看原因" in answer.text, "13812345678" in answer.text) == (400, True, False)
    assert revealed(world) == []


def test_who_may_not_reveal_finds_no_such_page(client_of, address, make):
    hidden = make("visitor", store_id=2).public_id
    assert client_of("designer").get(address, headers=HTML).status_code == 404
    assert client_of("store_manager").get(f"/admin/visitor/reveal/?id={hidden}&field=phone").status_code == 404
    assert client_of("director").get(address.replace("phone", "name"), headers=HTML).status_code == 404

"""After "save and add another" the next form begins with what the register carries over, as whoever types sees it."""

import re

import pytest

from admin_app.models import all_registers
from tests.fixtures.company import STORE_IDS
from tests.fixtures.forms import box_on, trail_of
from tests.fixtures.web import post

EAST, WEST = STORE_IDS["城东店"], STORE_IDS["城西店"]
VISIT = {"came_at": "2026-03-02", "came_at__time": "10:05", "name": "顾青", "phone": "13800001111", "estate": "梧桐里",
         "source": "friend", "received_by": "前台"}  # fmt: skip


def said(page):
    """What the form says was carried over."""
    found = re.search(r"data-carries=\"[^\"]*\"><span>([^<]*)</span>", page)
    return found and found[1]


def test_day_place_and_people_are_carried_over_and_told_and_nothing_else(client_of):
    client = client_of("clerk")
    answer = post(client, "/admin/visitor/new/", {**VISIT, "_add_another": "yes"})
    assert re.fullmatch(r"/admin/visitor/new/\?after=[\w-]+", answer.location)
    page = client.get(answer.location).text
    boxes = {name: box_on(page, name) for name in ("came_at", "estate", "received_by", "name", "phone")}
    assert boxes == {"came_at": "2026-03-02", "estate": "梧桐里", "received_by": "前台", "name": None, "phone": None}
    assert said(page) == "沿用上一条：来店时间 2026-03-02、小区 梧桐里、接待人 前台"
    assert said(client.get("/admin/visitor/new/").text) is None
    assert said(post(client, answer.location, {"name": "又一位"}).text) is None


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("values", [{"store_id": WEST}, {"store_id": EAST, "level": 4}], ids=["elsewhere", "above"])
def test_nothing_is_carried_over_from_a_record_that_one_does_not_see(client_of, make, values):
    visit = make("visitor", received_by="不该看见的人", **values)
    page = client_of("clerk").get(f"/admin/visitor/new/?after={visit.public_id}").text
    assert (said(page), "不该看见的人" in page) == (None, False)


@pytest.mark.rule("R-AUDT-01")
def test_reading_a_secret_record_for_the_next_form_is_noted(world, client_of, make):
    item = make("archive_item", level=2)
    client_of("archive_keeper").get(f"/admin/archive_item/new/?after={item.public_id}")
    assert trail_of(world)[-1] == ("viewed", "archive_item", {"ids": [item.id], "via": "form"})


def test_a_register_that_carries_nothing_opens_a_blank_form(client_of):
    answer = post(client_of("clerk"), "/admin/estate/new/", {"name": "云栖苑", "_add_another": "yes"})
    assert answer.location == "/admin/estate/new/"
    assert not all_registers()["estate"].carried

"""What scripts add to a list and to a record's page: the order and width of columns, and leaving blank fields out."""

import re

import pytest
from playwright.sync_api import expect

from tests.fixtures.company import STORE_IDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
    ),
]
EAST = STORE_IDS["城东店"]


@pytest.mark.rule("R-LIST-01")
def test_columns_are_moved_and_widened_and_blank_fields_left_out_and_all_stays_so(sign_in, make):
    made = make("visitor", store_id=EAST, name="秦叔宝")
    page = sign_in("store_manager")
    page.goto("/admin/visitor/")
    page.get_by_text("列", exact=True).click()
    page.get_by_role("button", name="前移 顾客姓名").click()
    page.get_by_role("button", name="应用").click()
    heads = page.locator("thead th[data-name]")
    expect(heads.first).to_have_attribute("data-name", "name")
    assert "col=name&col=came_at" in page.url
    before = heads.nth(1).bounding_box()["width"]
    grip = heads.nth(1).locator(".grip").bounding_box()
    page.mouse.move(grip["x"] + 3, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 83, grip["y"] + 5)
    page.mouse.up()
    page.reload()
    expect(heads.nth(1)).to_have_css("min-width", f"{round(before) + 80}px")
    assert heads.nth(1).bounding_box()["width"] >= before + 79  # a table that has room gives a column more
    heads.nth(1).locator(".grip").dblclick()
    expect(heads.nth(1)).not_to_have_attribute("style", re.compile("width: [0-9]"))

    page.goto(f"/admin/visitor/details/?id={made.public_id}")
    blank = page.locator(".facts > .blank").first
    expect(blank).to_be_visible()
    page.get_by_role("button", name="不看空栏").click()
    expect(blank).to_be_hidden()
    expect(page.locator(".facts dd", has_text="秦叔宝")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="不看空栏")).to_have_attribute("aria-pressed", "true")
    expect(blank).to_be_hidden()

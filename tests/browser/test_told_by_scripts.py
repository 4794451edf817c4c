"""What scripts tell beside a page: the weekday of a day typed, how much waits, that a saved row left the list."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from admin_app import clock
from tests.fixtures.company import PERSON_IDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
    ),
]


@pytest.mark.rule("R-DESK-01")
def test_a_day_has_its_weekday_what_waits_its_number_and_a_row_that_left_the_list_is_told_of(world, make, sign_in):
    owner = {"store_id": 1, "owner_id": PERSON_IDS["customer_manager"]}
    make("greeting", due_on=(clock.now() - timedelta(days=2)).date(), by_id=owner["owner_id"], **owner)
    made = make("customer", grade="A", **owner)
    make("customer", grade="A", **owner)
    page = sign_in("customer_manager")
    expect(page.locator("[data-waiting]")).to_have_text("1")
    page.goto("/admin/customer/?f-grade=A")
    page.locator(f"th a[href*='{made.public_id}']").click()
    page.get_by_role("link", name="编辑").click()
    page.locator("input[type=date]").first.fill("2026-11-21")
    expect(page.locator("output.weekday").first).to_have_text("周六")
    page.locator("input[name=grade][value=B]").check()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="返回列表").click()
    expect(page.get_by_text("已保存，该记录不再符合当前筛选。")).to_be_visible()
    page.goto("/admin/customer/?f-grade=A")
    expect(page.get_by_text("已保存，该记录不再符合当前筛选。")).to_be_hidden()

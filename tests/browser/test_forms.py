"""What a form does while it is filled in: fields that come and go, a link made next door, values and files that stay."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from admin_app.models import register_named

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)]
PDF = {"name": "验房单.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 scan"}


def the_only(world, table):
    with world.open() as session:
        return session.scalars(select(register_named(table))).one()


def test_fields_come_and_go_and_what_is_hidden_is_sent_blank(world, sign_in):
    page = sign_in("archive_keeper")
    page.goto("/admin/storage_check/new/")
    problems = page.get_by_label("问题说明")
    found = page.get_by_role("group", name="发现问题")
    expect(problems).to_be_hidden()
    found.get_by_label("是", exact=True).check()
    expect(problems).to_be_visible()
    expect(problems).to_have_attribute("required", "")
    problems.fill("返潮")
    found.get_by_label("否", exact=True).check()
    expect(problems).to_be_hidden()
    found.get_by_label("是", exact=True).check()
    expect(problems).to_have_value("返潮")
    found.get_by_label("否", exact=True).check()
    page.locator("#checked_on").fill("2026-03-02")
    page.locator("#room").fill("一号库")
    page.get_by_role("group", name="检查结果").get_by_label("正常").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已新增")).to_be_visible()
    check = the_only(world, "storage_check")
    assert (check.problems_found, check.problems) == (False, None)


def test_a_missing_estate_is_made_beside_the_form_by_keyboard_and_comes_back_chosen(world, sign_in, picture):
    page = sign_in("clerk")
    page.goto("/admin/customer/new/")
    page.get_by_label("客户名称").fill("钱先来")
    page.get_by_label("小区").fill("云栖苑")
    expect(page.get_by_role("option", name="新建小区楼盘档案…")).to_be_visible()
    picture(page, "making-a-link")
    with page.context.expect_page() as opened:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    beside = opened.value
    expect(beside.get_by_label("小区名称")).to_have_value("云栖苑")
    assert "云栖苑" not in beside.url
    with beside.expect_event("close"):
        beside.get_by_role("button", name="保存").click()
    expect(page.get_by_label("小区")).to_have_value("云栖苑")
    expect(page.get_by_label("小区")).to_be_focused()
    expect(page.get_by_label("客户名称")).to_have_value("钱先来")
    chosen = page.locator("input[name=estate_id]").input_value()
    assert chosen == the_only(world, "estate").public_id


def test_a_refused_form_keeps_its_file_and_the_next_form_begins_with_what_the_last_one_held(world, sign_in):
    page = sign_in("archive_keeper")
    page.goto("/admin/archive_item/new/")
    page.get_by_label("扫描件").set_input_files(PDF)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".held")).to_contain_text("验房单.pdf")
    page = sign_in("clerk")
    page.goto("/admin/visitor/new/")
    for name, text in {"came_at": "2026-03-02", "name": "顾青", "phone": "13800001111", "received_by": "前台"}.items():
        page.locator(f"#{name}").fill(text)
    page.get_by_label("顾客来源").select_option("friend")
    page.get_by_role("button", name="保存并新增").click()
    expect(page.get_by_text("沿用上一条：来店时间 2026-03-02、接待人 前台")).to_be_visible()
    page.locator("#name").fill("又一位")
    page.get_by_role("link", name="清空").click()
    expect(page.locator("#received_by")).to_have_value("")
    expect(page.locator("#came_at")).to_be_focused()
    expect(page.locator("#name")).to_have_value("又一位")

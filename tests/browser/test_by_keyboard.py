"""Ten things that newcomers do, by keyboard alone."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from admin_app.models import register_named
from tests.browser.keyboard import Keyboard
from tests.fixtures.company import STORE_IDS, today

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
    ),
]
EAST = STORE_IDS["城东店"]


@pytest.fixture
def customer(make):
    return make("customer", store_id=EAST, name="单雄信", phone="13800000001")


@pytest.fixture
def keys(sign_in):
    """``keys("clerk")``: the keyboard of that person, signed in."""
    return lambda username: Keyboard(sign_in(username))


def only(world, table, **values):
    """The one record of *table* with those values."""
    register = register_named(table)
    with world.open() as session:
        return session.scalars(select(register).filter_by(**values)).one()


def test_a_customer_is_found_by_the_initials_of_the_name(keys, customer):
    keys("info_officer").jump("sxx", to="单雄信")


def test_a_register_is_jumped_to(keys):
    clerk = keys("clerk")
    clerk.jump("日来店", to="日来店顾客登记")
    assert clerk.page.url.endswith("/admin/visitor/")


def test_a_visit_is_added_and_a_refused_form_is_corrected(keys, world):
    clerk = keys("clerk")
    clerk.page.goto("/admin/visitor/")
    clerk.press("n")
    expect(clerk.page.locator("h1")).to_contain_text("新增")
    clerk.page.wait_for_load_state()
    clerk.reach("来店时间")
    clerk.press("ArrowUp", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowUp")  # whichever of them is the year
    clerk.fill("顾客姓名", "程咬金")
    clerk.fill("联系电话", "138")
    clerk.choose("顾客来源", "朋友介绍")
    clerk.fill("接待人", "李秀宁")
    clerk.press("Control+s")
    expect(clerk.page.locator(".faults")).to_be_visible()
    expect(clerk.page.locator("#phone")).to_be_focused()
    clerk.fill("联系电话", "13800000002")
    clerk.press("Enter")
    expect(clerk.page.locator(".flash.success")).to_be_visible()
    saved = only(world, "visitor", name="程咬金")
    assert (saved.phone, saved.source) == ("13800000002", "friend")


@pytest.mark.rule("R-LIST-01")
def test_a_filtered_list_is_kept_and_a_colleague_opens_it(keys, make):
    make("visitor", store_id=EAST, name="秦叔宝", source="friend")
    make("visitor", store_id=EAST, name="罗士信", source="friend")
    clerk = keys("clerk")
    clerk.page.goto("/admin/visitor/")
    clerk.press("/")
    clerk.type("秦")
    clerk.press("Enter")
    expect(clerk.page.locator(".chip")).to_contain_text("秦")
    clerk.skip_to_content()
    clerk.reach("存为视图")
    clerk.press("Enter")
    clerk.fill("名称", "秦家的人")
    clerk.choose("谁能用", "店经理")
    clerk.act("保存", then="秦家的人")
    manager = keys("store_manager")
    manager.page.goto("/admin/visitor/")
    manager.skip_to_content()
    manager.act("秦家的人", then="查找“秦”")
    expect(manager.page.locator(".ledger tbody tr")).to_have_count(1)


@pytest.mark.rule("R-LIST-04")
def test_a_clash_of_two_who_save_is_resolved(keys, customer, world):
    first, second = keys("info_officer"), keys("info_supervisor")
    for one in (first, second):
        one.page.goto(f"/admin/customer/edit/?id={customer.public_id}")
    first.fill("客户名称", "单通")
    first.press("Enter")
    expect(first.page.locator(".flash.success")).to_be_visible()
    second.fill("客户名称", "单二哥")
    second.press("Enter")
    expect(second.page.locator(".clash")).to_be_visible()
    second.skip_to_content()
    second.reach("单二哥")
    second.press("Control+s")
    expect(second.page.locator(".flash.success")).to_be_visible()
    assert only(world, "customer", id=customer.id).name == "单二哥"


@pytest.mark.rule("R-LIST-03")
def test_a_voided_record_is_restored(keys, make, world):
    made = make("visitor", store_id=EAST, name="罗成")
    manager = keys("store_manager")
    manager.page.goto(f"/admin/visitor/details/?id={made.public_id}")
    manager.skip_to_content()
    manager.act("作废", then="原因")
    manager.fill("原因", "重复登记")
    manager.reach("作废")
    manager.press("Enter")
    expect(manager.page.locator(".flash.success")).to_be_visible()
    manager.page.goto("/admin/visitor/")
    manager.skip_to_content()
    manager.act("已作废", then="罗成")
    manager.press("j", "Enter")
    expect(manager.page.locator("h1")).to_contain_text("罗成")
    manager.skip_to_content()
    manager.act("恢复", then="恢复这条记录")
    manager.skip_to_content()
    manager.reach("恢复")
    manager.press("Enter")
    expect(manager.page.locator(".flash.success")).to_be_visible()
    assert only(world, "visitor", id=made.id).voided_at is None


@pytest.mark.rule("R-AUDT-02")
def test_who_changed_a_phone_number_is_seen(keys, customer):
    officer = keys("info_officer")
    officer.page.goto(f"/admin/customer/edit/?id={customer.public_id}")
    officer.fill("联系电话", "13800000003")
    officer.press("Enter")
    expect(officer.page.locator(".flash.success")).to_be_visible()
    officer.page.goto("/")
    officer.jump("sxx", to="单雄信")
    last = officer.page.locator(".history > li").first
    expect(last).to_contain_text("客户信息专员")
    expect(last).to_contain_text("13800000001 → 13800000003")


def test_a_slip_is_printed(keys, make):
    made = make("archive_handover", missing_count=0)
    keeper = keys("archive_keeper")
    keeper.page.goto(f"/admin/archive_handover/details/?id={made.public_id}")
    keeper.skip_to_content()
    keeper.act("打印", then="档案交接单")
    keeper.page.evaluate("print = () => document.body.classList.add('printed-out')")
    keeper.skip_to_content()
    keeper.reach("打印")
    keeper.press("Enter")
    expect(keeper.page.locator("body.printed-out")).to_have_count(1)


@pytest.mark.rule("R-DESK-01")
def test_the_desk_is_worked_through_to_empty(keys, make, world):
    person = world.person("customer_manager")
    customer = make("customer", store_id=EAST, name="尉迟恭", owner_id=person.id)
    values = {
        "state": "due",
        "due_on": today(),
        "by_id": person.id,
        "customer_id": customer.id,
        "occasion": "birthday",
    }
    made = make("greeting", store_id=EAST, owner_id=person.id, **values)
    manager = keys("customer_manager")
    expect(manager.page.locator(".desk .count").first).to_have_text("1")
    manager.skip_to_content()
    manager.press("Tab", "Tab", "Tab", "Tab", "Tab", "Enter")  # past 待办, 已办, 我发起的, 与我有关
    expect(manager.page.locator("h1")).to_contain_text("尉迟恭")
    manager.press("e")
    expect(manager.page.locator("h1")).to_contain_text("编辑")
    manager.reach("待问候")
    manager.press("ArrowRight")
    manager.press("Control+s")
    expect(manager.page.locator(".flash.success")).to_be_visible()
    assert only(world, "greeting", id=made.id).state == "done"
    manager.page.goto("/")
    expect(manager.page.get_by_text("都办完了")).to_be_visible()

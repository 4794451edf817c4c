"""A manager's month end in the browser: a sheet written late, the scores of all, looked through, accepted, locked, and the
summary signed for human resources. Long, so it goes with the long run."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from admin_app.models import register_named
from tests.fixtures.company import PASSWORD, PERSON_IDS

pytestmark = [pytest.mark.browser, pytest.mark.soak]
MONTH = "/scores/?month=2026-03"
MANAGERS = ("customer_manager", "customer_manager2")


@pytest.mark.rule("R-CUST-05", "R-SCOR-01", "R-SCOR-03")
def test_a_managers_month_end(office, enter, picture):
    office.example()
    manager, director, general_manager = map(enter, ("customer_manager", "director", "general_manager"))
    a_registration_is_written_long_after_its_day(office, manager, picture)
    the_director_computes_the_month_and_looks_it_through(office, director, picture)
    the_managers_accept(office, [manager, enter("customer_manager2")], picture)
    the_general_manager_locks_all(office, general_manager, picture)
    the_summary_is_signed_and_read_by_human_resources(office, director, enter("hr"), picture)


def a_registration_is_written_long_after_its_day(office, manager: Page, picture):
    """Of 12 March, written today: late (R-CUST-05)."""
    manager.goto("/admin/customer_registration/new/")
    for name, text in {
        "day": "2026-03-12",
        "registered_at": "2026-03-12",
        "name": "迟女士",
        "need": "全屋",
        "phone": "13800000077",
    }.items():
        manager.locator(f"#{name}").fill(text)
    manager.locator("[name=registered_at__time]").fill("10:00")
    for name, code in {"channel": "visit", "wants": "buy", "intending": "yes", "via_intermediary": "no"}.items():
        choose(manager, name, code)
    manager.get_by_role("button", name="保存", exact=True).click()
    expect(manager.get_by_text("已新增")).to_be_visible()
    picture(manager, "month-late")


def the_director_computes_the_month_and_looks_it_through(office, director: Page, picture):
    director.goto(MONTH)
    director.get_by_role("button", name="计算本月").click()
    expect(director.get_by_text(re.compile("已计算 2 张考核表"))).to_be_visible()
    picture(director, "month-computed", whole=True)
    assert [one.fault for one in deductions(office, "customer_registration")] == ["late"]
    password(director)
    director.get_by_role("button", name="审核所选").click()
    expect(director.get_by_text("已审核 2 张")).to_be_visible()


def the_managers_accept(office, managers: list[Page], picture):
    for who, page in zip(MANAGERS, managers, strict=True):
        page.goto(f"/scores/{sheets(office)[who].public_id}/")
        picture(page, f"month-sheet-{who}", whole=True)
        page.get_by_role("button", name="认可", exact=True).click()
        expect(page.get_by_text("已认可").first).to_be_visible()
    assert {one.state for one in sheets(office).values()} == {"accepted"}


def the_general_manager_locks_all(office, general_manager: Page, picture):
    general_manager.goto(MONTH)
    password(general_manager)
    general_manager.get_by_role("button", name="批准所选").click()
    expect(general_manager.get_by_text("已批准锁定 2 张")).to_be_visible()
    picture(general_manager, "month-locked", whole=True)
    assert {one.approved_by_id for one in sheets(office).values()} == {PERSON_IDS["general_manager"]}


def the_summary_is_signed_and_read_by_human_resources(office, director: Page, hr: Page, picture):
    address = f"/admin/hr_report/details/?id={summary(office).public_id}"
    open_secret(director, address)
    picture(director, "month-to-sign", whole=True)
    director.get_by_role("link", name="签字：批准").click()
    password(director)
    director.get_by_role("button", name="签字").click()
    expect(director.get_by_text("已签字").first).to_be_visible()
    assert (summary(office).approved_by_id, summary(office).people_count) == (PERSON_IDS["director"], 2)
    open_secret(hr, address)
    expect(hr.locator("main")).to_contain_text("2026-03")
    picture(hr, "month-summary", whole=True)
    assert summary(office).sent_on is not None


def open_secret(page: Page, address: str) -> None:
    """Past the day's first 三不准 (R-CONF-11)."""
    page.goto(address)
    page.get_by_role("button", name=re.compile("我已阅读")).click()


def choose(page: Page, name: str, code: str) -> None:
    """Of a few codes one is a button, of many one is picked from a list."""
    button = page.locator(f"input[type=radio][name={name}][value={code}]")
    if button.count():
        button.check(force=True)
    else:
        page.locator(f"select[name={name}]").select_option(code)


def password(page: Page) -> None:
    """Where the page asks for it."""
    box = page.get_by_label(re.compile("密码（"))
    if box.count():
        box.fill(PASSWORD)


def sheets(office):
    return {who: office.sheet(who) for who in MANAGERS}


def summary(office):
    with office.world.open() as session:
        return session.scalars(select(register_named("hr_report"))).one()


def deductions(office, table):
    return [one for one in office.deductions() if table in one.evidence_path]

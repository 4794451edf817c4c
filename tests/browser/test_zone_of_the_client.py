"""A client whose zone is another: what it shows and sends is the company's time (R-LOAN-05, R-LOAN-09)."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from admin_app.rules.label_codes import code_of
from tests.fixtures.company import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.rule("R-LOAN-05")]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("zone", ["America/Los_Angeles"])
def test_a_loan_issued_in_a_browser_of_another_zone_is_due_by_the_company_s_clock(room, sign_in, zone):
    """Los Angeles is fifteen or sixteen hours behind Shanghai: 72 hours there would end on another day here."""
    room.now = datetime.now(UTC)
    request = room.granted()
    keeper = sign_in("archive_keeper", timezone_id=zone)
    assert keeper.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == zone
    keeper.goto("/loans/")
    keeper.locator("#code").fill(code_of("archive_item", room.item().public_id))
    keeper.keyboard.press("Enter")
    keeper.get_by_label("密码").fill(PASSWORD)
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("已借出：")).to_be_visible()
    loan = room.get("archive_loan", request)
    assert timedelta(0) < loan.due_at - loan.issued_at <= timedelta(hours=72)
    assert abs(loan.issued_at - datetime.now(UTC)) < timedelta(minutes=5)
    keeper.goto(f"/admin/archive_loan/details/?id={loan.public_id}")
    due = loan.due_at.astimezone(SHANGHAI)
    expect(keeper.locator("main")).to_contain_text(re.compile(rf"应还时间\s*{due:%Y-%m-%d} 周. {due:%H:%M}"))

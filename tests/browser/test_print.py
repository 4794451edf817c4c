"""What comes out of the printer: A4, the content alone, heads on every sheet, black on white also for who works in the dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations
from tests.fixtures.forms import form_of
from tests.fixtures.web import post

pytestmark = [
    pytest.mark.browser,
    pytest.mark.rule("R-CONF-12"),
    pytest.mark.parametrize(
        "engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
    ),
]


def sheets(page):
    """The sizes of the sheets that a page is printed on, in points."""
    pdf = page.pdf(prefer_css_page_size=True)
    found = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in found]


def style(page, selector, name):
    return page.locator(selector).first.evaluate(f"(node) => getComputedStyle(node)['{name}']")


def test_a_slip_of_many_lines_and_a_list_print_on_a4_with_their_heads_and_without_the_menu(
    world, client_of, make, sign_in
):
    made = make("archive_handover", missing_count=60)
    lines = {f"missing-{n}-name": f"缺项{n}" for n in range(60)}
    address = f"/admin/archive_handover/edit/?id={made.public_id}"
    form = form_of(world, "archive_handover", made.id) | lines
    assert post(client_of("archive_keeper"), address, form).status_code == 302
    page = sign_in("archive_keeper")
    page.goto(address.replace("edit", "details"))
    page.get_by_role("link", name="打印").click()
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    assert violations(page) == []
    upright = sheets(page)
    assert len(upright) > 1
    assert set(upright) <= {(595, 842), (596, 842), (595, 841)}
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".bar", "#menu", ".crumbs", ".heading .buttons"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".letterhead")).to_contain_text("用途：档案交接单")
    assert style(page, ".letterhead", "display") == style(page, ".paper thead", "display") == "table-header-group"
    assert style(page, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert style(page, ".paper dd", "color") == "rgb(0, 0, 0)"
    beyond = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 between its margins
    assert page.evaluate(beyond) <= 0
    page.goto("/admin/archive_handover/")
    assert set(sheets(page)) <= {(842, 595), (842, 596), (841, 595)}
    expect(page.locator(".printed")).to_contain_text("打印人：档案管理员")
    expect(page.get_by_text("共 1 条").first).to_be_visible()

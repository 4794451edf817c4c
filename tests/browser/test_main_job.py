"""The product's main job in a real browser, by the people who do it: a ledger in, a file lent, a secret kept."""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from admin_app import clock
from admin_app.models import register_named
from admin_app.permissions import Level
from tests.fixtures.company import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
    ),
]
MAKER = Path(__file__).parent.parent / "data" / "make_ledger.py"
#: what a mended cell holds, by the header in the file
MENDED = {"日期": "2024-05-06", "客户姓名": "沈若兰", "手机号": "13800138000", "来源渠道": "朋友介绍", "等级": "B"}


@pytest.fixture
def ledger(tmp_path):
    """Two thousand rows in GB18030 with titles, totals, ditto marks, mixed dates, 2 % bad rows; the truth beside it."""
    file = tmp_path / "来店登记2023.csv"
    options = [
        "--rows",
        "2000",
        "--seed",
        "7",
        "--title",
        "--totals",
        "--ditto",
        "--mixed-dates",
        "--synonyms",
        "--fullwidth",
    ]
    subprocess.run([sys.executable, MAKER, file, *options], check=True, capture_output=True)
    return file, json.loads(Path(f"{file}.truth.json").read_text(encoding="utf-8"))


def equation(page):
    """The numbers of the check page: lines, then what became of them."""
    text = page.locator(".equation").inner_text()
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", text)]


def mend(content, truth):
    """The file of refused rows with each bad cell put right, as somebody would in a spreadsheet."""
    rows = list(csv.reader(io.StringIO(content.decode("gb18030"), newline="")))
    header = next(row for row in rows if "手机号" in row)
    start, original = rows.index(header) + 1, header.index("原行号")
    for row in rows[start:]:
        column, _kind = truth["bad"][row[original]]
        row[header.index(column)] = MENDED[column]
    mended = io.StringIO(newline="")
    csv.writer(mended).writerows(rows)
    return mended.getvalue().encode("gb18030")


def upload(page, name, content):
    page.goto("/admin/visitor/import/")
    page.get_by_label("登记册文件").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", name="检查结果", level=1)).to_be_visible(timeout=60_000)


@pytest.mark.rule("R-IMPT-01", "R-IMPT-02", "R-IMPT-03", "R-IMPT-04", "R-IMPT-05")
def test_a_clerk_brings_a_ledger_in_mends_what_was_refused_and_every_line_is_accounted_for(
    world, ledger, enter, picture
):
    file, truth = ledger
    page = enter("clerk")
    upload(page, file.name, file.read_bytes())
    bad, duplicates, not_data = len(truth["bad"]), len(truth["duplicates"]), len(truth["not_data"])
    lines, *became = equation(page)
    assert lines == sum(became) == truth["good"] + bad + duplicates + not_data
    assert sorted(number for number in became if number) == sorted([truth["good"], bad, duplicates, not_data])
    picture(page, "import")
    page.get_by_role("button", name="导入正确的行").click()
    expect(page.get_by_role("link", name="看导入的记录")).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载问题行").click()
    mended = mend(Path(download.value.path()).read_bytes(), truth)
    upload(page, "改好的.csv", mended)
    page.get_by_role("button", name=re.compile("^导入")).first.click()
    expect(page.get_by_role("link", name="看导入的记录")).to_be_visible(timeout=120_000)
    assert count(world, "visitor") == truth["good"] + bad
    upload(page, file.name, file.read_bytes())
    expect(page.locator(".equation")).to_contain_text(f"新增 0 + 修改 0 + 相同 {truth['good']}")
    assert count(world, "visitor") == truth["good"] + bad
    page.goto("/admin/visitor/")
    picture(page, "list")


def count(world, table):
    register = register_named(table)
    with world.open() as session:
        return session.scalar(select(func.count(register.id)))


@pytest.mark.rule("R-LOAN-01", "R-LOAN-02", "R-LOAN-05", "R-LOAN-07", "R-LOAN-11", "R-CONF-02")
def test_a_manager_signs_the_keeper_issues_for_three_days_and_a_fourth_is_refused(room, enter, picture):
    request = room.get("archive_loan", room.submitted())
    manager = enter("store_manager")
    manager.goto("/")
    manager.locator(f"main a[href*='{request.public_id}']").first.click()
    manager.get_by_role("button", name="同意", exact=True).click()
    keeper = enter("archive_keeper")
    keeper.goto(f"/admin/archive_loan/details/?id={request.public_id}")
    keeper.get_by_role("button", name="同意", exact=True).click()
    keeper.goto(f"/loans/?id={request.public_id}")
    fourth = (clock.now() + timedelta(days=4)).strftime("%Y-%m-%d 09:00")
    issue(keeper, until=fourth)
    expect(keeper.get_by_text("R-LOAN-05").first).to_be_visible()
    keeper.goto(f"/loans/?id={request.public_id}")
    issue(keeper)
    expect(keeper.get_by_text("已借出").first).to_be_visible()
    picture(keeper, "loan")
    assert room.item().state == "on_loan"
    lent = room.get("archive_loan", request.id)
    assert lent.due_at - lent.issued_at <= timedelta(hours=72)
    assert lent.due_at - lent.issued_at > timedelta(hours=71)
    taken_back_by_scan_and_enter(keeper, room)


def taken_back_by_scan_and_enter(keeper, room):
    """The box has the focus; a second scan of the same code in a hurry is no answer to the card that opened."""
    keeper.goto("/loans/")
    for _bounce in range(2):
        keeper.keyboard.type(f"{room.item().number}\n")
    expect(keeper.get_by_role("button", name="归还入库")).to_be_visible()
    assert room.item().state == "on_loan"
    keeper.wait_for_timeout(400)
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("已归还")).to_be_visible()
    assert room.item().state == "in"


@pytest.mark.rule("R-LOAN-08", "R-LOAN-11")
def test_a_letter_counts_what_is_damaged_or_lost_and_the_rest_comes_back_whole(room, enter):
    request = room.on_loan()
    keeper = enter("archive_keeper")
    keeper.goto(f"/loans/?id={room.get('archive_loan', request).public_id}")
    keeper.wait_for_timeout(400)
    keeper.keyboard.type("d\n")
    keeper.keyboard.type("1")
    expect(keeper.locator("#good")).to_have_value("1")
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("已归还")).to_be_visible()
    assert (room.item().state, room.get("archive_loan", request).condition) == ("in", "damaged")


def issue(keeper, until=None):
    if until:
        keeper.get_by_label("应还时间").fill(until)
    keeper.get_by_label(re.compile("密码")).fill(PASSWORD)
    keeper.get_by_role("button", name="签收并借出").click()


@pytest.mark.rule("R-CONF-02", "R-CONF-04")
def test_a_clerk_finds_no_trace_of_a_classified_file(room, enter):
    secret = room.item(Level.CONFIDENTIAL)
    page = enter("clerk")
    expect(page.get_by_role("link", name="案卷内文件")).to_have_count(0)
    for address in ("/", "/admin/customer/", "/admin/archive_loan/", "/admin/access_request/", "/approvals/"):
        page.goto(address)
        assert secret.name not in page.content()
        assert secret.number not in page.content()
    page.goto(f"/admin/customer/?q={secret.number}")
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    items = "/admin/archive_item/"
    for address in (items, f"{items}details/?id={secret.public_id}", f"{items}details/?id=never-issued"):
        assert page.goto(address).status == 404
        assert secret.name not in page.content()

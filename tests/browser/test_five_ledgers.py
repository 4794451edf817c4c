"""An office brings in five awkward files: each is read, mended or turned away in words, and one is taken back (R-IMPT-01 … 05)."""

import io
from pathlib import Path

import opencc
import pytest
from openpyxl import Workbook
from playwright.sync_api import expect
from sqlalchemy import select

from admin_app.models import register_named

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
    ),
]
REAL = Path(__file__).parent.parent / "data" / "real"
HEADERS = ["来店时间", "顾客姓名", "联系电话", "顾客来源", "接待人", "备注"]


def traditional() -> bytes:
    """Big5 with tabs, headers and words in Traditional characters."""
    lines = [HEADERS, ["2019/03/05", "陈国强", "13900000001", "朋友介绍", "王凡", "谈妥后再联络"]]
    text = "\r\n".join("\t".join(line) for line in lines)
    return opencc.OpenCC("s2tw").convert(text).encode("cp950")


def workbook() -> bytes:
    """A title over merged cells, the table at column C, a blank row, a row of totals, a hidden sheet in front."""
    book = Workbook()
    book.active.title, book.active.sheet_state = "说明", "hidden"
    sheet = book.create_sheet("2021年")
    book.active = 1
    sheet["C1"] = "城东店来店登记"
    sheet.merge_cells("C1:H1")
    rows = [
        HEADERS,
        ["2021-05-06", "林晓梅", "13900000002", "自然客流", "李静", None],
        [],
        ["2021-05-08", "周平", "13900000003", "朋友介绍", "李静", "看样板间"],
        ["合计", "2人"],
    ]
    for number, row in enumerate(rows, start=2):
        for place, cell in enumerate(row, start=3):
            sheet.cell(number, place, cell)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def odd_words() -> bytes:
    """UTF-16 with semicolons; a source that no option is called, and a phone that lacks digits."""
    lines = [
        HEADERS,
        ["2022年1月3日", "吴敏", "13900000004", "街边问来的", "赵敏", ""],
        ["2022年1月4日", "郑强", "139000", "街边问来的", "赵敏", ""],
    ]
    return "\r\n".join(";".join(line) for line in lines).encode("utf-16")


def put_in(page, name, content):
    page.goto("/admin/visitor/import/")
    page.get_by_label("登记册文件").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_role("button", name="下一步").click()


def check(page):
    page.get_by_role("button", name="检查").click()
    expect(page.locator(".equation")).to_be_visible()


def write(page, button="导入"):
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("link", name="看导入的记录")).to_be_visible()


def in_use(world):
    visitor = register_named("visitor")
    with world.open() as session:
        asked = select(visitor.name, visitor.source).where(visitor.voided_at.is_(None))
        return dict(session.execute(asked.order_by(visitor.name)).all())


@pytest.mark.rule("R-IMPT-01", "R-IMPT-02", "R-IMPT-03", "R-IMPT-04", "R-IMPT-05")
def test_an_office_brings_in_five_awkward_files_and_takes_one_back(world, enter, picture):
    page = enter("clerk")
    put_in(page, "旧店登记.txt", traditional())
    check(page)
    write(page)
    assert in_use(world) == {"陳國強": "friend"}

    put_in(page, "2021年.xlsx", workbook())
    expect(page.get_by_text("城东店来店登记").first).to_be_visible()
    check(page)
    write(page)
    assert in_use(world) == {"周平": "friend", "林晓梅": "natural", "陳國強": "friend"}

    put_in(page, "另一家店.csv", odd_words())
    check(page)
    picture(page, "import-words")
    page.get_by_label("“街边问来的”当作").select_option(label="自然客流")
    page.get_by_role("button", name="按此再检查").click()
    expect(page.locator(".equation")).to_contain_text("新增 1")
    write(page, "导入正确的行")
    assert in_use(world)["吴敏"] == "natural"
    with page.expect_download() as download:
        page.get_by_role("link", name="下载问题行").click()
    mended = Path(download.value.path()).read_bytes().decode("utf-16").replace("139000;", "13900000005;")
    put_in(page, "改好的.csv", mended.encode("utf-16"))
    check(page)
    write(page)
    assert in_use(world)["郑强"] == "natural"

    for name, told in (("xlsx_QQQ1234567.xlsx", "表格太大或内容异常"), ("lost.csv", "问号")):
        put_in(page, name, (REAL / name).read_bytes() if (REAL / name).exists() else b"????,????\r\n????,1\r\n")
        expect(page.locator("main")).to_contain_text(told)
        expect(page.get_by_label("登记册文件")).to_be_visible()

    page.goto("/admin/visitor/import/")
    page.get_by_role("link", name="2021年.xlsx").click()
    page.get_by_role("link", name="撤销这批").click()
    page.locator("#reason").fill("是城西店的，放错了")
    page.get_by_role("button", name="撤销这批").click()
    expect(page.get_by_text("新增的 2 条作废").first).to_be_visible()
    picture(page, "import-undone")
    assert set(in_use(world)) == {"吴敏", "郑强", "陳國強"}

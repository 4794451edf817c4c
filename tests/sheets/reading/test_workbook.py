"""XLSX workbooks: values as texts, the right sheet, hostile files kept away from our process."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from admin_app.sheets.reading import Unreadable
from admin_app.sheets.reading import workbook as parent
from admin_app.sheets.reading.limits import limits_for

HEADER = ["日期", "客户姓名", "手机号"]
ROW = [dt.date(2024, 1, 2), "王伟", "13800000000"]


def workbook(*sheets: tuple[str, list[list]], hidden: tuple[str, ...] = (), merge: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
        if merge:
            sheet.merge_cells(merge)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (28, "28"), (28.0, "28"), (12.5, "12.5"), (0.1 + 0.2, "0.3"), (0.0000001, "0.0000001"), (-3, "-3"),
        (True, "TRUE"), (dt.date(2024, 1, 2), "2024-01-02"), (dt.datetime(2024, 1, 2, 3, 4), "2024-01-02 03:04:00"),
        (dt.time(14, 5), "14:05:00"), ("00123", "00123"), (" 王伟\n二行", " 王伟\n二行"), ("=1+1 ", "=1+1 "),
    ],
)  # fmt: skip
def test_a_value_becomes_the_text_a_person_would_write(read, value, text):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([*ROW[:2], None])
    cell = book.active["C2"]
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    data = io.BytesIO()
    book.save(data)
    assert read(data.getvalue()).records[0].cells[2] == text


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("number", [430626200009129046, 1e20, -1234567890123456])
def test_a_number_of_more_than_fifteen_digits_is_marked_damaged(read, number):
    table = read(workbook(("表", [HEADER, ROW, [*ROW[:2], number]])))
    assert [record.damaged for record in table.records] == [frozenset(), {2}]
    assert "E" not in table.records[1].cells[2].upper()


def test_a_damaged_text_of_a_sheet_is_marked(read):
    table = read(workbook(("表", [HEADER, [*ROW[:2], "4.3E+17"], [*ROW[:2], "王\ufffd"], [*ROW[:2], "A1E+5"]])))
    assert [record.damaged for record in table.records] == [{2}, {2}, frozenset()]


def test_error_cells_keep_their_text(read):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([*ROW[:2], "#N/A"])
    book.active["C2"].data_type = "e"
    data = io.BytesIO()
    book.save(data)
    assert read(data.getvalue()).records[0].cells[2] == "#N/A"


@pytest.mark.rule("R-IMPT-01")
def test_the_sheet_with_the_best_header_is_read_and_hidden_ones_are_named(read):
    sheets = (
        ("说明", [["填写说明"], ["先看这里"]]),
        ("登记", [HEADER, ROW]),
        ("旧", [HEADER, ROW]),
        ("藏", [HEADER, ROW]),
    )
    table = read(workbook(*sheets, hidden=("藏",)))
    assert (table.sheet.value, table.sheet.runner_up) == ("登记", "旧")
    assert [(sheet.name, sheet.hidden, sheet.same_header) for sheet in table.sheets] == [
        ("说明", False, False), ("登记", False, False), ("旧", False, True), ("藏", True, True),
    ]  # fmt: skip
    assert read(workbook(*sheets), sheet="说明").sheet.value == "说明"


def test_a_sheet_that_is_not_there_is_refused_by_name(read):
    with pytest.raises(Unreadable) as refusal:
        read(workbook(("表", [HEADER, ROW])), sheet="别的")
    assert (refusal.value.code, refusal.value.place.sheet) == ("no_sheet", "别的")


def test_line_numbers_and_letters_are_those_of_the_sheet(read):
    blank = [None] * 5
    rows = [blank, [None, None, *HEADER], [None, None, *ROW], blank, [None, None, *ROW]]
    table = read(workbook(("表", rows)))
    assert table.columns == ("C", "D", "E")
    assert [record.line for record in table.records] == [3, 5]
    assert table.lines == 5
    assert table.rows[2][2] == "2024-01-02"


def test_thousands_of_blank_rows_at_the_end_do_not_count(read):
    rows = [HEADER, ROW, *[["", "", " "]] * 3_000]
    assert read(workbook(("表", rows))).lines == 2


@pytest.mark.rule("R-IMPT-01")
def test_merged_cells_are_told_and_filled_only_by_choice(read):
    data = workbook(("表", [HEADER, ROW, [None, "李静", "1"], [None, "赵敏", "2"]]), merge="A2:A4")
    table = read(data)
    assert [tuple(merge) for merge in table.merged] == [(2, 4, 0, 0)]
    assert [record.cells[0] for record in table.records] == ["2024-01-02", "", ""]
    table = read(data, fill_merged=True)
    assert [record.cells[0] for record in table.records] == ["2024-01-02"] * 3
    assert [record.resolved for record in table.records] == [frozenset(), {0}, {0}]
    assert table.rows[2][0] == ""


def test_a_workbook_named_csv_is_read_as_what_it_is(read):
    assert read(workbook(("表", [HEADER, ROW]))).delimiter is None


@pytest.mark.rule("R-IMPT-01")
def test_a_small_file_that_unpacks_to_hundreds_of_megabytes_is_refused(read):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for line in range(8_000):
            sheet.write_string(line, 0, "x" * 32_000)
    assert len(data.getvalue()) < 200_000
    with pytest.raises(Unreadable) as refusal:
        read(data.getvalue())
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize("data", [b"PK\x03\x04garbage", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600])
def test_a_broken_workbook_is_refused(read, data):
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code == "broken"


def test_a_document_that_is_no_workbook_is_refused(read):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Unreadable) as refusal:
        read(data.getvalue())
    assert refusal.value.code == "broken"


def test_a_workbook_without_content_is_empty(read):
    with pytest.raises(Unreadable) as refusal:
        read(workbook(("表", [])))
    assert refusal.value.code == "empty"


def test_a_child_that_takes_too_long_is_stopped(read, monkeypatch):
    monkeypatch.setattr(parent, "limits_for", lambda size: limits_for(size)._replace(clock=0.001))
    with pytest.raises(Unreadable) as refusal:
        read(workbook(("表", [HEADER, ROW])))
    assert refusal.value.code == "too_large"


def test_the_child_sees_none_of_our_settings(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text("import json, os, sys\nsys.stdout.write(json.dumps(sorted(os.environ)))\n")
    monkeypatch.setattr(parent, "CHILD", child)
    monkeypatch.setenv("STRONGROOM_SECRET", "x")
    assert b"STRONGROOM_SECRET" not in parent._run_child(b"")

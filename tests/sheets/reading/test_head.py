"""Of a long file the first lines are read at once, and nothing is guessed of them otherwise than of the whole (R-IMPT-01)."""

import io

import openpyxl
import pytest

from admin_app.sheets.reading import Unreadable, head, read_at_once, read_table

pytestmark = pytest.mark.rule("R-IMPT-01")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-32")
GUESSED = ("header_line", "header_levels", "headers", "columns", "encoding", "delimiter", "sheet")


@pytest.fixture(autouse=True)
def every_file_is_long(monkeypatch):
    monkeypatch.setattr(head, "SHORT_TEXT", 1000)
    monkeypatch.setattr(head, "SHORT_WORKBOOK", 1000)
    monkeypatch.setattr(head, "HEAD", 6000)
    monkeypatch.setattr(head, "HEAD_ROWS", 100)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("flags", [(), ("title", "totals")], ids=["plain", "titles and totals"])
def test_the_first_lines_of_a_text_read_as_they_do_in_the_whole(make_ledger, vocabulary, encoding, flags):
    """400 lines: what stands in the first ones, and in no other, is there with the same line numbers."""
    data = make_ledger(*flags, encoding=encoding, rows=400, seed=3).data
    whole, cut = read_table(data, "来店.csv", vocabulary), read_at_once(data, "来店.csv", vocabulary)
    assert [getattr(cut, name) for name in GUESSED] == [getattr(whole, name) for name in GUESSED]
    assert (whole.cut, cut.cut) == (False, True)
    assert 20 < cut.lines < 300
    assert list(cut.rows) == list(whole.rows[: cut.lines])
    assert [one.cells for one in cut.records[:20]] == [one.cells for one in whole.records[:20]]


def test_the_first_rows_of_a_workbook_read_as_they_do_in_the_whole(vocabulary):
    """A title merged over rows, two sheets; 100 of 300 rows."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["请看第二张"])
    sheet = book.create_sheet("来店")
    sheet.append(["来店登记"])
    sheet.merge_cells("A1:C1")
    sheet.append(["来店时间", "顾客姓名", "联系电话"])
    for place in range(300):
        sheet.append(["2026-03-02", f"顾客{place}", f"1390000{place:04}"])
    sheet.merge_cells("C290:C300")
    data = _saved(book)
    whole, cut = read_table(data, "来店.xlsx", vocabulary), read_at_once(data, "来店.xlsx", vocabulary)
    assert [getattr(cut, name) for name in GUESSED] == [getattr(whole, name) for name in GUESSED]
    assert (whole.lines, whole.cut, cut.lines, cut.cut) == (302, False, 100, True)
    assert list(cut.rows) == list(whole.rows[:100])


def test_a_workbook_of_fewer_rows_is_read_whole_however_many_bytes_it_has(vocabulary):
    book = openpyxl.Workbook()
    book.active.append(["来店时间", "顾客姓名"])
    for place in range(60):
        book.active.append(["2026-03-02", f"顾客{place}" * 20])
    assert len(_saved(book)) > head.SHORT_WORKBOOK
    table = read_at_once(_saved(book), "来店.xlsx", vocabulary)
    assert (table.lines, table.cut) == (61, False)


def test_one_line_without_an_end_is_read_whole_and_what_is_no_table_is_refused_at_once(vocabulary):
    one = ("来店时间," * 3000).encode()
    assert not read_at_once(one, "来店.csv", vocabulary).cut
    with pytest.raises(Unreadable) as unreadable:
        read_at_once(b"\x00\x01\x02" * 5000, "来店.csv", vocabulary)
    assert unreadable.value.code in ("not_a_table", "encoding")


def _saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()

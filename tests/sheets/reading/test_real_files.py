"""Files nobody here wrote: each gives the table a person sees in it, or a named refusal."""

from pathlib import Path

import pytest

from admin_app.sheets.reading import Unreadable, Vocabulary, read_table

REAL = Path(__file__).parents[2] / "data" / "real"
NOTHING_KNOWN = Vocabulary()

#: file: header line, number of columns, number of records, some headers
TABLES = {
    "service_tickets.csv": (1, 11, 25, {"ticket_id", "satisfaction"}),
    "subject_visits.csv": (1, 5, 10, {"中心编号", "检查日期"}),
    "gb2312_two_lines.csv": (1, 1, 1, {"栏位1"}),
    "product_import_errors.xlsx": (1, 15, 12, {"产品条码", "性别"}),
    "product_import_wrong_columns.xlsx": (1, 14, 6, {"产品1代码", "身份证"}),
    "pipe_axes_blank_rows.xlsx": (2, 7, 6, {"管轴编号", "排序"}),
    "merged_rows.xlsx": (1, 3, 13, {"学号", "姓名", "性别"}),
    "header_at_column_C.xlsx": (1, 2, 1, {"姓名", "年龄"}),
    "fastener_import_template.xls": (2, 18, 1, {"材质*", "一级包装数"}),
    "formula_title_row.xlsx": (2, 18, 1, {"原料编号", "INCI名", "原料中成分含 量（%）"}),
    "equipment_debug_merged.xlsx": (1, 12, 56, {"序号", "调试状态"}),
    "xls_exotic_types.xls": (1, 8, 14, {"int as text", "", "< oops missed header"}),
    "xls_hidden_final_header.xls": (1, 67, 5, {"♣$A$1"}),
    "strict_openxml.xlsx": (1, 3, 1, {"title1", "title3"}),
    "phpss_sep.csv": (2, 2, 1, {"A", "1"}),
    "phpss_line_break_in_enclosure_with_escaped_quotes.csv": (1, 3, 4, {"Name", "Copy", "URL"}),
    "phpss_utf16be.line_break_in_enclosure.csv": (1, 3, 5, {"Name", "Copy", "URL"}),
    "phpss_encoding.utf32be.csv": (1, 2, 1, {"Å", "1"}),
}


def read(name: str, **words: str):
    return read_table((REAL / name).read_bytes(), name, Vocabulary(words) if words else NOTHING_KNOWN)


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("name", TABLES)
def test_a_found_file_gives_its_table_without_any_known_word(name):
    line, columns, records, some = TABLES[name]
    table = read(name)
    assert (table.header_line.value, len(table.headers), len(table.records)) == (line, columns, records)
    assert some <= set(table.headers)
    assert table.lines == len(table.records) + len(table.not_data)


@pytest.mark.parametrize("name", ["hidden_sheet.xlsx", "phpss_NumberFormatTest.de.csv"])
def test_a_file_without_header_is_read_and_asked_about(name):
    table = read(name)
    assert not table.header_line.sure
    assert table.records


@pytest.mark.rule("R-IMPT-01")
def test_the_file_that_declares_a_huge_grid_is_refused_and_we_live_on():
    with pytest.raises(Unreadable) as refusal:
        read("xlsx_QQQ1234567.xlsx")
    assert refusal.value.code == "too_large"


def test_every_found_file_has_its_test():
    named = {*TABLES, "hidden_sheet.xlsx", "phpss_NumberFormatTest.de.csv", "xlsx_QQQ1234567.xlsx", "INDEX.md"}
    assert {path.name for path in REAL.iterdir()} == named


def test_two_known_words_make_the_guess_sure():
    table = read("subject_visits.csv", 中心编号="site", 检查日期="day")
    assert table.header_line.sure
    assert str(table.header_line.why) == "5 个栏名认得 2 个"
    assert table.records[0].cells[:2] == ("001", "S0001")

"""Where the header is, and headers of two levels."""

import pytest

from admin_app.sheets.reading import Unreadable, Vocabulary, read_table

ROWS = "2024-01-02,王伟,13800000000,期房\n2024-01-03,李静,13900000000,\n2024-01-04,赵敏,13700000000,\n"


@pytest.mark.rule("R-IMPT-01")
def test_lines_above_the_header_are_told_from_it(read):
    table = read("日来店登记\n金阳店,,,2024年\n\n日期,客户姓名,手机号,备注\n" + ROWS)
    assert (table.header_line.value, table.header_line.sure) == (4, True)
    assert len(table.records) == 3
    assert [str(table.not_data[line]) for line in (1, 2, 3, 4)] == ["表头上方", "表头上方", "空行", "表头"]


def test_unknown_words_are_a_guess_the_person_is_asked_about():
    table = read_table(("甲,乙,丙,丁\n" + ROWS).encode(), "a.csv", Vocabulary())
    assert (table.header_line.value, table.header_line.sure) == (1, False)
    assert table.header_line.runner_up in (2, 3, 4)


@pytest.mark.rule("R-IMPT-01")
def test_two_levels_are_joined(read):
    text = "日期,联系人,,,备注\n,客户姓名,手机号,职业,\n2024-01-02,王伟,13800000000,外企,\n2024-01-03,李静,,外企,\n"
    table = read(text)
    assert table.headers == ("日期", "联系人/客户姓名", "联系人/手机号", "联系人/职业", "备注")
    assert table.header_levels == 2
    assert list(table.not_data) == [1, 2]
    assert len(table.records) == 2


def test_a_blank_header_over_data_is_not_a_second_level(read):
    table = read("日期,客户姓名,,手机号\n2024-01-02,王伟,男,13800000000\n2024-01-03,李静,女,13900000000\n")
    assert table.header_levels == 1
    assert table.headers == ("日期", "客户姓名", "", "手机号")
    assert len(table.records) == 2


def test_the_person_names_the_header_line_or_says_there_is_none(read):
    text = "日期,客户姓名\n甲,乙\n2024-01-02,王伟\n"
    assert read(text, header_line=2).headers == ("甲", "乙")
    bare = read("2024-01-02,王伟\n2024-01-03,李静\n", header_line=0)
    assert (bare.headers, bare.columns, len(bare.records)) == (("", ""), ("A", "B"), 2)


def test_the_person_names_the_number_of_levels(read):
    text = "甲,,乙\n日期,客户姓名,手机号\n2024-01-02,王伟,13800000000\n"
    assert read(text, header_levels=1).headers == ("日期", "客户姓名", "手机号")
    assert read(text, header_line=2, header_levels=2).headers == ("甲/日期", "甲/客户姓名", "乙/手机号")


def test_columns_that_are_empty_left_and_right_are_dropped_but_letters_stay(read):
    table = read(",,日期,客户姓名,,\n,,2024-01-02,王伟,,\n,,2024-01-03,李静,,\n")
    assert (table.headers, table.columns) == (("日期", "客户姓名"), ("C", "D"))
    assert table.records[0].cells == ("2024-01-02", "王伟")


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize(
    "header", ["????,????,???", "？？？,？？？,？？", "\ufffd\ufffd,\ufffd,\ufffd\ufffd", "锟斤拷,锟斤拷锟,锟斤拷"]
)
def test_a_header_lost_to_a_wrong_save_is_refused_with_its_line(read, header):
    with pytest.raises(Unreadable) as refusal:
        read(header + "\n" + ROWS.replace(",期房", ""))
    assert (refusal.value.code, refusal.value.place.line) == ("lost_text", 1)


def test_ragged_lines_are_padded_and_flagged(read):
    table = read(
        "日期,客户姓名,手机号\n2024-01-02,王伟\n2024-01-03,李静,13900000000,多出的\n2024-01-04,赵敏,13700000000\n"
    )
    short, long, even = table.records
    assert (short.cells, short.short) == (("2024-01-02", "王伟", ""), True)
    assert (long.surplus, long.short) == (("多出的",), False)
    assert (even.surplus, even.short) == ((), False)


def test_a_column_without_a_name_but_with_data_is_kept(read):
    table = read("日期,客户姓名,\n2024-01-02,王伟,\n2024-01-03,李静,无名的\n")
    assert table.headers == ("日期", "客户姓名", "")
    assert table.records[1].cells[2] == "无名的"

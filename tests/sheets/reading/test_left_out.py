"""Lines that are not data, each for a named reason; and lines that must never be left out."""

import pytest

HEADER = "序号,日期,客户姓名,手机号,金额\n"
ROWS = "1,2024-01-02,王伟,13800000000,10\n2,2024-01-03,李静,13900000000,20.5\n"


def reasons(table) -> dict[int, str]:
    return {line: str(reason) for line, reason in table.not_data.items()}


@pytest.mark.rule("R-IMPT-01", "R-IMPT-04")
@pytest.mark.parametrize(
    "line",
    [
        "合计,,,,30.5", "总 计,,,,30.5", ",合计：,,,¥30.50", "小计,2,,,", "共计 2 人,,,,", "累计,,,,\"1,030.50\"",
        "Total,,,,30.5", "本页小计,,,,30.5", "总計,,,,30.5", "合计：30.5元,,,,", "Grand Total,,,,30.5",
    ],
)  # fmt: skip
def test_totals_are_left_out(read, line):
    assert reasons(read(HEADER + ROWS + line + "\n")) == {1: "表头", 4: "合计行"}


def test_totals_between_blocks_and_below_are_left_out(read):
    table = read(HEADER + ROWS + "小计,,,,30.5\n" + ROWS + "小计,,,,30.5\n总计,,,,61\n")
    assert reasons(table) == {1: "表头", 4: "合计行", 7: "合计行", 8: "合计行"}


def test_a_last_row_of_sums_without_a_label_is_left_out(read):
    assert reasons(read(HEADER + ROWS + ",,,,30.5\n")) == {1: "表头", 4: "各数等于上面各行之和"}
    assert reasons(read(HEADER + ROWS + ",,,,31\n")) == {1: "表头"}


@pytest.mark.rule("R-IMPT-04")
@pytest.mark.parametrize(
    "line",
    [
        "3,2024-01-04,合计,13700000000,5", "合计,2024-01-04,,,5", "3,2024-01-04,,,", "3,2024-01-04,设计,,",
        "小计划,2024-01-04,,,", "合计,,王伟,13700000000,", "3,,备注：没有留电话,,",
    ],
)  # fmt: skip
def test_a_line_with_its_keys_filled_is_never_left_out(read, line):
    assert len(read(HEADER + ROWS + line + "\n").records) == 3


def test_blank_lines_are_left_out(read):
    assert reasons(read(HEADER + ROWS + "\n,,,,\n , ,　,,\n" + ROWS)) == {1: "表头", 4: "空行", 5: "空行", 6: "空行"}


def test_a_header_printed_again_on_each_page_is_left_out(read):
    table = read(HEADER + ROWS + "序号, 日期,客户姓名,手机号,金额\n" + ROWS)
    assert reasons(table) == {1: "表头", 4: "重复的表头"}


def test_a_second_header_in_another_language_is_left_out(read):
    table = read(HEADER + "no,date,name,phone,amount\n" + ROWS * 3)
    assert reasons(table) == {1: "表头", 2: "另一种文字的表头"}


@pytest.mark.parametrize(
    "note",
    ["备注：金额含税,,,,", "制表：王凡,,审核：李静,,", "以上数据由前台统计，如有疑问请联系店长,,,,", "※未含退款,,,,"],
)
def test_notes_below_the_table_are_left_out(read, note):
    assert reasons(read(HEADER + ROWS + "合计,,,,30.5\n" + note + "\n")) == {1: "表头", 4: "合计行", 5: "表下的附注"}


@pytest.mark.rule("R-IMPT-01")
def test_the_person_moves_lines_out_and_back(read):
    text = HEADER + ROWS + "合计,,,,30.5\n"
    table = read(text, not_data={2}, data={4})
    assert reasons(table) == {1: "表头", 2: "由您标为不是数据"}
    assert [record.line for record in table.records] == [3, 4]

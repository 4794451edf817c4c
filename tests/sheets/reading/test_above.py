"""Ditto marks, blanks that mean the cell above, and merged ranges."""

import pytest

HEADER = "日期,客户姓名,手机号\n"


def cells(table, column: int) -> list[str]:
    return [record.cells[column] for record in table.records]


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("mark", ["同上", "〃", "″", "〞", "同前", " 同上 "])
def test_a_ditto_mark_takes_the_resolved_cell_above(read, mark):
    table = read(HEADER + f"2024-01-02,王伟,1\n{mark},李静,2\n{mark},赵敏,3\n")
    assert cells(table, 0) == ["2024-01-02"] * 3
    assert [record.resolved for record in table.records] == [frozenset(), {0}, {0}]


def test_a_ditto_mark_looks_over_lines_that_are_not_data(read):
    table = read(HEADER + "2024-01-02,王伟,13800000000\n\n小计,1,\n同上,李静,13900000000\n")
    assert cells(table, 0) == ["2024-01-02", "2024-01-02"]


def test_a_ditto_mark_without_a_value_above_is_left_for_the_checker(read):
    table = read(HEADER + "同上,王伟,1\n,李静,2\n同上,赵敏,3\n")
    assert cells(table, 0) == ["同上", "", "同上"]
    assert not any(record.resolved for record in table.records)


def test_words_that_contain_a_mark_are_values(read):
    assert cells(read(HEADER + "2024-01-02,王伟,1\n2024-01-03,同上海,2\n"), 1) == ["王伟", "同上海"]


@pytest.mark.rule("R-IMPT-01")
def test_blank_means_the_cell_above_only_where_the_person_says_so(read):
    text = HEADER + "2024-01-02,王伟,1\n,,2\n,李静,\n"
    assert cells(read(text), 0) == ["2024-01-02", "", ""]
    table = read(text, fill_down={"A"})
    assert cells(table, 0) == ["2024-01-02"] * 3
    assert cells(table, 1) == ["王伟", "", "李静"]
    assert table.records[2].resolved == {0}

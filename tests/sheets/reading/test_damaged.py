"""Cells whose value was lost before the file reached us are marked, not guessed."""

import pytest

HEADER = "日期,客户姓名,手机号\n"


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("cell", ["1.38E+10", "4.30626E+17", "1e+15", "王\ufffd", "锟斤拷"])
def test_a_damaged_cell_of_a_text_file_is_marked(read, cell):
    table = read(HEADER + f"2024-01-02,王伟,1\n2024-01-03,李静,{cell}\n")
    assert [record.damaged for record in table.records] == [frozenset(), {2}]
    assert table.records[1].cells[2] == cell


@pytest.mark.parametrize("cell", ["430626200009129046", "E+", "A1E+5", "2E5", "1+1"])
def test_long_texts_and_codes_are_not_damaged(read, cell):
    assert not read(HEADER + f"2024-01-02,王伟,{cell}\n").records[0].damaged


def test_a_wrong_encoding_the_person_insists_on_shows_as_damage(read):
    table = read((HEADER + "2024-01-02,王伟,1\n").encode("gb18030"), encoding="utf-8", header_line=0)
    assert table.records[1].damaged == {1}

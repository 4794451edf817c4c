"""The delimiter of a text file."""

import pytest

from admin_app.sheets.reading import Vocabulary
from admin_app.sheets.reading.delimiter import guess_delimiter

NOTHING_KNOWN = Vocabulary()


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_a_first_line_naming_the_delimiter_wins_and_is_no_data(read, delimiter):
    table = read(f"sep={delimiter}\r\n日期{delimiter}客户姓名\r\n2024-01-02{delimiter}王伟\r\n")
    assert (table.delimiter.value, table.delimiter.sure) == (delimiter, True)
    assert {line: str(reason) for line, reason in table.not_data.items()} == {1: "分隔符说明", 2: "表头"}
    assert [record.cells for record in table.records] == [("2024-01-02", "王伟")]


def test_decimal_commas_do_not_beat_semicolons():
    text = "a;b;c\n" + "1,5;2,7;3,9\n" * 5
    assert guess_delimiter(text, NOTHING_KNOWN).value == ";"


def test_known_headers_beat_evenness(vocabulary):
    text = "日期;客户姓名;备注\n" + "2024-01-02;王伟;a,b,c,d\n" * 20
    assert guess_delimiter(text, vocabulary).value == ";"


def test_one_column_is_a_legal_answer(read):
    table = read("客户姓名\n王伟\n李静\n")
    assert (table.delimiter.value, table.delimiter.sure) == ("", True)
    assert [record.cells for record in table.records] == [("王伟",), ("李静",)]


def test_prose_with_a_few_commas_stays_one_column():
    text = "today it rains\nwell, perhaps not\nwe stay in\nno, out\nand back\nand so on\n"
    guess = guess_delimiter(text, NOTHING_KNOWN)
    assert (guess.value, guess.sure) == ("", False)


def test_the_persons_delimiter_is_taken(read):
    assert len(read("日期,客户姓名\n2024-01-02,王伟\n", delimiter=";").headers) == 1

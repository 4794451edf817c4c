"""Records of a delimited text: counting, newlines in quotes, quotes that never close."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.sheets.reading.records import read_records

CELLS = st.text(st.sampled_from('王a1 ,;"\n\r'), max_size=6)


@pytest.mark.rule("R-IMPT-01")
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_every_well_formed_text_reads_as_the_csv_module_reads_it(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    assert read_records(text.getvalue(), ",").rows == rows


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_all_newlines_end_a_record_and_a_blank_line_is_one(newline):
    text = newline.join(["a,b", "", '"x\ny",2', ""])
    assert read_records(text, ",").rows == [["a", "b"], [], ["x\ny", "2"]]


def test_an_unclosed_quote_harms_its_line_only_and_is_remarked_on():
    text = "a,b,c\n1,2,3\n" + '4,"5 寸,6\n' + "7,8,9\n" * 10_000
    records = read_records(text, ",")
    assert records.rows[2] == ["4", '"5 寸', "6"]
    assert len(records.rows) == 10_003
    assert [remark.line for remark in records.remarks] == [3]


def test_an_unclosed_quote_that_pairs_with_a_later_one_is_found_by_the_width():
    text = 'a,b,c\n1,"2,3\n4,5,6\n7,"8",9\n1,2,3\n4,5,6\n'
    records = read_records(text, ",")
    assert records.rows == [list("abc"), ["1", '"2', "3"], list("456"), list("789"), list("123"), list("456")]


def test_a_quote_opened_in_the_last_line_is_read_too():
    assert read_records('a,b\n1,"2', ",").rows == [["a", "b"], ["1", '"2']]


def test_thousands_of_unclosed_quotes_take_no_more_than_a_moment():
    begun = time.process_time()
    records = read_records('a,b\n"1,2\n' * 50_000, ",")
    assert len(records.rows) >= 50_000
    assert time.process_time() - begun < 5

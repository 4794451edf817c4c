"""Generated ledgers in every encoding, delimiter and mess: the table agrees with the generator's truth."""

import csv
import random

import pytest

ENCODINGS = (
    "gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "big5",
)  # fmt: skip
FLAGS = ("title", "totals", "ditto", "fullwidth", "mixed-dates", "synonyms", "formulas", "newlines")
DITTO = ("同上", "〃")
CODECS = {"gbk": "gb18030", "big5": "cp950"}


def assert_agrees(table, ledger):
    assert sorted(table.not_data) == ledger.truth["not_data"]
    assert len(table.records) == ledger.records
    assert table.lines == len(table.records) + len(table.not_data)
    assert len(table.headers) == 12
    assert not table.remarks
    assert not any(cell in DITTO for record in table.records for cell in record.cells)


@pytest.mark.rule("R-IMPT-01", "R-IMPT-04")
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_messy_ledger_is_read_whole_in_every_encoding_and_delimiter(make_ledger, read, encoding, delimiter):
    for seed in range(3):
        ledger = make_ledger(*FLAGS, encoding=encoding, delimiter=delimiter, seed=seed, rows=40)
        table = read(ledger.data)
        assert_agrees(table, ledger)
        assert (table.encoding.value, table.encoding.sure) == (CODECS.get(encoding, encoding), True)
        assert (table.delimiter.value, table.delimiter.sure) == (delimiter, True)
        assert table.header_line.sure


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("seed", range(60))
def test_any_mix_of_messes_in_a_ledger_of_any_length_is_read(make_ledger, read, seed):
    rng = random.Random(seed)
    flags = [flag for flag in FLAGS if rng.random() < 0.5]
    encoding, delimiter = rng.choice(ENCODINGS), rng.choice(",;|\t")
    ledger = make_ledger(
        *flags, encoding=encoding, delimiter=delimiter, seed=seed, rows=rng.choice([1, 2, 3, 10, 100]), bad=0.2
    )
    assert_agrees(read(ledger.data), ledger)


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("seed", range(4))
def test_cells_come_out_as_they_stood_but_for_ditto_marks(make_ledger, read, seed):
    ledger = make_ledger("title", "totals", "ditto", "newlines", "formulas", seed=seed, rows=200)
    raw = list(csv.reader(ledger.data.decode("gb18030").splitlines(keepends=True)))
    table = read(ledger.data)
    dittos = above = 0
    for record in table.records:
        expected = raw[record.line - 1]
        if expected[0] in DITTO:
            dittos += 1
            assert record.resolved == {0}
            expected = [above, *expected[1:]]
        else:
            assert not record.resolved
        assert record.cells == tuple(expected)
        above = expected[0]
    assert dittos > 10


@pytest.mark.rule("R-IMPT-01")
def test_a_title_and_a_totals_row_carry_their_reasons(make_ledger, read):
    ledger = make_ledger("title", "totals", rows=20)
    table = read(ledger.data)
    assert [str(reason) for reason in table.not_data.values()] == ["表头上方", "空行", "表头", "合计行"]
    assert table.headers[:2] == ("来店时间", "顾客姓名")
    assert str(table.header_line.why) == "12 个栏名认得 12 个"

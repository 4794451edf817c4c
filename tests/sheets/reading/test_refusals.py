"""Files that hold no table: a code, a sentence with the way out, and never a crash."""

import random

import pytest

from admin_app.sheets.reading import Table, Unreadable, Vocabulary, read_table


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b" \r\n\r\n", "empty"), (b",,,\n,,,\n", "empty"), (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"), (b"<html><table><tr><td>1</td></tr></table>", "web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web_page"),
        (b"%PDF-1.7\n\x00\x01\x02\x03", "not_a_table"), (b"\x00\x01\x02\x03" * 50, "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff", "encoding"),
    ],
)  # fmt: skip
def test_what_holds_no_table_is_refused_by_name(read, data, code):
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code == code
    assert str(refusal.value.reason)


@pytest.mark.parametrize("name", ["合同.docx", "照片.JPG", "归档.zip"])
def test_other_kinds_of_files_are_turned_away_by_name(name):
    with pytest.raises(Unreadable) as refusal:
        read_table(b"PK\x03\x04", name, Vocabulary())
    assert refusal.value.code == "not_a_table"


def test_random_bytes_give_a_table_or_a_refusal_and_nothing_else():
    rng = random.Random(7)
    for _ in range(200):
        data = rng.randbytes(rng.randrange(1, 400)).removeprefix(b"PK")
        try:
            outcome = read_table(data, "x.csv", Vocabulary())
        except Unreadable as refusal:
            assert refusal.code
        else:
            assert isinstance(outcome, Table)
            assert outcome.lines == len(outcome.records) + len(outcome.not_data)


def test_a_ledger_cut_or_bitten_anywhere_gives_a_table_or_a_refusal(make_ledger, read):
    data = make_ledger("title", "newlines", rows=20).data
    rng = random.Random(8)
    for _ in range(60):
        bitten = bytearray(data[: rng.randrange(1, len(data))])
        bitten[rng.randrange(len(bitten))] = rng.randrange(256)
        try:
            table = read(bytes(bitten))
        except Unreadable as refusal:
            assert refusal.code
        else:
            assert all(len(record.cells) == len(table.headers) for record in table.records)

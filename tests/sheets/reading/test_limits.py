"""What reads a stranger's file has bounds that follow the file's size, and a large text is read within them, too (R-IMPT-01)."""

import io
import zipfile

import pytest

from admin_app import confined
from admin_app.confined import Limits
from admin_app.sheets.reading import Unreadable, read_table, text
from admin_app.sheets.reading.limits import limits_for
from tests.sheets.hostile import SHEET, with_part

TEXTS = {
    "plain": "来店时间,顾客姓名\r\n2026-03-02,单秀兰\r\n2026-03-03,王凡\r\n",
    "quotes that hold lines": '来店时间,顾客姓名\n2026-03-02,"单\n秀兰"\n2026-03-03,"王""凡"\n',
    "a quote never closed": '来店时间,顾客姓名\n2026-03-02,"单秀兰\n2026-03-03,王凡\n',
    "carriage returns alone": "来店时间\t顾客姓名\r2026-03-02\t单秀兰\r",
    "lost digits and characters": "来店时间,顾客姓名,联系电话\n2026-03-02,锟斤拷,1.38E+10\n",
    "one column": "顾客姓名\n单秀兰\n王凡\n",
    "a semicolon named": "sep=;\n来店时间;顾客姓名\n2026-03-02;单秀兰\n",
}


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS)
def test_a_text_reads_alike_in_a_process_of_its_own(content, vocabulary, monkeypatch):
    here = read_table(content.encode(), "a.csv", vocabulary)
    monkeypatch.setattr(text, "CONFINED_FROM", 1)
    assert read_table(content.encode(), "a.csv", vocabulary) == here


@pytest.mark.rule("R-IMPT-01")
def test_a_text_whose_process_is_ended_is_refused_as_too_large(vocabulary, monkeypatch):
    monkeypatch.setattr(text, "CONFINED_FROM", 1)
    monkeypatch.setattr(text, "limits_for", lambda size: Limits(memory=1 << 30, processor=8, clock=10, answer=10))
    with pytest.raises(Unreadable) as unreadable:
        read_table(TEXTS["plain"].encode(), "a.csv", vocabulary)
    assert unreadable.value.code == "too_large"


@pytest.mark.rule("R-IMPT-01")
def test_a_text_whose_process_is_killed_in_the_midst_of_a_line_is_refused_as_too_large(
    vocabulary, monkeypatch, tmp_path
):
    child = tmp_path / "child.py"
    child.write_text("import os, signal\nos.write(1, b'{\"rows\": [[')\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr(text, "CONFINED_FROM", 1)
    monkeypatch.setattr(text, "CHILD", child)
    with pytest.raises(Unreadable) as unreadable:
        read_table(TEXTS["plain"].encode(), "a.csv", vocabulary)
    assert unreadable.value.code == "too_large"


def test_a_small_file_gets_less_than_512_megabytes_and_ten_seconds_and_a_ledger_of_a_million_rows_what_it_needs():
    small, large = limits_for(100_000), limits_for(45 << 20)
    assert (small.memory <= 512 << 20, small.clock <= 10.5) == (True, True)
    assert (large.memory >= 1_500_000_000, large.processor >= 90) == (True, True)


def test_who_answers_more_than_allowed_or_takes_too_long_is_ended(tmp_path):
    flood, sleeper, echo = tmp_path / "flood.py", tmp_path / "sleeper.py", tmp_path / "echo.py"
    flood.write_text("while True: print('x' * 1000)")
    sleeper.write_text("import time; time.sleep(30)")
    echo.write_text("import sys; sys.stdout.write(sys.stdin.read())")
    limits = Limits(memory=1 << 30, processor=5, clock=0.5, answer=10_000)
    for script in (flood, sleeper):
        with pytest.raises(confined.TooMuch):
            confined.run(script, content=b"x" * 1_000_000, limits=limits)
    assert confined.run(echo, content=b"x" * 10_000, limits=limits._replace(clock=10)) == b"x" * 10_000


@pytest.mark.rule("R-IMPT-01")
def test_a_workbook_that_unpacks_to_far_more_cells_than_its_size_is_refused(vocabulary):
    """120,000 cells of 60 characters: some 22 MB as text, out of a file of less than 300 KB."""
    row = f"<row><c t='inlineStr'><is><t>{'顾' * 60}</t></is></c></row>".encode()
    content = with_part(SHEET, b"<worksheet><sheetData>" + row * 120_000 + b"</sheetData></worksheet>")
    assert len(content) < 300_000
    assert zipfile.is_zipfile(io.BytesIO(content))
    with pytest.raises(Unreadable) as unreadable:
        read_table(content, "a.xlsx", vocabulary)
    assert unreadable.value.code == "too_large"

"""A register's words, files read with them, and generated ledgers with the truth about them."""

import json
import re
import runpy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import opencc
import pytest

from admin_app.sheets.reading import ReadingChoices, Table, Vocabulary, read_table

DATA = Path(__file__).parents[2] / "data"
LEDGER = runpy.run_path(str(DATA / "make_ledger.py"))
#: Encodings that only hold Traditional characters.
TRADITIONAL = ("big5", "cp950")


@dataclass(frozen=True)
class Ledger:
    data: bytes
    truth: dict

    @property
    def records(self) -> int:
        return self.truth["good"] + len(self.truth["bad"]) + len(self.truth["duplicates"])


def looks_like_date(cell: str) -> bool:
    return re.fullmatch(r"\d{4}\D\d{1,2}\D\d{1,2}日?|\d{5}|\d{8}", cell) is not None


def looks_like_phone(cell: str) -> bool:
    return len(re.sub(r"\D", "", cell)) == 11


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    synonyms = {synonym: header for header, synonym in LEDGER["SYNONYMS"].items()}
    return Vocabulary(
        words={header: header for header in LEDGER["HEADERS"]} | synonyms,
        looks_like={"来店时间": looks_like_date, "联系电话": looks_like_phone},
        keys=("来店时间", "顾客姓名", "联系电话"),
    )


@pytest.fixture
def read(vocabulary) -> Callable[..., Table]:
    """Reads text (as UTF-8) or bytes with the ledger's words and the given choices."""

    def read(content: str | bytes, **choices) -> Table:
        data = content.encode() if isinstance(content, str) else content
        return read_table(data, "来店.csv", vocabulary, ReadingChoices(**choices))

    return read


@pytest.fixture
def make_ledger(tmp_path, monkeypatch, capsys) -> Callable[..., Ledger]:
    """Makes a ledger; *flags* name switches of the generator, *options* its other arguments."""

    def make(*flags: str, encoding: str = "gb18030", **options) -> Ledger:
        path = tmp_path / "ledger.csv"
        written = "utf-8" if encoding in TRADITIONAL else encoding
        words = ["make_ledger.py", str(path), "--encoding", written, *(f"--{flag}" for flag in flags)]
        for name, value in options.items():
            words += [f"--{name}", str(value)]
        monkeypatch.setattr("sys.argv", words)
        LEDGER["main"]()
        capsys.readouterr()
        data = path.read_bytes()
        if encoding in TRADITIONAL:
            data = opencc.OpenCC("s2tw").convert(data.decode()).encode("cp950", "replace")
        return Ledger(data, json.loads(Path(f"{path}.truth.json").read_text("utf-8")))

    return make

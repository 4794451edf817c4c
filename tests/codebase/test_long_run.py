"""The long run by parts: every test falls on one, what ran is written down, and a cut loses no part that ran."""

from pathlib import Path

import pytest

from tests import soaking
from tests.soaking import TESTS, Part

PAGE = """# The long run

Words.

| what | database | when | commit | minutes | passed | skipped | failed | errors |
|---|---|---|---|---:|---:|---:|---:|---:|
"""
VIEWS, RACES = Part("views", "sqlite"), Part("races", "postgresql")


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "soak.md"
    path.write_text(PAGE)
    monkeypatch.setattr(soaking, "RESULTS", path)
    monkeypatch.setattr(soaking, "program", lambda: "abc1234")
    return path


def ended(
    part: Part, patch: pytest.MonkeyPatch, exitstatus: int = 0, tests: int = 9, failures: int = 0, skipped: int = 0
) -> None:
    """A run of *part* that ended so."""

    def run(self: Part, workers: str, report: Path) -> int:
        numbers = f'tests="{tests}" failures="{failures}" skipped="{skipped}" errors="0"'
        report.write_text(f"<testsuites><testsuite {numbers}/></testsuites>")
        return exitstatus

    patch.setattr(Part, "run", run)
    assert soaking.soak(part, "2") == exitstatus


def test_every_test_falls_on_one_part_of_each_kind_of_database() -> None:
    files = {path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    for kind, its in (("sqlite", soaking.parts("sqlite")), ("postgresql", soaking.parts("postgresql"))):
        falls_on = [file for part in its for file in files if file.is_relative_to(part.what) and part.kind == kind]
        assert sorted(falls_on) == sorted(files)


def test_words_choose_parts_by_folder_file_and_kind() -> None:
    assert [*soaking.parts("views")] == [VIEWS, Part("views", "postgresql")]
    assert [*soaking.parts("races", "postgresql")] == [RACES]
    file = "noninterference/test_told.py"
    assert [*soaking.parts(file, "sqlite")] == [Part(file, "sqlite")]
    assert Part(file, "sqlite") in soaking.parts("noninterference")


def test_what_pytest_is_asked_for_is_the_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(soaking.subprocess, "run", lambda command, **_: asked.append(command) or asked_ok())
    assert RACES.run("2", tmp_path / "report.xml") == 0
    assert asked[0][-1] == str(TESTS / "races")
    assert asked[0][asked[0].index("-m", 3) + 1] == "postgresql"


def asked_ok() -> object:
    return soaking.subprocess.CompletedProcess([], 0)


def test_a_part_that_ended_stands_once_on_the_page_in_its_place(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(VIEWS, monkeypatch, tests=4)
    ended(RACES, monkeypatch, tests=6, skipped=1)
    ended(VIEWS, monkeypatch, exitstatus=1, tests=4, failures=1)
    words, lines = page.read_text().split("|---|---|---|---|---:|---:|---:|---:|---:|\n")
    assert PAGE.startswith(words)
    first, second = lines.splitlines()
    assert first.startswith("| races | postgresql | ")
    assert first.endswith(" | abc1234 | 0 | 5 | 1 | 0 | 0 |")
    assert second.startswith("| views | sqlite | ")
    assert second.endswith(" | abc1234 | 0 | 3 | 0 | 1 | 0 |")


@pytest.mark.parametrize(
    "exitstatus",
    [pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED, -9],
)
def test_a_part_that_was_cut_off_or_is_empty_is_not_written_down(
    page: Path, monkeypatch: pytest.MonkeyPatch, exitstatus: int
) -> None:
    ended(VIEWS, monkeypatch, exitstatus)
    assert page.read_text() == PAGE


def test_a_run_goes_on_at_what_has_not_run_with_this_program_or_failed(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in soaking.parts():
        ended(part, monkeypatch)
    assert [*soaking.missing()] == []
    ended(RACES, monkeypatch, exitstatus=1, failures=1)
    page.write_text("".join(line for line in page.read_text().splitlines(True) if "| views | sqlite |" not in line))
    assert [*soaking.missing()] == [RACES, VIEWS]
    monkeypatch.setattr(soaking, "program", lambda: "def5678")
    assert [*soaking.missing()] == [*soaking.parts()]


def test_what_ran_with_changes_that_are_not_committed_runs_again(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soaking, "program", lambda: "abc1234+")
    ended(VIEWS, monkeypatch)
    assert VIEWS in [*soaking.missing()]

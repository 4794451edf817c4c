"""The long run by parts: every test falls on one, what ran is written down, and a cut loses no part that ran."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import soaking

PAGE = """# The long run

Words.

| part | when | commit | took | passed | skipped | failed | errors |
|---|---|---|---|---:|---:|---:|---:|
"""


class Item:
    """As much of a test as is asked: its name, and which others it stays with."""

    def __init__(self, nodeid: str, group: str | None = None):
        self.nodeid, self.group = nodeid, group

    def get_closest_marker(self, name: str) -> Any:
        return pytest.mark.together(self.group).mark if self.group else None


ITEMS = [*(Item(f"test[{n}]") for n in range(200)), *(Item(f"twins[{n}]", f"pair {n % 9}") for n in range(100))]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "soak.md"
    path.write_text(PAGE)
    monkeypatch.setattr(soaking, "RESULTS", path)
    monkeypatch.setattr(soaking, "program", lambda: "abc1234")
    return path


def ended(part: str, exitstatus: int = 0, **stats: int) -> None:
    """A run of *part* that ended so."""
    reporter = SimpleNamespace(stats={word: [None] * count for word, count in (stats or {"passed": 9}).items()})
    soaking.Soaking(part).pytest_terminal_summary(reporter, exitstatus)  # type: ignore[arg-type]


def test_every_test_falls_on_one_part() -> None:
    parts = []
    for number in range(1, 8):
        items = [*ITEMS]
        config = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None))
        soaking.Soaking(f"{number}/7").pytest_collection_modifyitems(config, items)  # type: ignore[arg-type]
        parts.append([item.nodeid for item in items])
    assert sorted(nodeid for part in parts for nodeid in part) == sorted(item.nodeid for item in ITEMS)
    assert all(parts)


def test_tests_of_the_same_twins_fall_on_the_same_part() -> None:
    parts = soaking.shares(ITEMS, 7)  # type: ignore[arg-type]
    for number in range(9):
        assert sum(any(item.group == f"pair {number}" for item in part) for part in parts) == 1


@pytest.mark.parametrize("part", ["0/24", "25/24"])
def test_a_part_that_there_is_not_is_refused(part: str) -> None:
    with pytest.raises(pytest.UsageError, match="no such part"):
        soaking.Soaking(part)


def test_a_part_that_ended_stands_once_on_the_page_in_the_place_of_its_number(page: Path) -> None:
    ended("10/24", passed=4)
    ended("2/24", passed=5, skipped=1)
    ended("10/24", exitstatus=1, passed=3, failed=1)
    words, lines = page.read_text().split("|---|---|---|---|---:|---:|---:|---:|\n")
    assert PAGE.startswith(words)
    assert [line.split(" | ")[0] for line in lines.splitlines()] == ["| 2/24", "| 10/24"]
    assert [line.split(" min | ")[1] for line in lines.splitlines()] == ["5 | 1 | 0 | 0 |", "3 | 0 | 1 | 0 |"]


@pytest.mark.parametrize("exitstatus", [pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR])
def test_a_part_that_was_cut_off_is_not_written_down(page: Path, exitstatus: int) -> None:
    ended("2/24", exitstatus)
    assert page.read_text() == PAGE


def test_a_part_that_only_lists_its_tests_is_not_written_down(page: Path) -> None:
    ended("2/24", passed=0)
    assert page.read_text() == PAGE


def test_a_run_goes_on_at_what_has_not_run_with_this_program_or_failed(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, soaking.PARTS + 1):
        ended(f"{number}/{soaking.PARTS}")
    assert [*soaking.missing()] == []
    ended("3/24", exitstatus=1, passed=8, failed=1)
    page.write_text(page.read_text().replace("| 5/24 |", "| 5/40 |"))
    assert [*soaking.missing()] == ["3/24", "5/24"]
    monkeypatch.setattr(soaking, "program", lambda: "def5678")
    assert len([*soaking.missing()]) == soaking.PARTS


def test_what_ran_with_changes_that_are_not_committed_runs_again(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soaking, "program", lambda: "abc1234+")
    ended("1/24")
    assert "1/24" in [*soaking.missing()]

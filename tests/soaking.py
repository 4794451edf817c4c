"""The long run: hours, so it goes by parts, and each that ran to its end writes its result into ``docs/soak.md``.

``make soak`` runs one part after another and goes on, after a cut, at the first that hasn't run with this program;
``make soak PART=views`` runs the tests in ``tests/views`` on both kinds of database, ``make soak PART="views postgresql"``
on one, whether they have run or not.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

TESTS = Path(__file__).parent
RESULTS = TESTS.parent / "docs" / "soak.md"
#: the kinds of database, and how pytest's marks tell the tests that belong to each; those without a database go along
KINDS = {"sqlite": "not postgresql", "postgresql": "postgresql"}
#: folders so long that each of their files is a part
LONG = frozenset({"every_register", "noninterference"})
#: pytest's word for a run that came to its end, with all passed or with failures
_ENDED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


@dataclass(frozen=True, order=True)
class Part:
    """The tests in one folder or file, as far as they go on one kind of database."""

    what: str
    kind: str

    def __str__(self) -> str:
        return f"{self.what} {self.kind}"

    def run(self, workers: str, report: Path) -> int:
        """Run it, which leaves *report* in JUnit's format; pytest's exit status."""
        command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal", "-q", "-m", KINDS[self.kind]]
        command += [f"--junitxml={report}", str(TESTS / self.what)]
        return subprocess.run(command, env={**os.environ, "STRONGROOM_SOAK": "1"}, check=False).returncode


def parts(*words: str) -> Iterator[Part]:
    """All parts, or those that *words* choose by folder, file or kind; a new folder is one at once."""
    for path in sorted(TESTS.iterdir()):
        tests = sorted(path.glob("test_*.py")) if path.is_dir() else [path] if path.match("test_*.py") else []
        for each in tests if path.name in LONG else [path] if tests else []:
            for kind in KINDS:
                if set(words) <= {path.name, str(each.relative_to(TESTS)), kind}:
                    yield Part(str(each.relative_to(TESTS)), kind)


def record(part: Part, run: str, counts: dict[str, int]) -> None:
    """Put the result of *part* into the table of ``docs/soak.md``, in the place of its last one."""
    text, table = _read()
    table[part] = f"| {part.what} | {part.kind} | {run} | " + " | ".join(map(str, counts.values())) + " |"
    RESULTS.write_text("\n".join([*text, *(table[part] for part in sorted(table))]) + "\n")


def _read() -> tuple[list[str], dict[Part, str]]:
    """The page without its results, and the results by part."""
    lines = RESULTS.read_text().splitlines()
    cells = {line: [cell.strip() for cell in line.split("|")] for line in lines if line.startswith("| ")}
    results = {Part(*cell[1:3]): line for line, cell in cells.items() if cell[2] in KINDS}
    return [line for line in lines if line not in results.values()], results


def counts_of(report: Path) -> dict[str, int]:
    """How many tests passed, were skipped, failed and met an error, by pytest's *report*."""
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    asked, *others = (int(suite.get(name, 0)) for name in ("tests", "skipped", "failures", "errors"))
    return dict(zip(("passed", "skipped", "failed", "errors"), (asked - sum(others), *others), strict=True))


def program() -> str:
    """The last commit that changed more than these results; with a + while there are changes outside of it."""
    others = ["--", ".", f":!docs/{RESULTS.name}"]
    commit = _git("log", "-1", "--format=%h", *others)
    return f"{commit or '?'}+" if not commit or _git("status", "--porcelain", *others) else commit


def _git(*command: str) -> str:
    return subprocess.run(
        ["git", *command], capture_output=True, text=True, check=False, cwd=RESULTS.parent.parent
    ).stdout.strip()


def missing() -> Iterator[Part]:
    """The parts that haven't run with the program as it is, without a failure."""
    now, results = program(), _read()[1]
    for part in parts():
        ran = [cell.strip() for cell in results.get(part, "").split("|")]
        if now.endswith("+") or now not in ran or ran[-3:-1] != ["0", "0"]:
            yield part


def soak(part: Part, workers: str) -> int:
    """Run *part* and write down what came of it, if it came to its end; pytest's exit status."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = part.run(workers, report)
        if code in _ENDED:
            minutes = round((time.monotonic() - began) / 60)
            record(part, f"{time.strftime('%Y-%m-%d')} | {program()} | {minutes}", counts_of(report))
    return code


def main(workers: str, *words: str) -> int:
    """Run the parts that *words* choose, or every one that is missing, one after another; 0 where all passed."""
    failed = 0
    for part in list(parts(*words) if words else missing()):
        sys.stdout.write(f"{part}, {time.strftime('%H:%M')}\n")
        sys.stdout.flush()
        code = soak(part, workers)
        if code == pytest.ExitCode.NO_TESTS_COLLECTED:  # nothing in it needs that kind of database
            continue
        if code not in _ENDED:
            return code
        failed |= code
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

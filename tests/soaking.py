"""The long run: hours, so it goes by parts, and each part that ran to its end writes its result into ``docs/soak.md``.

``make soak`` runs one part after another and goes on, after a cut, at the first that hasn't run with this program;
``make soak PART=3/24`` runs that part alone, whether it has run or not.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

RESULTS = Path(__file__).parent.parent / "docs" / "soak.md"
PARTS = 24
#: how long a test that asks twins takes, counted in others
WEIGHT_OF_TWINS = 8
#: pytest's word for a run that came to its end, with all passed or with failures
_ENDED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


class Soaking:
    """The plugin of one part."""

    def __init__(self, part: str):
        number, of = map(int, part.split("/"))
        if not 1 <= number <= of:
            raise pytest.UsageError(f"PART={part}: there is no such part")
        self.part, self.number, self.of, self.began = part, number, of, time.monotonic()

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        mine = set(shares(items, self.of)[self.number - 1])
        config.hook.pytest_deselected(items=[item for item in items if item not in mine])
        items[:] = [item for item in items if item in mine]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
        counts = {word: len(terminalreporter.stats.get(word, ())) for word in ("passed", "skipped", "failed", "error")}
        if exitstatus in _ENDED and any(counts.values()):  # not cut off, and not only listed
            minutes = round((time.monotonic() - self.began) / 60)
            record(self.part, f"{time.strftime('%Y-%m-%d')} | {program()} | {minutes} min", counts)


def shares(items: Iterable[pytest.Item], of: int) -> list[list[pytest.Item]]:
    """*items* in so many parts of about one length; those marked to be ``together`` fall on the same."""
    groups: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        mark = item.get_closest_marker("together")
        groups[mark.args[0] if mark else item.nodeid].append(item)
    parts: list[list[pytest.Item]] = [[] for _ in range(of)]
    lengths = dict.fromkeys(range(of), 0)
    for group in sorted(groups.values(), key=_length, reverse=True):
        shortest = min(lengths, key=lengths.__getitem__)
        parts[shortest] += group
        lengths[shortest] += _length(group)
    return parts


def _length(group: list[pytest.Item]) -> int:
    return len(group) * (WEIGHT_OF_TWINS if group[0].get_closest_marker("together") else 1)


def record(part: str, run: str, counts: dict[str, int]) -> None:
    """Put the result of *part* into the table of ``docs/soak.md``, in the place of its last one."""
    line = f"| {part} | {run} | " + " | ".join(str(counts[word]) for word in counts) + " |"
    text, table = _read()
    table[part] = line
    numbered = sorted(table, key=lambda part: [int(figure) for figure in reversed(part.split("/"))])
    RESULTS.write_text("\n".join([*text, *(table[part] for part in numbered)]) + "\n")


def _read() -> tuple[list[str], dict[str, str]]:
    """The page without its results, and the results by part."""
    lines = RESULTS.read_text().splitlines()
    results = {line.split()[1]: line for line in lines if line.startswith("| ") and "/" in line.split()[1]}
    return [line for line in lines if line not in results.values()], results


def program() -> str:
    """The last commit that changed more than these results; with a + while there are changes outside of it."""
    others = ["--", ".", f":!docs/{RESULTS.name}"]
    commit = _git("log", "-1", "--format=%h", *others)
    return f"{commit or '?'}+" if not commit or _git("status", "--porcelain", *others) else commit


def _git(*command: str) -> str:
    return subprocess.run(
        ["git", *command], capture_output=True, text=True, check=False, cwd=RESULTS.parent.parent
    ).stdout.strip()


def register(config: pytest.Config) -> None:
    """Make *config*'s run a long one, where it is asked for; workers choose their part too, and report to no one."""
    if os.environ.get("STRONGROOM_SOAK") and (part := os.environ.get("STRONGROOM_SOAK_PART")):
        plugin = Soaking(part)
        if hasattr(config, "workerinput"):
            plugin.pytest_terminal_summary = lambda *_: None  # type: ignore[method-assign]
        config.pluginmanager.register(plugin, "soaking")


def missing() -> Iterator[str]:
    """The parts that haven't run with the program as it is, without a failure."""
    now, results = program(), _read()[1]
    for part in (f"{number}/{PARTS}" for number in range(1, PARTS + 1)):
        ran = [cell.strip() for cell in results.get(part, "").split("|")]
        if now.endswith("+") or now not in ran or ran[-3:-1] != ["0", "0"]:
            yield part


def main(workers: str, part: str = "") -> int:
    """Run *part*, or every one that is missing, one after another; 0 where all passed."""
    failed = 0
    for each in [part] if part else list(missing()):
        sys.stdout.write(f"Part {each}, {time.strftime('%H:%M')}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal", "-q", "-m", ""]
        environ = {**os.environ, "STRONGROOM_SOAK": "1", "STRONGROOM_SOAK_PART": each}
        code = subprocess.run(command, env=environ, check=False).returncode
        if code not in _ENDED:
            return code
        failed |= code
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

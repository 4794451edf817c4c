"""The long run, by parts: it takes hours, and each part's last result is kept in ``docs/soak.md``.

``make soak PART=3/24`` runs every test whose number falls on the third of twenty-four parts; ``make soak`` runs all.
"""

import os
import subprocess
import time
import zlib
from pathlib import Path

import pytest

RESULTS = Path(__file__).parent.parent / "docs" / "soak.md"


class Soaking:
    """The plugin of a long run."""

    def __init__(self, part: str):
        number, of = map(int, part.split("/"))
        if not 1 <= number <= of:
            raise pytest.UsageError(f"PART={part}: there is no such part")
        self.part, self.number, self.of, self.began = part, number, of, time.monotonic()

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        mine = [item for item in items if zlib.crc32(item.nodeid.encode()) % self.of == self.number - 1]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(mine)])
        items[:] = mine

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        counts = {word: len(terminalreporter.stats.get(word, ())) for word in ("passed", "skipped", "failed", "error")}
        if not any(counts.values()):  # only listed
            return
        minutes = round((time.monotonic() - self.began) / 60)
        record(self.part, f"{time.strftime('%Y-%m-%d')} | {_commit()} | {minutes} min", counts)


def record(part: str, run: str, counts: dict[str, int]) -> None:
    """Put the result of *part* into the table of ``docs/soak.md``, in the place of its last one."""
    line = f"| {part} | {run} | " + " | ".join(str(counts[word]) for word in counts) + " |"
    lines = [old for old in RESULTS.read_text().splitlines() if not old.startswith(f"| {part} |")]
    RESULTS.write_text("\n".join([*lines, line]) + "\n")


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "?"


def register(config: pytest.Config) -> None:
    """Make *config*'s run a long one, where it is asked for; workers choose their part too, and report to no one."""
    if os.environ.get("STRONGROOM_SOAK") and (part := os.environ.get("STRONGROOM_SOAK_PART")):
        plugin = Soaking(part)
        if hasattr(config, "workerinput"):
            plugin.pytest_terminal_summary = lambda *_: None  # type: ignore[method-assign]
        config.pluginmanager.register(plugin, "soaking")

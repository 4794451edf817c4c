"""Times taken in turn: every round runs each case once, so that noise of the machine falls on all of them alike."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: the fixed loop takes this long on the machine that the targets in milliseconds are written for
LOOP_MS = 16.5


@dataclass(frozen=True)
class Times:
    """Milliseconds of one case."""

    median: float
    least: float
    runs: int


class Clock:
    """What times are taken by: the wall's, or where others disturb the machine this process's own."""

    now = staticmethod(time.perf_counter)


def side_by_side(
    cases: Mapping[str, Callable[[], object]], seconds: float = 6.0, least: int = 5, most: int = 200
) -> dict[str, Times]:
    """Run the *cases* in rounds after three to warm up: at least *least*, at most *most*, else until *seconds* are over."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for case in cases.values():
        for _ in range(3):
            case()
    gc.collect()
    end = time.perf_counter() + seconds
    for done in range(most):
        if done >= least and time.perf_counter() > end:
            break
        for name, case in cases.items():
            start = Clock.now()
            case()
            taken[name].append((Clock.now() - start) * 1000)
    return {name: Times(statistics.median(ms), min(ms), len(ms)) for name, ms in taken.items()}


def fixed_loop() -> float:
    """Milliseconds of a loop that never changes: the noise of the machine, taken before and after."""
    taken = []
    for _ in range(15):
        start = Clock.now()
        total = 0
        for number in range(200_000):
            total += number * number % 7
        taken.append((Clock.now() - start) * 1000)
    return statistics.median(taken)

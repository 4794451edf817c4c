"""The figures as Markdown: tables of ratios, and which targets hold."""

import os
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from .databases import House
from .house import ACTORS
from .pages import Figures
from .process import Process
from .timing import LOOP_MS

QUESTIONS = {
    "first": "first page", "keyset": "page 1000, going on", "number": "page 1000, by number",
    "filtered": "grade and 30 days", "sorted": "by name (no index)",
    "phone": "search, fragment of a phone", "name": "search, two characters",
    "pinyin": "search, pinyin initials",
}  # fmt: skip
SEARCHES = ("phone", "name", "pinyin")
_KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Run:
    """One run: figures per database, the process, the fixed loop before and after in milliseconds."""

    figures: list[Figures]
    process: Process
    loops: tuple[float, float]
    versions: str

    @property
    def scale(self) -> float:
        """How much slower this machine was than the one that targets in milliseconds are written for."""
        return sum(self.loops) / 2 / LOOP_MS


def machine(houses: list[House]) -> str:
    """Cores, Python and the versions of the databases."""
    parts = [f"{os.cpu_count()} cores", f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for house in houses:
        if house.kind == "postgresql":
            parts.append(f"PostgreSQL {house.driver().execute('SHOW server_version').fetchone()[0]}")
            break
    return ", ".join(parts)


def markdown(run: Run) -> str:
    """The tables, without the words around them."""
    before, after = run.loops
    parts = [f"Machine: {run.versions}. Fixed loop: {before:.1f} ms before, {after:.1f} ms after."]
    for figures in run.figures:
        parts += [f"## {_name(figures)}", *_pages(figures), *_persons(figures)]
    parts += ["## Start-up", _process(run.process), "## Targets", *_targets(run)]
    return "\n\n".join(parts) + "\n"


def _name(figures: Figures) -> str:
    return f"{_KINDS[figures.kind]}, {figures.rows:,} rows"


def _pages(figures: Figures) -> Iterator[str]:
    ms, empty = figures.pages, figures.pages["ours empty"]
    rows = []
    for name, title in QUESTIONS.items():
        ours, floor, peer = ms[f"ours {name}"], ms[f"floor {name}"], ms.get(f"peer {name}")
        rows.append((title, f"{floor:.2f}", f"{ours:.2f}", f"{ours / (empty + floor):.2f}", f"{(ours - empty) / floor:.1f}",
                     f"{peer:.1f}" if peer else "", f"{peer / ours:.1f}" if peer else "", str(figures.queries[name]),
                     f"{figures.kilobytes[name]:.0f}"))  # fmt: skip
    yield "Lists of the general manager, ms:"
    yield _table(("list", "floor", "page", "÷ (empty + floor)", "beyond empty ÷ floor", "Flask-Admin", "÷ page", "queries",
                  "KB"), rows)  # fmt: skip
    yield "Single pages of a store manager, ms:"
    yield _table(("page", "ms", "beyond empty", "peer", "÷ page", "queries", "KB"), list(_single(figures)))


def _single(figures: Figures) -> Iterator[tuple[str, ...]]:
    ms, empty = figures.pages, figures.pages["ours own empty"]
    for name, title, peer in (("own empty", "empty, menu and all", "peer empty"), ("details", "details", None),
                              ("form", "form with its links", "peer form")):  # fmt: skip
        ours = ms[f"ours {name}"]
        theirs = (f"{ms[peer]:.2f}", f"{ms[peer] / ours:.1f}") if peer else ("", "")
        yield (title, f"{ours:.2f}", f"{ours - empty:.2f}", *theirs, str(figures.queries[name]),
               f"{figures.kilobytes[name]:.0f}")  # fmt: skip


def _persons(figures: Figures) -> Iterator[str]:
    yield "Row rule, masks and audit together: the page with them, ms, and their share of it:"
    rows = []
    for actor in ACTORS:
        one = figures.persons[actor.username]
        cells = [f"{on:.2f} ({_share(on, off):.0%})" for on, off in (one.get(name, (0, 0)) for name in _ASKED) if on]
        known = [name in one for name in _ASKED]
        filled = iter(cells)
        rows.append((actor.title, f"{one['seen']:,}", *(next(filled) if there else "" for there in known)))
    yield _table(("person", "rows seen", *(QUESTIONS[name].replace("1000", "1000 or last") for name in _ASKED)), rows)


_ASKED = ("first", "keyset", "number", "filtered")


def _share(on: float, off: float) -> float:
    return (on - off) / on


def _process(process: Process) -> str:
    return (f"{process.seconds:.2f} s to the first answer, {process.megabytes:.0f} MB at its peak, "
            f"{process.registers} registers.")  # fmt: skip


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---", *["---:"] * (len(head) - 1)), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _targets(run: Run) -> Iterator[str]:
    """Each target with the worst figure of all databases."""
    judged = [*_page_targets(run), *_growth_targets(run), *_process_targets(run)]
    rows = [(what, f"{worst:.2f}", f"{limit:g}", "holds" if worst <= limit else "**missed**", where)
            for what, worst, limit, where in judged]  # fmt: skip
    yield _table(("target", "worst", "limit", "", "where"), rows)


Judged = tuple[str, float, float, str]


def _page_targets(run: Run) -> Iterator[Judged]:
    def worst(what: str, limit: float, figure: object) -> Judged:
        value, where = max((figure(one), _name(one)) for one in run.figures)  # type: ignore[operator]
        return what, value, limit, where

    def against_floor(one: Figures, name: str) -> float:
        return one.pages[f"ours {name}"] / (one.pages["ours empty"] + one.pages[f"floor {name}"])

    yield worst("empty page ÷ Flask's own", 2, lambda one: one.pages["ours empty"] / one.pages["peer empty"])
    yield worst("first page ÷ (empty + floor)", 1.5, lambda one: against_floor(one, "first"))
    yield worst("page 1000 going on ÷ first page", 1.3, lambda one: one.pages["ours keyset"] / one.pages["ours first"])
    yield worst("page 1000 by number ÷ first page", 2, lambda one: one.pages["ours number"] / one.pages["ours first"])
    yield worst("filtered, beyond empty ÷ floor", 3, lambda one: (one.pages["ours filtered"] - one.pages["ours empty"])
                / one.pages["floor filtered"])  # fmt: skip
    yield worst("search beyond empty, ms", 15, lambda one: (max(one.pages[f"ours {name}"] for name in SEARCHES)
                - one.pages["ours empty"]) / run.scale)  # fmt: skip
    yield worst("form with links, ms beyond empty", 5, lambda one: (one.pages["ours form"] - one.pages["ours own empty"])
                / run.scale)  # fmt: skip
    yield _worst_share(run)


def _worst_share(run: Run) -> Judged:
    shares = [
        (_share(*one[name]), f"{_name(figures)}, {person}, {QUESTIONS[name]}")
        for figures in run.figures for person, one in figures.persons.items() for name in _ASKED if name in one
    ]  # fmt: skip
    share, where = max(shares)
    return "row rule, masks and audit ÷ list page", share, 0.15, where


def _growth_targets(run: Run) -> Iterator[Judged]:
    """From the smallest to the largest number of rows on the same database."""
    for kind, title in _KINDS.items():
        sizes = sorted((one for one in run.figures if one.kind == kind), key=lambda one: one.rows)
        if len(sizes) > 1:
            small, large = sizes[0], sizes[-1]
            where = f"{title}, {small.rows:,} to {large.rows:,}"
            yield "first page, largest ÷ smallest", large.pages["ours first"] / small.pages["ours first"], 1.3, where
            # a first page that shows all isn't counted: compared where both are full
            more = max(large.queries[name] - small.queries[name] for name in QUESTIONS if name != "phone")
            yield "more queries for more rows", more, 0, where


def _process_targets(run: Run) -> Iterator[Judged]:
    where = f"{run.process.registers} registers"
    yield "start-up, s", run.process.seconds / run.scale, 4, where
    yield "memory of a process, MB", run.process.megabytes, 250, where

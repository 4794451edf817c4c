"""The rule book: which function decides which rule, in a Chinese sentence; docs/rules.md comes from it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

RULE_ID = re.compile(r"R-[A-Z]{4}-\d{2}")

Decision = TypeVar("Decision", bound=Callable)


@dataclass(frozen=True, slots=True)
class Entry:
    """One function of the rule book: where it is, the rule ids it decides, and what it says."""

    function: str
    ids: tuple[str, ...]
    sentence: str


_entries: dict[str, Entry] = {}


def rule(ids: str, sentence: str) -> Callable[[Decision], Decision]:
    """Enter a function into the rule book, unchanged: ``@rule("R-LOAN-05 R-CONF-05", "借期最多三天。")``.

    Raises ValueError at import when an id is not of the form R-XXXX-00, so that a slip stops the program at
    start.
    """
    names = tuple(ids.split())
    if not names or not all(RULE_ID.fullmatch(name) for name in names):
        raise ValueError(f"not rule ids: {ids!r}")

    def enter(function: Decision) -> Decision:
        place = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
        _entries[place] = Entry(place, names, sentence)
        return function

    return enter


def rule_book() -> tuple[Entry, ...]:
    """Every entry, ordered by rule ids and function; the rule modules are found by walking this package."""
    package = __name__.rpartition(".")[0]
    for module in iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
    return tuple(sorted(_entries.values(), key=lambda entry: (entry.ids, entry.function)))

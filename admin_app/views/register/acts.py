"""Buttons that operations put on the page of a record: they attach by table name from above, a register never knows them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from ...guard.cells import Row

Act = dict[str, Any]
_ACTS: dict[str, list[Callable[[Row], list[Act]]]] = defaultdict(list)
_EVERYWHERE: list[Callable[[Row], list[Act]]] = []


def acts_on(table: str) -> Callable[[Callable[[Row], list[Act]]], Callable[[Row], list[Act]]]:
    """Mark a function that gives the buttons for a record of *table*: label, url, method, kind, confirm, needs_reason."""

    def mark(function: Callable[[Row], list[Act]]) -> Callable[[Row], list[Act]]:
        _ACTS[table].append(function)
        return function

    return mark


def acts_everywhere(function: Callable[[Row], list[Act]]) -> Callable[[Row], list[Act]]:
    """Mark a function that gives buttons for a record of any register, by what the register declares."""
    _EVERYWHERE.append(function)
    return function


def acts_for(row: Row) -> list[Act]:
    """All buttons for the record of *row*."""
    return [act for function in (*_ACTS[row.register.__tablename__], *_EVERYWHERE) for act in function(row)]

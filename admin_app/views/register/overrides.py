"""Screens that replace the generic one of a register; few are a good sign."""

from collections.abc import Callable
from typing import TypeVar

from .view import RegisterView

V = TypeVar("V", bound=type[RegisterView])
#: table -> the view class in place of RegisterView
OVERRIDES: dict[str, type[RegisterView]] = {}


def replaces(table: str) -> Callable[[V], V]:
    """Mark a view class as the screen of the register *table*."""

    def mark(view: V) -> V:
        OVERRIDES[table] = view
        return view

    return mark

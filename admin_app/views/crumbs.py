"""The line above a page's title that says where one is, for pages behind a door."""

from flask import g

from .doors import Door
from .words import words


def crumb(door: Door, here: str | None = None) -> None:
    """Area, page of the menu, and *here* below it."""
    steps: list[tuple[str, str | None]] = [(words(door.section.title), None), (words(door.title), door.url if here else None)]
    g.crumbs = [*steps, *([(here, None)] if here else [])]

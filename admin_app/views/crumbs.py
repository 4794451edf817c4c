"""The line above a page's title that says where one is, for pages behind a door."""

from flask import g

from .doors import Door
from .words import words


def crumb(door: Door, here: str | None = None) -> None:
    """Area, page of the menu, and *here* below it."""
    area, title = words(door.section.title), words(door.title)
    g.crumbs = [(area, None), (title, door.url), (here, None)] if here else [(area, None), (title, None)]

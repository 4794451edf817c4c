"""What stands on a desk, in words: groups of entries (R-DESK-01)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ..texts import Text
from .in_pages import Page


@dataclass(frozen=True)
class Entry:
    """One thing to do, by table and id in addresses; ``page`` is where it is done, if not on the record's own page.

    Without an id it is done on ``page`` as a whole, or there is no page of it for this person. ``notice`` can be ticked off, by
    its id in addresses.
    """

    table: str
    record: str | None
    text: str | Text
    sub: str | Text | None = None
    when: date | datetime | None = None
    state: str = ""
    state_text: Text | None = None
    page: str | None = None
    notice: str | None = None
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """One kind of thing to do; ``count`` is of all, within the person's rights; ``page`` shows them all, ``part`` by part."""

    title: Text
    count: int
    entries: list[Entry] = field(default_factory=list)
    page: str | None = None
    part: Page | None = None

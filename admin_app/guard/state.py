"""What a guarded session keeps besides its records, in one typed object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..fields.kind import SHANGHAI
from ..permissions import Person
from .chain import Head
from .packed import Waiting

#: done with a session and all that it is about
Work = Callable[[Any, list[Any]], None]


@dataclass(eq=False)
class State:
    """Who acts and from where, how the session may write just now, and what waits for its commit."""

    #: whose rights hold; nobody sees nothing (R-CONF-03)
    person: Person | None = None
    #: whose name stands in the trail: the person, also where the system looks beneath their rights
    actor: Person | None = None
    address: str | None = None
    #: the company's, in which its days begin and end
    zone: ZoneInfo = SHANGHAI
    #: the file that keeps the head of the trail outside the database
    anchor: Path | None = None

    #: whom the actor looks on as: then nothing is written but the trail (``guard.viewing``)
    viewing_as: int | None = None

    #: inside ``writing``
    writing: bool = False
    #: inside ``noting``
    noting: bool = False
    #: inside ``stamps.operating``
    operating: bool = False
    #: inside ``levels.lowering``: table and id of the one record whose level may go down
    lowering: tuple[str, int] | None = None
    #: what all that is done is part of (an import's batch): it stands in the detail of each entry of the trail
    part_of: Mapping[str, Any] = field(default_factory=dict)
    #: a second session in the transaction of another, which writes the trail of both
    beneath: bool = False

    #: events on their way into the trail, and how many there were when each open savepoint began
    trail: list[Waiting] = field(default_factory=list)
    marks: dict[Any, int] = field(default_factory=dict)
    #: the head written by this transaction, to be anchored after the commit
    trail_head: Head | None = None
    #: records (table, id) whose change is to be passed on to what belongs to them
    follow: list[tuple[str, int]] = field(default_factory=list)
    #: what is done once before the commit, with what it is about (``guard.at_commit``)
    at_commit: dict[Work, list[Any]] = field(default_factory=dict)
    #: the stamps of shared data as this transaction read them
    stamps: dict[str, int] | None = None
    #: those that it changes, each with what it read since: cache and key -> value
    renewed: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def forget(self) -> None:
        """What was rolled back didn't happen."""
        self.trail, self.marks, self.trail_head, self.follow = [], {}, None, []
        self.at_commit.clear()
        self.renewed.clear()

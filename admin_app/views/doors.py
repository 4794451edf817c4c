"""Pages that are no register and stand in the menu: title, address, area, and who may open them.

The menu and the page ask the same question, so nobody is shown a door that doesn't open, or finds one that isn't shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import abort, g

from ..permissions import Person, Role
from ..texts import Text, say
from ..verdicts import Refused, refuse

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Section:
    """An area of the menu that is no folder of registers; *order* places it among those."""

    title: Text
    order: int


@dataclass(frozen=True)
class Door:
    """A page of the menu; *opens* is asked at every request, and again for the menu."""

    title: Text
    url: str
    section: Section
    opens: Callable[[Person], bool]

    def guards(self, view: F) -> F:
        """Answer *view* like an address that doesn't exist to whom the door doesn't open (R-SIGN-05).

        Whoever looks on as somebody else finds the doors of that person in the menu, and opens those that are theirs too:
        what such a page shows stands under rules of its own.
        """

        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not self.opens(g.person):
                abort(404)
            if g.person.seen_by is not None and not self.opens(g.person.seen_by):
                raise Refused(
                    refuse("R-ROLE-01", "viewing_as", say("此人能打开这一页；您本人无权打开，查看时也不能打开"))
                )
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]


_doors: list[Door] = []

SIGNING = Section(say("签批与借阅"), 5)
MANAGEMENT = Section(say("管理"), 90)


def door(title: Text, url: str, section: Section, opens: Callable[[Person], bool]) -> Door:
    """A door that stands in the menu from now on, in the order of their making."""
    made = Door(title, url, section, opens)
    _doors.append(made)
    return made


def doors_of(person: Person) -> list[Door]:
    """The doors that open to *person*."""
    return [one for one in _doors if one.opens(person)]


def door_addresses() -> list[str]:
    return [one.url for one in _doors]


def holds(*roles: Role) -> Callable[[Person], bool]:
    """Opens to whoever holds one of *roles*."""
    return lambda person: not person.roles.isdisjoint(roles)

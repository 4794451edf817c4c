"""The same pages with row rule, masks and audit switched off for one request: what these three cost is the difference.

The program knows no such switch; it is put in from outside, here alone. A request without them is asked by a copy of the
person with a profile of its own, so that statements kept for the two never mix. Whoever sees few rows gets the same rows
by their ids, so that both pages show as much.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask, g, request
from sqlalchemy import true
from sqlalchemy.orm import Session

from admin_app.database import db
from admin_app.guard import cells, conditions, listing, rows, shown, trail
from admin_app.guard.session import act_as, state_of
from admin_app.permissions import Facts, Person, Sight, View

SWITCH = "bench.guard"
_OFF = "|off"
#: person id -> ids of the rows they see, of those who see less than a page
FEW: dict[int, list[int]] = {}


def arm(app: Flask) -> None:
    """Put the switch into *app* and the functions that it turns off."""
    app.before_request_funcs.setdefault(None, []).append(_switch)
    for module, name, plain in _PLAIN:
        original = getattr(module, name)
        if not hasattr(original, "guarded"):
            setattr(module, name, _either(original, plain))


def _switch() -> None:
    if request.environ.get(SWITCH) == "off" and g.person is not None:
        g.person = replace(g.person, profile=g.person.profile + _OFF)
        act_as(db.session, g.person)


def _either(guarded: Callable[..., Any], plain: Callable[..., Any]) -> Callable[..., Any]:
    def function(*arguments: Any, **more: Any) -> Any:
        return (plain if _is_off(arguments) else guarded)(*arguments, **more)

    function.guarded = guarded  # type: ignore[attr-defined]
    return function


def _is_off(arguments: tuple[Any, ...]) -> bool:
    """Whether the person among the first three *arguments*, or of the session among them, has the guard switched off."""
    for argument in arguments[:3]:
        person = state_of(argument).person if isinstance(argument, Session) else argument
        if isinstance(person, Person):
            return person.profile.endswith(_OFF)
    return False


def _every_row(bare: Any, person: Person) -> list[Any]:
    return [bare.id.in_(FEW[person.id]) if person.id in FEW else true()]


class _ShownDecided(cells.Decided):
    """Decided that everything is shown."""

    def __init__(self, register: Any, person: Person, facts: Facts):
        super().__init__(register, person, facts)
        self.sight = Sight.FULL

    def view(self, face: Any) -> View:
        return View.SHOWN


class _ShownDecisions(cells.Decisions):
    """The same of every record of a page. They are put in once a page, so that the switch itself doesn't weigh."""

    def __init__(self, register: Any, person: Person):
        super().__init__(register, person)
        self._one: _ShownDecided | None = None

    def on(self, facts: Facts) -> cells.Decided:
        self._one = self._one or _ShownDecided(self._register, self._person, facts)
        return self._one


#: module, function, what stands in for it
_PLAIN: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
    (rows, "_rules_of", lambda person: ()),
    (listing, "_branches", _every_row),
    (listing, "_ways", _every_row),
    (conditions, "where_read", lambda cls, face, person, whole_value=False: true()),
    (shown, "Decisions", _ShownDecisions),
    (trail, "note_views", lambda session, table, records, via: None),
)

"""How the acting person gets each of the rows that leave: decided once for all of equal standing (R-CONF-06)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from ..guard.cells import Decided, Decisions, told_apart_by
from ..guard.facts import facts_names, facts_of, granted_ids, signed_ids
from ..guard.plain import plain_row
from ..guard.session import acting
from ..models import Register

#: the facts that count by their value; all others are ids
_LEVELS = frozenset({"level", "object_level"})


class Standings:
    """What was decided on rows of *register*, each of which is its id followed by its facts (``facts_names``)."""

    def __init__(self, session: Session, register: type[Register]):
        self._session, self._register, self._person = session, register, acting(session)
        self._names, self._mine = tuple(facts_names(register)), told_apart_by(self._person)
        self._record, self._last = plain_row(self._names), len(self._names) + 1
        self._decisions = Decisions(register, self._person)
        self._known: dict[tuple[Any, ...], Decided] = {}

    def of(self, rows: Sequence[tuple[Any, ...]], held: Sequence[Sequence[Any]]) -> list[Decided]:
        """How the person gets each of *rows*; *held* is the same column by column."""
        ids, facts = held[0], held[1 : self._last]
        granted = granted_ids(self._session, self._register, ids)
        signs = signed_ids(self._session, self._register, ids)
        alike = [self._alike(name, held) for name, held in zip(self._names, facts, strict=True)]
        alike += [[id_ in some for id_ in ids] if some else (False,) * len(ids) for some in (granted, signs)]
        keys = list(zip(*alike, strict=True))
        for key, row in dict(zip(keys, rows, strict=True)).items():
            if key not in self._known:
                self._known[key] = self._decided(row[1 : self._last], row[0] in granted, row[0] in signs)
        return [self._known[key] for key in keys]

    def _alike(self, name: str, held: Sequence[Any]) -> Sequence[Any]:
        """What of a fact tells rows apart: of levels everything, of ids whether they are the person's own."""
        if name in _LEVELS:
            return held
        if self._mine.isdisjoint(held):
            return (None,) * len(held)
        return [one if one in self._mine else None for one in held]

    def _decided(self, held: tuple[Any, ...], granted: bool, signs: bool) -> Decided:
        facts = facts_of(self._register, self._record(held), granted, self._person.id if signs else None)
        return self._decisions.on(facts)

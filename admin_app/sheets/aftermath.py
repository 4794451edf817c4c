"""What has become of the records of a batch since it was written, as the trail and their links tell (R-IMPT-05).

Read beneath the row rule: who undoes a batch learns that a record stays, not what hangs on it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import SQLColumnExpression, select
from sqlalchemy.orm import Session

from ..models import Register, lines_leading_to, links_to, register_named
from ..operations.histories import ELSEWHERE, EVENTS, from_json
from ..working.imports import ImportBatch, ImportLine
from ..working.trail import TrailEntry, TrailValue
from .outcome import ADDED

_LOOKED = {"imported", "revealed", "file_opened", "viewing_begun", "viewing_ended"}
_WORK = (EVENTS.keys() | ELSEWHERE) - _LOOKED
_AT_ONCE = 500
#: a record by its register and id
Place = tuple[type[Register], int]
#: an entry of the trail: its event and detail
Told = tuple[str, Mapping[str, Any]]


class Aftermath:
    """Of one batch; *session* sees everything. The entries that the batch wrote bear its id."""

    def __init__(self, session: Session, batch: ImportBatch):
        self.session, self.batch = session, batch.public_id
        self.register = register_named(batch.table_name)
        #: a record that the batch added -> what it brought along for it, as a customer's file
        self.brought_along: dict[Place, list[Place]] = defaultdict(list)
        among = (ImportLine.batch_id == batch.id, ImportLine.verdict == ADDED, ImportLine.record_id.is_not(None))
        #: the batch's added records on which something hangs that it didn't bring along itself
        self.used = self._used(self.register, select(ImportLine.record_id).where(*among))

    def untouched(self, register: type[Register], ids: Sequence[int]) -> set[int]:
        """Those on which nobody has worked since the batch did; what the program works out by itself is no work."""
        told = self._told(register, ids)
        return {id_ for id_, entries in told.items() if self._is_last(register, entries)}

    def _is_last(self, register: type[Register], entries: Iterable[Told]) -> bool:
        """Whether the newest work is this batch's, leaving out other batches that have been undone."""
        entries = list(entries)
        undone = {detail["undoes"] for _event, detail in entries if "undoes" in detail}
        computed = {name for name, face in register.faces.items() if face.computed}
        worked = [
            detail.get("batch")
            for event, detail in entries
            if "undoes" not in detail
            and detail.get("batch") not in undone
            and not (event == "changed" and computed.issuperset(detail.get("fields", ())))
        ]
        return bool(worked) and worked[-1] == self.batch

    def _told(self, register: type[Register], ids: Sequence[int]) -> dict[int, list[Told]]:
        """The entries of each record that tell of work on it, oldest first."""
        found: dict[int, list[Told]] = defaultdict(list)
        for some in _in_parts(ids):
            entries = (
                select(TrailEntry.record_id, TrailEntry.event, TrailEntry.detail)
                .where(TrailEntry.table_name == register.__tablename__, TrailEntry.record_id.in_(some))
                .where(TrailEntry.event.in_(_WORK))
                .order_by(TrailEntry.seq)
            )
            for id_, event, detail in self.session.execute(entries):
                found[id_].append((event, json.loads(detail)))
        return found

    def _used(self, register: type[Register], among: Any) -> set[int]:
        """The records of *register* among these on which something hangs but what the batch brought along, unused itself."""
        used = set()
        for lines, face in lines_leading_to(register.__tablename__):
            link = getattr(lines, face.name)
            used |= set(self.session.scalars(select(link).where(link.in_(among)).distinct()))
        for other, face in links_to(register.__tablename__):
            hanging = self._hanging(other, getattr(other, face.name), among)
            own = self._brought(other, list(hanging)) if hanging else set()
            for some in _in_parts(sorted(own)) if other is not register else ():
                own -= self._used(other, some)
            for id_, linked in hanging.items():
                if id_ not in own:
                    used.add(linked)
                elif other is not register:
                    self.brought_along[register, linked].append((other, id_))
        return used

    def _hanging(self, other: type[Register], link: SQLColumnExpression[Any], among: Any) -> Mapping[int, int]:
        """Record of *other* in use -> the one of these that it links to."""
        found = self.session.execute(select(other.id, link).where(other.voided_at.is_(None), link.in_(among)))
        return {id_: linked for id_, linked in found}

    def _brought(self, other: type[Register], ids: Sequence[int]) -> set[int]:
        """Those that the batch added, and nobody has worked on since."""
        told = self._told(other, ids)
        return {
            id_
            for id_, entries in told.items()
            if entries[0][0] == "added" and entries[0][1].get("batch") == self.batch and self._is_last(other, entries)
        }

    def before(self, ids: Sequence[int]) -> dict[int, dict[str, object]]:
        """Record id -> field -> what it held before the batch changed it."""
        mark = json.dumps({"batch": self.batch})[1:-1]
        kept = self.session.execute(
            select(TrailEntry.record_id, TrailValue.field, TrailValue.old)
            .join(TrailValue, TrailValue.seq == TrailEntry.seq)
            .where(TrailEntry.table_name == self.register.__tablename__, TrailEntry.record_id.in_(ids))
            .where(TrailEntry.event == "changed", TrailEntry.detail.contains(mark, autoescape=True))
            .order_by(TrailEntry.seq.desc())
        )
        found: dict[int, dict[str, object]] = {id_: {} for id_ in ids}
        for id_, name, old in kept:
            if (face := self.register.faces.get(name)) is not None and not face.computed:
                found[id_][name] = from_json(face, old)
        return found


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]

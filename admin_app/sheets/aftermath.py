"""What has become of the records of a batch since it was written, as the trail and their links tell (R-IMPT-05).

Read beneath the row rule: who undoes a batch learns that a record stays, not what hangs on it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..models import Register, links_to
from ..operations.histories import EVENTS, from_json
from ..working.imports import ImportBatch
from ..working.trail import TrailEntry, TrailValue

_WORK = EVENTS.keys() - {"imported", "revealed"}
#: a record by its register and id
Place = tuple[type[Register], int]


class Aftermath:
    """Of one batch; *session* sees everything. The entries that the batch wrote bear its id."""

    def __init__(self, session: Session, batch: ImportBatch):
        self.session = session
        self._mark = json.dumps({"batch": batch.public_id})[1:-1]
        #: a record that the batch added -> what it brought along for it, as a customer's file
        self.brought_along: dict[Place, list[Place]] = defaultdict(list)

    def untouched(self, register: type[Register], ids: Sequence[int]) -> set[int]:
        """Those of which the batch's own entry is the last."""
        entries = (
            select(TrailEntry.record_id, TrailEntry.detail)
            .where(TrailEntry.table_name == register.__tablename__, TrailEntry.record_id.in_(ids))
            .where(TrailEntry.event.in_(_WORK))
            .order_by(TrailEntry.seq)
        )
        last = {id_: detail for id_, detail in self.session.execute(entries)}
        return {id_ for id_, detail in last.items() if self._mark in detail}

    def used(self, register: type[Register], ids: Sequence[int]) -> set[int]:
        """Those on which something hangs that the batch didn't write, itself or by what it brought along."""
        used = set()
        for other, names in _leading_to(register).items():
            hanging = self._hanging(other, names, ids)
            own = self.untouched(other, list(hanging))
            if own and other is not register:
                own -= self.used(other, list(own))
            for id_, linked in hanging.items():
                if id_ not in own:
                    used |= linked
                elif other is not register:
                    for one in linked:
                        self.brought_along[register, one].append((other, id_))
        return used

    def _hanging(self, other: type[Register], names: Iterable[str], ids: Sequence[int]) -> Mapping[int, set[int]]:
        """Record of *other* -> those of *ids* that it links to."""
        columns = [getattr(other, name) for name in names]
        found = self.session.execute(
            select(other.id, *columns).where(other.voided_at.is_(None), or_(*(column.in_(ids) for column in columns)))
        )
        return {id_: set(links) & set(ids) for id_, *links in found}

    def before(self, register: type[Register], ids: Sequence[int]) -> dict[int, dict[str, object]]:
        """Record id -> field -> what it held before the batch changed it."""
        kept = self.session.execute(
            select(TrailEntry.record_id, TrailValue.field, TrailValue.old)
            .join(TrailValue, TrailValue.seq == TrailEntry.seq)
            .where(TrailEntry.table_name == register.__tablename__, TrailEntry.record_id.in_(ids))
            .where(TrailEntry.event == "changed", TrailEntry.detail.contains(self._mark, autoescape=True))
            .order_by(TrailEntry.seq.desc())
        )
        found: dict[int, dict[str, object]] = {id_: {} for id_ in ids}
        for id_, name, old in kept:
            if (face := register.faces.get(name)) is not None and not face.computed:
                found[id_][name] = from_json(face, old)
        return found


def _leading_to(register: type[Register]) -> Mapping[type[Register], list[str]]:
    """The registers with links to *register*, and the fields that are such."""
    names = defaultdict(list)
    for other, face in links_to(register.__tablename__):
        names[other].append(face.name)
    return names

"""A batch taken back: what it added is voided, what it changed is as before, record by record (R-IMPT-05).

A record that somebody has worked on since, or that something has come to hang on, stays as it is and is listed. Whoever
brought the lines in takes them back, by the right to import alone: it is their own work, and nobody else's since.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import elevated, trail, writing
from ..models import Register
from ..operations import records
from ..texts import say
from ..verdicts import Refused, refuse
from ..working.imports import ImportBatch, ImportLine
from .aftermath import Aftermath, Place
from .batches import UNDONE, WRITTEN
from .outcome import ADDED, CHANGED
from .work import Work

#: why a record stays as it is
USED, HIDDEN, REFUSED = "used", "hidden", "refused"
_CHUNK = 500


@dataclass(frozen=True)
class Undone:
    """What became, or would become, of the records that a batch wrote; *left*: id of the record -> why it stays."""

    voided: int
    restored: int
    left: Mapping[int, str] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps({"voided": self.voided, "restored": self.restored, "left": self.left})

    @classmethod
    def from_json(cls, text: str) -> "Undone":
        kept = json.loads(text)
        return cls(kept["voided"], kept["restored"], {int(id_): why for id_, why in kept["left"].items()})


def outlook(work: Work, batch: ImportBatch) -> Undone:
    """What undoing *batch* would do now; writes nothing."""
    verdicts: Counter[str] = Counter()
    left: dict[int, str] = {}
    for written in _written(work.session, batch):
        part = _Part(work, batch, written)
        verdicts.update(part.open.values())
        left |= part.left
    return Undone(verdicts[ADDED], verdicts[CHANGED], left)


def undo(work: Work, batch: ImportBatch, reason: str) -> Undone:
    """Undo *batch* in a transaction of its own; raises Refused "wrong_state" where it isn't there to be undone."""
    session = work.session
    with writing(session):
        session.refresh(batch, with_for_update=True)
        if batch.state != WRITTEN:
            raise Refused(refuse("R-IMPT-05", "wrong_state", say("这批还没有导入，或已经撤销")))
        verdicts: Counter[str] = Counter()
        left: dict[int, str] = {}
        for written in _written(session, batch):
            part = _Part(work, batch, written)
            verdicts.update(part.take_back(reason))
            left |= part.left
        undone = Undone(verdicts[ADDED], verdicts[CHANGED], left)
        batch.state, batch.undone_at, batch.undone = UNDONE, work.now, undone.to_json()
        trail.note(
            session, "import_undone", batch=batch.public_id, table=batch.table_name, reason=reason,
            voided=undone.voided, restored=undone.restored, left=len(left),
        )  # fmt: skip
    return undone


def _written(session: Session, batch: ImportBatch) -> Iterator[dict[int, str]]:
    """Record id -> whether the batch added or changed it, the last first, some hundreds at a time."""
    lines = session.execute(
        select(ImportLine.record_id, ImportLine.verdict)
        .where(ImportLine.batch_id == batch.id, ImportLine.verdict.in_((ADDED, CHANGED)))
        .order_by(ImportLine.line)
    )
    verdicts: dict[int, str] = {}
    for id_, verdict in lines:  # one that it added and then changed, it added
        verdicts.setdefault(id_, verdict)
    last_first = list(reversed(verdicts.items()))
    for start in range(0, len(last_first), _CHUNK):
        yield dict(last_first[start : start + _CHUNK])


class _Part:
    """Some of a batch's records: which are *open* to be taken back, and which are *left* as they are."""

    def __init__(self, work: Work, batch: ImportBatch, written: Mapping[int, str]):
        self.session, register, ids = work.session, work.register, list(written)
        with elevated(self.session) as beneath:
            since = Aftermath(beneath, batch)
            added = [id_ for id_, verdict in written.items() if verdict == ADDED]
            free = since.untouched(register, ids) - since.used(register, added)
            self.before = since.before(register, [id_ for id_ in free if written[id_] == CHANGED])
            self.brought_along: Mapping[Place, list[Place]] = since.brought_along
        seen = self.session.scalars(select(register).where(register.id.in_(free)))
        self.records: dict[int, Register] = {record.id: record for record in seen}
        self.open = {id_: verdict for id_, verdict in written.items() if id_ in self.records}
        self.left = {id_: HIDDEN if id_ in free else USED for id_ in ids if id_ not in self.records}

    def take_back(self, reason: str) -> list[str]:
        """The verdict of each record that was voided or is as before; one that a rule keeps as it is, is left."""
        done, gone = [], []
        for id_, verdict in self.open.items():
            record = self.records[id_]
            try:
                with self.session.begin_nested():
                    if verdict == ADDED:
                        records.withdraw(self.session, record, reason)
                        gone += self.brought_along.get((type(record), id_), ())
                    else:
                        records.change(self.session, record, self.before[id_])
            except Refused:
                self.left[id_] = REFUSED
            else:
                done.append(verdict)
        if gone:
            self._void_with_them(gone, reason)
        return done

    def _void_with_them(self, gone: list[Place], reason: str) -> None:
        """What the records had been given goes with them, whoever may see it."""
        with elevated(self.session) as beneath:
            while gone:
                register, id_ = place = gone.pop()
                records.withdraw(beneath, beneath.get_one(register, id_), reason)
                gone += self.brought_along.get(place, ())

"""A batch taken back: what it added is voided, what it changed is as before, record by record (R-IMPT-05).

A record that somebody has worked on since, or that something has come to hang on, stays as it is and is listed. Whoever
brought the lines in takes them back, by the right to import alone: it is their own work, and nobody else's since.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..background import counted
from ..guard import elevated, trail, writing
from ..models import Register
from ..operations import records
from ..permissions import Action
from ..rules.rights import may_do
from ..texts import say
from ..verdicts import Refused, refuse, require
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
    parts = _parts(work, batch)
    verdicts = Counter(verdict for part in parts for verdict in part.open.values())
    return Undone(verdicts[ADDED], verdicts[CHANGED], {id_: why for part in parts for id_, why in part.left.items()})


def undo(work: Work, batch: ImportBatch, reason: str) -> Undone:
    """Undo *batch* in a transaction of its own; raises Refused "wrong_state" where there is nothing to be undone."""
    session = work.session
    with writing(session):
        session.refresh(batch, with_for_update=True)
        if batch.state != WRITTEN:
            raise Refused(refuse("R-IMPT-05", "wrong_state", say("这批还没有导入，或已经撤销")))
        _hold(work, batch)  # what is locked can't change any more: only then is it asked what has become of it
        parts = _parts(work, batch)
        if not any(part.open for part in parts):
            raise Refused(refuse("R-IMPT-05", "wrong_state", say("这批的记录都有改动或已在使用，没有可以撤销的")))
        with trail.part_of(session, undoes=batch.public_id):
            verdicts = Counter(verdict for part in parts for verdict in part.take_back(reason))
        left = {id_: why for part in parts for id_, why in part.left.items()}
        undone = Undone(verdicts[ADDED], verdicts[CHANGED], left)
        batch.state, batch.undone_at, batch.undone = UNDONE, work.now, undone.to_json()
        trail.note(
            session, "import_undone", batch=batch.public_id, table=batch.table_name, reason=reason,
            voided=undone.voided, restored=undone.restored, left=len(left),
        )  # fmt: skip
    return undone


def _hold(work: Work, batch: ImportBatch) -> None:
    """Let nobody else write the batch's records until this transaction ends; always in one order."""
    id_, written = work.register.__table__.c.id, select(ImportLine.record_id).where(ImportLine.batch_id == batch.id)
    work.session.connection().execute(select(id_).where(id_.in_(written)).order_by(id_).with_for_update())


def _parts(work: Work, batch: ImportBatch) -> list["_Part"]:
    with elevated(work.session) as beneath:
        since, written, parts = Aftermath(beneath, batch), _written(beneath, batch), []
        for done in range(0, len(written), _CHUNK):
            work.progress("looking", done, len(written))
            parts.append(_Part(work, since, dict(written[done : done + _CHUNK])))
        return parts


def _written(session: Session, batch: ImportBatch) -> list[tuple[int, str]]:
    """Record id and whether the batch added or changed it, the last first."""
    lines = session.execute(
        select(ImportLine.record_id, ImportLine.verdict)
        .where(ImportLine.batch_id == batch.id, ImportLine.verdict.in_((ADDED, CHANGED)))
        .order_by(ImportLine.line)
    )
    verdicts: dict[int, str] = {}
    for id_, verdict in lines:  # one that it added and then changed, it added
        verdicts.setdefault(id_, verdict)
    return list(reversed(verdicts.items()))


class _Part:
    """Some of a batch's records: which are *open* to be taken back, and which are *left* as they are."""

    def __init__(self, work: Work, since: Aftermath, written: Mapping[int, str]):
        self.work, self.session, self.register = work, work.session, work.register
        ids = list(written)
        seen = set(self.session.scalars(select(self.register.id).where(self.register.id.in_(ids))))
        free = since.untouched(self.register, ids) - since.used
        self.open = {id_: verdict for id_, verdict in written.items() if id_ in seen and id_ in free}
        # of what one doesn't see one isn't told what has become of it, either
        self.left = {id_: USED if id_ in seen else HIDDEN for id_ in ids if id_ not in self.open}
        self.before = since.before([id_ for id_, verdict in self.open.items() if verdict == CHANGED])
        self.brought_along: Mapping[Place, list[Place]] = since.brought_along

    def take_back(self, reason: str) -> Iterator[str]:
        """Void each record or make it as before, and give its verdict; one that a rule keeps as it is, is left."""
        found = self.session.scalars(select(self.register).where(self.register.id.in_(list(self.open))))
        held = {record.id: record for record in found}
        for id_, verdict in counted(list(self.open.items()), self.work.progress, "undoing"):
            try:
                with self.session.begin_nested():
                    if verdict == ADDED:
                        self._void(held[id_], reason)
                    else:
                        records.change(self.session, held[id_], self.before[id_])
            except (Refused, IntegrityError):  # a number that it had may be another's by now
                self.left[id_] = REFUSED
            else:
                yield verdict

    def _void(self, record: Register, reason: str) -> None:
        """With it goes what it had been given, whoever may see that."""
        facts = records.facts(self.session, record)
        require(may_do(self.work.person, Action.IMPORT, self.register, facts))
        records.withdraw(self.session, record, reason)
        gone = list(self.brought_along.get((self.register, record.id), ()))
        if not gone:
            return
        with elevated(self.session) as beneath:
            while gone:
                register, id_ = place = gone.pop()
                records.withdraw(beneath, beneath.get_one(register, id_), reason)
                gone += self.brought_along.get(place, ())

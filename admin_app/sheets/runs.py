"""What is under way with a batch: written or undone in the background, cut off, failed, dropped (R-IMPT-06).

The states of a batch, and what leads from one to the next::

    uploaded ──ask──> writing ──its transaction──> written ──ask──> undoing ──its transaction──> undone
     ^ │  ^              │                            ^                │
     │ │  └─ failed <────┤ refused, or a fault        └─── failed <────┤
     │ │                 └─ interrupted: killed                        └─ interrupted: killed
     │ ├──drop──> dropped        │ ask again: checked anew, with the same fingerprint, or dropped
     │ └──ask──> checking ─┐
     └─────────────────────┘ what it found is kept (``kept_checks``), for the page

A look at what an undo would do goes from written to looking and back just so.

Stopped by whoever asked for it, a batch is where it was before it was asked for: its transaction has written nothing. So is
one whose undo came to nothing, once its owner has put that away.

``ImportBatch.state`` keeps what is certain (uploaded, written, undone, dropped) and changes in the transaction that does
it. ``asked`` keeps what the person asked for and why it failed; whether somebody is about it, the lock tells
(``background``). So there is no state that a kill could leave wrong: asked, not done and nobody about it is interrupted.
"""

import json
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import clock
from ..background import Claim, Progress, Stopped, Workplace
from ..guard import SYSTEM, act_as, trail, writing
from ..guard.busy import is_busy
from ..guard.codes import reading as codes_reading
from ..models import register_named
from ..operations.intakes import intake_of
from ..operations.people import load_person
from ..operations.today import zone_of
from ..permissions import Person
from ..storage import FileStore, StoreUnavailable
from ..texts import Text, kept, kept_text, say
from ..verdicts import Refused, Verdict, refuse, require
from ..working.imports import ImportBatch
from ..working.people import Account
from . import kept_checks
from .batches import DROPPED, UPLOADED, WRITTEN, check_batch, read_batch, refuse_state_secrets
from .choices import Choices
from .outcome import Check
from .reading import Table, Unreadable
from .refused_file import refused_file
from .undoing import outlook, undo
from .work import Work
from .writing import GOOD, Writer

log = logging.getLogger("strongroom")

CHECK, WRITE, LOOK, UNDO = "check", "write", "look", "undo"
CHECKING, WRITING, LOOKING, UNDOING = "checking", "writing", "looking", "undoing"
INTERRUPTED, FAILED = "interrupted", "failed"
#: what is asked for -> the state of its batch until it is done, and the state that shows meanwhile
_BEFORE = {CHECK: UPLOADED, WRITE: UPLOADED, LOOK: WRITTEN, UNDO: WRITTEN}
_MEANWHILE = {CHECK: CHECKING, WRITE: WRITING, LOOK: LOOKING, UNDO: UNDOING}
#: from so many lines on the browser doesn't wait for it
BACKGROUND_FROM = 2000
#: large batches go one after another: SQLite has one writer, and an office two cores; checks needn't wait for who writes
_TURNS = {CHECK: "checks", LOOK: "checks", WRITE: "imports", UNDO: "imports"}


@dataclass(frozen=True)
class Asked:
    """What a person asked for with a batch: *how* and *expected* as ``Writer`` has them, or the *reason* of an undo."""

    what: str
    how: str = GOOD
    expected: str | None = None
    reason: str = ""
    #: why it failed, as ``texts.kept`` has it; before, a message with its *values* beside it
    failed: str = ""
    values: dict[str, str] | None = None

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def failure(self) -> Text:
        """Why it failed, in the words of whoever reads it."""
        found = kept_text(self.failed)
        return found if isinstance(found, Text) else Text(self.failed, self.values or {})


def asked_of(batch: ImportBatch) -> Asked | None:
    """What was asked for with *batch* and isn't done."""
    asked = Asked(**json.loads(batch.asked)) if batch.asked else None
    if asked is None or batch.state != _BEFORE[asked.what]:
        return None
    return asked


def settled(session: Session, batch: ImportBatch, place: Workplace) -> str:
    """``state_of``, never taking for cut what has come to its end since *batch* was read."""
    if state_of(batch, place) == INTERRUPTED:
        session.rollback()
        session.refresh(batch)
    return state_of(batch, place)


def state_of(batch: ImportBatch, place: Workplace) -> str:
    """The state of *batch* now."""
    asked = asked_of(batch)
    if asked is None:
        return batch.state
    if progress_of(batch, place):
        return _MEANWHILE[asked.what]
    return FAILED if asked.failed else INTERRUPTED


def progress_of(batch: ImportBatch, place: Workplace) -> Progress | None:
    """How far the work on *batch* is; None when nobody is about it."""
    return place.look(batch.public_id)


def ask(session: Session, batch: ImportBatch, asked: Asked, place: Workplace) -> Claim:
    """Take up the work on *batch*, in a transaction of its own; who does it releases the claim.

    Raises Refused "at_work" while somebody is about it, "wrong_state" when it has been done.
    """
    claim = _claim(batch, place)
    try:
        with writing(session):
            session.refresh(batch, with_for_update=True)
            batch.asked = asked.to_json()
            if asked_of(batch) is None:
                raise Refused(refuse("R-IMPT-05", "wrong_state", say("这批已经办过了")))
    except BaseException:
        claim.release()
        raise
    return claim


def drop(session: Session, store: FileStore, held: FileStore, batch: ImportBatch, place: Workplace) -> None:
    """Give up a batch that isn't written: its file goes, and what is *held* of its check; its line stays. Raises Refused as
    ``ask`` does."""
    claim = _claim(batch, place)
    try:
        with writing(session):
            session.refresh(batch, with_for_update=True)
            if batch.state != UPLOADED:
                raise Refused(refuse("R-IMPT-05", "wrong_state", say("这批已经办过了")))
            batch.asked = None
            _drop(session, held, batch)
        _delete_now(session, store, batch)
    finally:
        claim.release()


def why_dropped(batch: ImportBatch) -> Text | None:
    """Why the program itself gave *batch* up; None where its owner did."""
    return Asked(**json.loads(batch.asked)).failure if batch.state == DROPPED and batch.asked else None


def put_away(session: Session, batch: ImportBatch, place: Workplace) -> None:
    """Ask no more for an undo, or a look at one, that failed or was cut: the batch stays written. Raises Refused as
    ``ask`` does."""
    claim = _claim(batch, place)
    try:
        with writing(session):
            session.refresh(batch, with_for_update=True)
            asked = asked_of(batch)
            if asked is None or asked.what not in (LOOK, UNDO):
                raise Refused(refuse("R-IMPT-05", "wrong_state", say("这批已经办过了")))
            batch.asked = None
    finally:
        claim.release()


def no_import(place: Workplace) -> AbstractContextManager[bool]:
    """Whether no large batch is being written or undone; then none begins inside."""
    return place.free_turn(_TURNS[WRITE])


def finish_drops(session: Session, store: FileStore) -> int:
    """Delete the files of dropped batches that a kill has left; how many. Run every night."""
    left = session.scalars(select(ImportBatch).where(ImportBatch.state == DROPPED, ImportBatch.stored != "")).all()
    for batch in left:
        _delete(session, store, batch)
    return len(left)


def _drop(session: Session, held: FileStore, batch: ImportBatch) -> None:
    """Within a transaction: nothing comes of *batch* any more."""
    batch.state = DROPPED
    kept_checks.drop(held, batch)
    trail.note(session, "import_dropped", batch=batch.public_id, table=batch.table_name)


def _delete_now(session: Session, store: FileStore, batch: ImportBatch) -> None:
    try:
        _delete(session, store, batch)
    except StoreUnavailable as error:
        log.warning("the file of a dropped batch is left to the night: %s", error)


def _delete(session: Session, store: FileStore, batch: ImportBatch) -> None:
    """The key goes behind the file, so that a file whose key is gone is gone, too."""
    store.delete(batch.stored)
    with writing(session):
        session.refresh(batch, with_for_update=True)
        batch.stored = ""


def _claim(batch: ImportBatch, place: Workplace) -> Claim:
    claim = place.claim(batch.public_id)
    if claim is None:
        raise Refused(refuse("R-IMPT-06", "at_work", say("这批正在办理，可能是在另一个页面里开始的，请等它完成")))
    return claim


@dataclass(frozen=True)
class Teller:
    """How a check is told on its page: in which language, in which words, and where these are kept."""

    language: str
    page: Callable[[ImportBatch, Table, Check], dict[str, Any]]
    store: FileStore


@dataclass(frozen=True)
class Run:
    """One piece of work that was asked for: on which batch, for whom, and the address that they asked from."""

    batch_id: int
    person_id: int
    teller: Teller
    address: str | None = None

    def perform(self, session: Session, store: FileStore, claim: Claim, place: Workplace) -> None:
        """Do it as whoever asked, with the rights they have now; why it failed stands with the batch."""
        try:
            claim.report("waiting")
            self._perform(session, store, claim, place)
        except Stopped:
            self._ask_no_more(session)
        except Refused as refused:
            self._fail(session, refused.verdict.reason, refused.verdict)
            if refused.verdict.code == "state_secret":
                self._remove(session, store)
        except Unreadable as unreadable:
            self._fail(session, unreadable.reason)
        except StoreUnavailable as error:
            log.warning("files out of reach: %s", error)
            self._fail(session, say("存放文件的地方暂时连不上，没有写入任何数据；请过一两分钟再试"))
        except Exception as error:
            if is_busy(error):
                self._fail(session, say("别人正在写入一大批数据，等得太久，没有写入任何数据；请过一两分钟再试"))
                return
            log.exception("a batch failed: %s", self.batch_id)
            self._fail(session, say("系统出错，没有写入任何数据；请再试一次，仍不行请告诉系统管理员"))
        finally:
            claim.release()

    def _perform(self, session: Session, store: FileStore, claim: Claim, place: Workplace) -> None:
        act_as(session, SYSTEM)
        asked = asked_of(session.get_one(ImportBatch, self.batch_id))
        session.rollback()  # nothing is held while others have their turn
        if asked is not None:
            with place.turn(_TURNS[asked.what], lambda: claim.report("waiting")):
                self._do(session, store, claim, asked)

    def _do(self, session: Session, store: FileStore, claim: Claim, asked: Asked) -> None:
        """In its turn, with the rights of now."""
        act_as(session, self._person(session), self.address)
        batch = session.get_one(ImportBatch, self.batch_id)
        intake = intake_of(register_named(batch.table_name))
        work = Work(session, intake, codes_reading(session, zone_of(session)), clock.now(), claim.report)
        require(intake.may_enter(work.person))
        if asked.what == LOOK:
            self._look(work, batch)
            return
        if asked.what == UNDO:
            undo(work, batch, asked.reason)
            self._forget(session, batch)
            return
        claim.report("reading")
        table = read_batch(work, store, batch)
        refuse_state_secrets(work, table)  # of a long file only the first lines have been looked at
        if asked.what == CHECK:
            self._check(work, batch, table)
        else:
            Writer(work, store, asked.how, asked.expected).write(batch, table)
            self._forget(session, batch)

    def _look(self, work: Work, batch: ImportBatch) -> None:
        """What undoing it would do now, kept for the page that asks whether it is to be done."""
        found = {"outlook": outlook(work, batch).to_json(), "at": work.now.isoformat()}
        with writing(work.session):
            work.session.refresh(batch, with_for_update=True)
            made = kept_checks.made_of(batch, work.person, self.teller.language)
            kept_checks.keep(self.teller.store, batch, made, found, None)
            batch.asked = None

    def _forget(self, session: Session, batch: ImportBatch) -> None:
        """What was written needs no check any more, what was undone no look at it."""
        with writing(session):
            session.refresh(batch, with_for_update=True)
            kept_checks.drop(self.teller.store, batch)

    def _check(self, work: Work, batch: ImportBatch, table: Table) -> None:
        made = kept_checks.made_of(batch, work.person, self.teller.language)
        check = check_batch(work, table, Choices.from_json(batch.choices))
        refused = refused_file(table, check).content if check.equation.refused else None
        page = self.teller.page(batch, table, check)
        with writing(work.session):
            work.session.refresh(batch, with_for_update=True)
            kept_checks.keep(self.teller.store, batch, made, page, refused)
            batch.asked, batch.lines = None, table.lines

    def _person(self, session: Session) -> Person:
        act_as(session, SYSTEM)
        person = load_person(session, self.person_id)
        disabled = session.scalar(select(Account.disabled).where(Account.employee_id == self.person_id))
        if person is None or disabled is not False:
            raise Refused(refuse("R-IMPT-07", "left", say("导入人已离职或账号已停用，没有写入任何数据")))
        return person

    def _remove(self, session: Session, store: FileStore) -> None:
        """What may not be in this system at all (R-CONF-13) doesn't stay until its owner comes by."""
        with writing(session):
            batch = session.get_one(ImportBatch, self.batch_id, with_for_update=True)
            if batch.state != UPLOADED:
                return
            _drop(session, self.teller.store, batch)
        _delete_now(session, store, batch)

    def _ask_no_more(self, session: Session) -> None:
        """Nothing was done: the batch is where it was."""
        act_as(session, SYSTEM)
        with writing(session):
            session.get_one(ImportBatch, self.batch_id, with_for_update=True).asked = None

    def _fail(self, session: Session, reason: Text | None, verdict: Verdict | None = None) -> None:
        """Keep why, with the batch; what a rule refused stands in the trail as it would from a page (R-SIGN-06)."""
        act_as(session, SYSTEM)
        with writing(session):
            if verdict is not None:
                told = {"rule": verdict.rule, "code": verdict.code, "person": self.person_id}
                trail.note(session, "refused", batch=self.batch_id, **told)
            batch = session.get_one(ImportBatch, self.batch_id, with_for_update=True)
            if verdict is not None and verdict.code == "changed":
                kept_checks.drop(self.teller.store, batch)
            asked = asked_of(batch)
            if asked is not None:
                batch.asked = replace(asked, failed=kept(reason), values=None).to_json()

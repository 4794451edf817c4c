"""What goes before and what follows when a record is written, whatever the path: form, ledger, command, operation.

Hooks attach by table name from the modules of this package, which are found by walking; a register never knows them.
"""

import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy.orm import Session, object_session

from ..fields import Face
from ..guard.stamps import operating
from ..models import Register, register_of
from ..rules.combining import first_refusal
from ..verdicts import Verdict

#: of a record that isn't in the session: its fields by name, and what its register declares (``guard.adding.NewRecord``)
Hook = Callable[[Session, Register], None]
#: of the records that were added together, a form's one or a ledger's hundreds; those have their fields and id, no more
Follower = Callable[[Session, Sequence[Register]], None]
#: *before*: the values that fields had, of those that changed; empty for a record that was added
Keeper = Callable[[Session, Register, Mapping[str, Any]], None]
#: what must hold, besides who signs and when, for the signature that the face is to be given
Asked = Callable[[Register, Face], Verdict]
#: the ids of the two between which rows have moved
Merger = Callable[[Session, Sequence[int]], None]
#: of many rows, each its fields by name: which (by index) is refused, the field to show it at, and why
RowJudge = Callable[[Session, Sequence[Mapping[str, Any]]], Iterator[tuple[int, str, Verdict]]]
Hooks = dict[str, list[Any]]

_before: Hooks = defaultdict(list)
_after: Hooks = defaultdict(list)
_kept_true: Hooks = defaultdict(list)
_signing: Hooks = defaultdict(list)
_changed: Hooks = defaultdict(list)
_touched: Hooks = defaultdict(list)
_merging: Hooks = defaultdict(list)
_merged: Hooks = defaultdict(list)
_queued: Hooks = defaultdict(list)
_judged: Hooks = defaultdict(list)


def before_adding(table: str) -> Callable[[Hook], Hook]:
    """Mark a function that completes a new record of *table* before it is written (its number, its year)."""
    return _mark(_before, table)


def after_adding(table: str) -> Callable[[Follower], Follower]:
    """Mark a function that does, in the same transaction, what new records of *table* bring about."""
    return _mark(_after, table)


def after_writing(table: str) -> Callable[[Keeper], Keeper]:
    """Mark a function that keeps true, in the same transaction, what the program works out from a record of *table*.

    It is called whenever one was added, changed, voided or restored.
    """
    return _mark(_kept_true, table)


def before_signing(table: str) -> Callable[[Asked], Asked]:
    """Mark a function that says whether a form of *table* is ready for a signature, by what stands in it."""
    return _mark(_signing, table)


def ready_for(record: Register, signature: Face) -> Verdict:
    """Whether all hold that *signature* of *record* asks for."""
    return first_refusal(*(hook(record, signature) for hook in _hooks(_signing, record)))


def after_changing(table: str) -> Callable[[Keeper], Keeper]:
    """Like ``after_writing`` for what was there already; what a new record holds, ``before_adding`` works out.

    New records of *table* are still written together, a ledger's hundreds at once.
    """
    return _mark(_changed, table)


def before_touching(
    table: str,
) -> Callable[[Callable[[Session, Register], Verdict]], Callable[[Session, Register], Verdict]]:
    """Mark a function that says whether a record of *table* may be changed, voided or restored by hand as it stands."""
    return _mark(_touched, table)


def before_merging(table: str) -> Callable[[Callable[[Session], None]], Callable[[Session], None]]:
    """Mark a function that takes what locks it wants before two records of *table* are locked, to be merged or taken apart."""
    return _mark(_merging, table)


def after_merging(table: str) -> Callable[[Merger], Merger]:
    """Mark a function that does what follows once rows have moved between two records of *table*, merged or taken apart."""
    return _mark(_merged, table)


def prepare_merge(session: Session, register: type[Register]) -> None:
    """Run what goes before a merge of two records of *register*, or its undoing."""
    load_all()
    for hook in _merging.get(register.__tablename__, []):
        hook(session)


def follow_merge(session: Session, both: Sequence[Register]) -> None:
    """Run what follows a merge of *both*, or its undoing; *session* sees beneath the row rule."""
    for hook in _hooks(_merged, both[0]):
        hook(session, [one.id for one in both])


def before_changing(table: str) -> Callable[[Hook], Hook]:
    """Mark a function that runs before a record of *table* is changed, voided or restored, before anything is locked."""
    return _mark(_queued, table)


def judging_rows(table: str, *fields: str) -> Callable[[RowJudge], RowJudge]:
    """Mark a function that tells beforehand, of a ledger's rows of *table*, what writing them would refuse for what stands in
    *fields*: so a bad row is a refused line, not the end of its ledger. A constant number of queries, however many rows."""

    def mark(judge: RowJudge) -> RowJudge:
        _judged[table].append((fields, judge))
        return judge

    return mark


def row_judges(register: type[Register]) -> list[tuple[tuple[str, ...], RowJudge]]:
    """What judges rows of *register* beforehand, each with the fields that it reads."""
    load_all()
    return _judged.get(register.__tablename__, [])


def queue(session: Session, record: Register) -> None:
    """Run what goes before *record* is written again."""
    for hook in _hooks(_queued, record):
        hook(session, record)


def may_touch(record: Register) -> Verdict:
    """What the marked functions say of *record*, which is in a session; the first refusal."""
    session = object_session(record)
    return first_refusal(*(hook(session, record) for hook in _hooks(_touched, record)))


def prepare(session: Session, record: Register) -> None:
    """Run what goes before *record*, which isn't in the session yet."""
    for hook in _hooks(_before, record):
        hook(session, record)
    _reckon(record)


def follow(session: Session, added: Sequence[Register]) -> None:
    """Run what follows the records *added*, all of one register, which have been flushed."""
    for hook in _hooks(_after, added[0]) if added else ():
        hook(session, added)
    for record in added:
        keep_true(session, record, {})


def keep_true(session: Session, record: Register, before: Mapping[str, Any]) -> None:
    """Run what works out fields from *record*, which has been written and flushed."""
    if before and _reckoned(register_of(record)):
        with operating(session):
            _reckon(record)
    for hook in [*_hooks(_kept_true, record), *(_hooks(_changed, record) if before else ())]:
        hook(session, record, before)


def _reckon(record: Register) -> None:
    """Let what *record* works out of its own fields follow them."""
    for face in _reckoned(register_of(record)):
        if getattr(record, face.name) != (value := face.reckoned.value(record)):
            setattr(record, face.name, value)


@cache
def _reckoned(register: type[Register]) -> tuple[Face, ...]:
    return tuple(face for face in register.faces.values() if face.reckoned)


def stand_alone(register: type[Register]) -> bool:
    """Whether records of *register* may be written together: nothing is worked out from one before the next is written."""
    load_all()
    return not _kept_true.get(register.__tablename__)


def _mark(hooks: Hooks, table: str) -> Callable[[Any], Any]:
    def mark(hook: Any) -> Any:
        hooks[table].append(hook)
        return hook

    return mark


def _hooks(hooks: Hooks, record: Register) -> list[Any]:
    load_all()
    return hooks.get(record.__tablename__, [])


@cache
def load_all() -> None:
    """Import every module of this package, so that all that attaches by table name is there."""
    package = import_module(__package__)
    for module in pkgutil.walk_packages(package.__path__, f"{__package__}."):
        import_module(module.name)

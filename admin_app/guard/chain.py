"""The chain of the trail: what an entry's digest covers, how entries are appended, how the chain is verified (R-AUDT-01)."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain as joined
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select

from .. import clock
from ..verdicts import ALLOWED, require
from ..working.trail import TrailEntry, TrailValue
from .many import add_rows

#: the transaction lock that lets one writer at a time append; SQLite's write lock does the same
APPEND_LOCK = 7_203_411
START = "0" * 64
#: what can be wrong with an entry, in words
FAULTS = {
    "missing": "这一条不见了", "entry_changed": "内容被改动", "values_changed": "所附的值被增删", "value_changed": "所附的值被改动",
    "tail_cut": "末尾被截断", "differs_from_anchor": "与库外的存证不符",
}  # fmt: skip
_NEWEST = (
    select(TrailEntry.__table__.c.seq, TrailEntry.__table__.c.digest, TrailEntry.__table__.c.at)
    .order_by(TrailEntry.__table__.c.seq.desc())
    .limit(1)
)
_LOCK = select(func.pg_advisory_xact_lock(APPEND_LOCK))
_COVERED = ("seq", "at", "actor_id", "event", "table_name", "record_id", "level", "address", "detail", "values_digest")


#: events written with one statement
_AT_ONCE = 5000
#: instead of a field's name: all values of a new record as one JSON object, a dozen rows less for each
WHOLE = "*"


@dataclass(slots=True)
class Change:
    """One field's change, old and new as JSON text; or of a new record the values of all its *fields*."""

    field: str
    old: str | None
    new: str | None
    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    fields: Sequence[str] = ()

    def digest(self) -> str:
        return sha256([self.field, self.old, self.new, self.salt])


@dataclass(slots=True)
class Event:
    """One event on its way into the trail."""

    event: str
    at: datetime
    actor_id: int | None
    table_name: str | None = None
    record_id: int | None = None
    level: int = 0
    address: str | None = None
    #: shared by the events of one write: a ledger has a million
    detail: dict[str, Any] = field(default_factory=dict)
    changes: Sequence[Change] = ()


@dataclass(frozen=True)
class Head:
    """The newest entry: its number and digest, and when it was made."""

    seq: int
    digest: str
    at: datetime | None = field(default=None, compare=False)


#: made once: a ledger's entries take some twenty digests a line
_canonical_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_detail_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def sha256(parts: Any) -> str:
    """The digest of *parts* as canonical JSON."""
    return hashlib.sha256(_canonical_json(parts).encode()).hexdigest()


def append(
    connection: Connection, events: Iterable[Event], now: datetime | None = None, *, in_any_case: bool = False
) -> Head | None:
    """Chain *events* to the trail inside the running transaction; the new head, None when there was nothing.

    *now*: what the machine's clock says, None where it isn't asked. One that has been set back stops what is written
    (raises Refused, R-LOAN-09); what is noted *in_any_case*, a refusal or a view, takes the time of the entry before it,
    so that the newest entry stays the latest.
    """
    events = iter(events)
    if (first := next(events, None)) is None:
        return None
    events = joined([first], events)
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    newest = head(connection)
    verdict = ALLOWED if now is None else clock.may_write(now, newest.at)
    if not in_any_case:
        require(verdict)
    elif not verdict and newest.at:
        events = (_held_at(newest.at, one) for one in events)
    for some in _parts(events):
        newest = _append_some(connection, newest, some)
    return newest


def _parts(events: Iterator[Event]) -> Iterator[Sequence[Event]]:
    while some := list(islice(events, _AT_ONCE)):
        yield some


def _append_some(connection: Connection, newest: Head, events: Iterable[Event]) -> Head:
    entries, values = [], []
    for one in events:
        digests = [change.digest() for change in one.changes]
        entry = next_entry(newest, one, digests)
        newest = Head(entry["seq"], entry["digest"], entry["at"])
        entries.append(entry)
        values += [_value(newest.seq, at, *both) for at, both in enumerate(zip(one.changes, digests, strict=True))]
    add_rows(connection, TrailEntry.__table__, entries)
    add_rows(connection, TrailValue.__table__, values)
    return newest


def _held_at(moment: datetime, one: Event) -> Event:
    """*one* at *moment*, with what the clock said in its detail."""
    return replace(one, at=moment, detail={**one.detail, "clock": one.at.isoformat()})


def head(connection: Connection) -> Head:
    """The newest entry; number 0 where there is none."""
    row = connection.execute(_NEWEST).first()
    return Head(row.seq, row.digest, row.at) if row else Head(0, START)


def next_entry(before: Head, one: Event, digests: Sequence[str] | None = None) -> dict[str, Any]:
    """The row of the entry that follows *before*; *digests* of its changes, where they have been taken already."""
    entry = _entry(before.seq + 1, one, [change.digest() for change in one.changes] if digests is None else digests)
    entry["digest"] = entry_digest(entry, before.digest)
    return entry


def entry_digest(entry: Any, before: str) -> str:
    """The digest of an entry: of every covered column and the digest before it."""
    covered = [_canonical(entry[name]) for name in _COVERED]
    return sha256([before, *covered])


def _entry(seq: int, one: Event, digests: Sequence[str]) -> dict[str, Any]:
    detail = dict(one.detail)
    if one.changes:
        detail["fields"] = [name for change in one.changes for name in change.fields or (change.field,)]
    return {
        "seq": seq, "at": one.at, "actor_id": one.actor_id, "event": one.event, "table_name": one.table_name,
        "record_id": one.record_id, "level": one.level, "address": one.address,
        "detail": _detail_json(detail),
        "values_digest": sha256(digests) if digests else None,
    }  # fmt: skip


def _value(seq: int, position: int, change: Change, digest: str) -> dict[str, Any]:
    return {
        "seq": seq, "position": position, "field": change.field, "old": change.old, "new": change.new,
        "salt": change.salt, "digest": digest,
    }  # fmt: skip


def by_field(name: str, old: str | None, new: str | None) -> Iterable[tuple[str, str | None, str | None]]:
    """Field, old and new of what one row of values keeps; nothing of a new record whose values have been erased."""
    if name != WHOLE:
        return [(name, old, new)]
    return [(one, None, json.dumps(value, ensure_ascii=False)) for one, value in json.loads(new or "{}").items()]


def _canonical(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


@dataclass(frozen=True)
class Break:
    """The first place where the chain doesn't hold, and what is wrong there."""

    seq: int
    fault: str


def verify(connection: Connection, anchor: Head | None = None) -> Break | None:
    """Walk the whole chain; the first break, or None. *anchor* is the head kept outside the database."""
    expected, before, anchored = 1, START, anchor is None or anchor.seq == 0
    for page in _pages(connection):
        values = _digests_of_values(connection, page[0]["seq"], page[-1]["seq"])
        for entry in page:
            if entry["seq"] != expected:
                return Break(expected, "missing")
            if found := _fault(entry, before, values.get(entry["seq"])):
                return Break(expected, found)
            before, expected = entry["digest"], expected + 1
            if anchor and entry["seq"] == anchor.seq:
                if entry["digest"] != anchor.digest:
                    return Break(entry["seq"], "differs_from_anchor")
                anchored = True
    return None if anchored else Break(expected, "tail_cut")


def _fault(entry: Any, before: str, digests: list[str] | str | None) -> str | None:
    if isinstance(digests, str):
        return digests
    if (sha256(digests) if digests else None) != entry["values_digest"]:
        return "values_changed"
    return None if entry_digest(entry, before) == entry["digest"] else "entry_changed"


def _pages(connection: Connection, size: int = 2000) -> Iterable[Sequence[Any]]:
    last = 0
    while True:
        page = connection.execute(
            select(TrailEntry.__table__).where(TrailEntry.seq > last).order_by(TrailEntry.seq).limit(size)
        ).mappings().all()  # fmt: skip
        if not page:
            return
        yield page
        last = page[-1]["seq"]


def _digests_of_values(connection: Connection, first: int, last: int) -> dict[int, list[str] | str]:
    """seq -> digests of its values in order, or the word for what is wrong with one; erased values keep theirs."""
    rows = connection.execute(
        select(TrailValue.__table__).where(TrailValue.seq.between(first, last))
        .order_by(TrailValue.seq, TrailValue.position)
    )  # fmt: skip
    found: dict[int, list[str] | str] = {}
    for row in rows.mappings():
        erased = row["salt"] is None and row["old"] is None and row["new"] is None
        if not erased and sha256([row["field"], row["old"], row["new"], row["salt"]]) != row["digest"]:
            found[row["seq"]] = "value_changed"
        elif isinstance(known := found.setdefault(row["seq"], []), list):
            known.append(row["digest"])
    return found

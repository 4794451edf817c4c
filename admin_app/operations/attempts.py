"""Tries of a password, counted before they are verified, so that many at once can't be more than five (R-SIGN-01).

A try stands as failed from the beginning; only the right password changes that. Verifying takes long and holds nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..guard import trail, writing
from ..rules.combining import first_refusal
from ..rules.figures import LOCK_FAILURES, LOCK_MINUTES
from ..rules.lockout import WINDOW, Lock, locked_until, may_try, may_try_from, slowed_until
from ..verdicts import Verdict
from ..working.people import SignInAttempt
from .figures import span_on, value_on

#: failures older than this say nothing any more
_KEPT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Try:
    """A name tried from an address; ``failed`` is what the trail calls it when nothing comes of it.

    *slowed*: whether failures under other names slow the address, as they do a stranger's.
    """

    username: str
    address: str
    at: datetime
    failed: str
    slowed: bool = False

    @property
    def name(self) -> str:
        """The digest kept of the name: mistyped passwords in the name box are not."""
        return hashlib.sha256(self.username.strip().lower().encode()).hexdigest()


@dataclass(frozen=True)
class Turn:
    """A try that may go on, by its row; or why it may not, and how long to wait."""

    row: int = 0
    refused: Verdict | None = None
    wait: timedelta = timedelta()


def take_turn(session: Session, one: Try) -> Turn:
    """Count *one* as failed if it may go on, in a short transaction of its own, one at a time per name and address."""
    with writing(session):
        _one_at_a_time(session, one.name, one.address)
        lock = Lock(value_on(session, LOCK_FAILURES, one.at), span_on(session, LOCK_MINUTES, one.at))
        under_name = _failures(session, one, lock)
        from_address = _failures_from(session, one) if one.slowed else []
        verdict = first_refusal(may_try(under_name, one.at, lock), may_try_from(from_address, one.at))
        if not verdict:
            note_failure(session, one)
            until = locked_until(under_name, one.at, lock) or slowed_until(from_address, one.at)
            return Turn(refused=verdict, wait=until - one.at if until else timedelta())
        row = SignInAttempt(name_digest=one.name, address=one.address, at=one.at, succeeded=False)
        session.add(row)
        session.execute(delete(SignInAttempt).where(SignInAttempt.at < one.at - _KEPT))
        session.flush()
        return Turn(row.id)


def succeed(session: Session, turn: Turn) -> None:
    """The password was right: the failures before it count no more."""
    session.get_one(SignInAttempt, turn.row).succeeded = True


def note_failure(session: Session, one: Try) -> None:
    """The trail names a stranger's try by a part of the digest only."""
    trail.note(session, one.failed, **({"name": one.name[:16]} if one.slowed else {}))


def _one_at_a_time(session: Session, *names: str) -> None:
    """On SQLite the write lock sees to it."""
    if session.get_bind().dialect.name == "postgresql":
        for name in names:
            key = int.from_bytes(hashlib.sha256(f"sign-in {name}".encode()).digest()[:8], signed=True)
            session.execute(select(func.pg_advisory_xact_lock(key)))


def _failures(session: Session, one: Try, lock: Lock) -> list[datetime]:
    """Failures under this name since its last success, within the window and a lock that may still run."""
    mine = SignInAttempt.name_digest == one.name
    last = session.scalar(select(func.max(SignInAttempt.at)).where(mine, SignInAttempt.succeeded))
    earliest = one.at - WINDOW - lock.lasts
    since = max(last, earliest) if last else earliest
    failed = select(SignInAttempt.at).where(mine, ~SignInAttempt.succeeded, SignInAttempt.at >= since)
    return list(session.scalars(failed))


def _failures_from(session: Session, one: Try) -> list[datetime]:
    failed = select(SignInAttempt.at).where(
        SignInAttempt.address == one.address, ~SignInAttempt.succeeded, SignInAttempt.at >= one.at - WINDOW
    )
    return list(session.scalars(failed))

"""Signing in and checking a password again (R-SIGN-01, R-ROLE-05)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..guard import state_of, trail
from ..guard.jobs import job
from ..permissions import Level, Person
from ..rules.lockout import WINDOW, may_try, pause
from ..texts import say
from ..verdicts import Verdict, refuse
from ..working.people import Account, SignInAttempt
from .accounts import find_account, password_matches
from .people import load_person

#: whoever knocks is nobody yet, and accounts belong to no register
DOOR = job("door", "登录", Level.OPEN)
#: failures older than this say nothing any more
_KEPT = timedelta(days=1)
WRONG = refuse("R-SIGN-01", "wrong_password", say("用户名或密码不正确"))


@dataclass(frozen=True)
class SignIn:
    """What came of trying to sign in: the account and person, or why not, and how long to wait before answering."""

    account: Account | None = None
    person: Person | None = None
    refused: Verdict | None = None
    wait: timedelta = timedelta()


def sign_in(session: Session, username: str, password: str, address: str, now: datetime) -> SignIn:
    """Try to sign in; every try is noted, an unknown name is treated like a known one (R-SIGN-01)."""
    name = _digest(username)
    verdict = may_try(_failures(session, name, now), now)
    wait = pause(_failures_from(session, address, now))
    account = find_account(session, username) if verdict else None
    right = bool(verdict) and password_matches(account, password) and not account.disabled
    person = load_person(session, account.employee_id) if right else None
    session.add(SignInAttempt(name_digest=name, address=address, at=now, succeeded=person is not None))
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - _KEPT))
    if person is None:
        trail.note(session, "sign_in_failed", name=name[:16])
        return SignIn(refused=WRONG if verdict else verdict, wait=wait)
    state_of(session).actor = person
    trail.note(session, "signed_in")
    return SignIn(account, person)


def check_password(session: Session, account: Account, password: str, now: datetime, address: str) -> Verdict | None:
    """Check the password of who is signed in once more; a failure counts like one at the door. None when right."""
    name = _digest(account.username)
    verdict = may_try(_failures(session, name, now), now)
    right = bool(verdict) and password_matches(account, password)
    session.add(SignInAttempt(name_digest=name, address=address, at=now, succeeded=right))
    if not right:
        trail.note(session, "password_check_failed")
        return refuse("R-ROLE-05", "wrong_password", say("密码不正确")) if verdict else verdict
    return None


def _digest(username: str) -> str:
    return hashlib.sha256(username.strip().lower().encode()).hexdigest()


def _failures(session: Session, name: str, now: datetime) -> list[datetime]:
    """Failures under this name since its last success, within twice the window (a lock may still run)."""
    mine = SignInAttempt.name_digest == name
    last = session.scalar(select(func.max(SignInAttempt.at)).where(mine, SignInAttempt.succeeded))
    since = max(last, now - 2 * WINDOW) if last else now - 2 * WINDOW
    failed = select(SignInAttempt.at).where(mine, ~SignInAttempt.succeeded, SignInAttempt.at >= since)
    return list(session.scalars(failed))


def _failures_from(session: Session, address: str, now: datetime) -> int:
    failed = select(func.count()).where(
        SignInAttempt.address == address, ~SignInAttempt.succeeded, SignInAttempt.at >= now - WINDOW
    )
    return session.scalar(failed) or 0

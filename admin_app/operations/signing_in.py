"""Signing in and checking a password again (R-SIGN-01, R-ROLE-05).

Both count the try, verify with no transaction open, and then write what came of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ..guard import state_of, trail, writing
from ..guard.jobs import job
from ..permissions import Level, Person
from ..rules.passwords import first_password_holds
from ..texts import say, word
from ..verdicts import Verdict, refuse
from ..working.people import Account
from .accounts import account_of, find_account, password_matches
from .attempts import Try, note_failure, succeed, take_turn
from .people import load_person

#: whoever knocks is nobody yet, and accounts belong to no register
DOOR = job("door", word("登录"), Level.OPEN)
WRONG = refuse("R-SIGN-01", "wrong_password", say("用户名或密码不正确"))


@dataclass(frozen=True)
class SignIn:
    """What came of trying to sign in: the account and person, or why not, and how long to wait before the next try."""

    account: Account | None = None
    person: Person | None = None
    refused: Verdict | None = None
    wait: timedelta = timedelta()


def sign_in(session: Session, username: str, password: str, address: str, now: datetime) -> SignIn:
    """Try to sign in, in transactions of its own; an unknown name is treated like a known one (R-SIGN-01)."""
    one = Try(username=username, address=address, at=now, failed="sign_in_failed", slowed=True)
    turn = take_turn(session, one)
    if turn.refused is not None:
        return SignIn(refused=turn.refused, wait=turn.wait)
    verified = _verified(session, find_account(session, username), password)
    with writing(session):
        account = find_account(session, username) if verified else None
        person = None if account is None or not _still(account, verified) else load_person(session, account.employee_id)
        if person is None:
            note_failure(session, one)
            return SignIn(refused=WRONG)
        if not (holds := first_password_holds(account.first_password_until, now)):
            note_failure(session, one)
            return SignIn(refused=holds)
        succeed(session, turn)
        state_of(session).actor = person
        trail.note(session, "signed_in")
    return SignIn(account, person)


def check_password(session: Session, employee_id: int, password: str, now: datetime, address: str) -> Verdict | None:
    """Check an employee's password once more, in transactions of its own; None when right.

    A failure counts like one at the door, whatever comes after.
    """
    account = account_of(session, employee_id)
    if account is None:
        raise LookupError(f"employee {employee_id} has no account")
    one = Try(username=account.username, address=address, at=now, failed="password_check_failed")
    turn = take_turn(session, one)
    if turn.refused is not None:
        return turn.refused
    verified = _verified(session, account_of(session, employee_id), password)
    with writing(session):
        if not _still(account_of(session, employee_id), verified):
            note_failure(session, one)
            return refuse("R-ROLE-05", "wrong_password", say("密码不正确"))
        succeed(session, turn)
    return None


def _verified(session: Session, account: Account | None, password: str) -> str:
    """The hash that *password* fits, empty for none; nothing is locked while it is tried, and it takes as long."""
    if account is not None:
        session.expunge(account)
    session.rollback()
    return account.password_hash if password_matches(account, password) and account else ""


def _still(account: Account | None, verified: str) -> bool:
    """Whether the account is open, with the password that was verified."""
    return account is not None and bool(verified) and account.password_hash == verified and not account.disabled

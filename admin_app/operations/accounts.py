"""Accounts: opened, given a new password, disabled and enabled by admin; sessions that end (R-SIGN-01, R-SIGN-02)."""

import secrets
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..guard.settings import company_name
from ..models import Register, register_named
from ..rules.figures import PASSWORD_LENGTH
from ..rules.passwords import FIRST_PASSWORD_HOLDS, may_choose
from ..rules.powers import is_anothers_account, may_administer, may_be_username
from ..texts import say
from ..verdicts import Refused, refuse, require
from ..working.people import Account
from .figures import value_on
from .today import local_day

_hasher = PasswordHasher()
#: a first password is read out and typed: nothing in it that looks like something else
_LETTERS = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"


def hash_password(password: str) -> str:
    """The argon2id hash of *password* (R-SIGN-01)."""
    return _hasher.hash(password)


@cache
def _nobodys_hash() -> str:
    """What is verified against for unknown names; hashing it takes long, so it isn't done at every start."""
    return _hasher.hash("nobody has this password")


def password_matches(account: Account | None, password: str) -> bool:
    """Whether *password* is the account's; takes as long when there is no account (R-SIGN-01)."""
    nobodys = _nobodys_hash()  # made for whoever comes first, known or not, so that it tells nothing
    try:
        _hasher.verify(account.password_hash if account else nobodys, password)
    except VerificationError:
        return False
    return account is not None


def find_account(session: Session, username: str) -> Account | None:
    return session.scalars(select(Account).where(Account.username == username.strip().lower())).first()


def account_of(session: Session, employee_id: int) -> Account | None:
    """How an employee signs in; None for one who doesn't."""
    return session.scalars(select(Account).where(Account.employee_id == employee_id)).first()


def open_account(session: Session, employee: Register, username: str, password: str, now: datetime) -> Account:
    """Let *employee* sign in as *username*; raises Refused for a weak password (R-SIGN-01)."""
    account = Account(employee_id=employee.id, username=username.strip().lower())
    _choose(session, account, password, now)
    session.add(account)
    session.flush()
    trail.note(session, "account_opened", employee)
    return account


def invite(session: Session, number: str, username: str, now: datetime) -> str:
    """Open an account for the employee with that *number*; the first password, to be changed at once."""
    register = register_named("employee")
    employee = session.scalars(select(register).where(register.number == number)).first()
    if employee is None:
        raise Refused(refuse("R-ROLE-01", "no_right", say("没有编号为 {number} 的员工", number=number)))
    return invite_employee(session, employee, username, now)


def invite_employee(session: Session, employee: Register, username: str, now: datetime) -> str:
    """Open an account as admin; the first password, to be changed at once.

    Raises Refused: role, incomplete (not a name to sign in with), wrong_state (has an account, name is taken).
    """
    require(may_administer(acting(session).roles))
    require(may_be_username(username.strip()))
    if account_of(session, employee.id) is not None:
        raise Refused(refuse("R-ROLE-01", "wrong_state", say("这名员工已有账号")))
    if find_account(session, username) is not None:
        raise Refused(refuse("R-ROLE-01", "wrong_state", say("用户名 {username} 已被使用", username=username.strip())))
    password = first_password()
    _is_first(open_account(session, employee, username, password, now), now)
    return password


def first_password() -> str:
    """A random password of sixteen characters in groups of four (78 bits), one that may be chosen."""
    while True:
        groups = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4)]
        if may_choose(password := "-".join(groups)):
            return password


def reset_password(session: Session, account: Account, now: datetime) -> str:
    """A new first password, given by admin to somebody else; raises Refused: role, own_request."""
    _need_admin_for(session, account)
    return renew_password(session, account, now)


def renew_password(session: Session, account: Account, now: datetime) -> str:
    """A new first password; whether one may is for the caller to ask."""
    password = first_password()
    _choose(session, account, password, now)
    _is_first(account, now)
    end_sessions(session, account, "password_reset")
    return password


def _is_first(account: Account, now: datetime) -> None:
    """The password is to be changed at once, and soon."""
    account.must_change_password, account.first_password_until = True, now + FIRST_PASSWORD_HOLDS


def set_password(session: Session, account: Account, password: str, now: datetime) -> None:
    """The password someone chose for themselves; every other session of theirs ends (R-SIGN-02).

    Raises Refused "weak_password", also for the one they have.
    """
    if password_matches(account, password):
        raise Refused(refuse("R-SIGN-01", "weak_password", say("新密码不能与现在的密码相同")))
    _choose(session, account, password, now)
    account.must_change_password, account.first_password_until = False, None
    end_sessions(session, account, "password_changed")


def disable(session: Session, account: Account) -> None:
    """Nobody signs in with the account any more, its sessions end; raises Refused: role, own_request, last_holder."""
    _need_admin_for(session, account)
    close(session, account)


def close(session: Session, account: Account) -> None:
    """The same; whether one may is for the caller to ask."""
    account.disabled = True
    end_sessions(session, account, "account_disabled")


def enable(session: Session, account: Account) -> None:
    """The account may be signed in with again, with the password it had."""
    _need_admin_for(session, account)
    account.disabled = False
    end_sessions(session, account, "account_enabled")


def end_sessions(session: Session, account: Account, why: str) -> None:
    """Every session signed before now ends at its next request (R-SIGN-02)."""
    account.epoch += 1
    session.flush()
    trail.note(session, why, account=account.employee_id)


def _need_admin_for(session: Session, account: Account) -> None:
    require(may_administer(acting(session).roles))
    require(is_anothers_account(acting(session).id, account.employee_id))


def _choose(session: Session, account: Account, password: str, now: datetime) -> None:
    require(may_choose(password, _names(session, account, now), value_on(session, PASSWORD_LENGTH, now)))
    account.password_hash = hash_password(password)


def _names(session: Session, account: Account, now: datetime) -> list[str]:
    """What a password of the account must not be made of: sign-in name, own name, company."""
    table = register_named("employee").__table__
    name = session.connection().scalar(select(table.c.name).where(table.c.id == account.employee_id))
    return [known for known in (account.username, name, company_name(session, local_day(session, now))) if known]

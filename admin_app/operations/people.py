"""Persons as the program knows them: loading who acts, opening accounts, new passwords, ending sessions."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.rights import profile_of, rights_of
from ..guard.session import acting
from ..guard.stamps import operating
from ..models import Register, register_named
from ..permissions import Action, Level, Person, Role
from ..rules.passwords import may_choose
from ..rules.rights import may_do
from ..texts import say
from ..verdicts import Refused, refuse, require
from ..working.people import Account

_hasher = PasswordHasher()
#: verified against for unknown names, so that they take as long to refuse as known ones (R-SIGN-01)
_NOBODYS_HASH = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The argon2id hash of *password* (R-SIGN-01)."""
    return _hasher.hash(password)


def password_matches(account: Account | None, password: str) -> bool:
    """Whether *password* is the account's; takes as long when there is no account."""
    try:
        _hasher.verify(account.password_hash if account else _NOBODYS_HASH, password)
    except VerificationError:
        return False
    return account is not None


def load_person(session: Session, employee_id: int) -> Person | None:
    """The person of an employee with the rights they hold now; None for one who is voided or has left."""
    table = register_named("employee").__table__
    row = session.connection().execute(select(table).where(table.c.id == employee_id)).mappings().first()
    if row is None or row["voided_at"] is not None:
        return None
    return _person(session, row)


def _person(session: Session, row: Any) -> Person:
    roles = frozenset(Role(role) for role in row["roles"] or ())
    person = Person(
        id=row["id"], username=row["number"] or "", name=row["name"], roles=roles,
        clearance=Level(int(row["clearance"] or 0)), store_id=row["store_id"], department_id=row["department_id"],
        rights=rights_of(session, roles),
    )  # fmt: skip
    return replace(person, profile=profile_of(session, person))


def find_account(session: Session, username: str) -> Account | None:
    return session.scalars(select(Account).where(Account.username == username.strip().lower())).first()


def open_account(session: Session, employee: Register, username: str, password: str, now: datetime) -> Account:
    """Let *employee* sign in as *username*; raises Refused for a weak password (R-SIGN-01)."""
    require(may_choose(password, [username]))
    account = Account(employee_id=employee.id, username=username.strip().lower(), password_hash=hash_password(password))
    session.add(account)
    session.flush()
    trail.note(session, "account_opened", employee)
    return account


def invite(session: Session, number: str, username: str, password: str, now: datetime) -> Account:
    """Open an account for the employee with that number, as an administrator; the password must be changed at once."""
    require(may_do(acting(session), Action.EDIT, register_named("employee")))
    if Role.ADMIN not in acting(session).roles:
        raise Refused(refuse("R-ROLE-01", "no_right", say("只有系统管理员可以开通账号")))
    register = register_named("employee")
    employee = session.scalars(select(register).where(register.number == number)).first()
    if employee is None:
        raise Refused(refuse("R-ROLE-01", "no_right", say("没有编号为 {number} 的员工", number=number)))
    if find_account(session, username) is not None:
        raise Refused(refuse("R-ROLE-01", "taken", say("用户名 {username} 已被使用", username=username)))
    account = open_account(session, employee, username, password, now)
    account.must_change_password = True
    return account


def set_password(session: Session, account: Account, password: str) -> None:
    """A new password; every other session of the person ends (R-SIGN-02)."""
    require(may_choose(password, [account.username]))
    account.password_hash = hash_password(password)
    account.must_change_password = False
    end_sessions(session, account, "password_changed")


def end_sessions(session: Session, account: Account, why: str) -> None:
    """Every session signed before now ends at its next request (R-SIGN-02)."""
    account.epoch += 1
    trail.note(session, why, account=account.employee_id)


def set_powers(session: Session, employee: Register, roles: tuple[str, ...], clearance: Level) -> None:
    """Write roles and clearance that were granted by R-ROLE-02; sessions end so that the change holds at once."""
    with operating(session):
        employee.roles, employee.clearance = roles, str(int(clearance))
    account = session.scalars(select(Account).where(Account.employee_id == employee.id)).first()
    if account:
        end_sessions(session, account, "powers_changed")

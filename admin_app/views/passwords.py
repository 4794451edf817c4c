"""A password given once more: by the signer before signing, by the borrower at the desk (R-ROLE-05, R-LOAN-07)."""

from flask import g, request
from sqlalchemy import select

from .. import clock
from ..database import db
from ..guard import writing
from ..operations import signing_in
from ..verdicts import require
from ..working.people import Account
from . import session


def check_own(password: str) -> None:
    """Check the password of who is signed in; raises Refused when it is wrong. Good for the next ten minutes."""
    check_of(g.person.id, password)
    session.password_checked()


def check_of(employee_id: int, password: str) -> None:
    """Check somebody's password in a transaction of its own, so that a failure counts whatever comes after."""
    with writing(db.session):
        account = db.session.scalars(select(Account).where(Account.employee_id == employee_id)).one()
        wrong = signing_in.check_password(db.session, account, password, clock.now(), request.remote_addr or "")
    if wrong is not None:
        require(wrong)

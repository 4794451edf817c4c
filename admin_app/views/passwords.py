"""A password given once more: by the signer before signing, by the borrower at the desk (R-ROLE-05, R-LOAN-07)."""

from flask import g, request

from .. import clock
from ..database import db
from ..operations import signing_in
from ..verdicts import require
from . import session


def check_own(password: str) -> None:
    """Check the password of who is signed in; raises Refused when it is wrong. Good for the next ten minutes."""
    check_of(g.person.id, password)
    session.password_checked()


def check_of(employee_id: int, password: str) -> None:
    """Check somebody's password; raises Refused when it is wrong."""
    wrong = signing_in.check_password(db.session, employee_id, password, clock.now(), request.remote_addr or "")
    if wrong is not None:
        require(wrong)

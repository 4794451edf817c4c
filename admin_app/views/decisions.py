"""What somebody decides on a page that asks for approval (R-ROLE-05)."""

from flask import request

from ..operations.archives.approvals import Decision
from .passwords import check_own
from .session import password_checked_at


def decision_sent() -> Decision:
    """The decision in the form that was sent; a password in it is checked first. Raises Refused for a wrong one."""
    if request.form.get("password"):
        check_own(request.form["password"])
    return Decision(
        approve=request.form.get("decision") == "approve", seen=request.form.get("digest", ""),
        checked_at=password_checked_at(), reason=request.form.get("reason", ""),
    )  # fmt: skip

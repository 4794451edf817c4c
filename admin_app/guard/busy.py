"""Whether a statement failed because somebody else was writing, so that the same may succeed in a while."""

from sqlalchemy.exc import OperationalError

#: PostgreSQL's deadlock_detected and lock_not_available
_IN_THE_WAY = ("40P01", "55P03")


def is_busy(error: Exception) -> bool:
    """Whether somebody else's writing was in the way of what raised *error*."""
    if not isinstance(error, OperationalError):
        return False
    return "database is locked" in str(error.orig) or getattr(error.orig, "sqlstate", None) in _IN_THE_WAY

"""What an error says of the transaction it ended: that somebody else was writing, that nothing of it can have been kept."""

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError

#: PostgreSQL's deadlock_detected and lock_not_available
_IN_THE_WAY = ("40P01", "55P03")


def surely_undone(error: Exception) -> bool:
    """Whether nothing of the transaction that *error* ended can have been kept, so that a file stored for it can go.

    Where the answer to the commit was lost it may have been: the file stays, and if nothing names it the night sweeps it.
    """
    lost = isinstance(error, OperationalError | InterfaceError | InternalError) and not is_busy(error)
    return not lost


def is_busy(error: Exception) -> bool:
    """Whether somebody else's writing was in the way of what raised *error*."""
    if not isinstance(error, OperationalError):
        return False
    return "database is locked" in str(error.orig) or getattr(error.orig, "sqlstate", None) in _IN_THE_WAY

"""Work that is done once for all that a transaction did: not for each of a thousand records, but before they are committed.

What it is *about* may have been undone since, with a savepoint: the work looks for itself how things stand.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from .session import GuardedSession, state_of
from .state import Work


def before_commit(session: Session, work: Work, about: Any) -> None:
    """Let *work* be done before this transaction is committed, with everything that it was said to be about, in order."""
    state_of(session).at_commit.setdefault(work, []).append(about)


# ahead of what passes levels on, counts stamps and writes the trail: these see what is written here
@event.listens_for(GuardedSession, "before_commit", insert=True)
def _do(session: Session) -> None:
    state = state_of(session)
    if state.beneath or session.in_nested_transaction() or not state.at_commit:
        return
    session.flush()
    waiting = dict(state.at_commit)
    state.at_commit.clear()
    for work, about in waiting.items():
        work(session, about)

"""Looking on as somebody else: what is shown is what both may see, and nothing is written but the trail (R-ROLE-01).

Both halves follow from ``act_as`` with a person whom somebody looks on as (``Person.seen_as``): the row rule and the
field rule ask both persons, and whoever writes all the same is refused here, whatever the path.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from ..verdicts import Refused
from .session import READ_ONLY, GuardedSession, state_of, transaction


@contextmanager
def noting(session: Session) -> Iterator[None]:
    """A transaction that writes what waits for the trail, and nothing else: open to who looks on, too."""
    state = state_of(session)
    state.noting = True
    try:
        with transaction(session):
            yield
    finally:
        state.noting = False


@event.listens_for(GuardedSession, "before_flush", insert=True)
def _refuse_flush(session: Session, context: Any, instances: Any) -> None:
    refuse_writing(session)


def refuse_writing(session: Session) -> None:
    """Raise Refused "viewing_as" for who looks on as somebody else."""
    if state_of(session).viewing_as is not None:
        raise Refused(READ_ONLY)


@event.listens_for(GuardedSession, "before_commit", insert=True)
def _refuse_commit(session: Session) -> None:
    """What went past the flush, in SQL of its own, isn't kept either."""
    state = state_of(session)
    if state.viewing_as is not None and not (state.noting or state.beneath):
        raise Refused(READ_ONLY)

"""Single items changed in a statistic that was given out, beside the old value, approved by the general manager (R-ARCH-08)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from ... import clock
from ...fields import Face
from ...guard.session import acting
from ...guard.stamps import operating
from ...models import Lines, Register, lines_of
from ...permissions import Action, Role
from ...rules.releases import may_approve_changes, may_note_change
from ...rules.rights import may_do
from ...verdicts import ALLOWED, Verdict, require
from ..followups import after_writing, before_signing
from ..records import facts, may_change_now
from ..today import local_day

RELEASE = "report_release"
_SIGNATURE = "change_approved_by_id"


class Change(NamedTuple):
    """What stood there, and what is to stand there."""

    item: str
    before: str
    after: str
    reason: str


def may_note(session: Session, release: Register) -> Verdict:
    """Whether the acting person enters changes: who keeps releases, and the general manager, who needs nobody else."""
    person = acting(session)
    if Role.GENERAL_MANAGER in person.roles:
        return ALLOWED
    return may_do(person, Action.EDIT, type(release), facts(session, release))


def note_change(session: Session, release: Register, change: Change, now: datetime) -> None:
    """Write *change* beside the old value; it waits for the general manager. Raises Refused: no_right, wrong_state, incomplete."""
    require(may_note(session, release))
    require(may_change_now(release))
    require(may_note_change(release.issued_on is not None, change.item, change.before, change.after))
    line = lines_of(type(release), release.faces["changes"])
    today = local_day(session, now)
    with operating(session):
        release.changes.append(line(changed_on=today, position=len(release.changes), **change._asdict()))
        release.change_approved_by_id = release.change_approved_at = None
        release.changed_at = now


def pending(release: Register) -> list[Lines]:
    """The changes that the general manager hasn't approved."""
    return [line for line in release.changes if line.approved_on is None]


@before_signing(RELEASE)
def has_changes(release: Register, signature: Face) -> Verdict:
    return may_approve_changes(len(pending(release))) if signature.name == _SIGNATURE else ALLOWED


@after_writing(RELEASE)
def approve_changes(session: Session, release: Register, before: Mapping[str, Any]) -> None:
    """The general manager's signature approves and files what waited for it."""
    if _SIGNATURE in before and release.change_approved_by_id is not None:
        today = local_day(session, clock.now())
        with operating(session):
            for line in pending(release):
                line.approved_on = line.filed_on = today

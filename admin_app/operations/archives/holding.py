"""Files held (封存) and freed, each with its reason; and what nobody touches while a file stands so (R-ARCH-07)."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from ... import clock
from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...rules.destruction import may_be_touched, may_hold, may_lift
from ...texts import say
from ...verdicts import Refused, Verdict, refuse, require
from ..followups import after_changing, before_adding, before_touching
from .condition import condition, read_in_full
from .reservations import settle_papers


def hold(session: Session, file: Register, reason: str) -> None:
    """Hold *file*, also one that is listed, which stops the list; raises Refused: no_right, destroyed, role, held, no_reason."""
    _write(session, file, may_hold, True, reason, "held")


def lift(session: Session, file: Register, reason: str) -> None:
    """Free *file* again; raises Refused: no_right, destroyed, role, wrong_state, no_reason."""
    _write(session, file, may_lift, False, reason, "lifted")


def _write(session: Session, file: Register, may: Callable[..., Verdict], held: bool, reason: str, event: str) -> None:
    """Asked of the file as it is when it is locked; of one found in the catalogue alone the step isn't theirs to take."""
    person = acting(session)
    if file.id not in read_in_full(session, [file.id]):
        raise Refused(refuse("R-CONF-04", "no_right", say("无权办理此案卷")))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(file), file.id, with_for_update={"key_share": True})
        require(may_be_touched(mine.state == "destroyed", held=False, listed_in=None))
        require(may(person.roles, mine.held, reason))
        told = reason.strip()[:200]
        mine.held, mine.held_reason = held, told if held else None
        trail.note(beneath, event, mine, reason=told)
        beneath.flush()
        settle_papers(beneath, [mine.id], clock.now())


@before_touching("archive_file")
def file_may_be_touched(session: Session, file: Register) -> Verdict:
    """Whether the file's entry may be changed, voided or restored by hand."""
    return may_be_touched(*condition(session, file.id))


@before_touching("archive_item")
def paper_may_be_touched(session: Session, item: Register) -> Verdict:
    """Whether a paper's entry may be: it stands as its file does, or was destroyed by itself."""
    destroyed, held, listed = condition(session, item.file_id)
    return may_be_touched(destroyed or item.state == "destroyed", held, listed)


@before_adding("archive_item")
def nothing_comes_into_what_goes(session: Session, item: Register) -> None:
    """A held file may grow; one that is destroyed or to be destroyed doesn't."""
    destroyed, _held, listed = condition(session, item.file_id)
    require(may_be_touched(destroyed, held=False, listed_in=listed))


@after_changing("archive_item")
def may_come_into_another_file(session: Session, item: Register, before: Mapping[str, Any]) -> None:
    """A paper doesn't slip into a file that is held, listed or destroyed; a list made meanwhile waits for this file."""
    if "file_id" in before:
        with elevated(session) as beneath:
            beneath.get_one(register_named("archive_file"), item.file_id, with_for_update={"key_share": True})
        require(may_be_touched(*condition(session, item.file_id)))

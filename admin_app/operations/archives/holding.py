"""Files held (封存) and freed, each with its reason; and what nobody touches while a file stands so (R-ARCH-07)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action, Sight, sight
from ...rules.destruction import may_be_asked_for, may_be_touched, may_hold, may_lift
from ...rules.disclosures import Fact, disclose
from ...verdicts import Verdict, refuse, require
from ..followups import before_adding, before_touching
from ..records import facts
from .eligibility import listed_in


def hold(session: Session, file: Register, reason: str) -> None:
    """Hold *file*, also one that is listed, which stops the list; raises Refused: destroyed, role, held, no_reason."""
    require(may_be_touched(file.state == "destroyed", held=False, listed_in=None))
    require(may_hold(acting(session).roles, file.held, reason))
    _write(session, file, True, reason.strip()[:200], "held")


def lift(session: Session, file: Register, reason: str) -> None:
    """Free *file* again; raises Refused: destroyed, role, wrong_state, no_reason."""
    require(may_be_touched(file.state == "destroyed", held=False, listed_in=None))
    require(may_lift(acting(session).roles, file.held, reason))
    _write(session, file, False, reason.strip()[:200], "lifted")


def _write(session: Session, file: Register, held: bool, reason: str, event: str) -> None:
    with elevated(session) as beneath:
        mine = beneath.get_one(type(file), file.id, with_for_update=True)
        mine.held, mine.held_reason = held, reason if held else None
        trail.note(beneath, event, mine, reason=reason)


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


def item_may_be_asked_for(session: Session, item: Any) -> Verdict:
    """Whether a paper may be lent or read as things stand; refused "destroyed", "held", "listed"."""
    destroyed, held, listed = condition(session, item.file_id)
    return may_be_asked_for(destroyed or item.state == "destroyed", held, listed)


def as_told(session: Session, item: Register, verdict: Verdict) -> Verdict:
    """*verdict* on asking for *item* as the acting person gets it: who doesn't read why learns that it isn't available."""
    person, file = acting(session), session.get(register_named("archive_file"), item.file_id)
    reads = {
        "held": file is not None and sight(person, type(file), facts(session, file)) is Sight.FULL,
        "listed": person.reach(Action.SEE, "destruction") is not None,
    }
    if reads.get(verdict.code, True):
        return verdict
    return refuse("R-LOAN-06", "on_loan", disclose(Fact.ITEM_UNAVAILABLE))


def condition(session: Session, file_id: int) -> tuple[bool, bool, str | None]:
    """Whether the file is destroyed, whether it is held, and the open list that it stands in; read beneath the row rule."""
    file = register_named("archive_file").__table__
    row = session.connection().execute(select(file.c.state, file.c.held).where(file.c.id == file_id)).first()
    listed = listed_in(session, [file_id]).get(file_id)
    return (row.state == "destroyed", row.held, listed) if row else (False, False, None)

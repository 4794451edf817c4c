"""How a file stands (destroyed, held, listed), what that lets be asked for, and who is told of it (R-ARCH-07, R-CONF-15)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import acting
from ...models import Register, register_named
from ...permissions import Action, Sight, sight
from ...rules.destruction import may_be_asked_for
from ...rules.disclosures import Fact, disclose
from ...texts import say
from ...verdicts import Verdict, refuse
from ..records import facts_of_each
from .eligibility import listed_in


def condition(session: Session, file_id: int) -> tuple[bool, bool, str | None]:
    """Whether the file is destroyed, whether it is held, and the open list that it stands in; read beneath the row rule.

    The list is read first: one that is carried out between both reads has destroyed its files.
    """
    listed = listed_in(session, [file_id]).get(file_id)
    file = register_named("archive_file").__table__
    row = session.connection().execute(select(file.c.state, file.c.held).where(file.c.id == file_id)).first()
    return (row.state == "destroyed", row.held, listed) if row else (False, False, None)


def item_may_be_asked_for(session: Session, item: Any) -> Verdict:
    """Whether a paper may be lent or read as things stand; refused "destroyed", "held", "listed"."""
    destroyed, held, listed = condition(session, item.file_id)
    return may_be_asked_for(destroyed or item.state == "destroyed", held, listed)


def as_told(session: Session, item: Register, verdict: Verdict) -> Verdict:
    """*verdict* on asking for *item* as the acting person gets it: who doesn't read why learns that it isn't available."""
    reads = {
        "held": item.file_id in read_in_full(session, [item.file_id]),
        "listed": acting(session).reach(Action.SEE, "destruction") is not None,
    }
    if reads.get(verdict.code, True):
        return verdict
    return refuse("R-LOAN-06", "on_loan", disclose(Fact.ITEM_UNAVAILABLE))


def file_as_told(session: Session, file_id: int, verdict: Verdict) -> Verdict:
    """*verdict* on a file as the acting person gets it: who finds it in the catalogue alone isn't told why."""
    if verdict or file_id in read_in_full(session, [file_id]):
        return verdict
    return refuse("R-ARCH-07", "wrong_state", say("该案卷现在不能办理"))


def read_in_full(session: Session, files: Collection[int]) -> set[int]:
    """Those of *files* that the acting person reads in full; of the others they find the entry in the catalogue at most."""
    file, person = register_named("archive_file"), acting(session)
    found = session.scalars(select(file).where(file.id.in_(files))).all()
    known = facts_of_each(session, found)
    return {one.id for one in found if sight(person, file, known[one.id]) is Sight.FULL}

"""What copies are handed out of: permits and releases, as the rules on copies see them (R-CONF-07, R-ARCH-08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from ...fields import Face
from ...models import Lines, Register
from ...rules.copies import Ending, Permit, may_be_approved, may_be_voided
from ...rules.ladders import ISSUE, ISSUE_STATISTICS, Step
from ...verdicts import Verdict, require
from ..followups import after_writing, before_signing

REFUSED, OUT = "refused", "out"


@dataclass(frozen=True)
class Copied:
    """How a register's copies are handed out: after which signatures, decided in which field, by whom, noted where."""

    rule: str
    signatures: tuple[str, ...]
    decided: str
    by: Step
    on: str
    endings: tuple[Ending, ...]


#: what copies are handed out of, by table
COPIED: Mapping[str, Copied] = MappingProxyType(
    {
        "copy_permit": Copied(
            "R-CONF-07", ("approved_by_id",), "decision", ISSUE, "handed_out_on",
            (Ending.RECALL, Ending.SHRED),
        ),
        "report_release": Copied(
            "R-ARCH-08", ("supervisor_checked_by_id", "manager_checked_by_id"), "state",
            ISSUE_STATISTICS, "issued_on", (Ending.RECALL,),
        ),
    }
)  # fmt: skip
#: the form's field of its copies, in both
LINES = "copies_given"


def permit_of(form: Register) -> Permit:
    """*form* as the rules see it."""
    how = COPIED[form.__tablename__]
    return Permit(
        rule=how.rule, signed=all(getattr(form, name) is not None for name in how.signatures),
        refused=getattr(form, how.decided) == REFUSED, permitted=form.copies or 0, given=len(form.copies_given),
        use_until=getattr(form, "use_until", None), voided=form.voided_at is not None,
    )  # fmt: skip


def is_outside(copy: Lines) -> bool:
    """Whether a copy is in somebody's hands."""
    return copy.state == OUT if "state" in copy.faces else copy.returned_on is None


def approves_nothing_refused(form: Register, signature: Face) -> Verdict:
    how = COPIED[form.__tablename__]
    return may_be_approved(how.rule, getattr(form, how.decided) == REFUSED)


def stays_while_copies_are_out(session: Session, form: Register, before: Mapping[str, Any]) -> None:
    """Raises Refused for a form voided while copies of it are in somebody's hands."""
    if "voided_at" in before and form.voided_at is not None:
        require(may_be_voided(COPIED[form.__tablename__].rule, sum(map(is_outside, form.copies_given))))


for _table in COPIED:
    before_signing(_table)(approves_nothing_refused)
    after_writing(_table)(stays_while_copies_are_out)

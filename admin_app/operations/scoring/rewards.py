"""A reward or fine keeps to its clause on every path: its range, what its approval asks for, the report's secrecy (R-SCOR-06)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from ...fields import Face
from ...guard.session import acting
from ...guard.stamps import operating
from ...permissions import Level
from ...rules.clauses import REPORT, is_in_range, is_proposed, is_whole, may_approve, names_clause
from ...rules.combining import first_refusal
from ...verdicts import ALLOWED, Verdict, require
from ...working.codes import CodeEntry
from ..followups import after_changing, before_adding, before_signing, judging_rows
from ..records import bring

_PAID = "reward_penalty"
#: the field of the clause, which is named after its list: a new record's class knows no faces
_LISTS = {"reward_clause": "reward", "penalty_clause": "penalty"}
_TELLING = frozenset({"amount", *_LISTS})


@before_adding(_PAID)
def begin(session: Session, paid: Any) -> None:
    """Raises Refused "out_of_range"."""
    _keep_to_clause(session, paid)
    for name, value in _of_report(paid).items():
        setattr(paid, name, value)


@after_changing(_PAID)
def keep(session: Session, paid: Any, before: Mapping[str, Any]) -> None:
    """The same once it is changed; raises Refused "out_of_range"."""
    if _TELLING & before.keys():
        _keep_to_clause(session, paid)
        with operating(session):
            bring(paid, _of_report(paid))


@judging_rows(_PAID, "amount", *_LISTS)
def out_of_range(session: Session, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, Verdict]]:
    """The rows whose amount their clause doesn't allow; one query."""
    entries = select(CodeEntry.codes, CodeEntry.code, CodeEntry.low, CodeEntry.high)
    asked = session.execute(entries.where(CodeEntry.codes.in_(_LISTS.values())))
    ranges = {(codes, code): (low, high) for codes, code, low, high in asked}
    for index, row in enumerate(rows):
        for name, codes in _LISTS.items():
            found = ranges.get((codes, row[name]))
            if found and row["amount"] is not None and not (verdict := is_in_range(row["amount"], *found)):
                yield index, "amount", verdict


@before_signing(_PAID)
def may_be_approved(paid: Any, signature: Face) -> Verdict:
    if signature.name != "approved_by_id":
        return ALLOWED
    session, clause = object_session(paid), clause_of(paid)
    assert session is not None
    return first_refusal(
        names_clause(clause),
        is_proposed(paid.proposed_by_id),
        is_whole(clause, paid.amount, paid.loss, bool(paid.dismissed)),
        may_approve(clause, acting(session).roles),
    )


def clause_of(paid: Any) -> str | None:
    return next((code for name in _LISTS if (code := getattr(paid, name))), None)


def _keep_to_clause(session: Session, paid: Any) -> None:
    """By the list as the company keeps it; a clause that is none has no range."""
    for name, codes in _LISTS.items():
        if code := getattr(paid, name):
            asked = select(CodeEntry.low, CodeEntry.high).where(CodeEntry.codes == codes, CodeEntry.code == code)
            for low, high in session.execute(asked):
                require(is_in_range(paid.amount, low, high))


def _of_report(paid: Any) -> dict[str, Any]:
    """What the report of a private deal is, whoever writes it down: paid in cash, and 机密."""
    if clause_of(paid) != REPORT:
        return {}
    return {"cash": True, "level": max(paid.level or 0, int(Level.CONFIDENTIAL))}

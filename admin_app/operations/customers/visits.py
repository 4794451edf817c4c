"""What visits, hospitality and gifts ask for before a signature and after the money is spent (R-VISI-01, R-RELA-02)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session, object_session

from ...fields import Face
from ...guard.stamps import operating
from ...rules.combining import first_refusal
from ...rules.visits import (
    is_within_budget,
    is_written_in_full,
    may_approve_budget,
    may_approve_more,
    may_settle,
    next_is_booked,
    over_budget,
)
from ...verdicts import Verdict, require
from ..followups import after_writing, before_adding, before_signing, judging_rows
from ..records import bring
from ..today import local_day

#: what a plan says before the visit, and a report after it
_PLANNED = ("purposes", "aim", "tools")
_REPORTED = (
    "host_name", "host_post", "decides", "needs", "problems", "objections", "rival_service", "credit_change", "guidance",
)  # fmt: skip
_SPENT = frozenset({"budget", "cost"})
_MORE = "over_approved_by_id"
#: the state of an occasion that was paid back; code of ``hospitality_state``
_SETTLED = "settled"


@before_signing("visit_plan")
def plan_is_whole(plan: Any, signature: Face) -> Verdict:
    return _whole(plan, _PLANNED)


@before_signing("visit_report")
def report_is_whole(report: Any, signature: Face) -> Verdict:
    session = object_session(report)
    booked = next_is_booked(local_day(session, report.visited_at), report.next_visit_on)
    return first_refusal(_whole(report, _REPORTED), booked)


@before_signing("gift")
def gift_has_budget(gift: Any, signature: Face) -> Verdict:
    return may_approve_budget(gift.budget)


@before_signing("hospitality")
def occasion_has_budget(occasion: Any, signature: Face) -> Verdict:
    if signature.name == _MORE:
        return may_approve_more(occasion.over, occasion.over_reason)
    return may_approve_budget(occasion.budget)


@after_writing("gift")
def gift_stays_within(session: Session, gift: Any, before: Mapping[str, Any]) -> None:
    """Raises Refused for a gift that cost more than was approved."""
    require(is_within_budget(gift.budget, gift.amount))


@before_adding("hospitality")
def begin_over(session: Session, occasion: Any) -> None:
    bring(occasion, {"over": over_budget(occasion.budget, occasion.cost)})


@after_writing("hospitality")
def keep_over(session: Session, occasion: Any, before: Mapping[str, Any]) -> None:
    """What was spent above the budget follows both; more approved of another sum is approved no more.

    Raises Refused for what is paid back before that; what was, before there was a rule, may be worded anew and voided.
    """
    if _SPENT & before.keys():
        with operating(session):
            bring(
                occasion, {"over": over_budget(occasion.budget, occasion.cost), _MORE: None, "over_approved_at": None}
            )
    if occasion.state == _SETTLED and (not before or before.keys() & {"state", _MORE, *_SPENT}):
        require(may_settle(occasion.over, occasion.over_approved_by_id is not None))


@judging_rows("hospitality", "state", "cost", "budget", _MORE)
def settled_over(session: Session, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, Verdict]]:
    """The rows that would be paid back although they cost more than was approved."""
    for index, row in enumerate(rows):
        over, approved = over_budget(row["budget"], row["cost"]), row[_MORE] is not None
        if row["state"] == _SETTLED and not (verdict := may_settle(over, approved)):
            yield index, "state", verdict


def _whole(form: Any, names: tuple[str, ...]) -> Verdict:
    return is_written_in_full([(form.faces[name].label, getattr(form, name)) for name in names])

"""The figures of credit lines, kept true as invoices and money come in and worked out anew every night (R-CRED-01)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.jobs import job
from ...guard.parts import in_parts
from ...guard.session import elevated
from ...guard.stamped import hold
from ...models import Register, register_named
from ...permissions import Level
from ...texts import word
from ..followups import after_adding, after_changing
from ..records import bring
from ..today import local_day
from .standings import Credit, credit_of

#: the order in which those who invoice and book money stand in line
LINE = "credit"
#: lines are 机密
CREDITING = job("credit", word("授信计算"), Level.TOP_SECRET)


def refresh_all(session: Session, now: datetime) -> None:
    """The lines of all customers as they stand today; the same again where nothing has changed."""
    with elevated(session, CREDITING) as beneath:
        line = register_named("credit_line")
        customers = beneath.scalars(select(line.customer_id).where(line.voided_at.is_(None)).distinct()).all()
        hold(beneath, LINE)
        for some in in_parts(customers):
            refresh_lines(beneath, some, now)


def refresh_lines(session: Session, customers: Collection[int], now: datetime) -> None:
    """Bring each customer's newest line to what it is today; *session* sees beneath the row rule."""
    for credit in credit_of(session, customers, local_day(session, now)).values():
        if credit.line is not None and bring(credit.line, _figures(credit)):
            credit.line.computed_at = now
    session.flush()


def _figures(credit: Credit) -> dict[str, Any]:
    standing, episode = credit.standing, credit.standing.episode
    return {
        "eligible": credit.eligible, "limit_amount": standing.limit, "used_amount": standing.used,
        "free_amount": standing.free, "over_since": episode.since if episode else None,
        "first_used": bool(episode and episode.first), "last_used": bool(episode and episode.last),
    }  # fmt: skip


@after_adding("credit_line")
def compute_new(session: Session, added: Sequence[Register]) -> None:
    _refresh(session, {one.customer_id for one in added})


@after_changing("credit_line")
def compute_again(session: Session, line: Register, before: Mapping[str, Any]) -> None:
    _refresh(session, {line.customer_id, before.get("customer_id") or line.customer_id})


@after_changing("contract")
def follow_contract(session: Session, contract: Register, before: Mapping[str, Any]) -> None:
    """Approved, or changed: credit rests on it."""
    _refresh(session, {contract.customer_id})


def _refresh(session: Session, customers: set[int]) -> None:
    with elevated(session) as beneath:
        refresh_lines(beneath, customers, clock.now())

"""A later registration of one customer becomes a claim, laid before the head above both (R-CUST-03)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ... import clock
from ...fields import Face
from ...guard.session import elevated
from ...guard.stamped import hold
from ...models import Register, register_named
from ...rules.claims import Match, Ruling, head_above, match, stays_as_registered
from ...texts import say
from ...verdicts import ALLOWED, Verdict, refuse, require
from .. import records
from ..followups import after_adding, after_changing, before_adding, before_signing
from ..staff import staff_on
from ..today import local_day
from .known import Known, known_alike, known_registrations

_REGISTRATION, _CLAIM = "customer_registration", "customer_claim"
#: fields that say who the customer is
_TELLING = frozenset({"phone", "name", "estate", "unit_or_plate"})
#: registrations are compared one transaction after another: of two at once the second finds the first
LINE = "customer_claims"


@after_adding(_REGISTRATION)
def claim_new(session: Session, added: Sequence[Register]) -> None:
    _compare(session, [one.id for one in added], clock.now())


@after_changing(_REGISTRATION)
def claim_changed(session: Session, record: Register, before: Mapping[str, Any]) -> None:
    """A number put right may show that the customer was registered before."""
    if _TELLING & before.keys() and record.voided_at is None:
        _compare(session, [record.id], clock.now())


@before_adding(_CLAIM)
def name_head(session: Session, claim: Any) -> None:
    """Also of a claim that somebody writes by hand, because the customer says so: it goes to the head above both."""
    if claim.head_id is None:
        staff = staff_on(session, local_day(session, clock.now()))
        claim.head_id = head_above(claim.first_owner_id, claim.owner_id, staff)


@after_changing(_CLAIM)
def stays(session: Session, claim: Any, before: Mapping[str, Any]) -> None:
    """Also where the change itself would take the registrations away."""
    sheets = (before.get(name, getattr(claim, name)) for name in ("registration_id", "claiming_id"))
    require(stays_as_registered(any(one is not None for one in sheets), before))


@before_signing(_CLAIM)
def is_ruled(claim: Any, signature: Face) -> Verdict:
    """The signature goes with the ruling, in one step (``ruling.rule_on``)."""
    if claim.verdict in [*Ruling]:
        return ALLOWED
    return refuse("R-CUST-03", "incomplete", say("请在“撞单裁定”里裁定，签字随裁定一起办"))


def _compare(session: Session, ids: Sequence[int], now: datetime) -> None:
    hold(session, LINE)
    with elevated(session) as beneath:
        one = register_named(_REGISTRATION)
        new = beneath.scalars(select(one).where(one.id.in_(ids)).order_by(one.id)).all()
        candidates = [known for known in known_alike(beneath, new, now) if known.owner is not None]
        made = [claim for mine in known_registrations(beneath, new, now) if (claim := _claim(mine, candidates))]
        asked = _asked_already(beneath, made)
        fresh = {_pair(claim): claim for claim in made if _pair(claim) not in asked}
        if fresh:
            records.create_many(beneath, register_named(_CLAIM), list(fresh.values()))


def _claim(mine: Known, candidates: Sequence[Known]) -> dict[str, Any] | None:
    """The claim that *mine* gives rise to: against the earliest of its like, or of the earliest of them against it."""
    if mine.owner is None:
        return None
    others = [
        (one, by)
        for one in candidates
        if (one.record.__tablename__, one.record.id) != (_REGISTRATION, mine.record.id) and (by := match(mine.told, one.told))
    ]  # fmt: skip
    earlier = sorted((pair for pair in others if pair[0].order < mine.order), key=lambda pair: pair[0].order)
    if earlier:
        first, by = earlier[0]
        return _values(first, mine, by) if first.owner != mine.owner else None
    later = sorted((pair for pair in others if pair[0].owner != mine.owner), key=lambda pair: pair[0].order)
    return _values(mine, *later[0]) if later else None


def _values(first: Known, later: Known, by: Match) -> dict[str, Any]:
    """What the claim says; above the level of either of the two it isn't to be read."""
    on_file = next((one.record for one in (first, later) if one.record.__tablename__ != _REGISTRATION), None)
    sheets = [one.record if one.record.__tablename__ == _REGISTRATION else None for one in (first, later)]
    claimed = later.record
    return {
        "claimed_at": max(claimed.registered_at, first.record.registered_at), "name": claimed.name, "phone": claimed.phone,
        "estate": later.told.estate or None, "vehicle_or_unit": next(iter(later.told.plates | later.told.units), None),
        "registration_id": sheets[0] and sheets[0].id, "claiming_id": sheets[1] and sheets[1].id,
        "customer_id": on_file and on_file.id, "first_registered_at": first.record.registered_at,
        "first_owner_id": first.owner, "owner_id": later.owner, "match": by.value, "store_id": claimed.store_id,
        "department_id": claimed.department_id, "level": max(first.record.level, claimed.level),
    }  # fmt: skip


_PAIR = ("registration_id", "claiming_id", "customer_id")


def _pair(claim: Mapping[str, Any]) -> tuple[int | None, ...]:
    return tuple(claim[name] for name in _PAIR)


def _asked_already(session: Session, made: Sequence[Mapping[str, Any]]) -> set[tuple[int | None, ...]]:
    """The pairs that a claim stands for already; the registrations they hang on are its indexes."""
    claim = register_named(_CLAIM)
    sheets = {id_ for one in made for id_ in (one["registration_id"], one["claiming_id"]) if id_ is not None}
    if not sheets:
        return set()
    named = or_(claim.registration_id.in_(sheets), claim.claiming_id.in_(sheets))
    columns = [getattr(claim, name) for name in _PAIR]
    return {tuple(row) for row in session.execute(select(*columns).where(named, claim.voided_at.is_(None)))}

"""A later registration of one customer becomes a claim, laid before the head above both (R-CUST-03)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ... import clock
from ...fields import Face
from ...guard.session import elevated, state_of
from ...guard.stamped import hold
from ...models import Register, register_named
from ...rules.claims import WITHDRAWN, Match, Ruling, head_above, known_by, match, stays_as_registered
from ...texts import say
from ...verdicts import ALLOWED, Verdict, refuse, require
from .. import records
from ..followups import after_adding, after_changing, before_adding, before_signing
from ..staff import staff_on
from ..today import local_day
from .known import REGISTRATION, Known, known_alike, known_registrations

_CLAIM = "customer_claim"
#: fields that say who the customer is, whose and since when; a sheet that is restored tells it all again
_TELLING = frozenset({"phone", "name", "estate", "unit_or_plate", "owner_id", "registered_at", "voided_at"})
#: registrations are compared one transaction after another: of two at once the second finds the first
LINE = "customer_claims"
_order = attrgetter("order")


@after_adding(REGISTRATION)
def claim_new(session: Session, added: Sequence[Register]) -> None:
    ids = [one.id for one in added]
    _compare(session, ids, clock.now(), _added_by_ledger(session, ids))


@after_changing(REGISTRATION)
def claim_changed(session: Session, record: Register, before: Mapping[str, Any]) -> None:
    """A number put right may show that the customer was registered before; so may an owner or hour written in later."""
    if record.voided_at is not None:
        _withdraw(session, record.id)
    elif _TELLING & before.keys():
        _compare(session, [record.id], clock.now(), _added_by_ledger(session))


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


def _compare(session: Session, ids: Sequence[int], now: datetime, added: Set[int] = frozenset()) -> None:
    hold(session, LINE)
    with elevated(session) as beneath:
        one = register_named(REGISTRATION)
        new = beneath.scalars(select(one).where(one.id.in_(ids)).order_by(one.id)).all()
        candidates = _by_what(known for known in known_alike(beneath, new, now, added) if known.owner is not None)
        mine = [known for known in known_registrations(beneath, new, now, added) if known.owner is not None]
        made = [claim for known in mine if (claim := _claim(known, candidates))]
        asked = _asked_already(beneath, made)
        fresh = {pair: claim for claim in made if (pair := _pair(claim)) not in asked}
        if fresh:
            records.create_many(beneath, register_named(_CLAIM), list(fresh.values()))


def _added_by_ledger(session: Session, ids: Iterable[int] = ()) -> frozenset[int]:
    """What the ledger being written has added so far, *ids* now; its lines are kept only once all of it stands."""
    batch = state_of(session).part_of.get("batch")
    if batch is None:
        return frozenset()
    added: set[int] = session.info.setdefault((LINE, batch), set())
    added.update(ids)
    return frozenset(added)


def _by_what(candidates: Iterable[Known]) -> dict[tuple[Match, tuple[str, ...]], list[Known]]:
    """*candidates* by each value that makes them somebody's like."""
    found = defaultdict(list)
    for one in candidates:
        for key in _keys(one):
            found[key].append(one)
    return found


def _keys(one: Known) -> list[tuple[Match, tuple[str, ...]]]:
    return [(by, value) for by, values in known_by(one.told).items() for value in values]


def _claim(mine: Known, candidates: Mapping[tuple[Match, tuple[str, ...]], Sequence[Known]]) -> dict[str, Any] | None:
    """The claim that *mine* gives rise to: the earliest of another owner beside the earliest that its own owner has.

    What the owner has beside *mine* may come first, but never does away with the other's; two cards alone are for merging.
    """
    alike = {one.key: one for key in _keys(mine) for one in candidates.get(key, ()) if one.key != mine.key}.values()
    own = min((mine, *(one for one in alike if one.owner == mine.owner)), key=_order)
    others = [
        one for one in alike
        if one.owner != mine.owner and (one.order < own.order or own.is_sheet or one.is_sheet)
    ]  # fmt: skip
    if not others:
        return None
    rival = min(others, key=_order)
    if rival.order > own.order and (by := match(own.told, rival.told)):
        return _values(own, rival, by)
    first, later = sorted((mine, rival), key=_order)
    return _values(first, later, match(first.told, later.told))


def _values(first: Known, later: Known, by: Match) -> dict[str, Any]:
    """What the claim says; above the level of either of the two it isn't to be read."""
    on_file = next((one.record for one in (first, later) if not one.is_sheet), None)
    sheets = [one.record if one.is_sheet else None for one in (first, later)]
    claimed = later.record
    return {
        "claimed_at": max(claimed.registered_at, first.record.registered_at), "name": claimed.name, "phone": claimed.phone,
        "estate": later.told.estate or None, "vehicle_or_unit": next(iter(later.told.plates | later.told.units), None),
        "registration_id": sheets[0] and sheets[0].id, "claiming_id": sheets[1] and sheets[1].id,
        "customer_id": on_file and on_file.id, "first_registered_at": first.record.registered_at,
        "first_owner_id": first.owner, "owner_id": later.owner, "match": by.value, "store_id": claimed.store_id,
        "department_id": claimed.department_id, "level": max(first.record.level, claimed.level),
    }  # fmt: skip


def _pair(claim: Mapping[str, Any]) -> frozenset[tuple[str, int]]:
    """Which two it is about, whichever comes first; the customer counts where a card stands in for a registration."""
    sheets = {(REGISTRATION, id_) for id_ in (claim["registration_id"], claim["claiming_id"]) if id_ is not None}
    return frozenset(sheets if len(sheets) > 1 else sheets | {("customer", claim["customer_id"])})


def _asked_already(session: Session, made: Sequence[Mapping[str, Any]]) -> set[frozenset[tuple[str, int]]]:
    """The pairs that a claim stands for already; the registrations they hang on are its indexes."""
    claim = register_named(_CLAIM)
    sheets = {id_ for one in made for id_ in (one["registration_id"], one["claiming_id"]) if id_ is not None}
    if not sheets:
        return set()
    named = or_(claim.registration_id.in_(sheets), claim.claiming_id.in_(sheets))
    stands = claim.voided_at.is_(None), claim.verdict.is_distinct_from(WITHDRAWN)
    asked = select(claim.registration_id, claim.claiming_id, claim.customer_id).where(named, *stands)
    return {_pair(row) for row in session.execute(asked).mappings()}


def _withdraw(session: Session, sheet_id: int) -> None:
    """Nobody is asked about a registration that doesn't stand any more; restored, it is compared anew."""
    claim = register_named(_CLAIM)
    named = or_(claim.registration_id == sheet_id, claim.claiming_id == sheet_id)
    with elevated(session) as beneath:
        still = claim.ruled_by_id.is_(None), claim.voided_at.is_(None)
        for one in beneath.scalars(select(claim).where(named, *still).order_by(claim.id).with_for_update()):
            one.verdict = WITHDRAWN

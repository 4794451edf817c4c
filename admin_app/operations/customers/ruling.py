"""The head above both rules whether two registrations are one customer; the customer follows (R-CUST-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Level, Role
from ...rules.claims import WITHDRAWN, Ruling, Told, head_above, is_the_head, may_rule, owner_after
from ...rules.signatures import is_unsigned_and_as_seen
from ...rules.signers import Staff
from ...verdicts import require
from ..signatures import sign
from ..staff import staff_on
from ..today import local_day
from .handing_on import hand_on
from .known import known_customers, known_registrations

_CLAIM = "customer_claim"


@dataclass(frozen=True)
class Side:
    """One of the two: who registered it when, how it came, what it tells of the customer; ``readable`` at one's clearance."""

    owner: int | None
    registered_at: datetime
    entered_at: datetime | None
    counts_from: datetime
    channel: str | None
    told: Told
    readable: bool


@dataclass(frozen=True)
class Laid:
    """A claim laid before its head: both sides, and by what they are taken for one."""

    claim: Any
    first: Side | None
    later: Side | None

    @property
    def owners(self) -> tuple[int | None, int | None]:
        """Whose the two were when it was ruled; until then as both sides stand, whatever somebody wrote into the claim."""
        written = self.claim.first_owner_id, self.claim.owner_id
        if self.claim.ruled_by_id is not None:
            return written
        sides = (self.first, self.later)
        return tuple(side.owner if side else owner for side, owner in zip(sides, written, strict=True))


def waiting(session: Session, now: datetime) -> Sequence[Register]:
    """The claims that wait for the acting person, as the head above both or standing in for them; the oldest first."""
    claim, staff = register_named(_CLAIM), staff_on(session, local_day(session, now))
    me, heads = acting(session).id, _heads(session, staff)
    still = claim.verdict.is_distinct_from(WITHDRAWN), claim.ruled_by_id.is_(None), claim.voided_at.is_(None)
    theirs = claim.head_id.in_(heads)
    if any(Role.GENERAL_MANAGER in staff.people[head].roles for head in heads & staff.people.keys()):
        theirs = or_(theirs, claim.head_id.is_(None))
    with elevated(session) as beneath:
        found = beneath.scalars(select(claim).where(*still, theirs).order_by(claim.claimed_at, claim.id)).all()
    return [one for one in found if me not in (one.first_owner_id, one.owner_id) and head_of(one, staff) in heads]


def head_of(claim: Any, staff: Staff) -> int | None:
    """Who is to rule; where nobody was left when it was laid, whoever there is now."""
    return claim.head_id or head_above(claim.first_owner_id, claim.owner_id, staff)


def laid(session: Session, public_id: str, now: datetime) -> Laid | None:
    """The claim with that id in addresses with both sides, for whom it waits, and for who ruled on it; else None.

    Beneath the row rule: who rules needn't have the right to the registrations. Above their clearance a side's words are held
    back (``readable``), and whether they agree is all that is said.
    """
    person, staff = acting(session), staff_on(session, local_day(session, now))
    claim = register_named(_CLAIM)
    with elevated(session) as beneath:
        found = beneath.scalars(select(claim).where(claim.public_id == public_id, claim.voided_at.is_(None))).first()
        if found is None or found.verdict == WITHDRAWN:
            return None
        if not _heads(session, staff) & {head_of(found, staff), found.ruled_by_id}:
            return None
        both = _both(beneath, found, person.clearance, now)
        return both if person.id not in both.owners else None


def _both(session: Session, claim: Any, clearance: Level, now: datetime) -> Laid:
    first, later = (_side(session, claim, name, clearance, now) for name in ("registration_id", "claiming_id"))
    return Laid(claim, first, later)


def rule_on(
    session: Session, public_id: str, ruling: str, reason: str, seen: int, checked_at: datetime | None, now: datetime
) -> Any:
    """Rule and sign in one step, for what the page showed: version *seen*. Returns the claim.

    Raises Refused: own_request, not_signer, wrong_state, incomplete, no_reason, changed, password_due.
    """
    person, claim, staff = acting(session), register_named(_CLAIM), staff_on(session, local_day(session, now))
    heads = _heads(session, staff)
    with elevated(session) as beneath:
        # two rulings of one claim queue at its row
        mine = beneath.scalars(select(claim).where(claim.public_id == public_id).with_for_update()).one()
        owners = _both(beneath, mine, person.clearance, now).owners
        parties = {*owners, mine.first_owner_id, mine.owner_id}
        require(is_the_head(person.id, heads if head_of(mine, staff) in heads else (), parties))
        require(may_rule(ruling, reason, _is_open(beneath, mine)))
        require(is_unsigned_and_as_seen(False, seen, mine.version))
        mine.first_owner_id, mine.owner_id = owners
        mine.head_id, mine.verdict, mine.ruling = person.id, ruling, reason.strip()[:2000]
        mine.owner_after_id = owner_after(Ruling(ruling), mine.first_owner_id, mine.owner_id)
        beneath.flush()
        claim_id, version = mine.id, mine.version
    record = session.get_one(claim, claim_id)
    sign(session, record, record.faces["ruled_by_id"], version, checked_at, now)
    if ruling == Ruling.SAME:
        with elevated(session) as beneath:
            _let_follow(beneath, beneath.get_one(claim, claim_id))
    return record


def _let_follow(session: Session, claim: Any) -> None:
    """The customer of both registrations is the first's: their file, and what a month asks for them, follow (R-SCOR-01)."""
    customer, sheets = register_named("customer"), _sheets(session, claim)
    ids, given = {claim.customer_id, *(one.customer_id for one in sheets)} - {None}, {}
    for one in session.scalars(select(customer).where(customer.id.in_(ids)).order_by(customer.id).with_for_update()):
        if one.owner_id in (None, claim.owner_id):
            given[one.id], one.owner_id = (one.owner_id, claim.first_owner_id), claim.first_owner_id
    if claim.first_owner_id is not None:
        session.flush()
        hand_on(session, given)
    if len(ids) == 1:
        for one in sheets:
            one.customer_id = one.customer_id or next(iter(ids))


def _sheets(session: Session, claim: Any) -> list[Any]:
    sheet = register_named("customer_registration")
    return [session.get_one(sheet, id_) for id_ in (claim.registration_id, claim.claiming_id) if id_ is not None]


def _is_open(session: Session, claim: Any) -> bool:
    """Whether there is still something to rule on: neither ruled, voided nor withdrawn, nor one of its sheets voided."""
    settled = claim.ruled_by_id is not None or claim.voided_at is not None or claim.verdict == WITHDRAWN
    return not settled and all(one.voided_at is None for one in _sheets(session, claim))


def _heads(session: Session, staff: Staff) -> frozenset[int]:
    """The acting person, and those whom they stand in for today; nobody for who looks on as somebody, whose turn isn't theirs."""
    if acting(session).seen_by is not None:
        return frozenset()
    me = acting(session).id
    stood_for = {one.absent for one in staff.stand_ins if one.person == me and one.covers(staff.today)}
    return frozenset({me, *stood_for})


def _side(session: Session, claim: Any, name: str, clearance: Level, now: datetime) -> Side | None:
    """The registration that *name* leads to, else the customer on file whom the claim names in its place."""
    id_ = getattr(claim, name)
    if id_ is not None:
        one = session.get_one(register_named("customer_registration"), id_)
        (known,) = known_registrations(session, [one], now)
        return Side(
            one.owner_id,
            one.registered_at,
            one.created_at,
            known.since,
            one.channel,
            known.told,
            one.level <= clearance,
        )
    if claim.customer_id is None:
        return None
    one = session.get_one(register_named("customer"), claim.customer_id)
    estate = session.get(register_named("estate"), one.estate_id) if one.estate_id else None
    (known,) = known_customers(session, [(one, estate.name if estate else None)], now)
    return Side(one.owner_id, one.registered_at, one.created_at, known.since, None, known.told, one.level <= clearance)

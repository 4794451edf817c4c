"""Transfers of important material: designated carriers on every path, the receiver's signature before the last (R-CONF-08)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...fields import Face
from ...models import Register, register_named
from ...rules.carrying import is_guarded, is_received, may_carry, went_after_designation
from ...verdicts import ALLOWED, Verdict, require
from ..followups import after_writing, before_signing

TRANSFER = "classified_transfer"
#: what a change of is asked about anew: who carries, and that they leave
_ASKED = frozenset({"carrier_id", "second_carrier_id", "left_at", "arrived_at"})
#: the moments of the way
_ON_THE_WAY = ("left_at", "arrived_at")


@after_writing(TRANSFER)
def only_designated(session: Session, transfer: Register, before: Mapping[str, Any]) -> None:
    """Raises Refused for a carrier who isn't designated, when they are named and again when they leave."""
    if not before or _ASKED & before.keys():
        carriers = {transfer.carrier_id, transfer.second_carrier_id}
        require(may_carry(carriers, designated(session, carriers - {None})))


@after_writing(TRANSFER)
def goes_after_designation(session: Session, transfer: Register, before: Mapping[str, Any]) -> None:
    """Raises Refused for a way begun before it was designated, or still to come."""
    written = [getattr(transfer, name) for name in _ON_THE_WAY if name in before]
    if moments := [moment for moment in written if moment is not None]:
        require(went_after_designation(moments, transfer.designated_at, clock.now()))


def designated(session: Session, people: set[int]) -> set[int]:
    """Those of *people* who may carry, whoever of them the one at work sees."""
    employee = register_named("employee").__table__.c
    asked = select(employee.id).where(employee.id.in_(people), employee.carrier, employee.voided_at.is_(None))
    return set(session.connection().scalars(asked))


@before_signing(TRANSFER)
def is_ready(transfer: Register, signature: Face) -> Verdict:
    if signature.name == "designated_by_id":
        return is_guarded(transfer.safeguards)
    if signature.name == "handled_by_id":
        signed = transfer.received_by_id == transfer.receiver_id
        return is_received(transfer.receiver_id is not None, signed, bool(transfer.receipt_signed))
    return ALLOWED

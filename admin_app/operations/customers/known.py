"""What registrations and customers on file tell of who they are, found by phone, name with estate, plate or unit (R-CUST-03).

Asked beneath the row rule, of the whole company: who registers mustn't have seen the other to be the later one.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.claims import Told, counts_from, is_plate
from ...working.imports import ImportLine
from ..hand_in import hand_in_hours

REGISTRATION = "customer_registration"
#: so many new records are looked up with one statement per register
_AT_ONCE = 200


@dataclass(frozen=True)
class Known:
    """One registration, or a customer on file: what it tells, whose it is, and since when that counts."""

    record: Any
    told: Told
    owner: int | None
    since: datetime

    @property
    def key(self) -> tuple[str, int]:
        return self.record.__tablename__, self.record.id

    @property
    def is_sheet(self) -> bool:
        """A registration, and no customer on file."""
        return self.record.__tablename__ == REGISTRATION

    @property
    def order(self) -> tuple[datetime, datetime, int]:
        return self.since, self.record.created_at, self.record.id


def known_registrations(
    session: Session, records: Sequence[Any], now: datetime, added: Set[int] = frozenset()
) -> list[Known]:
    """*records* of customer_registration, as they count; *added*: what the ledger now being written has added so far."""
    hours, ledger = hand_in_hours(session, now), _from_ledger(session, records) | added
    return [
        Known(
            one, told_of_registration(one), one.owner_id,
            counts_from(one.registered_at, None if one.id in ledger else one.created_at, hours),
        )
        for one in records
    ]  # fmt: skip


def known_customers(session: Session, records: Sequence[tuple[Any, str | None]], now: datetime) -> list[Known]:
    """Customers on file with the names of their estates, as they count: a card written late is no earlier one either."""
    hours, ledger = hand_in_hours(session, now), _from_ledger(session, [one for one, _estate in records])
    return [
        Known(
            one, told_of_customer(one, estate), one.owner_id,
            counts_from(one.registered_at, None if one.id in ledger else one.created_at, hours),
        )
        for one, estate in records
    ]  # fmt: skip


def known_alike(session: Session, records: Iterable[Any], now: datetime, added: Set[int] = frozenset()) -> list[Known]:
    """Registrations and customers on file with something in common with *records* of customer_registration."""
    records = list(records)
    found: dict[tuple[str, int], Known] = {}
    for first in range(0, len(records), _AT_ONCE):
        some = records[first : first + _AT_ONCE]
        for one in (*_registrations_like(session, some, now, added), *_customers_like(session, some, now)):
            found[one.key] = one
    return list(found.values())


def told_of_registration(record: Any) -> Told:
    place = record.unit_or_plate or ""
    plates, units = (frozenset({place}), frozenset()) if is_plate(place) else (frozenset(), frozenset({place}))
    return Told(
        phones=_given(record.phone), name=record.name, estate=record.estate or "", plates=plates, units=units - {""}
    )


def told_of_customer(record: Any, estate: str | None) -> Told:
    return Told(
        phones=_given(record.phone, record.other_phone), name=record.name, estate=estate or "",
        plates=_given(record.plate), units=_given(record.unit),
    )  # fmt: skip


def _given(*texts: str | None) -> frozenset[str]:
    return frozenset(text for text in texts if text)


def _registrations_like(session: Session, records: Sequence[Any], now: datetime, added: Set[int]) -> list[Known]:
    one, estates = register_named(REGISTRATION), _values(records, "estate")
    places = _values(records, "unit_or_plate")
    alike = or_(
        one.phone.in_(_values(records, "phone")),
        and_(one.name.in_(_values(records, "name")), one.estate.in_(estates)),
        one.unit_or_plate.in_([text for text in places if is_plate(text)]),
        # a unit says nothing without its estate: every estate has a 1-101
        and_(one.unit_or_plate.in_([text for text in places if not is_plate(text)]), one.estate.in_(estates)),
    )
    found = session.scalars(select(one).where(alike, one.voided_at.is_(None))).all()
    return known_registrations(session, found, now, added)


def _customers_like(session: Session, records: Sequence[Any], now: datetime) -> list[Known]:
    one, estate = register_named("customer"), register_named("estate")
    of_estates = one.estate_id.in_(select(estate.id).where(estate.name.in_(_values(records, "estate"))))
    alike = or_(
        one.phone.in_(_values(records, "phone")),
        and_(one.name.in_(_values(records, "name")), of_estates),
        one.plate.in_(_values(records, "unit_or_plate")),
    )
    asked = select(one, estate.name).outerjoin(estate, estate.id == one.estate_id)
    found = session.execute(asked.where(alike, one.voided_at.is_(None)))
    return known_customers(session, [tuple(row) for row in found], now)


def _values(records: Iterable[Any], name: str) -> list[str]:
    return sorted({value for record in records if (value := getattr(record, name))})


def _from_ledger(session: Session, records: Sequence[Register]) -> set[int]:
    """Those of *records* that a ledger brought in, which says nothing of when they were written."""
    if not records:
        return set()
    line, ids = ImportLine, [record.id for record in records]
    theirs = (line.table_name == records[0].__tablename__, line.record_id.in_(ids), line.verdict == "added")
    return set(session.scalars(select(line.record_id).where(*theirs)))

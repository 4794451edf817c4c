"""What of customers waits on a desk, or comes up there by itself (R-DESK-01, R-RELA-01, R-RELA-02, R-DEVE-01)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...fields import Reading
from ...guard.titles import linked
from ...permissions import Person
from ...rules.coverage import OFFICERS
from ...texts import Text, say
from ..desk_groups import Entry, Group
from ..to_sign import to_sign as unsigned
from . import care, following_up, ruling
from .cards import stale
from .reported import unreported_files
from .validity import forms_out


def waiting(session: Session, person: Person, reading: Reading, now: datetime) -> list[Group]:
    """Those in which something waits; of the others there is none."""
    found = [
        group for group in (to_sign(session, person, reading), stale_cards(session, person, reading)) if group.count
    ]
    if "consultation" in person.rights and (out := forms_out(session, person.id)):
        found.append(_forms_out(session, out, person, reading))
    if claims := ruling.waiting(session, now):
        found.append(_claims(session, claims, person, reading))
    return found


def coming_up(session: Session, person: Person, reading: Reading, now: datetime) -> list[Group]:
    """What comes up by itself for who looks after customers."""
    if not person.roles & OFFICERS:
        return []
    found = [_follow_up(session, person, reading, now), _care(session, person, reading, now)]
    return [*found, unreported] if (unreported := to_report(session, person, reading)).count else found


def to_sign(session: Session, person: Person, reading: Reading, wanted: int = 1) -> Group:
    """Plans, contracts, hospitality and gifts that wait for one's approval (R-DEVE-01, R-VISI-01)."""
    part, titles = unsigned(session, person, wanted), {}
    forms = part.records
    for table in sorted({one.form.__tablename__ for one in forms}):
        ids = {one.form.id for one in forms if one.form.__tablename__ == table}
        titles |= {(table, id_): title for id_, (title, _page) in linked(session, table, ids, person, reading).items()}
    entries = [
        Entry(one.form.__tablename__, one.form.public_id, titles[one.form.__tablename__, one.form.id],
              Text(one.form.declaration.title), one.form.created_at, "due", say("待签：{step}", step=one.signature.label))
        for one in forms
    ]  # fmt: skip
    return Group(say("待签字的表单"), part.total, entries, "desk.to_sign", part)


def _forms_out(session: Session, forms: Sequence[Any], person: Person, reading: Reading) -> Group:
    """Forms of consultations that a designer has, to be got back before one signs them as complete (R-CUST-06)."""
    titles = linked(session, "consultation", {one.id for one in forms}, person, reading)
    names = linked(session, "employee", {one.designer_id for one in forms}, person, reading)
    entries = [
        Entry(one.__tablename__, one.public_id, titles[one.id][0], _who(names, one.designer_id), one.handed_at, "due",
              say("待收回"))
        for one in forms
    ]  # fmt: skip
    return Group(say("未收回的咨询登记表"), len(entries), entries)


def stale_cards(session: Session, person: Person, reading: Reading, wanted: int = 1) -> Group:
    """Cards of one's customers that nobody has confirmed for long (R-RELA-01)."""
    if "relationship_card" not in person.rights:
        return Group(say("待核实的客户关系卡"), 0)
    part = stale(session, wanted)
    titles = linked(session, "relationship_card", {one.id for one in part.records}, person, reading)
    entries = [
        Entry(
            one.__tablename__,
            one.public_id,
            titles[one.id][0],
            None,
            one.checked_on or one.made_on,
            "due",
            say("待核实"),
        )
        for one in part.records
    ]
    return Group(say("待核实的客户关系卡"), part.total, entries, "desk.stale_cards", part)


def to_report(session: Session, person: Person, reading: Reading, wanted: int = 1) -> Group:
    """Files of one's signed customers that are handed in, and not yet reported to the director's office (R-CUST-12)."""
    if "closed_customer_file" not in person.rights:
        return Group(say("待报备的客户档案"), 0)
    part = unreported_files(session, wanted)
    titles = linked(session, "closed_customer_file", {one.id for one in part.records}, person, reading)
    entries = [
        Entry(one.__tablename__, one.public_id, titles[one.id][0], None, one.closed_on, "due", say("待报备"))
        for one in part.records
    ]
    return Group(say("待报备的客户档案"), part.total, entries, "desk.to_report", part)


def _claims(session: Session, claims: Sequence[Any], person: Person, reading: Reading) -> Group:
    """Two registrations of one customer, for the head above both to rule on (R-CUST-03)."""
    people = linked(
        session, "employee", {id_ for one in claims for id_ in (one.first_owner_id, one.owner_id)}, person, reading
    )
    entries = [
        Entry(one.__tablename__, one.public_id, say("{first} 与 {later}", first=_who(people, one.first_owner_id),
              later=_who(people, one.owner_id)), None, one.claimed_at, "due", say("待裁定"), page="claims.rule")
        for one in claims
    ]  # fmt: skip
    return Group(say("撞单"), len(entries), entries)


def _follow_up(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """One's customers who still need contacts this month, or have one agreed by today (R-FOLL-01)."""
    part = following_up.to_follow_up(session, person.id, now, 1)
    ids = [one.id for one in part.records]
    titles, stands = linked(session, "customer", set(ids), person, reading), following_up.wanted_of(session, ids, now)
    entries = [
        Entry(one.__tablename__, one.public_id, titles[one.id][0],
              say("应追访 {required} 次，已 {made} 次", required=stands[one.id].required, made=stands[one.id].made),
              stands[one.id].agreed_on)
        for one in part.records
    ]  # fmt: skip
    return Group(say("本月追访"), part.total, entries, "following_up.overview")


def _care(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """Birthdays, holidays and activities of the coming days; nobody waits, so the menu doesn't count them (R-RELA-02)."""
    found = care.coming_up(session, now)
    customers = linked(session, "customer", {one.customer_id for one in found.birthdays}, person, reading)
    activities = linked(session, "campaign", {one.activity.id for one in found.offers}, person, reading)
    entries = [
        Entry(
            one.register.__tablename__,
            one.public_id,
            say("{name} 生日", name=one.name),
            customers[one.customer_id][0],
            one.on,
        )
        for one in found.birthdays
    ]
    entries += [Entry("", None, name, None, day) for day, name in found.holidays]
    entries += [
        Entry("campaign", one.activity.public_id, activities[one.activity.id][0], say("适合您的客户 {n} 位", n=one.customers),
              one.activity.from_on)
        for one in found.offers
    ]  # fmt: skip
    return Group(say("近期关怀"), len(entries), entries, "care.overview")


def _who(people: Mapping[int, tuple[str, str | None]], id_: int | None) -> str:
    return people[id_][0] if id_ in people else "—"

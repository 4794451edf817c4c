"""What waits for a person now (R-DESK-01): approvals, loans due or overdue, requests under way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Reading
from ..guard.titles import linked
from ..models import register_named
from ..permissions import Person
from ..texts import Text, say
from ..working.approvals import RecordParty


@dataclass(frozen=True)
class Entry:
    """One thing to do, by table and id in addresses."""

    table: str
    record: str
    text: str
    sub: str | None = None
    when: datetime | None = None
    state: str = ""
    state_text: Text | None = None


@dataclass(frozen=True)
class Group:
    """One kind of thing to do; ``count`` is of all, within the person's rights."""

    title: Text
    count: int
    entries: list[Entry] = field(default_factory=list)
    more_url: str | None = None


def groups(session: Session, person: Person, reading: Reading, now: datetime) -> list[Group]:
    """At most four groups, the most pressing first in each."""
    return [_approvals(session, person, reading), _loans(session, person, reading, now)]


def _approvals(session: Session, person: Person, reading: Reading) -> Group:
    entries: list[Entry] = []
    for table in ("archive_loan", "access_request"):
        register = register_named(table)
        mine = select(RecordParty.record_id).where(
            RecordParty.table_name == table, RecordParty.person_id == person.id, RecordParty.kind == "next"
        )
        waiting = session.scalars(
            select(register).where(register.id.in_(mine), register.voided_at.is_(None)).order_by(register.created_at)
        ).all()
        names = linked(session, "employee", {record.applicant_id for record in waiting}, person, reading)
        entries += [
            Entry(table, record.public_id, register.declaration.title, names[record.applicant_id][0], record.created_at)
            for record in waiting
        ]
    return Group(say("等我签批"), len(entries), entries)


def _loans(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    loan = register_named("archive_loan")
    out = session.scalars(
        select(loan)
        .where(loan.borrower_id == person.id, loan.issued_at.is_not(None), loan.returned_at.is_(None))
        .order_by(loan.due_at)
    ).all()
    items = linked(session, "archive_item", {record.item_id for record in out}, person, reading)
    entries = []
    for record in out:
        late, today = record.due_at < now, record.due_at < now + timedelta(hours=24)
        state = ("late", say("逾期")) if late else ("due", say("今天到期")) if today else ("", None)
        entries.append(Entry("archive_loan", record.public_id, items[record.item_id][0], None, record.due_at, *state))
    return Group(say("我借的档案"), len(entries), entries)

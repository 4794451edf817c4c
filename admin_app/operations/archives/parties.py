"""Who is party to a request by signing it, and to an item by a grant (R-CONF-04, R-CONF-14)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.ladders import ISSUE, Step
from ...rules.signers import Signer, Staff, who_may_sign
from ...rules.states import State
from ...working.approvals import RecordParty
from ..today import end_of_day
from .standing import KINDS, Standing, is_outsider

_ITEM = "archive_item"
#: states in which the keeper's work is next: to issue, then to take back
_AT_THE_DESK = frozenset({State.GRANTED, State.ON_LOAN, State.READING})


def expect(session: Session, request: Register, stand: Standing, staff: Staff) -> None:
    """Let exactly those who may act next be party to *request* as such: a stand-in for their days only."""
    step, barred = _next_act(request, stand)
    signers = who_may_sign(step, stand.request.department_id, barred, staff) if step is not None else ()
    name_next(session, request, signers, staff)


def name_next(session: Session, record: Register, signers: Iterable[Signer], staff: Staff) -> None:
    """Let exactly *signers* be party to *record* as those who act next."""
    _forget(session, record.__tablename__, record.id, "next")
    for signer in signers:
        _add(session, record, signer.person, "next", _until(session, signer, staff))
    session.flush()


def _next_act(request: Register, stand: Standing) -> tuple[Step | None, frozenset[int]]:
    if request.state == State.SIGNING:
        return stand.waiting, stand.request.barred
    return (ISSUE, stand.request.concerned) if request.state in _AT_THE_DESK else (None, frozenset())


def _until(session: Session, signer: Signer, staff: Staff) -> datetime | None:
    """When a stand-in's days end."""
    if signer.stands_for is None:
        return None
    days = [
        named.last for named in staff.stand_ins if (named.absent, named.person) == (signer.stands_for, signer.person)
    ]
    return end_of_day(session, max(days))


def has_signed(session: Session, request: Register, person: int) -> None:
    """Whoever has signed stays party, and sees what became of it."""
    _forget(session, request.__tablename__, request.id, "signed", person)
    _add(session, request, person, "signed")


def signatures_lost(session: Session, request: Register) -> None:
    """The request has changed: whose signature fell is party to it no longer."""
    _forget(session, request.__tablename__, request.id, "signed")


def renew_grant(session: Session, item_id: int, person: int) -> None:
    """Let the grant of *person* on the item be what their granted and running requests for it add up to (R-CONF-04).

    A grant opens the contents until it lapses, a loan until it is due. An outsider's request opens them to nobody:
    it is the paper they read.
    """
    session.flush()
    _forget(session, _ITEM, item_id, "granted", person)
    ends = [end for table in KINDS for end in _ends(session, register_named(table), item_id, person)]
    if ends:
        item = RecordParty(table_name=_ITEM, record_id=item_id, person_id=person, kind="granted", until=max(ends))
        session.add(item)
        session.flush()


def _ends(session: Session, register: type[Register], item_id: int, person: int) -> list[datetime]:
    """Until when each of their open requests opens the item: those signed for the level it has now."""
    level = session.get_one(register_named(_ITEM), item_id).level
    mine = (register.item_id == item_id, register.applicant_id == person, register.state.in_(_AT_THE_DESK))
    signed = [one for one in session.scalars(select(register).where(*mine)) if int(one.granted_level) >= level]
    return [getattr(one, "due_at", None) or one.lapses_at for one in signed if not is_outsider(one)]


def _add(session: Session, record: Register, person: int, kind: str, until: datetime | None = None) -> None:
    about = {"table_name": record.__tablename__, "record_id": record.id}
    session.add(RecordParty(**about, person_id=person, kind=kind, until=until))


def _forget(session: Session, table: str, record_id: int, kind: str, person: int | None = None) -> None:
    rows = delete(RecordParty).where(
        RecordParty.table_name == table, RecordParty.record_id == record_id, RecordParty.kind == kind
    )
    session.execute(rows if person is None else rows.where(RecordParty.person_id == person))

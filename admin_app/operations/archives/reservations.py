"""The queue for an item: joined, left, told at the return, moved on by the clock (R-LOAN-12).

Whoever changes a queue locks the item first, as issue and return do, of several the one with the lowest id, and reads the
queue then: so nobody is told twice or not at all, and no two wait for each other.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.jobs import job
from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action, Level
from ...rules.notices import RESERVED_READY
from ...rules.reservations import Ended, Place, Turn, Wanted, may_reserve, may_skip, whose_turn
from ...rules.rights import may_do
from ...rules.states import State
from ...rules.working_days import Calendar
from ...texts import say, word
from ...verdicts import Refused, refuse, require
from ...working.lending import Reservation
from ..notices.telling import end, notify
from ..staff import staff_on
from ..today import local_day
from ..working_time import working_time
from .at_desk import works_at_desk
from .condition import as_told, item_may_be_asked_for
from .locking import lock_item
from .standing import KINDS

#: the states of a request whose applicant has reason to wait for the item
WAITS = (State.SIGNING, State.GRANTED)
#: time moves the queue on, not whoever happens to look
QUEUE = job("reservations", word("预约顺延"), Level.TOP_SECRET)


def reserve(session: Session, item: Register, person: int, now: datetime) -> Reservation:
    """A place at the queue's end for *person*; raises Refused: no_right, not_applicant, destroyed, held,
    listed, wrong_state.

    One reserves for oneself what one sees and may ask for; the desk for whoever stands there with a request for it.
    """
    _may_ask(session, item, person, now)
    with elevated(session) as beneath:
        mine = lock_item(beneath, item.id)
        settle(beneath, mine, now)
        queue = _queue(beneath, mine.id)
        require(as_told(session, item, item_may_be_asked_for(beneath, mine)))
        require(
            may_reserve(
                Wanted(
                    person=person, holder=mine.holder_id, queue=[_place(one) for one in queue], is_in=mine.state == "in",
                    gone=_is_gone(beneath, mine),
                )
            )
        )  # fmt: skip
        made = Reservation(item_id=mine.id, person_id=person, reserved_at=now, reserved_by_id=acting(session).id)
        beneath.add(made)
        beneath.flush()
        trail.note(beneath, "reserved", mine, account=person)
        return made


def _may_ask(session: Session, item: Register, person: int, now: datetime) -> None:
    keeper, loan = acting(session), register_named("archive_loan")
    if keeper.id == person:
        require(may_do(keeper, Action.ADD, loan))
        return
    if not works_at_desk(staff_on(session, local_day(session, now)), keeper.id, person):
        raise Refused(refuse("R-LOAN-12", "not_applicant", say("只能为自己预约，或由档案管理员代为预约")))
    with elevated(session) as beneath:
        if not any(_asks_for(beneath, register_named(table), item.id, person) for table in KINDS):
            raise Refused(refuse("R-LOAN-12", "no_right", say("此人没有这一件的申请在办，请其自己预约")))


def _asks_for(session: Session, register: type[Register], item_id: int, person: int) -> bool:
    """Whether a request of *person* for the item is under way or granted: what is over is no reason to wait."""
    theirs = (register.applicant_id == person, register.item_id == item_id, register.voided_at.is_(None))
    return session.scalars(select(register.id).where(*theirs, register.state.in_(WAITS))).first() is not None


def withdraw(session: Session, reservation: Reservation, now: datetime) -> None:
    """Whoever reserved gives their place up; raises Refused "not_applicant"."""
    if reservation.person_id != acting(session).id:
        raise Refused(refuse("R-LOAN-12", "not_applicant", say("只有预约人可以取消预约")))
    _give_up(session, reservation, Ended.WITHDRAWN, None, now)


def skip(session: Session, reservation: Reservation, reason: str, now: datetime) -> None:
    """The keeper passes somebody over, with a reason, and the next is told; raises Refused "not_signer", "no_reason"."""
    keeper = acting(session).id
    if not works_at_desk(staff_on(session, local_day(session, now)), keeper, reservation.person_id):
        raise Refused(refuse("R-ROLE-03", "not_signer", say("预约由档案管理员或其代理人办理")))
    require(may_skip(reason))
    _give_up(session, reservation, Ended.SKIPPED, reason.strip()[:200], now)


def leave_queues(session: Session, person: int, now: datetime) -> None:
    """Somebody who leaves waits for nothing any more; *session* sees beneath the row rule."""
    waits = (Reservation.person_id == person, Reservation.ended_at.is_(None))
    calendar = working_time(session)
    for item_id in session.scalars(select(Reservation.item_id).where(*waits).order_by(Reservation.item_id)).all():
        item = lock_item(session, item_id)
        _end_of(session, item_id, person, Ended.WITHDRAWN, now)
        settle(session, item, now, calendar)


def _give_up(session: Session, reservation: Reservation, how: Ended, reason: str | None, now: datetime) -> None:
    with elevated(session) as beneath:
        item = lock_item(beneath, reservation.item_id)
        settle(beneath, item, now)
        mine = beneath.get_one(Reservation, reservation.id)
        if mine.ended_at is not None:
            raise Refused(refuse("R-LOAN-12", "wrong_state", say("这个预约已经结束")))
        mine.reason = reason
        _end(beneath, mine, how, now)
        settle(beneath, item, now)


def fetched(session: Session, item_id: int, person: int, now: datetime) -> None:
    """Whoever waited for the item has it now; *session* sees beneath the row rule."""
    _end_of(session, item_id, person, Ended.FETCHED, now)


def settle(session: Session, item: Any, now: datetime, calendar: Calendar | None = None) -> Turn:
    """Write what time has brought about for *item*, which is locked: who didn't come, and who is told now.

    *session* sees beneath the row rule. Of an item that isn't in nobody is told; of one that is gone nobody waits; while its
    file is held or listed the queue stands still, and whose turn it was is told anew.
    *calendar*: the company's working time, for who has read it already.
    """
    queue = _queue(session, item.id)
    if _is_gone(session, item):
        for place in queue:
            _end(session, place, Ended.GONE, now)
        return Turn()
    if item.state != "in" or not queue:
        return Turn()
    if not item_may_be_asked_for(session, item):
        for place in queue:
            place.told_at = None
        session.flush()
        return Turn()
    turn = _turn(queue, now, calendar or working_time(session))
    if turn.expired:
        with elevated(session, QUEUE) as by_time:
            for place, at in turn.expired:
                _end(by_time, by_time.get_one(Reservation, place.id), Ended.EXPIRED, at)
    if turn.place is not None and turn.place.told_at is None:
        session.get_one(Reservation, turn.place.id).told_at = turn.told_at
        session.flush()
        trail.note(session, "reservation_told", item, account=turn.place.person)
        once = str(turn.place.id)
        notify(session, RESERVED_READY, turn.place.person, item, now, due=turn.until, occurrence=once)
    return turn


def settle_papers(session: Session, files: Collection[int], now: datetime) -> None:
    """Move on the queues for papers of *files*, with which something has happened; *session* sees beneath the row rule."""
    item = register_named("archive_item")
    waited_for = select(Reservation.item_id).where(Reservation.ended_at.is_(None))
    papers = select(item.id).where(item.file_id.in_(files), item.id.in_(waited_for)).order_by(item.id)
    for item_id in session.scalars(papers).all():
        settle(session, lock_item(session, item_id), now)


def turn_of(session: Session, item: Any, now: datetime) -> Turn:
    """Whose turn *item* is at *now*, written or not; *session* sees beneath the row rule."""
    queue = _queue(session, item.id) if item.state == "in" else []
    return _turn(queue, now, working_time(session)) if queue else Turn()


def settle_all(session: Session, now: datetime) -> None:
    """Move on the queue of every item that is in nobody's hands, for the nightly work; also of what isn't held any more."""
    item = register_named("archive_item")
    waiting = select(item.id).where(
        item.state.not_in(("on_loan", "reading")),
        item.id.in_(select(Reservation.item_id).where(Reservation.ended_at.is_(None))),
    )
    with elevated(session, QUEUE) as by_time:
        calendar = working_time(by_time)
        for item_id in by_time.scalars(waiting.order_by(item.id)).all():
            settle(by_time, lock_item(by_time, item_id), now, calendar)


def _turn(queue: Iterable[Reservation], now: datetime, calendar: Calendar) -> Turn:
    return whose_turn([_place(one) for one in queue], now, now, calendar)


def _end_of(session: Session, item_id: int, person: int, how: Ended, at: datetime) -> None:
    """The place of *person* in the queue of an item, which is locked, ends."""
    for place in _queue(session, item_id):
        if place.person_id == person:
            _end(session, place, how, at)


def _end(session: Session, place: Reservation, how: Ended, at: datetime) -> None:
    place.ended, place.ended_at = how.value, at
    session.flush()
    item = session.get_one(register_named("archive_item"), place.item_id)
    trail.note(session, "reservation_ended", item, account=place.person_id, how=how.value)
    end(session, RESERVED_READY, place.person_id, item, at)


def _is_gone(session: Session, item: Any) -> bool:
    """Whether nobody will have it any more: lost, destroyed, or void as its file may be."""
    file = session.get_one(register_named("archive_file"), item.file_id)
    return item.state in ("missing", "destroyed") or (item.voided_at or file.voided_at) is not None


def _place(reservation: Reservation) -> Place:
    return Place(reservation.id, reservation.person_id, reservation.told_at)


def _queue(session: Session, item_id: int) -> list[Reservation]:
    return list(session.scalars(_open().where(Reservation.item_id == item_id)))


def _open() -> Select[tuple[Reservation]]:
    """The places not ended: who has been told before who hasn't, then in the order in which they came."""
    return (
        select(Reservation)
        .where(Reservation.ended_at.is_(None))
        .order_by(Reservation.told_at.is_(None), Reservation.reserved_at, Reservation.id)
    )

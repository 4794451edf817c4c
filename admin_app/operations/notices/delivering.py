"""Sending what stands on desks through the channels: claimed, then sent, then settled; nothing goes out twice (R-NOTE-01).

A message is claimed in a transaction of its own before it leaves. Whoever is cut between leaving and settling has perhaps
sent it: it isn't tried again, and shows as interrupted. The desk has every notice, whatever becomes of its delivery.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ...fields.contacts import is_email
from ...guard import writing
from ...guard.session import elevated
from ...models import Register, register_named
from ...permissions import Level
from ...rules.channels import KINDS, ChannelKind
from ...rules.notices import EVENTS
from ...storage import Seal
from ...texts import say
from ...working.notices import Channel, Delivery, Notice
from ..staff import staff_on
from ..today import local_day
from .channels import values_of
from .messages import OF_THE_CHANNEL, UNKNOWN, Message, NotSent, fitting_a_group
from .reminders import REMINDERS
from .sending import Send
from .telling import is_true, records_of, text_of

#: so long after the first, second … failure it is tried again; then it is given up
WAITS = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=4))
#: what was claimed so long ago was cut
_CUT = timedelta(minutes=15)
#: messages at one look: even where each takes its ten seconds, it is over before anything counts as cut
_AT_ONCE = 60
#: what was told longer ago isn't news
_NEWS = timedelta(days=1)
_DAILY = [event.name for event in EVENTS.values() if event.daily]
_TO_GROUPS = [event.name for event in EVENTS.values() if event.to_groups]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message with the notices in it, already claimed."""

    message: Message
    notices: tuple[int, ...]


def deliver(session: Session, seal: Seal, send: Send, now: datetime) -> int:
    """Send what waits through every channel that is set up; how many messages went out."""
    sent = 0
    for name in session.scalars(select(Channel.kind).where(Channel.enabled).order_by(Channel.kind)).all():
        try:
            sent += _through(session, name, seal, send, now)
        except Exception:
            # one channel's fault holds up no other
            session.rollback()
            logging.getLogger("strongroom").exception("the channel failed: %s", name)
    return sent


def _through(session: Session, name: str, seal: Seal, send: Send, now: datetime) -> int:
    """Each message is claimed just before it leaves; once the channel itself is at fault, the others wait unclaimed."""
    sent, kind = 0, KINDS[name]
    with writing(session), elevated(session, REMINDERS) as beneath:
        channel = beneath.get_one(Channel, name)
        values = values_of(channel, seal)
        _line_up(beneath, channel, now)
        recipients = _recipients(beneath, kind, now)
    for to, address in recipients[:_AT_ONCE]:
        with writing(session), elevated(session, REMINDERS) as beneath:
            parcel = _claim(beneath, kind, to, address, now)
        if parcel is None:
            continue
        failed = _failure(partial(send, name, values), parcel.message)
        _settle(session, name, parcel.notices, failed, now)
        sent += failed is None
        if failed is not None and failed.code in OF_THE_CHANNEL:
            break
    return sent


def _failure(send: Callable[[Message], None], message: Message) -> NotSent | None:
    try:
        send(message)
    except NotSent as failed:
        return failed
    return None


def _line_up(session: Session, channel: Channel, now: datetime) -> None:
    """A delivery for every notice that this channel hasn't had, and an end for those that were cut."""
    mine = select(Delivery.notice_id).where(Delivery.notice_id == Notice.id, Delivery.channel == channel.kind)
    new = [Notice.told_at >= max(channel.set_at, now - _NEWS), Notice.read_at.is_(None), ~mine.exists()]
    if not KINDS[channel.kind].personal:
        new.append(Notice.event.in_(_TO_GROUPS))
    columns = select(
        Notice.id, literal(channel.kind), literal("waiting"), literal(0), literal(now, Delivery.next_try_at.type)
    ).where(*new)
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[session.get_bind().dialect.name]
    names = ["notice_id", "channel", "state", "tries", "next_try_at"]
    session.execute(dialect.insert(Delivery).from_select(names, columns).on_conflict_do_nothing())
    cut = (Delivery.channel == channel.kind, Delivery.state == "sending", Delivery.tried_at <= now - _CUT)
    session.execute(update(Delivery).where(*cut).values(state="failed", reason="interrupted").execution_options(
        synchronize_session=False))  # fmt: skip


def _recipients(session: Session, kind: ChannelKind, now: datetime) -> list[tuple[int, str | None]]:
    """To whom something waits to go now, with their address: employees, or 0 for the group."""
    rows = session.execute(
        select(Notice.person_id, Notice.event).join(Delivery, Delivery.notice_id == Notice.id)
        .where(*_waiting(kind, now)).group_by(Notice.person_id, Notice.event).order_by(func.min(Notice.id))
    ).all()  # fmt: skip
    told = _told_today(session, kind, local_day(session, now).isoformat())
    whom = [(row.person_id if kind.personal else 0, row.event) for row in rows]
    # who has had the day's message would only stand in the others' way
    due = dict.fromkeys(to for to, event in whom if to not in told or event not in _DAILY)
    addresses = _addresses(session, now) if kind.personal else {}
    return [(to, addresses.get(to)) for to in due]


def _waiting(kind: ChannelKind, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Delivery.channel == kind.name, Delivery.state == "waiting", Delivery.next_try_at <= now


def _claim(session: Session, kind: ChannelKind, to: int, address: str | None, now: datetime) -> Parcel | None:
    """What goes now to one recipient; what isn't true any more, or may not go there, is dropped here."""
    mine = [Notice.person_id == to] if kind.personal else []
    rows = session.execute(
        select(Delivery, Notice).join(Notice, Notice.id == Delivery.notice_id).where(*_waiting(kind, now), *mine)
        .order_by(Notice.id).with_for_update(of=Delivery, skip_locked=True)
    ).all()  # fmt: skip
    records, today = records_of(session, [notice for _delivery, notice in rows]), local_day(session, now)
    told = to in _told_today(session, kind, today.isoformat())
    chosen: list[Notice] = []
    for delivery, notice in rows:
        record = records.get((notice.table_name, notice.record_id))
        goes = notice.read_at is None and is_true(EVENTS[notice.event], notice, record, today)
        if not goes or not (address if kind.personal else _may_go_to_a_group(record)):
            delivery.state = "dropped"
        elif notice.event not in _DAILY or not told:
            delivery.state, delivery.tries, delivery.tried_at = "sending", delivery.tries + 1, now
            chosen.append(notice)
    session.flush()
    return Parcel(_message(session, chosen, address), tuple(one.id for one in chosen)) if chosen else None


def _may_go_to_a_group(record: Register | None) -> bool:
    """A group's members have no clearance: that something 机密 or 绝密 is out isn't theirs to know.

    A request's own level says nothing of what is out by it; where that isn't known, it is taken for 绝密.
    """
    if record is None:
        return False
    out = getattr(record, "object_level", None)
    return not Level(max(record.level, Level.TOP_SECRET if out is None else out)).classified


def _addresses(session: Session, now: datetime) -> dict[int, str]:
    """Employee -> where they get mail, of those who can sign in; what an old ledger brought may be no address."""
    employee, staff = register_named("employee"), staff_on(session, local_day(session, now))
    rows = session.execute(select(employee.id, employee.email).where(employee.email.is_not(None)))
    return {row.id: row.email for row in rows if row.id in staff.people and is_email(row.email)}


def _told_today(session: Session, kind: ChannelKind, today: str) -> set[int]:
    """Who has had the reminders of *today*: one message a day (0 is the group)."""
    had = (
        Delivery.channel == kind.name, Delivery.state.in_(("sent", "sending")), Notice.event.in_(_DAILY),
        Notice.occurrence == today,
    )  # fmt: skip
    people = session.scalars(
        select(Notice.person_id).join(Delivery, Delivery.notice_id == Notice.id).where(*had).distinct()
    )
    return set(people) if kind.personal else {0 for _person in people}


def _message(session: Session, notices: Sequence[Notice], to: str | None) -> Message:
    """In the company's language; a loan that several are told of stands once."""
    lines = list(dict.fromkeys(str(text_of(session, EVENTS[one.event], one)) for one in notices))
    subject = str(say("客档提醒（{n} 条）", n=len(lines)))
    if to is None:
        lines = fitting_a_group(lines)
    return Message(subject, "\n".join([*lines, str(say("详情请登录客档，在“我的待办”查看。"))]), to)


def _settle(session: Session, channel: str, notices: Iterable[int], failed: NotSent | None, now: datetime) -> None:
    with writing(session):
        mine = select(Delivery).where(Delivery.channel == channel, Delivery.notice_id.in_(notices))
        for one in session.scalars(mine):
            if failed is None:
                one.state, one.reason, one.detail = "sent", None, None
                continue
            again = one.tries <= len(WAITS) and failed.code != UNKNOWN
            one.state, one.reason, one.detail = "waiting" if again else "failed", failed.code, failed.detail
            one.next_try_at = now + WAITS[one.tries - 1] if again else now

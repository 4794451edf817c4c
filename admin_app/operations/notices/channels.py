"""Setting up the ways out of the house, by admin; secrets are encrypted, never shown again, never in the trail (R-NOTE-01)."""

import base64
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting
from ...rules.channels import KINDS, ChannelKind, may_be_set_up
from ...rules.powers import may_administer
from ...storage import Seal
from ...verdicts import Verdict, require
from ...working.notices import Channel, Delivery, Notice
from ..settings import Faulty


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A channel as its card shows it. *filled*: the names of secrets that are kept; *unreadable*: sealed with another key."""

    kind: ChannelKind
    enabled: bool
    values: Mapping[str, str]
    filled: frozenset[str]
    sent: int = 0
    waiting: int = 0
    failed: int = 0
    unreadable: bool = False


class Unreadable(Exception):
    """The secrets of a channel were sealed with another key than the house's; they have to be typed anew."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A delivery that didn't go the last time it was tried."""

    channel: str
    event: str
    number: str
    tried_at: datetime
    reason: str
    detail: str
    state: str


def set_up(
    session: Session,
    kind: ChannelKind,
    typed: Mapping[str, str],
    enabled: bool,
    seal: Seal,
    now: datetime,
    *,
    dropped: Collection[str] = (),
) -> None:
    """Set a channel up; what is left blank of its secrets stays, but for those *dropped*. Raises Refused (role) and Faulty."""
    require(may_administer(acting(session).roles))
    row = session.get(Channel, kind.name)
    before, _unreadable = _readable_values(row, seal)
    new = _read(kind, typed, {name: value for name, value in before.items() if name not in dropped}, enabled)
    if row is None:
        row = Channel(kind=kind.name, enabled=False)
        session.add(row)
    changed = sorted(name for name, value in new.items() if value != before.get(name, ""))
    if enabled and not row.enabled:
        row.set_at = now
    row.enabled, row.set_by_id, row.set_at = enabled, acting(session).id, row.set_at or now
    _keep(row, kind, new, seal)
    session.flush()
    trail.note(session, "channel_changed", channel=kind.name, enabled=enabled, settings=changed)


def _read(kind: ChannelKind, typed: Mapping[str, str], kept: Mapping[str, str], enabled: bool) -> dict[str, str]:
    """Every setting as it is to be kept; raises Faulty."""
    read = {one.name: one.read(typed.get(one.name, "")) or "" for one in kind.settings}
    faults: dict[str, Verdict] = {}
    for one in kind.settings:
        verdict = may_be_set_up(
            one, typed.get(one.name, ""), kept=one.secret and one.name in kept, enabled=enabled,
            moved=any(read[name] != kept.get(name, "") for name in one.bound_to),
        )  # fmt: skip
        if not verdict:
            faults[one.name] = verdict
    if faults:
        raise Faulty(faults)
    return {one.name: read[one.name] or (kept.get(one.name, "") if one.secret else "") for one in kind.settings}


def _keep(row: Channel, kind: ChannelKind, values: Mapping[str, str], seal: Seal) -> None:
    secret = {one.name for one in kind.settings if one.secret}
    row.open_values = json.dumps(
        {name: value for name, value in values.items() if name not in secret}, ensure_ascii=False
    )
    sealed = json.dumps({name: value for name, value in values.items() if name in secret and value})
    row.sealed_values = base64.b64encode(seal.close(sealed.encode(), f"channel {row.kind}")).decode()


def values_of(row: Channel, seal: Seal) -> dict[str, str]:
    """All settings of a channel, the secret ones too: for sending alone. Raises Unreadable."""
    try:
        sealed = seal.open(base64.b64decode(row.sealed_values), f"channel {row.kind}")
    except InvalidTag:
        raise Unreadable(row.kind) from None
    return {**json.loads(row.open_values), **json.loads(sealed)}


def _readable_values(row: Channel | None, seal: Seal) -> tuple[dict[str, str], bool]:
    """What can be read of a channel's settings, and whether its secrets can't: a lost key costs the secrets, not the page."""
    if row is None:
        return {}, False
    try:
        return values_of(row, seal), False
    except Unreadable:
        return json.loads(row.open_values), True


def states(session: Session, seal: Seal) -> list[State]:
    """Every kind of channel, set up or not."""
    counted = select(Delivery.channel, Delivery.state, func.count()).group_by(Delivery.channel, Delivery.state)
    numbers = {(channel, state): number for channel, state, number in session.execute(counted)}
    return [_state(kind, session.get(Channel, kind.name), numbers, seal) for kind in KINDS.values()]


def _state(kind: ChannelKind, row: Channel | None, numbers: Mapping[tuple[str, str], int], seal: Seal) -> State:
    values, unreadable = _readable_values(row, seal)
    secret = {one.name for one in kind.settings if one.secret}
    return State(
        kind=kind, enabled=row is not None and row.enabled,
        values={name: value for name, value in values.items() if name not in secret}, filled=frozenset(values.keys() & secret),
        sent=numbers.get((kind.name, "sent"), 0), waiting=numbers.get((kind.name, "waiting"), 0),
        failed=numbers.get((kind.name, "failed"), 0), unreadable=unreadable,
    )  # fmt: skip


def failures(session: Session, most: int) -> list[Failure]:
    """What didn't go, the last first: those given up, and those that are tried again."""
    rows = session.execute(
        select(Delivery, Notice.event, Notice.number)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Delivery.reason.is_not(None), Delivery.state.in_(("failed", "waiting")))
        .order_by(Delivery.tried_at.desc(), Delivery.notice_id)
        .limit(most)
    )
    return [
        Failure(one.channel, event, number, one.tried_at, one.reason, one.detail or "", one.state)
        for one, event, number in rows
    ]

"""Setting what the company decides for itself, from a day on, by admin."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..guard.settings import LOGO, setting
from ..guard.stamped import hold
from ..rules.figures import DECLARED
from ..rules.logos import may_be_logo, picture
from ..rules.powers import may_administer
from ..rules.setting_changes import may_be_own_days, may_be_set, may_hold_from, may_withdraw
from ..storage import digest
from ..verdicts import Refused, Verdict, require
from ..working.settings import Setting
from . import level_words
from .today import local_day
from .working_time import own_day_name


@dataclass(frozen=True, kw_only=True)
class OwnDays:
    """Days from *first* to *last* on which the company works, or doesn't, in spite of the calendar."""

    first: date | None
    last: date | None
    works: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to change: only what was filled in is here.

    *typed*: name of a declared setting -> what was typed. *logo*: the picture, empty to have none. *keep* stores a
    picture and gives the key to fetch it by.
    """

    valid_from: date | None
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    own_days: OwnDays | None = None
    logo: bytes | None = None
    keep: Callable[[bytes], str] | None = None


class Faulty(Exception):
    """Nothing was set: what is wrong, by the name of the box."""

    def __init__(self, faults: Mapping[str, Verdict]):
        super().__init__(", ".join(faults))
        self.faults = faults


def change(session: Session, asked: Asked, now: datetime) -> None:
    """Set all of it or nothing, as admin; raises Refused (role) and Faulty."""
    require(may_administer(acting(session).roles))
    today = local_day(session, now)
    values = {name: DECLARED[name].read(typed) for name, typed in asked.typed.items()}
    verdicts = {name: may_be_set(DECLARED[name], value) for name, value in values.items()}
    if values or asked.logo is not None:
        verdicts["valid_from"] = may_hold_from(asked.valid_from, today)
    if asked.logo:
        verdicts["logo"] = may_be_logo(asked.logo)
    if (own := asked.own_days) is not None:
        verdicts |= _own_day_verdicts(own, today)
    if verdicts.get("valid_from", True):
        verdicts |= level_words.faults(
            session, {n: v for n, v in values.items() if verdicts[n]}, asked.valid_from or today
        )
    if faults := {name: verdict for name, verdict in verdicts.items() if not verdict}:
        raise Faulty(faults)
    hold(session, "settings")
    for name, value in values.items():
        put(session, name, value, now, asked.valid_from)
    if asked.logo is not None:
        put(session, LOGO, _logo(asked), now, asked.valid_from)
    if own is not None:
        _declare(session, own, now)


def _own_day_verdicts(own: OwnDays, today: date) -> dict[str, Verdict]:
    """A day that can't be read is None."""
    if not (first := may_hold_from(own.first, today)) or own.first is None:
        return {"own_first": first}
    if own.last is None:
        return {"own_last": may_hold_from(None, today)}
    return {"own_last": may_be_own_days(own.first, own.last, today)}


def _declare(session: Session, own: OwnDays, now: datetime) -> None:
    day = own.first
    while day <= own.last:
        put(session, own_day_name(day), {"works": own.works, "note": own.note}, now)
        day += timedelta(days=1)


def _logo(asked: Asked) -> dict[str, Any] | None:
    """What is kept of a picture beside its file; ``digest`` names it in addresses."""
    if not asked.logo:
        return None
    return {"file": asked.keep(asked.logo), "digest": digest(asked.logo)[:16], **asdict(picture(asked.logo))}


def cancel_own_day(session: Session, day: date, now: datetime) -> None:
    """The public calendar holds again on *day*; raises Refused (role, past), LookupError where it wasn't declared."""
    require(may_administer(acting(session).roles))
    hold(session, "settings")
    today = local_day(session, now)
    if setting(session, own_day_name(day), today) is None:
        raise LookupError(f"{day} is no day of the company's own")
    require(may_hold_from(day, today))
    put(session, own_day_name(day), None, now)


def withdraw(session: Session, name: str, valid_from: date, now: datetime) -> None:
    """Take back a change before it holds; raises Refused (role, wrong_state), LookupError where there is none."""
    require(may_administer(acting(session).roles))
    hold(session, "settings")
    row = session.get(Setting, (name, valid_from))
    if row is None:
        raise LookupError(f"nothing was set for {name} from {valid_from} on")
    require(may_withdraw(valid_from, local_day(session, now)))
    if (refusal := level_words.without(session, name, valid_from)) is not None:
        raise Refused(refusal)
    trail.note(session, "setting_withdrawn", setting=name, valid_from=str(valid_from), old=json.loads(row.value))
    session.delete(row)
    session.flush()


@dataclass(frozen=True, slots=True)
class Change:
    """A value that was set, from which day on, by whom and when."""

    name: str
    value: Any
    valid_from: date
    set_by_id: int | None
    set_at: datetime


def history(session: Session, most: int) -> list[Change]:
    """The *most* recent values set, the last first."""
    rows = session.scalars(select(Setting).order_by(Setting.set_at.desc(), Setting.name).limit(most))
    return [Change(row.name, json.loads(row.value), row.valid_from, row.set_by_id, row.set_at) for row in rows]


def put(session: Session, name: str, value: Any, now: datetime, valid_from: date | None = None) -> None:
    """Write *value* under *name* from *valid_from* on, by default today; whether one may is for the caller to ask."""
    day = valid_from or local_day(session, now)
    before = setting(session, name, day)
    if before == value:
        return
    row = session.get(Setting, (name, day)) or Setting(name=name, valid_from=day)
    row.value, row.set_by_id, row.set_at = json.dumps(value, ensure_ascii=False), acting(session).id or None, now
    session.add(row)
    session.flush()
    trail.note(session, "setting_changed", setting=name, valid_from=str(day), old=before, new=value)

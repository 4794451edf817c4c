"""Setting what the company decides for itself, from a day on, by admin."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..guard.settings import COMPANY_NAME, setting
from ..rules.powers import may_administer
from ..texts import say
from ..verdicts import Refused, refuse, require
from ..working.settings import Setting
from .today import local_day


def rename_company(session: Session, name: str, now: datetime) -> None:
    """What the company calls itself from today on, as admin; raises Refused: role, incomplete."""
    require(may_administer(acting(session).roles))
    if not name.strip():
        raise Refused(refuse("R-ROLE-01", "incomplete", say("请填写公司名称")))
    put(session, COMPANY_NAME, name.strip()[:60], now)


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

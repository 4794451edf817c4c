"""How long until something is due, in words and with a colour, as desk and pages say it (R-LOAN-09)."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from ...database import db
from ...operations.today import local_day
from ...rules.loan_terms import is_overdue
from ..words import moment_text

_HOUR = timedelta(hours=1)


def left(due: datetime | None, now: datetime) -> tuple[str, str]:
    """How long until *due*, in words, and the colour that goes with it."""
    if due is None:
        return _("室内查阅"), "state-open"
    if is_overdue(due, None, now):
        late = now - due
        text = _("逾期 %(n)s 天", n=late.days) if late.days else _("逾期 %(n)s 小时", n=late // _HOUR or 1)
        return text, "state-late"
    if local_day(db.session, due) == local_day(db.session, now):
        return _("今天 %(time)s 到期", time=moment_text(due)[-5:]), "state-due"
    if due - now >= timedelta(hours=24):
        return _("剩 %(n)s 天", n=(due - now).days), "state-open"
    hours = (due - now) // _HOUR
    return _("剩 %(n)s 小时", n=hours) if hours else _("剩不到 1 小时"), "state-due"

"""Sorted customers' data that nobody has reported to the director's office yet (R-CUST-12).

A signed customer's file is sorted once it is handed in or filed; a consultation, once its customer is valid, which the weekly
reconciliation shows. The day of the report ends the waiting.
"""

from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import Session

from ...guard.readable import where_read
from ...guard.session import acting
from ...models import register_named
from ..in_pages import Page, page_of

_FILE = "closed_customer_file"


def unreported_files(session: Session, wanted: int = 1) -> Page:
    """The files of the acting person's customers that are handed in and not reported, as far as they read that, the oldest
    first; two queries."""
    one, person = register_named(_FILE), acting(session)
    sorted_ = or_(one.sent_at.is_not(None), one.filed_on.is_not(None))
    read = (where_read(one, one.faces[name], person) for name in ("owner_id", "sent_at", "filed_on", "reported_on"))
    mine = (one.owner_id == person.id, one.reported_on.is_(None), sorted_, one.voided_at.is_(None), *read)
    return page_of(session, one, mine, (one.closed_on,), wanted)


def is_unreported(form: Any) -> bool:
    """Whether a consultation, None where there is none, made a valid customer who isn't reported."""
    return form is not None and bool(form.valid) and form.reported_at is None

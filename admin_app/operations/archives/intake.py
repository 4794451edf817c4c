"""What came in and isn't right yet: papers without a scan, papers written with ball-pen or pencil (R-ARCH-09)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...guard.readable import where_read
from ...guard.session import acting
from ...models import Register, register_named
from ..followups import after_changing, before_adding


@before_adding("archive_item")
def comes_scanned(session: Session, item: Register) -> None:
    """A paper whose scan is stored is scanned, whether or not somebody ticks it."""
    if item.scan:
        item.scanned = True


@after_changing("archive_item")
def know_scanned(session: Session, item: Register, before: Mapping[str, Any]) -> None:
    """So is one that is given its scan later."""
    comes_scanned(session, item)


def unscanned(session: Session) -> int:
    """How many papers the acting person finds without a scan."""
    return _without(session, "scanned")


def badly_written(session: Session) -> int:
    """How many have medium or ink that doesn't last, to be written anew."""
    return _without(session, "ink_ok")


def _without(session: Session, name: str) -> int:
    """Papers of which the acting person reads that *name* is no, as the list of them has it."""
    item = register_named("archive_item")
    read = where_read(item, item.faces[name], acting(session))
    kept = item.state != "destroyed", item.voided_at.is_(None)
    return session.scalar(select(func.count(item.id)).where(getattr(item, name).is_(False), read, *kept)) or 0

"""The trail (R-AUDT-01): chained entries, and their values in a table of their own so that the law's erasure is possible."""

from datetime import datetime

from sqlalchemy import Index, Integer, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Contents, Identity


class TrailEntry(Contents, Base):
    """One event. ``digest`` covers all other columns and the digest before it; ``values_digest`` covers the values."""

    __tablename__ = "trail_entry"
    __table_args__ = (
        Index("ix_trail_entry_table_name_record_id", "table_name", "record_id"),
        Index("ix_trail_entry_actor_id_at", "actor_id", "at"),
    )

    seq: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcMoment())
    actor_id: Mapped[int | None] = mapped_column(Identity)
    event: Mapped[str] = mapped_column(String(30))
    table_name: Mapped[str | None] = mapped_column(String(60))
    record_id: Mapped[int | None] = mapped_column(Identity)
    level: Mapped[int] = mapped_column(SmallInteger, default=0)
    address: Mapped[str | None] = mapped_column(String(60))
    #: JSON: field names, rule and code of a refusal, ids of a list page, reason …; never a field's value
    detail: Mapped[str] = mapped_column(Text, default="{}")
    values_digest: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class TrailValue(Contents, Base):
    """One field's change, old and new as JSON; erasing empties them and the salt, and leaves the digest (R-PRIV-01)."""

    __tablename__ = "trail_value"

    seq: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(60))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))

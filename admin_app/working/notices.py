"""What people are told: a notice on the desk, its deliveries by mail or to a group, the channels for those (R-NOTE-01)."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Identity, new_public_id

UNREAD = text("read_at IS NULL")


class Notice(Base):
    """One event told to one person, once: *occurrence* is the day, or whatever makes it another event of its kind."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "event", "table_name", "record_id", "occurrence", name="uq_notice_told_once"),
        Index("ix_notice_person_id_read_at", "person_id", "read_at"),
        Index("ix_notice_told_at", "told_at"),
        Index("ix_notice_unread", "event", sqlite_where=UNREAD, postgresql_where=UNREAD),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"))
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(Identity)
    occurrence: Mapped[str] = mapped_column(String(40))
    #: what the text names of the record, and nothing else of it
    number: Mapped[str] = mapped_column(String(60))
    due_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    told_at: Mapped[datetime] = mapped_column(UtcMoment())
    #: when the person ticked it off, or it stopped being true
    read_at: Mapped[datetime | None] = mapped_column(UtcMoment())


class Delivery(Base):
    """A notice on its way through a channel; several go out in one message."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'dropped')", name="known_state"),
        Index("ix_delivery_channel_state", "channel", "state"),
    )

    notice_id: Mapped[int] = mapped_column(Identity, ForeignKey("notice.id"), primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(Integer, default=0)
    #: not before
    next_try_at: Mapped[datetime] = mapped_column(UtcMoment())
    #: when it was last tried
    tried_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    #: why it failed last, by code, and what the other side said
    reason: Mapped[str | None] = mapped_column(String(20))
    detail: Mapped[str | None] = mapped_column(String(200))


class Channel(Base):
    """A way out that admin has set up; what is secret of it lies encrypted."""

    __tablename__ = "channel"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    enabled: Mapped[bool] = mapped_column(Boolean)
    #: JSON text
    open_values: Mapped[str] = mapped_column(Text)
    #: JSON text under the key of files, base64
    sealed_values: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int] = mapped_column(Identity)
    #: what was told before isn't sent
    set_at: Mapped[datetime] = mapped_column(UtcMoment())

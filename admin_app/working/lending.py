"""What the loan desk keeps beside the requests: who waits for an item (R-LOAN-12), who was urged to bring one back (R-LOAN-09)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Contents, Identity, new_public_id

OPEN = text("ended_at IS NULL")
WAITED_FOR = text("told_at IS NOT NULL AND ended_at IS NULL")


class Reservation(Contents, Base):
    """Somebody's place in the queue for an item, by *reserved_at*; the first is told when it is in, and has a working day.

    *ended*: how it ended (``rules.reservations.Ended``). *reason*: why it was passed over.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="ended_whole"),
        CheckConstraint("ended IN ('fetched', 'expired', 'withdrawn', 'skipped', 'gone')", name="known_end"),
        CheckConstraint("ended <> 'skipped' OR reason IS NOT NULL", name="skipped_with_a_reason"),
        Index("uq_reservation_once", "item_id", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("uq_reservation_first", "item_id", unique=True, sqlite_where=WAITED_FOR, postgresql_where=WAITED_FOR),
        Index("ix_reservation_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    item_id: Mapped[int] = mapped_column(Identity, ForeignKey("archive_item.id"))
    person_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"))
    reserved_at: Mapped[datetime] = mapped_column(UtcMoment())
    reserved_by_id: Mapped[int] = mapped_column(Identity)
    told_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    ended: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(200))


class Urge(Contents, Base):
    """Whoever has an item was urged to bring it back: for which loan, whom, by whom, when. A sender goes by *id*."""

    __tablename__ = "loan_urge"
    __table_args__ = (Index("ix_loan_urge_table_name_record_id", "table_name", "record_id"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(Identity)
    person_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"))
    urged_at: Mapped[datetime] = mapped_column(UtcMoment())
    urged_by_id: Mapped[int] = mapped_column(Identity)

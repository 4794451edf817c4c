"""Two records of one thing made one: which, by whom, and what was moved, by id, so that it can be moved back (R-CUST-07)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Identity, new_public_id

_STANDING = text("undone_at IS NULL")


class RecordMerge(Base):
    """The record *gone* went up in *kept*, both of *table_name*; ids only, what fields held stands in the trail.

    ``moved``: JSON, [[table, id, field, {column: id}], …] of links that led to the one and lead to the other, with the
    store, department and owner that the row had, where it takes them over from what it belongs to.
    """

    __tablename__ = "record_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> gone_id", name="two_records"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_whole"),
        Index("ix_record_merge_table_name_kept_id", "table_name", "kept_id"),
        # of two merges of one record at once the second finds it gone
        Index("uq_record_merge_standing", "table_name", "gone_id", unique=True, sqlite_where=_STANDING,
              postgresql_where=_STANDING),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    table_name: Mapped[str] = mapped_column(String(60))
    kept_id: Mapped[int] = mapped_column(Identity)
    gone_id: Mapped[int] = mapped_column(Identity)
    merged_at: Mapped[datetime] = mapped_column(UtcMoment())
    merged_by_id: Mapped[int] = mapped_column(Identity)
    moved: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    undone_by_id: Mapped[int | None] = mapped_column(Identity)

"""Proposals to lower the level of a record (R-CONF-05)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Identity, new_public_id

WAITING, GRANTED, REFUSED, WITHDRAWN, LAPSED = "waiting", "granted", "refused", "withdrawn", "lapsed"
_ONLY_WAITING = text("state = 'waiting'")


class LevelLowering(Base):
    """Somebody proposes to lower a record's level, for the record as it was at ``version``; a change of it lapses the proposal.

    Who approved or refused, when, from where and the digest of what was decided stand in ``approval_step``, under this table's
    name (R-ROLE-05).
    """

    __tablename__ = "level_lowering"
    __table_args__ = (
        CheckConstraint("level_to >= 0 AND level_to < level_from AND level_from <= 4", name="downwards"),
        CheckConstraint("state IN ('waiting', 'granted', 'refused', 'withdrawn', 'lapsed')", name="known_state"),
        Index("ix_level_lowering_table_name_record_id", "table_name", "record_id"),
        Index(
            "uq_level_lowering_waiting", "table_name", "record_id", unique=True,
            sqlite_where=_ONLY_WAITING, postgresql_where=_ONLY_WAITING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(Identity)
    version: Mapped[int] = mapped_column(Integer)
    level_from: Mapped[int] = mapped_column(SmallInteger)
    level_to: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(String(200))
    proposed_by_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcMoment())
    state: Mapped[str] = mapped_column(String(10), default=WAITING)

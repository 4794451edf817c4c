"""Exports that are made in the background: asked for, made, fetched, expired (R-CONF-12). A row is its owner's alone."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Contents, Identity, new_public_id

#: characters for why there is no file; a message that needs more is kept as its sentence
FAILURE_LENGTH = 300
STAGES = "'waiting', 'making', 'ready', 'failed', 'interrupted', 'cancelled', 'expired'"


class ExportRun(Contents, Base):
    """One export of one person, from the asking to the end of its file; whether somebody is about it now, and how far, the
    lock tells (``background``)."""

    __tablename__ = "export_run"
    __table_args__ = (
        CheckConstraint(f"stage IN ({STAGES})", name="known_stage"),
        CheckConstraint("kind IN ('csv', 'xlsx')", name="known_kind"),
        Index("ix_export_run_person_id_asked_at", "person_id", "asked_at"),
        Index("ix_export_run_stage_asked_at", "stage", "asked_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"))
    table_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(4))
    #: what stands behind the ? of the list's address: search, filters, sort, columns
    query: Mapped[str] = mapped_column(Text)
    #: JSON: the filters and the search in sentences, each as ``texts.kept`` has it
    conditions: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(200))
    #: the copy that it leaves as; used up once ``total`` is known
    copy_number: Mapped[str | None] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(UtcMoment())
    stage: Mapped[str] = mapped_column(String(12), default="waiting")
    #: rows in all, known once the right was asked and the trail written
    total: Mapped[int | None] = mapped_column(Integer)
    #: key of the file among the exports, known before its first byte
    stored: Mapped[str | None] = mapped_column(String(40))
    #: bytes
    size: Mapped[int | None] = mapped_column(Identity)
    #: whether there are records of 机密 or 绝密 in it
    classified: Mapped[bool] = mapped_column(Boolean, default=False)
    #: digest of the rights with which it was made
    powers: Mapped[str | None] = mapped_column(String(64))
    expires_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    #: why there is no file, as ``texts.kept`` has it
    failure: Mapped[str | None] = mapped_column(String(FAILURE_LENGTH))

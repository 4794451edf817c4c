"""Steps of requests that several people sign, and who is party to a record beyond its link columns."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Identity


class ApprovalStep(Base):
    """One signature due on a request: which role at which clearance, and once given, who, for whom, when, of what.

    ``digest`` is of exactly what was approved; a round rises when the request changes and its signatures fall (R-ROLE-05).
    """

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("table_name", "record_id", "round", "position"),
        UniqueConstraint("table_name", "record_id", "round", "signed_by_id"),
        CheckConstraint("(signed_by_id IS NULL) = (signed_at IS NULL)", name="signed_whole"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(Identity)
    round: Mapped[int] = mapped_column(Integer, default=1)
    position: Mapped[int] = mapped_column(Integer)
    #: the step's name in the ladder (head, keeper, service_manager, general_manager …)
    step: Mapped[str] = mapped_column(String(30))
    clearance: Mapped[int] = mapped_column(SmallInteger, default=0)
    signed_by_id: Mapped[int | None] = mapped_column(Identity)
    #: whose step it was when a stand-in or a head above signed
    signed_for_id: Mapped[int | None] = mapped_column(Identity)
    signed_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    approved: Mapped[bool | None] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(60))
    digest: Mapped[str | None] = mapped_column(String(64))


class ApprovalQuestion(Base):
    """What whoever is to sign a request next asked its applicant, and what the applicant answered. It changes nothing of the
    request, its signatures or its deadline, and is kept."""

    __tablename__ = "approval_question"
    __table_args__ = (
        Index("ix_approval_question_table_name_record_id", "table_name", "record_id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_whole"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(Identity)
    asked_by_id: Mapped[int] = mapped_column(Identity)
    asked_at: Mapped[datetime] = mapped_column(UtcMoment())
    question: Mapped[str] = mapped_column(String(200))
    answered_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    answer: Mapped[str | None] = mapped_column(String(200))


class RecordParty(Base):
    """A person who is party to a record by signing it, having to sign it next, or holding a grant (R-CONF-04/14)."""

    __tablename__ = "record_party"
    __table_args__ = (
        UniqueConstraint("table_name", "person_id", "record_id", "kind"),
        Index("ix_record_party_table_name_record_id", "table_name", "record_id"),
        CheckConstraint("kind IN ('next', 'signed', 'granted')", name="known_kind"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(Identity)
    person_id: Mapped[int] = mapped_column(Identity)
    kind: Mapped[str] = mapped_column(String(10))
    until: Mapped[datetime | None] = mapped_column(UtcMoment())

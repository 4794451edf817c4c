"""Accounts, sign-in attempts, stand-ins, requests for roles and clearances, changed rights."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Identity, new_public_id


class Account(Base):
    """How an employee signs in. ``epoch`` rises to end every session signed before (R-SIGN-02)."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    employee_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), unique=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=False)
    #: a first password that nobody has used until then opens nothing any more; null for a password of one's own
    first_password_until: Mapped[datetime | None] = mapped_column(UtcMoment())


class SignInAttempt(Base):
    """A sign-in tried, by digest of the name so that mistyped passwords in the name box are not kept (R-SIGN-01)."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_name_digest_at", "name_digest", "at"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name_digest: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(60), index=True)
    at: Mapped[datetime] = mapped_column(UtcMoment())
    succeeded: Mapped[bool] = mapped_column(Boolean)


class StandIn(Base):
    """Who takes an absent person's steps, and on which days (R-ROLE-03)."""

    __tablename__ = "stand_in"
    __table_args__ = (
        CheckConstraint("from_day <= until_day", name="days_in_order"),
        CheckConstraint("absent_id <> stand_in_id", name="somebody_else"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    absent_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), index=True)
    stand_in_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), index=True)
    from_day: Mapped[date] = mapped_column(Date)
    until_day: Mapped[date] = mapped_column(Date)
    named_by_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"))
    named_at: Mapped[datetime] = mapped_column(UtcMoment())


def _one_waiting(name: str, *columns: str, only: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=text(only), postgresql_where=text(only))


class PowerRequest(Base):
    """Admin asks for a clearance or a role for someone; service_manager or general_manager decides (R-ROLE-02).

    ``digest`` is of exactly what was decided, ``address`` where from (R-ROLE-05).
    """

    __tablename__ = "power_request"
    __table_args__ = (
        CheckConstraint("(role IS NULL) <> (clearance IS NULL)", name="one_power"),
        CheckConstraint("state IN ('waiting', 'granted', 'refused', 'withdrawn')", name="known_state"),
        CheckConstraint("(decided_by_id IS NULL) = (state IN ('waiting', 'withdrawn'))", name="decided_whole"),
        CheckConstraint("decided_by_id <> employee_id AND decided_by_id <> asked_by_id", name="somebody_else"),
        _one_waiting("uq_power_request_waiting_role", "employee_id", "role", only="state = 'waiting'"),
        _one_waiting("uq_power_request_waiting_clearance", "employee_id", only="state = 'waiting' AND role IS NULL"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    employee_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(30))
    clearance: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(String(200))
    asked_by_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcMoment())
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    decided_by_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("employee.id"))
    #: whose step it was when a stand-in or a head above decided
    decided_for_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("employee.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    decision_reason: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(60))
    digest: Mapped[str | None] = mapped_column(String(64))


class ChangedRight(Base):
    """One right that the company set otherwise than shipped; a null scope takes it away (R-ROLE-01)."""

    __tablename__ = "changed_right"

    role: Mapped[str] = mapped_column(String(30), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    action: Mapped[str] = mapped_column(String(20), primary_key=True)
    scope: Mapped[int | None] = mapped_column(SmallInteger)

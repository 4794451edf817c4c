"""What each person has at hand: lists kept under a name (R-LIST-01), favourites, records opened last (R-DESK-01)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base, Identity, new_public_id


class KeptList(Base):
    """The address of a register's list under a name: its owner's alone, or also for everybody who holds *role*."""

    __tablename__ = "kept_list"
    __table_args__ = (
        UniqueConstraint("owner_id", "table_name", "name"),
        Index("ix_kept_list_table_name", "table_name"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    table_name: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(40))
    #: what stands behind the ? of the address: search, filters, sort, columns
    query: Mapped[str] = mapped_column(String(2000))
    owner_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"))
    role: Mapped[str | None] = mapped_column(String(30))
    kept_at: Mapped[datetime] = mapped_column(UtcMoment())


class OpensWith(Base):
    """The kept list with which an employee opens a register."""

    __tablename__ = "opens_with"

    employee_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    list_id: Mapped[int] = mapped_column(Identity, ForeignKey("kept_list.id", ondelete="CASCADE"), index=True)


class Favourite(Base):
    """What an employee keeps at hand: a register (*record_id* 0) or one of its records."""

    __tablename__ = "favourite"

    employee_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    record_id: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    kept_at: Mapped[datetime] = mapped_column(UtcMoment())


class RecentRecord(Base):
    """A record whose page an employee opened, and when last."""

    __tablename__ = "recent_record"
    __table_args__ = (Index("ix_recent_record_employee_id_opened_at", "employee_id", "opened_at"),)

    employee_id: Mapped[int] = mapped_column(Identity, ForeignKey("employee.id"), primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    record_id: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime] = mapped_column(UtcMoment())

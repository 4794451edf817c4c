"""When each work of the schedule was last begun and done, so that of several processes one does it."""

from datetime import date, datetime

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import UtcMoment
from ..models import Base


class ScheduledWork(Base):
    """One work of the schedule."""

    __tablename__ = "scheduled_work"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    begun_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    done_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    #: the company's day for which it was done last
    done_for: Mapped[date | None] = mapped_column(Date)

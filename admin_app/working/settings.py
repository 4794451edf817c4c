"""Settings of the company: figures and words that hold from a day on, so that an old month uses those of its time."""

from datetime import date, datetime

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import FILE_KEYS, UtcMoment
from ..models import Base, Identity


class Setting(Base):
    """One setting's value from a day on; the newest day that has come holds."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date, primary_key=True)
    #: JSON text; of a logo with the key of its file
    value: Mapped[str] = mapped_column(Text, info=FILE_KEYS)
    set_by_id: Mapped[int | None] = mapped_column(Identity)
    set_at: Mapped[datetime] = mapped_column(UtcMoment())

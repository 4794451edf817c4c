"""Numbers given out (R-ARCH-01): one row per series and year holds the last one."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ..models import Base


class NumberSeries(Base):
    """The last number given out of a series in a year; numbers are never used twice."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer, default=0)

"""A number per kind of shared data that is another after each change, so that every process knows when its cache is old."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ..models import Base


class ChangeStamp(Base):
    """``rights``, ``codes``, ``settings`` … -> the number of their present state."""

    __tablename__ = "change_stamp"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, default=0)

"""Code lists (R-CUST-01): data that a company adds to, renames and retires."""

from decimal import Decimal

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import Scaled
from ..models import Base


class CodeEntry(Base):
    """One entry of a code list; ``minimum``, ``low`` and ``high`` are the figures of lists that drive rules."""

    __tablename__ = "code_entry"

    codes: Mapped[str] = mapped_column(String(60), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(Integer, default=0)
    retired: Mapped[bool] = mapped_column(Boolean, default=False)
    minimum: Mapped[int | None] = mapped_column(Integer)
    low: Mapped[Decimal | None] = mapped_column(Scaled(2))
    high: Mapped[Decimal | None] = mapped_column(Scaled(2))
    source: Mapped[str | None] = mapped_column(String(20))

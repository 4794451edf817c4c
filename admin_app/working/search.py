"""The index of fragments: for every record with fields that are searched, the grams of their values."""

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ..models import Base


class SearchGram(Base):
    """``key`` names register and record, ``grams`` is of all fields, each field's tokens its own (``guard.search_index``).

    On SQLite the table is a virtual one of FTS5, whose rowid is the key.
    """

    __tablename__ = "search_gram"
    __table_args__ = (
        Index("ix_search_gram_grams", "grams", postgresql_using="gin", postgresql_with={"gin_pending_list_limit": 256}),
    )

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    grams: Mapped[list[int]] = mapped_column(ARRAY(Integer))


class SearchBuilt(Base):
    """What the index of a register was built of: where that is not what is declared now, it is searched without."""

    __tablename__ = "search_built"

    table_name: Mapped[str] = mapped_column(String(63), primary_key=True)
    made_of: Mapped[int] = mapped_column(BigInteger)

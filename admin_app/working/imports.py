"""Imported ledgers: one batch per file with its accounting equation, one line per record of the file."""

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..fields.columns import FILE_KEYS, UtcMoment
from ..models import Base, Contents, Identity


class ImportBatch(Contents, Base):
    """A ledger put in: where its file lies, how it was read, what became of its lines (R-IMPT-04)."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    table_name: Mapped[str] = mapped_column(String(60), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    file_digest: Mapped[str] = mapped_column(String(64))
    #: key of the original in the file store; empty once a file with state-secret marks has been dealt with (R-CONF-13)
    stored: Mapped[str] = mapped_column(String(200), info=FILE_KEYS)
    #: key of the file of refused lines in the file store, made when the batch was written
    refused_stored: Mapped[str | None] = mapped_column(String(200), info=FILE_KEYS)
    person_id: Mapped[int] = mapped_column(Identity, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcMoment())
    written_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    #: uploaded, written, undone or dropped
    state: Mapped[str] = mapped_column(String(20), default="uploaded")
    #: of the file as it was last read
    lines: Mapped[int | None] = mapped_column(Integer)
    #: JSON: the person's choices of reading and mapping
    choices: Mapped[str] = mapped_column(Text, default="{}")
    #: JSON: lines, not_data, added, changed, same, duplicate, refused
    equation: Mapped[str] = mapped_column(Text, default="{}")
    undone_at: Mapped[datetime | None] = mapped_column(UtcMoment())
    #: JSON: how many were voided and restored, and why which record was left
    undone: Mapped[str | None] = mapped_column(Text)
    #: JSON: what the person asked for last, to be done without the browser, and why it failed (``sheets.runs``)
    asked: Mapped[str | None] = mapped_column(Text)
    #: JSON: where the last check of a large batch is kept, and what it was made of (``sheets.kept_checks``)
    checked: Mapped[str | None] = mapped_column(Text)


class ImportLine(Contents, Base):
    """What became of one line of a batch; ``cells`` are the raw cells, encrypted, so that nothing is lost."""

    __tablename__ = "import_line"
    __table_args__ = (Index("ix_import_line_table_name_record_id", "table_name", "record_id"),)

    batch_id: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    verdict: Mapped[str] = mapped_column(String(10))
    #: JSON: [[column, field, code], …] of a refused line
    faults: Mapped[str | None] = mapped_column(Text)
    table_name: Mapped[str | None] = mapped_column(String(60))
    record_id: Mapped[int | None] = mapped_column(Identity)
    cells: Mapped[bytes | None] = mapped_column(LargeBinary)


class MappingMemory(Base):
    """How the columns of a file of this shape were mapped last time (R-IMPT-02)."""

    __tablename__ = "mapping_memory"

    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: digest of the folded header set
    shape: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: JSON: folded header -> field name or null
    mapping: Mapped[str] = mapped_column(Text)
    #: JSON: names of the fields that its lines were found by, where the person chose them
    key: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(Identity)
    at: Mapped[datetime] = mapped_column(UtcMoment())


class ValueMemory(Base):
    """What a word of a file means in a field with a code list, as somebody said for an earlier file (R-IMPT-02)."""

    __tablename__ = "value_memory"

    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: digest of the folded word
    word: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: code of the option; empty for a cell left blank
    means: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int] = mapped_column(Identity)
    at: Mapped[datetime] = mapped_column(UtcMoment())

"""A batch from upload to record: the original kept encrypted, read anew at each step with the person's choices."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard.session import acting
from ..models import Register, new_public_id
from ..rules.level_words import bears_state_mark
from ..storage import FileStore, digest
from ..texts import say
from ..verdicts import Refused, refuse
from ..working.imports import ImportBatch, MappingMemory
from .cells import secret_levels
from .checking import Plan, check
from .choices import Choices
from .keys import Key, key_of
from .mapping import Mapping, map_columns, shape, to_remember
from .outcome import Check
from .reading import Table, read_at_once, read_head, read_table
from .work import Work

UPLOADED, WRITTEN, UNDONE, DROPPED = "uploaded", "written", "undone", "dropped"
_LATEST = 10


def keep_original(work: Work, files: FileStore, content: bytes, table: Table) -> str:
    """Store a file that reads as *table*; its key. Raises Refused.

    Before the transaction that names it: while a bucket takes its time, nobody waits for the writer. What is cut between
    the two, the night sweeps.
    """
    refuse_state_secrets(work, table)
    return files.put(content)


def refuse_state_secrets(work: Work, table: Table) -> None:
    """Raise Refused "state_secret" where the mark of one stands about the table; in its rows each is refused by itself."""
    levels = secret_levels(work.reading)
    if any(bears_state_mark("\t".join(table.rows[line - 1]), levels) for line in table.not_data):
        raise Refused(
            refuse("R-CONF-13", "state_secret", say("表头上方或表下带有国家秘密标志，整份文件不得录入本系统"))
        )


def open_batch(work: Work, stored: str, content: bytes, filename: str, table: Table) -> ImportBatch:
    """Take in the file kept under *stored* (``keep_original``), inside the caller's writing transaction.

    How many lines it has isn't known while *table* is its first ones alone; the check says.
    """
    batch = ImportBatch(
        public_id=new_public_id(), table_name=work.register.__tablename__, filename=filename[-200:],
        file_digest=digest(content), stored=stored, person_id=work.person.id, created_at=work.now,
        state=UPLOADED, choices=Choices().to_json(), equation="{}", lines=None if table.cut else table.lines,
    )  # fmt: skip
    work.session.add(batch)
    work.session.flush()
    return batch


def own_batch(session: Session, register: type[Register], public_id: str) -> ImportBatch | None:
    """The batch with that id, if the acting person put it in for this register."""
    mine = ImportBatch.person_id == acting(session).id, ImportBatch.table_name == register.__tablename__
    return session.scalars(select(ImportBatch).where(ImportBatch.public_id == public_id, *mine)).first()


def latest(session: Session, register: type[Register]) -> list[ImportBatch]:
    """The acting person's last batches of this register, the newest first."""
    mine = ImportBatch.person_id == acting(session).id, ImportBatch.table_name == register.__tablename__
    return list(session.scalars(select(ImportBatch).where(*mine).order_by(ImportBatch.id.desc()).limit(_LATEST)))


def same_file(session: Session, batch: ImportBatch) -> ImportBatch | None:
    """The acting person's earlier batch with the very same file that was written, if there is one."""
    alike = select(ImportBatch).where(
        ImportBatch.file_digest == batch.file_digest, ImportBatch.table_name == batch.table_name,
        ImportBatch.person_id == acting(session).id, ImportBatch.state == WRITTEN, ImportBatch.id != batch.id,
    )  # fmt: skip
    return session.scalars(alike.order_by(ImportBatch.id.desc())).first()


def read_batch(work: Work, files: FileStore, batch: ImportBatch) -> Table:
    """The batch's file, read as the person chose; raises Unreadable."""
    return read_table(files.get(batch.stored), batch.filename, work.words, Choices.from_json(batch.choices).reading)


def read_batch_at_once(work: Work, files: FileStore, batch: ImportBatch, choices: Choices | None = None) -> Table:
    """The same with *choices*, of a long file its first lines alone; raises Unreadable."""
    reading = (choices or Choices.from_json(batch.choices)).reading
    return read_at_once(files.get(batch.stored), batch.filename, work.words, reading)


def read_batch_head(work: Work, files: FileStore, batch: ImportBatch) -> Table:
    """The same as far as the first lines go, of a file of any length."""
    return read_head(files.get(batch.stored), batch.filename, work.words, Choices.from_json(batch.choices).reading)


def mapping_of(work: Work, table: Table, choices: Choices) -> Mapping:
    """The columns of *table* with their fields: chosen, as last time, or guessed."""
    memory = _memory(work, table)
    remembered = json.loads(memory.mapping) if memory else {}
    return map_columns(table, work.faces, work.words, remembered, choices.columns)


def key_in(work: Work, table: Table, mapping: Mapping, choices: Choices) -> Key:
    """By what the lines of *table* are found: chosen, as last time, or as declared; raises Refused."""
    memory = _memory(work, table)
    return key_of(work, mapping, choices.key, json.loads(memory.key) if memory and memory.key else ())


def key_last_time(work: Work, table: Table, mapping: Mapping) -> tuple[str, ...]:
    """The key that was chosen for the last file of this shape, if it may be taken again."""
    key = key_in(work, table, mapping, Choices())
    return key.names if key.chosen else ()


def _memory(work: Work, table: Table) -> MappingMemory | None:
    return work.session.get(MappingMemory, (work.register.__tablename__, shape(table.headers)))


def remember(work: Work, table: Table, mapping: Mapping, key: Key) -> None:
    """Keep mapping and chosen key for the next file of this shape, inside the caller's writing transaction (R-IMPT-02)."""
    place = (work.register.__tablename__, shape(table.headers))
    memory = _memory(work, table) or MappingMemory(table_name=place[0], shape=place[1])
    memory.mapping = json.dumps(to_remember(mapping), ensure_ascii=False)
    memory.key = json.dumps(key.names) if key.chosen else None
    memory.person_id, memory.at = work.person.id, work.now
    work.session.add(memory)


def check_batch(work: Work, table: Table, choices: Choices) -> Check:
    """Check the file as it was read against the register as it is now; writes nothing."""
    mapping = mapping_of(work, table, choices)
    key = key_in(work, table, mapping, choices)
    return check(work, table, Plan(mapping, key, choices.mode, choices.blank_clears, choices.meanings))

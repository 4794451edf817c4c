"""What the check of a large batch said, kept for its page (R-IMPT-03).

Checking a hundred thousand lines takes longer than anybody waits for a page, and the page is opened again: to look at a record
that would change, to fetch the refused lines. What is kept lies with the files that wait for their form, encrypted, and goes
with them after some hours. It is for one person, with the rights, choices and language that it was made with; whether the
register has moved meanwhile, the fingerprint tells when the batch is written.
"""

import json
from hashlib import sha256
from typing import Any

from ..operations.exports import powers
from ..permissions import Person
from ..storage import FileStore
from ..working.imports import ImportBatch


def made_of(batch: ImportBatch, person: Person, language: str) -> str:
    """A digest of all that decides what *person* is told of *batch*, but for the registers themselves."""
    return sha256(repr((batch.choices, powers(person, batch.table_name), language)).encode()).hexdigest()


def keep(store: FileStore, batch: ImportBatch, made: str, page: dict[str, Any], refused: bytes | None) -> None:
    """Keep *page* and the file of *refused* lines with *batch*, inside the caller's writing transaction."""
    drop(store, batch)
    told = store.put(json.dumps(page, ensure_ascii=False).encode())
    batch.checked = json.dumps({"made": made, "page": told, "refused": store.put(refused) if refused else None})


def drop(store: FileStore, batch: ImportBatch) -> None:
    """Forget what is kept with *batch*, inside the caller's writing transaction."""
    for key in ("page", "refused") if batch.checked else ():
        if stored := json.loads(batch.checked)[key]:
            store.delete(stored)
    batch.checked = None


def page_of(store: FileStore, batch: ImportBatch, made: str) -> dict[str, Any] | None:
    """The page as it was kept; None where there is none made of the same."""
    content = _content(store, batch, made, "page")
    return json.loads(content) if content is not None else None


def refused_of(store: FileStore, batch: ImportBatch, made: str) -> bytes | None:
    """The file of refused lines as it was kept; None where there is none."""
    return _content(store, batch, made, "refused")


def _content(store: FileStore, batch: ImportBatch, made: str, key: str) -> bytes | None:
    kept = json.loads(batch.checked) if batch.checked else {}
    if kept.get("made") != made or not kept.get(key):
        return None
    try:
        return store.get(kept[key])
    except KeyError:  # its hours are over
        return None

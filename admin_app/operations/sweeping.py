"""Stored files that nothing refers to are removed: what a kill has left between the store and the database.

The store can't take part in a transaction. A form, a ledger or a dropped batch that is cut at the wrong moment leaves a
file that no record names, of state secrets too (R-CONF-13); nobody could open it, and nobody would ever delete it.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ..guard import trail, writing
from ..guard.references import unreferenced
from ..storage import FileStore

#: whoever puts a file in names it within minutes; a day leaves room for clocks that differ
AGE = timedelta(days=1)
#: none where more than so many would go: then it is the database that doesn't belong to the files (an old copy, an empty
#: one), and a person has to look
MOST = 50


def sweep(session: Session, store: FileStore, now: datetime, surely: bool = False) -> int:
    """Remove what has lain for more than a day with nothing referring to it; how many. The trail has the number.

    *surely*: all of it, however much it is. Raises StoreUnavailable, with what was removed noted.
    """
    old = [one.key for one in store.stored() if one.since < now - AGE]
    # asked after the store, so that whatever was put in meanwhile isn't among them
    orphans = sorted(unreferenced(session, old))
    session.rollback()
    if not surely and len(orphans) > MOST:
        with writing(session):
            trail.note(session, "files_unreferenced", files=len(orphans))
        return 0
    return _remove(session, store, orphans)


def _remove(session: Session, store: FileStore, keys: list[str]) -> int:
    removed = 0
    try:
        for key in keys:
            store.delete(key)
            removed += 1
    finally:
        if removed:
            with writing(session):
                trail.note(session, "files_swept", files=removed)
    return removed

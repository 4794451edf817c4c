"""A destruction carried out: entries stay, marked destroyed; what was scanned or photographed of them is cleared (R-ARCH-07)."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from ...guard import trail, writing
from ...guard.jobs import job
from ...guard.session import elevated
from ...models import Register, register_named
from ...permissions import Level
from ...storage import FileStore
from ...texts import word
from ...working.trail import TrailEntry, TrailValue

#: scans of destroyed papers are of whatever level
ERASING = job("erasing", word("清除扫描件"), Level.TOP_SECRET)
#: where pictures of papers are kept
_PICTURES = {"archive_item": ("scan",), "archive_repair": ("photo_before", "photo_after")}


def carry_out(session: Session, listing: Register) -> None:
    """The entries stay, marked destroyed, the papers of a listed file with it; what was scanned can't be opened any more.

    What was missing wasn't destroyed, nor what a mistake had entered. *session* sees beneath the row rule.
    """
    file, item = register_named("archive_file"), register_named("archive_item")
    for one in session.scalars(select(file).where(file.id.in_(_files(listing))).order_by(file.id)):
        one.state = "destroyed"
        trail.note(session, "destroyed", one, list=listing.number)
    there = item.state != "missing", item.voided_at.is_(None)
    for one in session.scalars(select(item).where(_listed(listing), *there).order_by(item.id)):
        one.state, one.scan = "destroyed", None
        trail.note(session, "destroyed", one, list=listing.number)
    session.flush()
    for repair in session.scalars(_repairs(listing, register_named("archive_repair"))):
        repair.photo_before = repair.photo_after = None


def _files(listing: Register) -> list[int]:
    return [line.file_id for line in listing.lines if line.file_id]


def _listed(listing: Register) -> ColumnElement[bool]:
    """The papers that *listing* names, those of its files among them."""
    item = register_named("archive_item")
    papers = [line.item_id for line in listing.lines if line.item_id]
    return or_(item.file_id.in_(_files(listing)), item.id.in_(papers))


def _destroyed(listing: Register) -> Select[Any]:
    item = register_named("archive_item")
    return select(item.id).where(_listed(listing), item.state == "destroyed")


def _repairs(listing: Register, what: Any) -> Select[Any]:
    """*what* of the repairs of destroyed papers and of whole files that are destroyed."""
    repair = register_named("archive_repair")
    whole = repair.item_id.is_(None) & repair.file_id.in_(_files(listing))
    return select(what).where(or_(repair.item_id.in_(_destroyed(listing)), whole)).order_by(repair.id)


def erase_scans(session: Session, store: FileStore) -> int:
    """Remove from *store* what destroyed papers ever had there, of lists not seen to yet; how many lists.

    The database has let go of the scans with the last signature; here their contents go with their keys. Run again after
    a fault it goes on where it was. What backups still hold ends with them. Transactions are its own: none is open while
    the store takes its time.
    """
    destruction = register_named("destruction")
    carried_out = destruction.second_witness_by_id.is_not(None), destruction.scans_erased.is_not(True)
    with elevated(session, ERASING) as beneath:
        lists = beneath.scalars(select(destruction).where(*carried_out, destruction.voided_at.is_(None))).all()
        keys = {listing.id: _stored(beneath, listing) for listing in lists}
    session.rollback()
    for id_, scans in keys.items():
        for key in scans:
            store.delete(key)
        with writing(session), elevated(session, ERASING) as beneath:
            beneath.get_one(destruction, id_).scans_erased = True
    return len(keys)


def _stored(session: Session, listing: Register) -> set[str]:
    """The keys under which pictures of the list's papers were ever stored, as the trail of each record has them."""
    of_list = {"archive_item": _destroyed(listing),
               "archive_repair": _repairs(listing, register_named("archive_repair").id).order_by(None)}  # fmt: skip
    written = or_(*(
        (TrailEntry.table_name == table) & TrailValue.field.in_(fields) & TrailEntry.record_id.in_(of_list[table])
        for table, fields in _PICTURES.items()
    ))  # fmt: skip
    told = session.execute(
        select(TrailValue.old, TrailValue.new).join(TrailEntry, TrailEntry.seq == TrailValue.seq).where(written)
    )
    values = (json.loads(text) for row in told for text in row if text)
    return {value.partition("/")[0] for value in values if isinstance(value, str)}

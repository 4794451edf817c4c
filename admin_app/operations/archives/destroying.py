"""Lists of files to be destroyed: made, tested again at every writing and signature, carried out (R-ARCH-07).

The list is an ordinary form, so whatever writes or signs it passes ``keep_list`` here: there is nobody whose right skips it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard import trail
from ...guard.codes import reading
from ...guard.jobs import job
from ...guard.session import acting, elevated
from ...guard.titles import linked
from ...models import Register, register_named
from ...permissions import Level
from ...rules.destruction import (
    Act,
    heads_department,
    is_for_good,
    is_of_one_department,
    may_rewrite,
    may_witness,
    names_papers,
)
from ...rules.retention import obstacles
from ...storage import FileStore
from ...texts import Text, say, word
from ...verdicts import Obstructed, Verdict, require
from ...working.trail import TrailEntry, TrailValue
from .. import records
from ..followups import after_writing
from ..staff import staff_on
from ..today import local_day
from .eligibility import Found, eligibility

#: scans of destroyed papers are of whatever level
ERASING = job("erasing", word("清除扫描件"), Level.TOP_SECRET)
WITNESSES = ("first_witness_by_id", "second_witness_by_id")
#: what is written of the destruction itself
_CARRIED_OUT = frozenset({"destroyed_on", "way", "place_name", "firm"})


def list_files(session: Session, files: Sequence[Register], department: int | None) -> Register:
    """A list of *files* by the acting person, who keeps them; raises Obstructed with all that stands in the way."""
    person, today = acting(session), local_day(session, clock.now())
    titles = linked(session, "archive_file", [one.id for one in files], person, reading(session))
    values = {
        "listed_on": today, "keeper_id": person.id, "department_id": department, "file_count": len(files), "cause": "expired",
        "expired": True, "none_lent": True, "none_disputed": True, "none_held": True,
    }  # fmt: skip
    lines = [
        (None, {"file_id": one.id, "file_number": one.number, "name": titles[one.id][0], "copies": 1}) for one in files
    ]
    return records.add(session, register_named("destruction"), values, {"lines": lines})


@after_writing("destruction")
def keep_list(session: Session, listing: Register, before: Mapping[str, Any]) -> None:
    """Test what is listed, and what this writing wants beyond; the second witness's signature carries the list out."""
    if listing.voided_at is not None:
        return
    today = local_day(session, clock.now())
    with elevated(session) as beneath:
        mine = beneath.get_one(type(listing), listing.id)
        files = _locked(beneath, mine)
        _test_files(mine, eligibility(beneath, files, today, apart_from=mine.id))
        _test_writing(beneath, mine, before, today)
        if "second_witness_by_id" in before and mine.second_witness_by_id is not None:
            _carry_out(beneath, mine)


def _locked(session: Session, listing: Register) -> list[int]:
    """The files that the list's lines lead to, held until the end: two lists of one file, or a loan meanwhile, queue here."""
    file, item = register_named("archive_file"), register_named("archive_item")
    papers = [line.item_id for line in listing.lines if line.item_id]
    of_papers = session.scalars(select(item.file_id).where(item.id.in_(papers))) if papers else ()
    ids = sorted({line.file_id for line in listing.lines if line.file_id} | set(of_papers))
    if ids:
        # the lines just written hold the keys of both already: asking for more than NO KEY UPDATE, two lists would lock up
        held = {"key_share": True}
        session.execute(select(file.id).where(file.id.in_(ids)).order_by(file.id).with_for_update(**held))
        session.execute(select(item.id).where(item.file_id.in_(ids)).order_by(item.id).with_for_update(**held))
    return ids


def _test_files(listing: Register, found: Mapping[int, Found]) -> None:
    """One file that may not be destroyed stops the list by its number."""
    against = [
        _about(one.number, verdict)
        for one in sorted(found.values(), key=lambda one: one.number)
        for verdict in obstacles(one.kept)
    ]
    if against:
        raise Obstructed(tuple(against))
    require(is_of_one_department({one.owner for one in found.values()}, listing.department_id))


def _about(number: str, verdict: Verdict) -> Verdict:
    return replace(verdict, reason=say("{number}：{reason}", number=number, reason=verdict.reason or Text("")))


def _test_writing(session: Session, listing: Register, before: Mapping[str, Any], today: date) -> None:
    """What the fields written just now ask for: a way that is allowed, the head, a destruction to witness."""
    given = {name for name in before if name.endswith("_by_id") and getattr(listing, name) is not None}
    if given:
        unnamed = sum(not (line.file_id or line.item_id) for line in listing.lines)
        require(names_papers(unnamed if listing.lines else 1))
    if "head_signed_by_id" in given:
        heads = _heads(session, listing.department_id, today)
        require(heads_department(listing.head_signed_by_id, heads))
    if given.intersection(WITNESSES):
        require(may_witness(_act(session, listing, today)))
    elif listing.way is not None:
        require(is_for_good(listing.way))
    if _CARRIED_OUT & before.keys():
        require(may_rewrite(listing.first_witness_by_id is not None))


def _act(session: Session, listing: Register, today: date) -> Act:
    approved_at = listing.approved_at
    approved_on = local_day(session, approved_at) if approved_at else None
    return Act(today=today, approved_on=approved_on, destroyed_on=listing.destroyed_on, way=listing.way)


def _heads(session: Session, department: int | None, today: date) -> frozenset[int]:
    """Who heads the department or one above it, and who stands in for one of them today."""
    staff = staff_on(session, today)
    heads = list(staff.heads_from(department))
    return frozenset([*heads, *(one for head in heads for one in staff.stand_ins_of(head))])


def _carry_out(session: Session, listing: Register) -> None:
    """The entries stay, marked destroyed, the papers of a listed file with it; what was scanned can't be opened any more."""
    file, item = register_named("archive_file"), register_named("archive_item")
    files = [line.file_id for line in listing.lines if line.file_id]
    papers = [line.item_id for line in listing.lines if line.item_id]
    for one in session.scalars(select(file).where(file.id.in_(files)).order_by(file.id)):
        one.state = "destroyed"
        trail.note(session, "destroyed", one, list=listing.number)
    for one in session.scalars(select(item).where(item.file_id.in_(files) | item.id.in_(papers)).order_by(item.id)):
        one.state, one.scan = "destroyed", None
        trail.note(session, "destroyed", one, list=listing.number)


def erase_scans(session: Session, store: FileStore) -> int:
    """Remove from *store* what destroyed papers ever had there, of lists not seen to yet; how many lists.

    The database has let go of the scans with the last signature; here their contents go with their keys. Run again after
    a fault it goes on where it was. What backups still hold ends with them.
    """
    destruction = register_named("destruction")
    carried_out = destruction.second_witness_by_id.is_not(None), destruction.scans_erased.is_not(True)
    with elevated(session, ERASING) as beneath:
        lists = beneath.scalars(select(destruction).where(*carried_out, destruction.voided_at.is_(None))).all()
        for listing in lists:
            for key in _stored(beneath, listing):
                store.delete(key)
            listing.scans_erased = True
    return len(lists)


def _stored(session: Session, listing: Register) -> set[str]:
    """The keys under which scans of the list's papers were ever stored, as the trail of each paper has them."""
    item = register_named("archive_item")
    files = [line.file_id for line in listing.lines if line.file_id]
    papers = [line.item_id for line in listing.lines if line.item_id]
    of_list = select(item.id).where(item.file_id.in_(files) | item.id.in_(papers), item.state == "destroyed")
    told = session.execute(
        select(TrailValue.old, TrailValue.new)
        .join(TrailEntry, TrailEntry.seq == TrailValue.seq)
        .where(
            TrailEntry.table_name == "archive_item", TrailEntry.record_id.in_(of_list), TrailValue.field == "scan"
        )
    )  # fmt: skip
    values = (json.loads(text) for row in told for text in row if text)
    return {value.partition("/")[0] for value in values if isinstance(value, str)}

"""Lists of files to be destroyed: made, tested again at every writing and signature, carried out (R-ARCH-07).

The list is an ordinary form, so whatever writes or signs it passes ``keep_list`` here: there is nobody whose right skips it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.codes import reading
from ...guard.session import acting, elevated
from ...guard.titles import linked
from ...models import Register, register_named
from ...rules.destruction import (
    Act,
    heads_department,
    is_for_good,
    is_of_one_department,
    lines_agree,
    may_not_be_listed,
    may_rewrite,
    may_witness,
    names_papers,
)
from ...rules.ladders import HEAD
from ...rules.signers import Staff, who_may_sign
from ...texts import Text, say
from ...verdicts import Obstructed, Verdict, require
from .. import records
from ..followups import after_writing
from ..staff import staff_on
from ..today import local_day
from .condition import read_in_full
from .eligibility import Found, eligibility
from .erasing import carry_out
from .reservations import settle_papers

WITNESSES = ("first_witness_by_id", "second_witness_by_id")
#: what a witness has signed for: how the list was carried out, and that it stands
_WITNESSED = frozenset({"destroyed_on", "way", "place_name", "firm", "voided_at"})


def list_files(session: Session, files: Sequence[Register], department: int | None) -> Register:
    """A list of *files* by the acting person, who keeps them; raises Obstructed with all that stands in the way."""
    person, today = acting(session), local_day(session, clock.now())
    values = {
        "listed_on": today, "keeper_id": person.id, "department_id": department, "file_count": len(files), "cause": "expired",
        "expired": True, "none_lent": True, "none_disputed": True, "none_held": True,
    }  # fmt: skip
    return records.add(session, register_named("destruction"), values, {"lines": _lines(session, files)})


def _lines(session: Session, files: Sequence[Register]) -> list[tuple[None, dict[str, Any]]]:
    """What is written of a file above the list's own level is its number: the list is read by others than who makes it."""
    reads = register_named("destruction").declaration.level
    titles = linked(session, "archive_file", [one.id for one in files], acting(session), reading(session))
    lines: list[tuple[None, dict[str, Any]]] = []
    for one in files:
        line = {"file_id": one.id, "file_number": one.number, "name": one.number, "copies": 1}
        if one.level <= reads:
            line |= {"name": titles[one.id][0], "closed_on": one.closed_on, "retained_until": one.retained_until}
        lines.append((None, line))
    return lines


@after_writing("destruction")
def keep_list(session: Session, listing: Register, before: Mapping[str, Any]) -> None:
    """Test what is listed, and what this writing wants beyond; the second witness's signature carries the list out."""
    require(may_rewrite(_was_witnessed(listing, before)))
    if listing.voided_at is not None:
        return
    today = local_day(session, clock.now())
    with elevated(session) as beneath:
        mine = beneath.get_one(type(listing), listing.id)
        files = _files_of(beneath, mine)
        _lock(beneath, files)
        found = eligibility(beneath, files, today, apart_from=mine.id)
        _test_files(mine, found, read_in_full(session, files))
        require(lines_agree(_astray(beneath, mine)))
        _test_writing(beneath, mine, before, today)
        if "second_witness_by_id" in before and mine.second_witness_by_id is not None:
            carry_out(beneath, mine)


@after_writing("destruction")
def move_queues(session: Session, listing: Register, before: Mapping[str, Any]) -> None:
    """Nobody is told of a paper that is listed; of one that is free again they are, and nobody waits for what is gone."""
    with elevated(session) as beneath:
        files = _files_of(beneath, beneath.get_one(type(listing), listing.id))
        settle_papers(beneath, files, clock.now())


def _files_of(session: Session, listing: Register) -> list[int]:
    """The files that the list's lines lead to."""
    item = register_named("archive_item")
    papers = [line.item_id for line in listing.lines if line.item_id]
    of_papers = session.scalars(select(item.file_id).where(item.id.in_(papers))) if papers else ()
    return sorted({line.file_id for line in listing.lines if line.file_id} | set(of_papers))


def _lock(session: Session, files: Sequence[int]) -> None:
    """Two lists of one file, or a loan meanwhile, queue here.

    The lines just written hold the keys of both already: asking for more than NO KEY UPDATE, two lists would lock up.
    """
    file, item = register_named("archive_file"), register_named("archive_item")
    for asked in (
        select(file.id).where(file.id.in_(files)).order_by(file.id),
        select(item.id).where(item.file_id.in_(files)).order_by(item.id),
    ):
        session.execute(asked.with_for_update(key_share=True))


def _astray(session: Session, listing: Register) -> int:
    """How many lines name a file and a paper of another."""
    item, named = register_named("archive_item"), {line.item_id: line.file_id for line in listing.lines if line.item_id}
    found = session.execute(select(item.id, item.file_id).where(item.id.in_(named)))
    return sum(named[row.id] not in (None, row.file_id) for row in found)


def _test_files(listing: Register, found: Mapping[int, Found], reads: set[int]) -> None:
    """One file that may not be destroyed stops the list by its number; why, is told to who reads the file."""
    against = [
        _about(one.number, verdict)
        for id_, one in sorted(found.items(), key=lambda each: each[1].number)
        for verdict in (one.against if id_ in reads else one.against and (may_not_be_listed(),))
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
        require(heads_department(listing.head_signed_by_id, heads_of(listing, staff_on(session, today))))
    if given.intersection(WITNESSES):
        require(may_witness(_act(session, listing, today)))
    elif listing.way is not None:
        require(is_for_good(listing.way))


def _was_witnessed(listing: Register, before: Mapping[str, Any]) -> bool:
    """Whether this writing touches what the first witness has signed; any other change has made the signature fall."""
    first, _second = WITNESSES
    fell = before.get(first) is not None
    return fell or (getattr(listing, first) is not None and not _WITNESSED.isdisjoint(before))


def _act(session: Session, listing: Register, today: date) -> Act:
    approved_at = listing.approved_at
    approved_on = local_day(session, approved_at) if approved_at else None
    return Act(today=today, approved_on=approved_on, destroyed_on=listing.destroyed_on, way=listing.way)


def heads_of(listing: Register, staff: Staff) -> frozenset[int]:
    """Who may sign for the owning department: its head, or whom R-ROLE-03 puts in their place."""
    barred = frozenset({listing.created_by_id, listing.keeper_id, listing.appraised_by_id} - {None})
    return frozenset(signer.person for signer in who_may_sign(HEAD, listing.department_id, barred, staff))

"""Many rows of the trail at once are those that one by one would be, on both databases (R-AUDT-01)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DataError

from admin_app.guard.chain import Change, Event, append, verify
from admin_app.guard.many import add_rows
from admin_app.working.imports import ImportLine
from admin_app.working.trail import TrailEntry, TrailValue
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-AUDT-01")
AT = datetime(2026, 3, 2, 2, 30, 0, 123456, tzinfo=UTC)
#: what arrays are written with, and what a value can be besides
AWKWARD = ('"A"', '"{a,b}"', r'"back\\slash"', '"引号“”"', '"NULL"', None, '""', "[1, null]")


def test_a_thousand_values_of_many_entries_are_kept_as_given_and_chained(world: World) -> None:
    events = [
        Event("changed", AT, None, "visitor", n, 2, detail={"n": n, "why": "{逗号,}"},
              changes=[Change("name", one, AWKWARD[n % len(AWKWARD)]) for one in AWKWARD])
        for n in range(120)
    ]  # fmt: skip
    with world.engine.begin() as connection:
        append(connection, events)
    with world.engine.connect() as connection:
        assert verify(connection) is None
        entries = connection.execute(select(TrailEntry.__table__).where(TrailEntry.table_name == "visitor")).all()
        rows = connection.execute(
            select(TrailValue.old, TrailValue.new, TrailValue.digest).where(TrailValue.seq.in_([e.seq for e in entries]))
            .order_by(TrailValue.seq, TrailValue.position)
        ).all()  # fmt: skip
    assert [(entry.record_id, entry.at, entry.actor_id) for entry in entries] == [(n, AT, None) for n in range(120)]
    assert [tuple(row) for row in rows] == [
        (one.old, one.new, one.digest()) for event in events for one in event.changes
    ]


def test_a_line_of_a_ledger_is_kept_as_given_whatever_its_words_and_bytes_are(world: World) -> None:
    """Texts, bytes and moments are written into arrays here; what an array is written with is part of no value."""
    words = ("", "NULL", "{a,b}", 'say "yes"', r"C:\new", "a,b", " 前后 ", "line\nbreak", None)
    kept = (b"", b'\x00\\"{}\xff', None)
    rows = [
        {"batch_id": 1, "line": n, "verdict": "added", "faults": one, "table_name": "visitor", "record_id": n or None,
         "cells": kept[n % len(kept)]}
        for n, one in enumerate(words)
    ]  # fmt: skip
    with world.engine.begin() as connection:
        add_rows(connection, ImportLine.__table__, rows)
    with world.engine.connect() as connection:
        found = connection.execute(select(ImportLine.__table__).order_by(ImportLine.line)).mappings().all()
    assert [dict(row) for row in found] == rows


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)  # SQLite counts no characters
def test_a_text_too_long_for_its_column_is_refused_not_cut(world: World) -> None:
    row = {"seq": 0, "position": 0, "field": "x" * 61, "old": None, "new": None, "salt": None, "digest": "d"}
    with world.engine.connect() as connection, pytest.raises(DataError):
        add_rows(connection, TrailValue.__table__, [{**row, "position": n} for n in range(60)])

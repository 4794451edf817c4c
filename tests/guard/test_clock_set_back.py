"""A machine's clock that was set back writes nothing until it has passed the trail's last entry (R-LOAN-09)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.guard import noting, trail, writing
from admin_app.models import register_named
from admin_app.operations import records, schedule
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LOAN-09")

#: what the trail's last entry says
LAST = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


@pytest.fixture
def machine(world, monkeypatch):
    """The machine's clock, to be set; the trail's last entry is of ``LAST``."""
    with clock.stopped_at(LAST), world.writing() as session:
        trail.note(session, "signed_in")

    def set_to(moment):
        class Clock(datetime):
            @classmethod
            def now(cls, zone=None):
                return moment

        monkeypatch.setattr(clock, "datetime", Clock)

    return set_to


def open_store(world, name):
    with world.writing() as session:
        return records.create(session, register_named("store"), {"name": name}).id


def stores(world):
    with world.open() as session:
        return set(
            session.scalars(register_named("store").__table__.select().with_only_columns(register_named("store").name))
        )


def test_what_is_written_by_a_clock_set_back_is_refused_and_nothing_stays(world, machine):
    machine(LAST - timedelta(minutes=2))
    with pytest.raises(Refused) as refused:
        open_store(world, "城北店")
    assert (refused.value.verdict.code, refused.value.status) == ("clock", 409)
    assert "城北店" not in stores(world)
    machine(LAST + timedelta(seconds=1))
    open_store(world, "城北店")
    assert "城北店" in stores(world)


@pytest.mark.rule("R-AUDT-01")
@pytest.mark.parametrize("how", ["refusal", "view"])
def test_what_is_noted_by_such_a_clock_opens_no_way_for_the_next_attempt(world, machine, how):
    back = LAST - timedelta(hours=1)
    machine(back)
    with world.open() as session:
        if how == "view":
            trail.note(session, "viewed")
            trail.write_notes(session)
        else:
            with noting(session):
                trail.note(session, "refused")
        noted = session.scalars(select(TrailEntry).order_by(TrailEntry.seq.desc())).first()
        assert (noted.at, json.loads(noted.detail)["clock"]) == (LAST, back.isoformat())
    for _attempt in range(2):
        with pytest.raises(Refused):
            open_store(world, "城北店")


def test_a_minute_back_is_what_clocks_differ_by(world, machine):
    machine(LAST - timedelta(minutes=1))
    open_store(world, "城北店")
    assert "城北店" in stores(world)


def test_by_such_a_clock_nothing_falls_due(world):
    with world.open() as session:
        with clock.stopped_at(LAST), writing(session):
            trail.note(session, "signed_in")
        back, on = LAST - timedelta(hours=1), LAST + timedelta(hours=1)
        assert [schedule.night_is_due(session, moment) for moment in (back, on)] == [False, True]


def test_the_page_says_why(world, machine, client_of):
    machine(LAST - timedelta(hours=1))
    answer = post(client_of("admin"), "/admin/store/new/", {"name": "城北店"})
    assert "系统时间早于最近的记录，请先校正时间" in answer.text
    assert "城北店" not in stores(world)

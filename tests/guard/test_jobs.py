"""A job is named, sees up to its clearance and nothing above, and stands in the trail by its name (R-CONF-03)."""

import json

import pytest
from sqlalchemy import select

from admin_app import cli, clock
from admin_app.guard import elevated
from admin_app.guard.jobs import JOBS, job
from admin_app.models import register_named
from admin_app.operations import audit
from admin_app.operations.archives.upkeep import KEEP_UP, keep_up
from admin_app.permissions import Level
from admin_app.rules.states import State
from admin_app.working.trail import TrailEntry
from tests.fixtures.worlds import World

assert cli.COMMAND  # imported last of all, it brings every declaration

pytestmark = pytest.mark.rule("R-CONF-03")


@pytest.fixture
def clerical():
    """A job of clearance 2, for one test."""
    yield job("clerical", "试验", Level.SECRET)
    del JOBS["clerical"]


def test_every_job_and_its_clearance_is_one_of_these():
    clearances = {name: int(person.clearance) for name, person in JOBS.items()}
    assert clearances == {
        "keep_up": 4, "set_up": 1, "command": 0, "demo": 4, "door": 0, "fines": 4, "archive_rates": 4, "reminders": 4,
        "reservations": 4, "erasing": 4, "keeping": 4, "credit": 4, "sales_ranking": 2, "going_cold": 1, "contacts": 4,
        "filing": 4, "relationship_cards": 4, "exports": 0, "calling_in": 4,
    }  # fmt: skip


def test_two_jobs_of_one_name_are_refused():
    with pytest.raises(ValueError, match="keep_up"):
        job("keep_up", "又一个", Level.OPEN)


def test_a_job_sees_every_scope_up_to_its_clearance_and_nothing_above(world: World, make, clerical):
    visitor = register_named("visitor")
    seen, hidden = make("visitor", store_id=1, level=2).id, make("visitor", store_id=2, level=3).id
    with world.open() as session:
        everything = set(session.scalars(select(visitor.id)))
        with elevated(session, clerical) as beneath:
            found = set(beneath.scalars(select(visitor.id)))
            assert beneath.get(visitor, hidden) is None
    assert {seen, hidden} <= everything
    assert seen in found
    assert hidden not in found


def test_what_a_job_does_bears_its_name_whoever_set_it_off(room):
    request = room.granted()
    room.pass_time(days=30)
    with room.acting("admin") as session:
        assert keep_up(session, room.now) == 1
    assert room.get("archive_loan", request).state == State.LAPSED
    with room.world.open("auditor") as session:
        entry = session.scalars(
            select(TrailEntry)
            .where(TrailEntry.table_name == "archive_loan", TrailEntry.record_id == request)
            .order_by(TrailEntry.seq.desc())
        ).first()
        told = next(one for one in audit.find(session, audit.Query()).entries if one.row.seq == entry.seq)
    assert (entry.event, entry.actor_id, json.loads(entry.detail)["job"]) == ("changed", KEEP_UP.id, "keep_up")
    assert told.who == KEEP_UP.name


def test_a_persons_own_step_beneath_their_rights_bears_their_name(room):
    with clock.stopped_at(room.now):
        request = room.submitted()
    with room.world.open() as session:
        entry = session.scalars(
            select(TrailEntry).where(TrailEntry.event == "submitted", TrailEntry.record_id == request)
        ).one()
    assert entry.actor_id == room.get("archive_loan", request).applicant_id
    assert "job" not in json.loads(entry.detail)

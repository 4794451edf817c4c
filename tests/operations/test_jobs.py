"""The schedule beside the pages: a queue of each kind, a consumer off the main thread, a work done once (R-NOTE-01)."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from admin_app import jobs
from admin_app.operations import schedule
from admin_app.working.schedule import ScheduledWork

pytestmark = pytest.mark.rule("R-NOTE-01")


@pytest.fixture
def nights(monkeypatch):
    """How often the night's work was done."""
    done = []
    monkeypatch.setattr(jobs, "nightly", lambda session, now: done.append(now))
    return done


def done_at(world, name):
    with world.open() as session:
        row = session.get(ScheduledWork, name)
        return row.done_at if row else None


def test_two_consumers_off_the_main_thread_do_the_night_once(app, world, nights):
    consumers = [jobs.consumer_of(app) for _number in range(2)]
    threads = [threading.Thread(target=consumer.run) for consumer in consumers]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 15
    while done_at(world, schedule.NIGHT) is None and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(1)  # the other one's look, too
    for consumer in consumers:
        consumer.stop(graceful=True)
    for thread in threads:
        thread.join(10)
    assert len(nights) == 1
    assert done_at(world, schedule.NIGHT) is not None


def test_a_night_that_fails_is_done_at_the_next_look(app, world, nights, monkeypatch):
    def fail(session, now):
        raise RuntimeError

    monkeypatch.setattr(jobs, "nightly", fail)
    jobs.tick(app)
    assert done_at(world, schedule.NIGHT) is None
    monkeypatch.setattr(jobs, "nightly", lambda session, now: nights.append(now))
    jobs.tick(app)
    jobs.tick(app)
    assert len(nights) == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_the_queue_may_lie_in_postgresql(world):
    queue = jobs.queue_of(replace(world.settings, queue_url=world.settings.owner_database))
    ran = []
    task = queue.task(name="asked")(lambda: ran.append("asked"))
    task()
    queue.execute(queue.dequeue())
    queue.storage.close()
    assert ran == ["asked"]


def test_an_address_of_another_kind_stops_the_start(world):
    with pytest.raises(SystemExit, match="STRONGROOM_QUEUE_URL"):
        jobs.queue_of(replace(world.settings, queue_url="mysql://localhost/"))


def test_who_was_taken_for_cut_and_comes_late_leaves_the_next_one_s_claim_alone(world):
    first, next_one = (datetime(2026, 3, 12, hour, tzinfo=UTC) for hour in (2, 4))
    with world.open() as session:
        assert schedule.night_is_due(session, first)
        assert schedule.night_is_due(session, next_one)
        schedule.give_back(session, schedule.NIGHT, first)
        schedule.done(session, schedule.NIGHT, first)
        session.rollback()
        row = session.get_one(ScheduledWork, schedule.NIGHT)
        assert (row.begun_at, row.done_at) == (next_one, None)
        schedule.done(session, schedule.NIGHT, next_one)
        session.refresh(row)
        assert (row.begun_at, row.done_at) == (None, next_one)


def test_a_database_that_is_not_there_when_asked_stops_no_schedule(app, nights, monkeypatch, caplog):
    def fail(session, now):
        raise RuntimeError

    monkeypatch.setattr(schedule, "night_is_due", fail)
    jobs.tick(app)
    assert nights == []
    assert "the schedule failed: nightly" in caplog.text

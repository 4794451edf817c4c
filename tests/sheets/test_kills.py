"""Killed at random moments of parsing, checking, writing and undoing, an import leaves nothing half done (R-IMPT-06)."""

import json
import multiprocessing
import os
import random
import signal
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from admin_app import clock
from admin_app.background import Workplace
from admin_app.guard import GuardedSession, act_as, chain
from admin_app.guard.codes import reading
from admin_app.models import register_named
from admin_app.operations.intakes import intake_of
from admin_app.operations.sweeping import sweep
from admin_app.sheets import batches, kept_checks, runs
from admin_app.sheets.reading import read_table
from admin_app.sheets.work import Work
from admin_app.verdicts import Refused
from admin_app.working.imports import ImportBatch, ImportLine
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.engines import new_engine
from tests.fixtures.worlds import person_of
from tests.sheets.conftest import Office, sheet, visitor

SOAK = bool(os.environ.get("STRONGROOM_SOAK"))
#: (stage after whose beginning the process is killed, the seed of the moment)
STAGES = ("reading", "checking", "writing", "keeping", "undoing")
MOMENTS = (
    [(STAGES[seed % 5], seed) for seed in range(50)] if SOAK else [("checking", 1), ("writing", 2), ("undoing", 4)]
)
LINES = 300
#: every tenth line is refused
BAD = LINES // 10


def ledger() -> str:
    rows = [
        visitor(name=f"顾客{place}", phone="联系不上" if place % 10 == 0 else f"1390000{place:04}")
        for place in range(LINES)
    ]
    return sheet(*rows)


def put_in(office: Office) -> int:
    """The id of a batch of the clerk's with the ledger in it."""
    with office.world.open("clerk") as session:
        work = Work(session, intake_of(register_named("visitor")), reading(session), clock.now())
        content = ledger().encode()
        table = read_table(content, "来店.csv", work.words)
        stored = batches.keep_original(work, office.files, content, table)
        batch = batches.open_batch(work, stored, content, "来店.csv", table)
        session.commit()
        return batch.id


def work_on(office: Office, batch_id: int, asked: runs.Asked) -> None:
    """What the server does with *asked*, on connections of this process's own."""
    engine, place = new_engine(office.world.settings.database), Workplace(office.world.settings.data_dir)
    try:
        with GuardedSession(bind=engine, anchor=office.world.settings.anchor) as session:
            act_as(session, person_of(session, "clerk"))
            claim = runs.ask(session, session.get_one(ImportBatch, batch_id), asked, place)
            runs.Run(batch_id, PERSON_IDS["clerk"], office.teller).perform(session, office.files, claim, place)
    finally:
        engine.dispose()


def killed(office: Office, batch_id: int, asked: runs.Asked, stage: str, moment: random.Random) -> None:
    """Have *asked* done by a process that is killed a moment after *stage* has begun."""
    place = Workplace(office.world.settings.data_dir)
    with office.world.open() as session:
        name = session.get_one(ImportBatch, batch_id).public_id
    office.world.engine.dispose()  # the child must not share our connections
    process = multiprocessing.get_context("fork").Process(target=work_on, args=(office, batch_id, asked))
    process.start()
    until = time.monotonic() + 30
    while process.is_alive() and time.monotonic() < until:
        progress = place.look(name)
        if progress and progress.stage == stage:
            break
        time.sleep(0.001)
    else:
        raise AssertionError(f"it never came to {stage}")
    time.sleep(moment.uniform(0, 0.15))
    process.kill()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    assert place.look(name) is None


def standing(office: Office, batch_id: int) -> tuple[str, int, int, int]:
    """State of the batch, records that stand, records voided, lines kept; the trail whole, the equation right."""
    visitors = register_named("visitor")
    with office.world.open() as session:
        batch = session.get_one(ImportBatch, batch_id)
        count = select(func.count(visitors.id)).execution_options(include_voided=True)
        voided = session.scalar(count.where(visitors.voided_at.is_not(None)))
        stand = session.scalar(count.where(visitors.voided_at.is_(None)))
        lines = session.scalar(select(func.count(ImportLine.line)).where(ImportLine.batch_id == batch_id))
        assert chain.verify(session.connection()) is None
        if equation := json.loads(batch.equation):
            assert equation.pop("lines") == sum(equation.values()) == LINES + 1
        return batch.state, stand, voided, lines


def named(office: Office, batch_id: int) -> set[str]:
    """The keys of the files that the batch has."""
    with office.world.open() as session:
        batch = session.get_one(ImportBatch, batch_id)
        return {key for key in (batch.stored, batch.refused_stored) if key}


def swept(office: Office) -> set[str]:
    """The keys of the files that lie in the store once a night two days later has been through it."""
    with office.world.open() as session:
        sweep(session, office.files, clock.now() + timedelta(days=2))
    return {one.key for one in office.files.stored()}


@pytest.mark.rule("R-IMPT-04", "R-IMPT-06")
@pytest.mark.parametrize(("stage", "seed"), MOMENTS)
def test_a_kill_leaves_all_or_nothing_and_the_batch_is_taken_up_again_or_dropped(office, stage, seed):
    """300 lines of which 30 are refused: 0 or 270 records stand, 0 or 300 lines are kept, and never anything between."""
    moment, place = random.Random(seed), Workplace(office.world.settings.data_dir)
    batch_id, good = put_in(office), LINES - BAD
    before, after = ("uploaded", 0, 0, 0), ("written", good, 0, LINES)
    asked = runs.Asked(runs.WRITE)
    if stage == "undoing":
        work_on(office, batch_id, asked)
        asked, before, after = runs.Asked(runs.UNDO, reason="导错了表"), after, ("undone", 0, good, LINES)
    killed(office, batch_id, asked, stage, moment)
    left = standing(office, batch_id)
    assert left in (before, after)
    assert swept(office) == named(office, batch_id)
    if left == after:
        return
    with office.world.open("clerk") as session:
        batch = session.get_one(ImportBatch, batch_id)
        assert runs.state_of(batch, place) == runs.INTERRUPTED
        if stage != "undoing" and moment.random() < 0.3:
            runs.drop(session, office.files, office.held, batch, place)
            assert standing(office, batch_id) == ("dropped", 0, 0, 0)
            return
    work_on(office, batch_id, asked)
    assert standing(office, batch_id) == after


@pytest.mark.rule("R-IMPT-03", "R-IMPT-06")
@pytest.mark.parametrize("seed", range(10) if SOAK else [1])
def test_a_check_that_is_killed_leaves_nothing_and_is_taken_up_again(office, seed):
    batch_id, place = put_in(office), Workplace(office.world.settings.data_dir)
    killed(office, batch_id, runs.Asked(runs.CHECK), "checking", random.Random(seed))
    with office.world.open("clerk") as session:
        batch = session.get_one(ImportBatch, batch_id)
        assert (runs.state_of(batch, place), batch.checked) in ((runs.INTERRUPTED, None), ("uploaded", batch.checked))
    work_on(office, batch_id, runs.Asked(runs.CHECK))
    with office.world.open("clerk") as session:
        batch = session.get_one(ImportBatch, batch_id)
        made = kept_checks.made_of(batch, person_of(session, "clerk"), "zh-CN")
        kept = kept_checks.page_of(office.held, batch, made)
    assert (kept["equation"]["added"], kept["equation"]["refused"]) == (LINES - BAD, BAD)
    assert standing(office, batch_id) == ("uploaded", 0, 0, 0)


@pytest.mark.rule("R-IMPT-06")
def test_what_was_written_just_before_the_kill_is_not_begun_again(office):
    batch_id = put_in(office)
    work_on(office, batch_id, runs.Asked(runs.WRITE))
    with pytest.raises(Refused) as refused:
        work_on(office, batch_id, runs.Asked(runs.WRITE))
    assert refused.value.verdict.code == "wrong_state"
    assert standing(office, batch_id) == ("written", LINES - BAD, 0, LINES)

"""Random people do random things in the archive room; whatever they did, what the rules promise holds (R-LOAN, R-ARCH-07).

Few short days in the everyday run, thousands of steps in the long one; a failing day is shrunk to the steps it needs.
"""

import json
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select, text
from sqlalchemy.exc import NoResultFound

from admin_app.guard import chain
from admin_app.models import register_named
from admin_app.operations.archives import holding, requests, reservations
from admin_app.operations.archives.upkeep import keep_up
from admin_app.permissions import Level
from admin_app.verdicts import Refused
from admin_app.working.lending import Reservation
from admin_app.working.trail import TrailEntry, TrailValue
from tests.every_register.examples import THOROUGH
from tests.fixtures.archive_room import Room, furnished
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.destruction import HERE, SIGNERS, Ending
from tests.fixtures.worlds import new_world

PEOPLE = (
    "clerk", "customer_manager", "store_manager", "archive_keeper", "archive_keeper2", "info_officer", "info_supervisor",
    "info_supervisor2", "service_manager", "general_manager", "admin",
)  # fmt: skip
KEEPER = "archive_keeper"
TABLES = ("archive_loan", "access_request")
CHANGING = (*TABLES, "archive_item", "archive_file", "destruction")
people, levels = st.sampled_from(PEOPLE), st.sampled_from((Level.SECRET, Level.CONFIDENTIAL, Level.TOP_SECRET))
applicants = st.sampled_from(("customer_manager", "info_officer", "archive_keeper2", "service_manager"))
at_the_desk = st.sampled_from((KEEPER, KEEPER, KEEPER, "archive_keeper2", "admin"))
some, copies, now_and_then = st.integers(0, 9), st.integers(0, 2), st.sampled_from((False, False, False, True))

#: what no row may show at any time: one open loan an item (R-LOAN-06), three days (R-LOAN-05), approvers distinct and never
#: the applicant (R-ROLE-03), each item's place or holder known (R-LOAN-10), destroyed only what was approved (R-ARCH-07)
NEVER = {
    "two have one item": """SELECT item_id FROM (
        SELECT item_id FROM archive_loan WHERE issued_at IS NOT NULL AND returned_at IS NULL
        UNION ALL SELECT item_id FROM access_request WHERE issued_at IS NOT NULL AND returned_at IS NULL
        ) AS lent GROUP BY item_id HAVING count(*) > 1""",
    "an applicant approves": """SELECT step.id FROM approval_step AS step JOIN archive_loan AS asked
        ON step.table_name = 'archive_loan' AND step.record_id = asked.id WHERE step.signed_by_id = asked.applicant_id
        UNION ALL SELECT step.id FROM approval_step AS step JOIN access_request AS asked
        ON step.table_name = 'access_request' AND step.record_id = asked.id WHERE step.signed_by_id = asked.applicant_id""",
    "one person signs twice": """SELECT record_id FROM approval_step WHERE signed_by_id IS NOT NULL
        GROUP BY table_name, record_id, round, signed_by_id HAVING count(*) > 1""",
    "an item is out with nobody, or in with somebody": """SELECT id FROM archive_item
        WHERE (state IN ('on_loan', 'reading')) <> (holder_id IS NOT NULL)
        OR (state IN ('on_loan', 'reading')) <> (EXISTS (SELECT 1 FROM archive_loan WHERE item_id = archive_item.id
            AND issued_at IS NOT NULL AND returned_at IS NULL) OR EXISTS (SELECT 1 FROM access_request
            WHERE item_id = archive_item.id AND issued_at IS NOT NULL AND returned_at IS NULL))""",
    "what is destroyed was not listed, judged and witnessed": """SELECT item.id FROM archive_item AS item
        WHERE item.state = 'destroyed' AND NOT EXISTS (SELECT 1 FROM destruction_line AS line
            JOIN destruction AS list ON line.parent_id = list.id
            WHERE line.file_id = item.file_id AND list.voided_at IS NULL AND list.appraised_by_id IS NOT NULL
            AND list.head_signed_by_id IS NOT NULL AND list.approved_by_id IS NOT NULL
            AND list.first_witness_by_id IS NOT NULL AND list.second_witness_by_id <> list.first_witness_by_id)""",
    "a file is destroyed early": """SELECT file.id FROM archive_file AS file
        WHERE (file.state = 'destroyed' OR EXISTS (SELECT 1 FROM archive_item AS item
            WHERE item.file_id = file.id AND item.state = 'destroyed')) AND NOT EXISTS (SELECT 1
            FROM destruction_line AS line JOIN destruction AS list ON line.parent_id = list.id
            WHERE line.file_id = file.id AND file.retained_until < list.listed_on
            AND list.listed_on <= list.destroyed_on)""",
    "what is out or held is destroyed": """SELECT file.id FROM archive_file AS file WHERE file.state = 'destroyed'
        AND (file.held OR EXISTS (SELECT 1 FROM archive_item AS item
            WHERE item.file_id = file.id AND item.state <> 'destroyed'))""",
    "two are told that one item waits for them": """SELECT item_id FROM reservation
        WHERE told_at IS NOT NULL AND ended_at IS NULL GROUP BY item_id HAVING count(*) > 1""",
}  # fmt: skip

#: days and hours are counted as each database counts; what an older ledger brought in is no loan of ours (R-LOAN-02)
LONGER = {
    "sqlite": """SELECT id FROM archive_loan WHERE source = 'system' AND issued_at IS NOT NULL
        AND (due_at IS NULL OR julianday(due_at) - julianday(issued_at) > 3.000001)""",
    "postgresql": """SELECT id FROM archive_loan WHERE source = 'system' AND issued_at IS NOT NULL
        AND (due_at IS NULL OR due_at > issued_at + interval '72 hours')""",
}  # fmt: skip

#: how far days got: a run in which nobody gets anything proves nothing
REACHED = {
    "lent": "SELECT count(*) FROM archive_loan WHERE issued_at IS NOT NULL",
    "read on the premises": "SELECT count(*) FROM access_request WHERE issued_at IS NOT NULL",
    "brought back": "SELECT count(*) FROM archive_loan WHERE returned_at IS NOT NULL",
    "lost": "SELECT count(*) FROM archive_violation",
    "waited for": "SELECT count(*) FROM reservation WHERE told_at IS NOT NULL",
    "destroyed": "SELECT count(*) FROM archive_item WHERE state = 'destroyed'",
}


#: how a day may begin
BEGINNINGS = (
    "nothing",
    "a loan",
    "a queue",
    "a loss",
    "a reading",
    "a file long closed",
    "a file destroyed",
)


class Days(RuleBasedStateMachine):
    """One archive room, and whoever walks in."""

    kind: str
    reached: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.room: Room = furnished(self.stack.enter_context(new_world(self.kind)))
        self.asked: list[tuple[str, int]] = []
        self.lists: list[int] = []

    @contextmanager
    def tried(self) -> Any:
        """A refusal is an answer, and so is that there is no such thing; any other error is a fault."""
        self.room.pass_time(minutes=1)
        with suppress(Refused, NoResultFound):
            yield

    @initialize(begins_with=st.sampled_from(BEGINNINGS))
    def opens(self, begins_with: str) -> None:
        """A day may begin where things are already under way."""
        if begins_with in ("a loan", "a queue", "a loss"):
            for who in ("customer_manager", "info_officer"):
                self.asks(who, "archive_loan", Level.SECRET, sent=True)
            self.is_lent(0)
        if begins_with == "a queue":
            self.reserves("info_officer", Level.SECRET)
            self.takes_back(0, KEEPER, good=2, lost=0, hurt=0)
        if begins_with == "a loss":
            self.takes_back(0, KEEPER, good=1, lost=1, hurt=0)
        if begins_with == "a reading":
            self.asks("customer_manager", "access_request", Level.SECRET, sent=True)
            self.is_lent(0)
        if begins_with in ("a file long closed", "a file destroyed"):
            ending = Ending(self.room)
            ending.set("archive_file", self.room.file_id, department_id=HERE)
            ending.close(self.room.file_id)
        if begins_with == "a file destroyed":
            self.lists_for_destruction(KEEPER)
            self.signs_all(self.lists[0])

    def one(self, number: int) -> tuple[str, int]:
        return self.asked[number % len(self.asked)]

    @rule(who=st.one_of(people, applicants), table=st.sampled_from(TABLES), level=levels, sent=st.booleans())
    def asks(self, who: str, table: str, level: Level, sent: bool) -> None:
        with self.tried():
            self.asked.append((table, self.room.draft(who, level, table)))
            if sent:
                self.submits(len(self.asked) - 1, who)

    @precondition(lambda self: self.asked)
    @rule(number=some, who=people)
    def submits(self, number: int, who: str) -> None:
        table, request = self.one(number)
        with self.tried(), self.room.acting(who) as session:
            requests.submit(session, session.get_one(register_named(table), request), self.room.now)

    @precondition(lambda self: self.asked)
    @rule(number=some, who=people, approve=st.sampled_from((True, True, True, False)))
    def signs(self, number: int, who: str, approve: bool) -> None:
        table, request = self.one(number)
        with self.tried():
            self.room.sign(who, request, table, approve=approve, reason="" if approve else "理由不充分")

    @precondition(lambda self: self.asked)
    @rule(number=some)
    def is_signed_to_the_end(self, number: int) -> None:
        """By whoever may, so that days get past the signatures."""
        for who in PEOPLE:
            self.signs(number, who, approve=True)

    @precondition(lambda self: self.asked)
    @rule(number=some)
    def is_lent(self, number: int) -> None:
        self.is_signed_to_the_end(number)
        self.issues(number, KEEPER)

    @precondition(lambda self: self.asked)
    @rule(number=some, who=people)
    def withdraws(self, number: int, who: str) -> None:
        table, request = self.one(number)
        with self.tried(), self.room.acting(who) as session:
            requests.withdraw(session, session.get_one(register_named(table), request), self.room.now)

    @precondition(lambda self: self.asked)
    @rule(number=some, who=at_the_desk)
    def issues(self, number: int, who: str) -> None:
        table, request = self.one(number)
        with self.tried():
            self.room.issue(request, who, table)

    @precondition(lambda self: self.asked)
    @rule(
        number=some,
        who=st.sampled_from(("archive_keeper", "archive_keeper2", "clerk")),
        good=copies,
        lost=copies,
        hurt=copies,
    )
    def takes_back(self, number: int, who: str, good: int, lost: int, hurt: int) -> None:
        table, request = self.one(number)
        with self.tried():
            self.room.take_back(request, who, table, note="当面清点", good=good, missing=lost, damaged=hurt)

    @rule(who=people, level=levels)
    def reserves(self, who: str, level: Level) -> None:
        with self.tried(), self.room.acting(who) as session:
            item = session.get_one(register_named("archive_item"), self.room.items[level])
            reservations.reserve(session, item, PERSON_IDS[who], self.room.now)

    @rule(who=people)
    def gives_up_waiting(self, who: str) -> None:
        with self.tried(), self.room.acting(who) as session:
            for place in session.scalars(select(Reservation).filter_by(person_id=PERSON_IDS[who], ended_at=None)):
                reservations.withdraw(session, place, self.room.now)

    @rule(
        who=st.sampled_from(("service_manager", "service_manager", "general_manager", "archive_keeper", "clerk")),
        held=now_and_then,
    )
    def holds_or_lifts(self, who: str, held: bool) -> None:
        with self.tried(), self.room.acting(who) as session:
            file = session.get_one(register_named("archive_file"), self.room.file_id)
            (holding.hold if held else holding.lift)(session, file, "涉诉材料")

    @rule(who=at_the_desk)
    def lists_for_destruction(self, who: str) -> None:
        with self.tried():
            self.lists.append(Ending(self.room).listing(as_=who))

    @precondition(lambda self: self.lists)
    @rule(number=some, place=st.sampled_from((*SIGNERS, "all")), by=people)
    def signs_a_list(self, number: int, place: str, by: str) -> None:
        listing, ending = self.lists[number % len(self.lists)], Ending(self.room)
        if place != "all":
            with self.tried():
                ending.sign(listing, place, by)
            return
        self.signs_all(listing)

    def signs_all(self, listing: int) -> None:
        """By whoever may, so that days get past the signatures."""
        ending = Ending(self.room)
        for each, signer in SIGNERS.items():
            if each == "first_witness_by_id":
                with self.tried():
                    ending.change(listing, destroyed_on=ending.today, way="shred")
            with self.tried():
                ending.sign(listing, each, signer)

    @rule(hours=st.sampled_from((1, 5, 20, 30, 75)))
    def time_passes(self, hours: int) -> None:
        self.room.pass_time(hours=hours)

    @rule()
    def night(self) -> None:
        self.room.pass_time(minutes=1)
        with self.room.acting("system") as session:
            keep_up(session, self.room.now)

    def teardown(self) -> None:
        with self.stack:
            with self.room.world.engine.connect() as connection:
                self.reached |= {what for what, sql in REACHED.items() if connection.scalar(text(sql))}
            self.nothing_is_that_may_never_be()
            self.the_trail_tells_what_is()

    def nothing_is_that_may_never_be(self) -> None:
        never = {**NEVER, "a loan is longer than three days": LONGER[self.kind]}
        with self.room.world.engine.connect() as connection:
            found = {what: connection.execute(text(sql)).all() for what, sql in never.items()}
        assert {what: rows for what, rows in found.items() if rows} == {}

    def the_trail_tells_what_is(self) -> None:
        """The chain holds, and a record's last told values are the ones it has."""
        with self.room.world.open() as session:
            assert chain.verify(session.connection()) is None
            for table in CHANGING:
                for record in session.scalars(select(register_named(table))):
                    for field, told in last_told(session, table, record.id).items():
                        if field in record.__table__.c:
                            kept = getattr(record, field)
                            assert as_kept(told, kept) == kept, (table, record.id, field)


def last_told(session: Any, table: str, record: int) -> dict[str, str | None]:
    """The newest value of each field that the trail tells of a record, as JSON."""
    values = select(TrailValue).join(TrailEntry, TrailEntry.seq == TrailValue.seq)
    told: dict[str, str | None] = {}
    for value in session.scalars(
        values.filter(TrailEntry.table_name == table, TrailEntry.record_id == record)
        .order_by(TrailValue.seq, TrailValue.position)
    ):  # fmt: skip
        told.update((field, new) for field, _old, new in chain.by_field(value.field, value.old, value.new))
    return told


def as_kept(told: str | None, kept: Any) -> Any:
    """What the trail tells in JSON, in the form in which a record has it."""
    value = json.loads(told) if told else None
    if value is None or not isinstance(kept, date | Decimal | tuple):
        return value
    return type(kept)(value) if not isinstance(kept, date) else type(kept).fromisoformat(value)


@pytest.mark.rule("R-LOAN-02", "R-LOAN-05", "R-LOAN-06", "R-LOAN-10", "R-ARCH-07", "R-AUDT-01", "R-ROLE-03")
def test_whatever_people_do_in_the_archive_room_its_promises_hold(engine_kind: str) -> None:
    days = type("Days", (Days,), {"kind": engine_kind, "reached": set()})
    examples, steps = (60, 80) if THOROUGH else (4, 20)
    run_state_machine_as_test(
        days,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
            print_blob=True, phases=tuple(Phase) if THOROUGH else (Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )  # fmt: skip
    assert not THOROUGH or days.reached == set(REACHED)


@pytest.mark.rule("R-ARCH-07")
def test_what_is_looked_for_after_a_day_is_found_where_it_is(room: Room) -> None:
    """A paper called destroyed that nobody listed; then its file, held."""

    def found() -> set[str]:
        with room.world.engine.connect() as connection:
            return {what for what, sql in NEVER.items() if connection.execute(text(sql)).all()}

    def forge(sql: str) -> None:
        with room.world.engine.begin() as connection:
            connection.execute(text(sql), {"id": room.file_id})

    assert found() == set()
    forge(
        "UPDATE archive_item SET state = 'destroyed' WHERE id = (SELECT min(id) FROM archive_item WHERE file_id = :id)"
    )
    early = {"what is destroyed was not listed, judged and witnessed", "a file is destroyed early"}
    assert found() == early
    forge("UPDATE archive_file SET state = 'destroyed', held = true, held_reason = '审计' WHERE id = :id")
    assert found() == {*early, "what is out or held is destroyed"}

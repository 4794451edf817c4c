"""An archive to lend from: a customer's file with papers of three levels, and requests taken as far as a test needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from admin_app import clock
from admin_app.guard import GuardedSession
from admin_app.guard.stamps import operating
from admin_app.models import Register, register_named
from admin_app.operations import records, staff
from admin_app.operations.archives import approvals, lending, requests
from admin_app.operations.archives.standing import item_of, standing
from admin_app.operations.today import local_day
from admin_app.permissions import Level
from admin_app.rules.loan_return import Count
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.worlds import World, world  # noqa: F401  a fixture

#: a Wednesday morning in Shanghai
WEDNESDAY = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
ASKED = {"purpose": "核对合同", "reason": "客户来电询问增项", "facts": "城东店客户经理"}


@dataclass
class Room:
    """The archive room of one test: its world, and the papers by level."""

    world: World
    file_id: int
    items: dict[Level, int]
    now: datetime = WEDNESDAY

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)

    def draft(self, username: str = "customer_manager", level: Level = Level.SECRET, table: str = "archive_loan", **asked: Any) -> int:
        with self.acting(username) as session:
            item = session.get_one(register_named("archive_item"), self.items[level])
            return requests.draft(session, table, item, {**ASKED, **asked}).id

    def submitted(self, *args: Any, **kwargs: Any) -> int:
        request = self.draft(*args, **kwargs)
        username = args[0] if args else kwargs.get("username", "customer_manager")
        table = kwargs.get("table", "archive_loan")
        with self.acting(username) as session:
            requests.submit(session, session.get_one(register_named(table), request), self.now)
        return request

    def granted(self, *args: Any, signers: tuple[str, ...] = ("store_manager", "archive_keeper"), **kwargs: Any) -> int:
        request = self.submitted(*args, **kwargs)
        for signer in signers:
            self.sign(signer, request, table=kwargs.get("table", "archive_loan"))
        return request

    def on_loan(self, *args: Any, **kwargs: Any) -> int:
        request = self.granted(*args, **kwargs)
        self.issue(request, table=kwargs.get("table", "archive_loan"))
        return request

    def sign(self, username: str, request: int, table: str = "archive_loan", **decision: Any) -> None:
        seen = decision.pop("seen", None) or self.digest(request, table)
        given = {"approve": True, "seen": seen, "checked_at": self.now, **decision}
        with self.acting(username) as session:
            record = session.get_one(register_named(table), request)
            approvals.decide(session, record, approvals.Decision(**given), self.now)

    def issue(self, request: int, username: str = "archive_keeper", table: str = "archive_loan", signed: bool = True) -> None:
        with self.acting(username) as session:
            record = session.get_one(register_named(table), request)
            lending.issue(session, record, signed_at=self.now if signed else None, now=self.now)

    def take_back(self, request: int, username: str = "archive_keeper", table: str = "archive_loan", note: str = "", **count: int) -> int:
        with self.acting(username) as session:
            record = session.get_one(register_named(table), request)
            return lending.take_back(session, record, Count(**count), note=note, now=self.now)

    def digest(self, request: int, table: str = "archive_loan") -> str:
        with self.world.open() as session:
            record = session.get_one(register_named(table), request)
            return standing(session, record, item_of(session, record)).request.digest

    def get(self, table: str, record_id: int) -> Register:
        """The record as it is now, for looking at."""
        with self.world.open() as session:
            record = session.get_one(register_named(table), record_id)
            session.expunge(record)
            return record

    def item(self, level: Level = Level.SECRET) -> Register:
        return self.get("archive_item", self.items[level])

    def sees(self, username: str, table: str, record_id: int) -> bool:
        with self.world.open(username) as session, clock.stopped_at(self.now):
            return session.get(register_named(table), record_id) is not None

    def staff(self) -> Any:
        with self.world.open() as session:
            return staff.staff_on(session, local_day(session, self.now))

    def acting(self, username: str) -> Any:
        return _At(self.world, username, self.now)


class _At:
    """A writing transaction of one person with the clock standing still."""

    def __init__(self, world: World, username: str, now: datetime):
        self.clock, self.writing = clock.stopped_at(now), world.writing(username)

    def __enter__(self) -> GuardedSession:
        self.clock.__enter__()
        return self.writing.__enter__()

    def __exit__(self, *error: Any) -> None:
        try:
            self.writing.__exit__(*error)
        finally:
            self.clock.__exit__(*error)


@pytest.fixture
def room(world: World) -> Iterator[Room]:
    """A customer of the first store with an open file, and one paper of each level from 秘密 up, two copies each."""
    with world.writing() as session, clock.stopped_at(WEDNESDAY - timedelta(days=9)):
        with operating(session):
            register_archive_types(session)
        customer = records.create(session, register_named("customer"), CUSTOMER)
        file = session.query(register_named("archive_file")).filter_by(customer_id=customer.id).one()
        papers = {level: _paper(session, file, level) for level in (Level.SECRET, Level.CONFIDENTIAL, Level.TOP_SECRET)}
        made = Room(world, file.id, {level: paper.id for level, paper in papers.items()})
    yield made


CUSTOMER = {
    "name": "沈若兰", "phone": "13800138000", "kind": "decoration", "registered_at": WEDNESDAY - timedelta(days=9),
    "store_id": 1, "owner_id": PERSON_IDS["customer_manager"],
}  # fmt: skip


def register_archive_types(session: GuardedSession) -> None:
    """The general type, and one that names a customer kind."""
    types = register_named("archive_type")
    common = {"retention_years": 10, "inspection_months": 6, "important": False}
    session.add(types(name="一般客户档案", prefix="KH", customer_kinds=("general", "special"), **common))
    session.flush()
    session.add(types(name="装修客户档案", prefix="ZX", customer_kinds=("decoration",), **common))
    session.flush()


def _paper(session: GuardedSession, file: Register, level: Level) -> Register:
    values = {"file_id": file.id, "name": f"{level.label}合同", "copies": 2, "level": int(level)}
    paper = records.create(session, register_named("archive_item"), values)
    paper.custodian_id = PERSON_IDS["info_supervisor2"] if level.classified else None
    return paper

"""Two worlds that one person cannot tell apart, asked the same in turn; what chance would change is frozen."""

import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy import create_engine, select

from admin_app import clock
from admin_app.permissions import Role
from admin_app.working.people import Account
from config import Settings
from tests.fixtures.company import CLEARANCES, DEPARTMENT_IDS, PEOPLE, PERSON_IDS, STORE_IDS, role_of
from tests.fixtures.web import READ, point_at
from tests.fixtures.worlds import World, changed_world
from tests.noninterference.asker import LAST_PLACE, Question
from tests.noninterference.filling import Filling
from tests.noninterference.stances import Onlooker

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """All that comes back: status, headers, body (whose length is its own)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass
class Twins:
    """The two worlds of one onlooker."""

    app: Flask
    who: Onlooker
    worlds: tuple[World, World]
    alike: set[tuple[str, str]]
    asked: int = 0

    def statuses(self, questions: list[Question]) -> set[int]:
        """What the answers to *questions* say, of both twins."""
        self.asked += len(questions)
        earlier = self.asked - len(questions)
        return {
            answer.status for world in self.worlds for answer in answers(self.app, self.who, world, questions, earlier)
        }

    def differences(self, questions: Iterable[Question]) -> list[str]:
        """The questions that the twins answer differently, each with the first place where they do."""
        questions = list(questions)
        first, second = ([*answers(self.app, self.who, world, questions, self.asked)] for world in self.worlds)
        self.asked += len(questions)
        return [
            f"{question}\n    {_where(one, other)}"
            for question, one, other in zip(questions, first, second, strict=True) if one != other
        ]  # fmt: skip


def answers(app: Flask, who: Onlooker, world: World, questions: Iterable[Question], asked: int = 0) -> Iterator[Answer]:
    """What *who* gets for *questions* in *world*, everything frozen; *asked* counts the questions of earlier rounds."""
    point_at(app, world)
    with frozen(app) as restart, clock.stopped_at(NOW):
        client, last = _signed_in(app, who, world), "/"
        for number, question in enumerate(questions, asked):
            restart(number)
            address = question.url.replace(LAST_PLACE, last)
            response = client.get(address) if question.form is None else client.post(address, data=question.form)
            last = response.headers.get("Location", last)
            headers = tuple(pair for pair in response.headers.items() if pair[0] != "Content-Length")
            yield Answer(response.status_code, headers, _unpacked(response.data))


def _signed_in(app: Flask, who: Onlooker, world: World) -> FlaskClient:
    client = app.test_client()
    with world.engine.connect() as connection:
        account = connection.execute(select(Account.id, Account.epoch).where(Account.employee_id == who.id)).one()
    with client.session_transaction() as cookie:
        now = NOW.timestamp()
        cookie.update(
            account=account.id,
            epoch=account.epoch,
            began=now,
            seen=now,
            checked=now,
            csrf_token="0" * 40,
            donts_until=READ,
        )
        cookie.permanent = True
    return client


def _unpacked(body: bytes) -> bytes:
    """A workbook's parts without the one that says when it was made, and without the archive's own times."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as parts:
        return b"\n".join(name.encode() + parts.read(name) for name in parts.namelist() if name != "docProps/core.xml")


def _where(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return f"status {one.status} against {other.status}"
    if one.headers != other.headers:
        return f"headers {set(one.headers) ^ set(other.headers)}"
    lines = zip(
        one.body.decode(errors="replace").splitlines(), other.body.decode(errors="replace").splitlines(), strict=False
    )
    mine, theirs = next(((a, b) for a, b in lines if a != b), ("…", "one is longer"))
    at = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), 0)
    return f"{mine[max(at - 80, 0) : at + 80]!r}\n    {theirs[max(at - 80, 0) : at + 80]!r}"


@contextmanager
def twins_of(app: Flask, username: str, kind: str) -> Iterator[Twins]:
    """The twins of the person with that *username* on that kind of database."""
    who = onlooker(username)
    with filled_world(who, 0, kind) as (first, _), filled_world(who, 1, kind) as (second, alike):
        yield Twins(app, who, (first, second), alike)


@contextmanager
def filled_world(who: Onlooker, version: int, kind: str) -> Iterator[tuple[World, set[tuple[str, str]]]]:
    """One of the twins, filled once per run, and the columns of it that the tables' checks keep alike."""
    with changed_world(kind, f"twin_{who.username}_{version}", partial(_fill, who, version)) as world:
        yield world, {(table, name) for table, name in json.loads(_alike(world.settings).read_text())}


def _fill(who: Onlooker, version: int, settings: Settings) -> None:
    owner = create_engine(settings.owner_database)
    with owner.begin() as connection:
        filling = Filling(connection, who, version)
        filling.fill()
    owner.dispose()
    _alike(settings).write_text(json.dumps(sorted(filling.alike)))


def _alike(settings: Settings) -> Path:
    return settings.data_dir / "alike.json"


def on(kind: str) -> list[pytest.MarkDecorator]:
    """The marks of a test that asks twins on that *kind* of database."""
    return [pytest.mark.postgresql] if kind == "postgresql" else []


def onlooker(username: str) -> Onlooker:
    """A person of the company by *username*, as ``tests.fixtures.company`` states them."""
    department, store = PEOPLE[username]
    role: Role = role_of(username)
    return Onlooker(
        username, PERSON_IDS[username], role, int(CLEARANCES.get(username, role.clearance)), STORE_IDS.get(store),
        DEPARTMENT_IDS[department],
    )  # fmt: skip


@contextmanager
def frozen(app: Flask) -> Iterator[Any]:
    """Random tokens counted instead of drawn, cookies of one moment, no CSRF question; yields what starts a request."""
    count = [0, 0]

    def restart(number: int) -> None:
        count[:] = [number, 0]

    def address(size: int | None = None) -> str:
        count[1] += 1
        return f"t{count[0]}x{count[1]}"

    def salt(size: int | None = None) -> str:
        """Not counted within a request: nobody sees how many salts the trail took."""
        return f"h{count[0]}"

    with ExitStack() as stack:
        stack.enter_context(patch.object(secrets, "token_urlsafe", address))
        stack.enter_context(patch.object(secrets, "token_hex", salt))
        stack.enter_context(patch.object(TimestampSigner, "get_timestamp", lambda self: int(NOW.timestamp())))
        stack.enter_context(patch.object(SecureCookieSessionInterface, "get_expiration_time", lambda *_: None))
        stack.enter_context(patch.dict(app.config, WTF_CSRF_ENABLED=False))
        yield restart

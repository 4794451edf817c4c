"""A real server with several processes on a world's database, and people signed in to it over HTTP.

Starting it takes longer than most races, so all races share it and one world on each kind of database: each makes what it
races for, and leaves nothing that another would stumble over.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.fixtures.archive_room import Room, furnished
from tests.fixtures.company import PASSWORD
from tests.fixtures.destruction import Ending
from tests.fixtures.worlds import World, new_world

WORKERS = 4
_STARTS_WITHIN = 120
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def rounds(everyday: int, soak: int = 500) -> int:
    """How often a race is run: *everyday*, and *soak* times in the long run."""
    return soak if os.environ.get("STRONGROOM_SOAK") else everyday


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What *acts* came to, in their order; they begin together."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


@dataclass
class Browser:
    """Somebody's browser: cookies kept, forms sent with the session's token; may be used by several threads at once."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, **typed: str) -> tuple[int, str]:
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **typed}))

    def sign_in(self, username: str) -> None:
        self._read_token("/login")
        status, page = self.post("/login", username=username, password=PASSWORD)
        assert status == 302, page
        self._read_token("/password")

    def _read_token(self, path: str) -> None:
        self.token = _TOKEN.search(self.get(path)[1])[1]

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = answer.read().decode()
        connection.close()
        return answer.status, page


@pytest.fixture(scope="package")
def world(engine_kind: str) -> Iterator[World]:
    """The company in which all races are run."""
    with new_world(engine_kind) as made:
        yield made


@pytest.fixture(scope="package")
def room(world: World) -> Room:
    """The archive room; each round puts papers of its own into its file."""
    return furnished(world)


@pytest.fixture(scope="package")
def ending(room: Room) -> Ending:
    """The same room, in which each round ends files of its own."""
    return Ending(room)


@pytest.fixture(scope="package")
def server(world: World) -> Iterator[int]:
    """The port of a server of several processes on this world."""
    port = _free_port()
    settings = world.settings
    environ = {
        **os.environ, "STRONGROOM_DATA_DIR": str(settings.data_dir), "STRONGROOM_DATABASE_URL": settings.database_url,
        "STRONGROOM_SECRET_KEY": settings.secret_key,
    }  # fmt: skip
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS),
               "--blocking-threads", "2", "--no-ws", "wsgi:app"]  # fmt: skip
    log = (settings.data_dir / "server.log").open("wb")
    process = subprocess.Popen(command, env=environ, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process, log.name)
        yield port
    finally:
        process.terminate()
        process.wait(30)
        log.close()
    with open(log.name, encoding="utf-8", errors="replace") as lines:
        assert [line for line in lines if '"event": "unexpected"' in line] == []  # whoever lost is told why


@pytest.fixture(scope="package")
def browser_of(server: int) -> Callable[[str], Browser]:
    """A browser with somebody signed in."""

    def signed_in(username: str) -> Browser:
        browser = Browser(server)
        browser.sign_in(username)
        return browser

    return signed_in


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen, log: str) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if Browser(port).get("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    with open(log, encoding="utf-8", errors="replace") as lines:
        raise AssertionError(f"the server did not start:\n{lines.read()}")

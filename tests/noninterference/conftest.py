"""Twins by person and kind of database, filled once per worker; requests change both alike, so they may be shared."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from tests.noninterference.twins import Twins, twins_of


@pytest.fixture(scope="session")
def twins_for(one_app: Flask) -> Iterator[Callable[[str, str], Twins]]:
    """``twins_for("clerk", "sqlite")``."""
    with ExitStack() as open_worlds:
        known: dict[tuple[str, str], Twins] = {}

        def find(username: str, kind: str) -> Twins:
            if (username, kind) not in known:
                known[username, kind] = open_worlds.enter_context(twins_of(one_app, username, kind))
            return known[username, kind]

        yield find

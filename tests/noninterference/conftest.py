"""Twins by person and kind of database, shared by a worker's tests, as requests change both alike."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from tests.noninterference.twins import Twins, twins_of

#: how many pairs a worker keeps; there are fifty in the long run, some ten megabytes each
KEPT = 4


@pytest.fixture(scope="session")
def twins_for(one_app: Flask) -> Iterator[Callable[[str, str], Twins]]:
    """``twins_for("clerk", "sqlite")``."""
    known: OrderedDict[tuple[str, str], tuple[Twins, ExitStack]] = OrderedDict()

    def find(username: str, kind: str) -> Twins:
        if (username, kind) not in known:
            if len(known) == KEPT:
                known.popitem(last=False)[1][1].close()
            opened = ExitStack()
            known[username, kind] = opened.enter_context(twins_of(one_app, username, kind)), opened
        return known[username, kind][0]

    yield find
    for _twins, opened in known.values():
        opened.close()

"""Databases to migrate up and down: empty ones, and copies of the company's."""

from collections.abc import Iterator

import pytest

from config import Settings
from tests.fixtures.worlds import empty_settings


@pytest.fixture
def empty(engine_kind: str) -> Iterator[Settings]:
    """An empty database of each kind."""
    with empty_settings(engine_kind, "migrated") as settings:
        yield settings

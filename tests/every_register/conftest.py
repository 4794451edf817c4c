"""Every test in this folder that names ``register`` or ``typed_register`` runs for each of them, new ones at once.

The world is shared by a module: its tests only add records of their own and look for these.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from admin_app import registers
from tests.fixtures.worlds import World, new_world


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    every = registers.load_all().values()
    kinds: dict[str, Any] = {
        "register": every,
        "typed_register": [register for register in every if not register.operations_only],
        "closed_register": [register for register in every if register.operations_only],
    }
    for name in kinds.keys() & set(metafunc.fixturenames):
        chosen = list(kinds[name])
        metafunc.parametrize(name, chosen, ids=[register.__tablename__ for register in chosen])


#: one of each shape: no scope, store and owner, a link as key with child lines, need to know, written by operations only
SHAPES = frozenset({"estate", "visitor", "designer", "archive_item", "archive_loan"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On PostgreSQL one register of each shape in the everyday run, all of them in the long one."""
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        register = next((value for name, value in params.items() if name.endswith("register")), None)
        if params.get("engine_kind") == "postgresql" and register is not None and register.__tablename__ not in SHAPES:
            item.add_marker(pytest.mark.soak)


@pytest.fixture(scope="module")
def world(engine_kind: str) -> Iterator[World]:
    """One world for the module, on each kind of database."""
    with new_world(engine_kind) as made:
        yield made

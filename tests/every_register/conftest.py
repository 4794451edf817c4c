"""Every test in this folder that names ``register`` or ``typed_register`` runs for each of them, new ones at once.

The world is shared by a module: its tests only add records of their own and look for these.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from admin_app import registers
from tests.every_register.examples import SHAPES, everyday
from tests.fixtures.worlds import World, new_world


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    every = registers.load_all().values()
    kinds: dict[str, Any] = {
        "register": every,
        "typed_register": [register for register in every if not register.operations_only],
        "closed_register": [register for register in every if register.operations_only],
    }
    for name in kinds.keys() & set(metafunc.fixturenames):
        asked_of = [mark.args[0] for mark in metafunc.definition.iter_markers("given")]
        chosen = [register for register in kinds[name] if all(holds(register) for holds in asked_of)]
        assert chosen, f"{metafunc.function.__name__} is asked of no register"
        metafunc.parametrize(name, chosen, ids=[register.__tablename__ for register in chosen])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On PostgreSQL one register of each shape in the everyday run, on SQLite one of each make and, marked so, all."""
    asked = {"postgresql": SHAPES, "sqlite": everyday()}
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        register = next((value for name, value in params.items() if name.endswith("register")), None)
        kind = params.get("engine_kind")
        if register is None or kind is None or register.__tablename__ in asked[kind]:
            continue
        if kind == "postgresql" or not item.get_closest_marker("all_registers"):
            item.add_marker(pytest.mark.soak)


@pytest.fixture(scope="module")
def world(engine_kind: str) -> Iterator[World]:
    """One world for the module, on each kind of database."""
    with new_world(engine_kind) as made:
        yield made

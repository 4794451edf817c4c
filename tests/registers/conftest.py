"""What the tests about registers share."""

import gc
from collections.abc import Iterator

import pytest

from admin_app.declaration import REGISTERS
from admin_app.models import Base, Register
from admin_app.registers import load_all


@pytest.fixture(scope="session")
def registers() -> dict[str, type[Register]]:
    """Every register of the folder tree, by table name."""
    return load_all()


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Whatever a test declares is gone after it."""
    registers, tables = set(REGISTERS), set(Base.metadata.tables)
    gc.freeze()  # what was there before need not be looked through: 173 registers take seconds
    yield
    for table in set(REGISTERS) - registers:
        register = REGISTERS.pop(table)
        register.registry._dispose_cls(register)
    for table in set(Base.metadata.tables) - tables:
        Base.metadata.remove(Base.metadata.tables[table])
    gc.collect()  # SQLAlchemy knows its mappers by weak references only

"""What the tests about registers share."""

import pytest

from admin_app.models import Register
from admin_app.registers import load_all


@pytest.fixture(scope="session")
def registers() -> dict[str, type[Register]]:
    """Every register of the folder tree, by table name."""
    return load_all()

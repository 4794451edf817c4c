"""A register is found by its place in the folder tree; nobody keeps a list of them."""

import sys
from pathlib import Path

import pytest

from admin_app import registers as package
from admin_app.fields import DeclarationError
from admin_app.models import Register
from admin_app.registers import load_all

PLANTED = '''
"""A register that nothing else mentions."""
from sqlalchemy.orm import Mapped

from admin_app.fields import ShortText, field, link
from admin_app.models import Register


class Planted(Register, title="试种", key="name", list="name", level=1):
    """Planted by a test."""

    name: Mapped[ShortText] = field("名称", place="+")
    other_id: Mapped[int | None] = link("其他", to="OTHER", place="+")
'''


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, registers: dict, forgotten: None):
    """Put a register that links to *other* into an area of its own."""

    def write(other: str) -> None:
        area = tmp_path / "nursery"
        area.mkdir()
        (area / "__init__.py").write_text('"""An area."""', encoding="utf-8")
        (area / "planted.py").write_text(PLANTED.replace("OTHER", other), encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])

    yield write
    for name in [name for name in sys.modules if name.startswith(f"{package.__name__}.nursery")]:
        del sys.modules[name]
    if hasattr(package, "nursery"):
        del package.nursery


def test_a_new_file_is_a_new_register_of_its_folders_area(plant):
    plant("customer")
    found: type[Register] = load_all()["planted"]
    assert found.declaration.title == "试种"
    assert found.declaration.area == "nursery"
    assert set(found.faces) == {"name", "other_id"}


def test_a_link_to_nowhere_stops_the_start(plant):
    plant("nowhere")
    with pytest.raises(DeclarationError, match="Planted.other_id: links to nowhere, which does not exist"):
        load_all()

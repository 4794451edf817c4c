"""Imports point one way only: a layer may import those to its right, and nothing else (admin_app's docstring)."""

import ast
from pathlib import Path

import pytest

from tests.codebase.sources import PROGRAM, own_imports, package_of, python_files, tree_of

#: top to bottom; modules of one line may not import one another, but for those that one folder holds
LAYERS = (
    ("cli", "jobs"),
    ("documents", "catalogue", "keeping"),
    ("__init__",),
    ("views",),
    ("database", "backups"),
    ("sheets",),
    ("operations",),
    ("rules",),
    ("migrating",),
    ("registers",),
    ("grants",),
    ("guard",),
    ("working",),
    ("models",),
    ("declaration",),
    ("checks", "signed", "usable"),
    ("class_words",),
    ("fields",),
    ("storage", "logs", "clock", "confined", "background"),
    ("sealed_pieces", "level_words"),
    ("permissions", "verdicts"),
    ("texts",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
#: a rule is values in, verdict out: nothing of web or database
PURE = {
    "permissions": {"sqlalchemy", "flask"},
    "rules": {"sqlalchemy", "flask"},
    "fields": {"flask"},
    "guard": {"flask"},
    "operations": {"flask"},
    "sheets": {"flask"},
}


def unit_of(path: str) -> str:
    """The layer's module or folder that a dotted path lies in; the package itself is ``create_app``'s."""
    name = path.split(".", maxsplit=1)[0]
    return name if name in RANK else "__init__"


def violations(file: Path, root: Path = PROGRAM) -> list[str]:
    """What *file* imports that lies above it, beside it, or inside a function."""
    tree, package = tree_of(file), package_of(file, root)
    own = package[0] if package else file.stem
    inside = {id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
              for node in ast.walk(function)}  # fmt: skip
    found = []
    for node, path in own_imports(tree, package):
        unit = unit_of(path)
        where = f"{file.relative_to(root)}:{node.lineno}"
        if unit != own and RANK[unit] <= RANK[own]:
            found.append(f"{where} imports {path}, which isn't below it")
        if own == "registers" and unit == "registers" and len(package) > 1:
            found.append(f"{where} imports a sibling, {path}; registers link by table name")
        if id(node) in inside:
            found.append(f"{where} hides its import of {path} in a function")
    return found


def test_every_module_has_its_layer() -> None:
    names = {file.stem if file.parent == PROGRAM else package_of(file)[0] for file in python_files("admin_app")}
    assert names <= RANK.keys()


def test_imports_point_one_way() -> None:
    assert [violation for file in python_files("admin_app") for violation in violations(file)] == []


def test_lower_layers_know_nothing_of_web_or_database() -> None:
    found = []
    for unit, forbidden in PURE.items():
        for file in python_files("admin_app"):
            if unit in (file.stem if file.parent == PROGRAM else package_of(file)[0],):
                found += [f"{file.name}: {name}" for name in _third_parties(file) & forbidden]
    assert found == []


def _third_parties(file: Path) -> set[str]:
    named = [
        node.module or "" for node in ast.walk(tree_of(file)) if isinstance(node, ast.ImportFrom) and not node.level
    ]
    named += [alias.name for node in ast.walk(tree_of(file)) if isinstance(node, ast.Import) for alias in node.names]
    return {name.split(".")[0] for name in named}


@pytest.mark.parametrize(
    ("place", "text", "fault"),
    [
        ("rules/loans.py", "from ..operations import records", "imports operations, which isn't below it"),
        ("guard/rows.py", "from admin_app.views.words import words", "imports views.words, which isn't below it"),
        ("texts.py", "import admin_app.permissions", "imports permissions, which isn't below it"),
        ("registers/visits/visitor.py", "from ..customers.customer import Customer", "imports a sibling"),
        ("registers/visits/visitor.py", "from .follow_up import FollowUp", "imports a sibling"),
        (
            "operations/loans.py",
            "def lend():\n    from ..models import Base",
            "hides its import of models in a function",
        ),
        ("clock.py", "from . import create_app", "imports create_app, which isn't below it"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, place: str, text: str, fault: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    (found,) = violations(file, tmp_path)
    assert fault in found

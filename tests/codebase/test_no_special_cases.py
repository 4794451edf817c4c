"""Nobody asks "which register is this?": no condition compares a table's name with a particular one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from admin_app import registers
from tests.codebase.sources import python_files, tree_of

_TESTED = (ast.If, ast.IfExp, ast.While, ast.comprehension, ast.Assert)


def special_cases(file: Path, tables: set[str]) -> Iterator[str]:
    """The comparisons in conditions between something named like a table and a particular table's name."""
    for node in ast.walk(tree_of(file)):
        tests = node.ifs if isinstance(node, ast.comprehension) else [node.test] if isinstance(node, _TESTED) else []
        if isinstance(node, ast.Match) and _asks_for_table(node.subject):
            yield f"{file.name}:{node.lineno}"
        for compared in (inner for test in tests for inner in ast.walk(test) if isinstance(inner, ast.Compare)):
            sides = [compared.left, *compared.comparators]
            named = {side.value for one in sides for side in ast.walk(one) if isinstance(side, ast.Constant)}
            if named & tables and any(map(_asks_for_table, sides)):
                yield f"{file.name}:{compared.lineno}"


def _asks_for_table(node: ast.expr) -> bool:
    names = (part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "") for part in ast.walk(node))
    return any("table" in name for name in names)


def test_no_condition_names_a_register() -> None:
    tables = set(registers.load_all())
    assert [found for file in python_files("admin_app") for found in special_cases(file, tables)] == []


@pytest.mark.parametrize(
    "planted",
    [
        'if register.__tablename__ == "visitor": pass',
        'if table in ("visitor", "customer"): pass',
        'label = "x" if "visitor" == self.table else "y"',
        'rows = [row for row in rows if row.table_name != "visitor"]',
        'match register.__tablename__:\n    case "visitor": pass',
    ],
)
def test_a_planted_special_case_is_found(tmp_path: Path, planted: str) -> None:
    file = tmp_path / "planted.py"
    file.write_text(planted, encoding="utf-8")
    assert list(special_cases(file, {"visitor", "customer"}))

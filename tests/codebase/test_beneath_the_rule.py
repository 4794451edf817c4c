"""The row rule stands on ORM statements; what goes past it is named here, file by file, with its reason.

Past it go: raw SQL, statements on a bare table, the connection itself, bulk mappings. The guard is the rule, and the
working tables have no rows of registers.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.codebase.sources import PROGRAM, package_of, python_files, tree_of

_PAST = frozenset(
    {
        "exec_driver_sql",
        "bulk_insert_mappings",
        "bulk_update_mappings",
        "bulk_save_objects",
        "connection",
        "from_statement",
    }
)
#: only the shape of tables: columns, constraints, indexes; no rows
SHAPE = "reads the shape of the table, no rows"
EXCEPTIONS = {
    "declaration.py": SHAPE,
    "models.py": SHAPE,
    "registers/archives/access_request.py": "the condition of an index",
    "registers/archives/archive_loan.py": "the condition of an index",
    "operations/constraints.py": SHAPE,
    "sheets/consistency.py": SHAPE,
    "sheets/uniques.py": SHAPE,
    "migrating.py": "runs as the owner: grants to the application's role",
    "cli.py": "verifies the whole chain of the trail",
    "operations/accounts.py": "one's own name, which a password must not be made of",
    "operations/archives/eligibility.py": "that a file stands in a list of destruction, and in which",
    "operations/archives/handovers.py": "which types follow from a car sold or serviced, and where people work",
    "operations/archives/condition.py": "whether a file is destroyed or held, which nobody's changes get past",
    "operations/archives/opening.py": "prefix and counter of a number that anybody's new record gets",
    "operations/archives/transfers.py": "who of the staff is designated to carry, by id",
    "operations/archives/custody.py": "the roles of who is named as custodian, by id",
    "operations/archives/retention.py": "for how many years a type is kept",
    "operations/audit.py": "names and numbers to the trail's entries, for whoever reads the trail",
    "operations/people.py": "loads who acts, before anybody acts",
    "operations/power_decisions.py": "roles and clearances that a decision on powers goes by",
    "operations/powers_kept.py": "whether an admin and a general manager are left",
    "operations/setting_up.py": "whether there is an account",
    "operations/staff.py": "roles, clearances and the tree of departments, by which a step finds its signer",
    "views/health.py": "asks whether the tables are there, of nobody's records",
    "sheets/writing.py": "writes the lines of a batch, a working table",
    "sheets/undoing.py": "holds the records that a batch wrote, by id, seen or not",
}


def past_the_rule(file: Path) -> Iterator[str]:
    """The lines of *file* that reach the database past the row rule, or might."""
    tree = tree_of(file)
    raw = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name == "text"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "__table__":
            yield f"{file.name}:{node.lineno} a bare table"
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _PAST or (isinstance(node.func, ast.Name) and name in raw):
                yield f"{file.name}:{node.lineno} {name}()"


def test_only_the_named_files_go_past_the_row_rule() -> None:
    found = {
        str(file.relative_to(PROGRAM)): lines
        for file in python_files("admin_app")
        if (package_of(file) or ("",))[0] not in ("guard", "working") and (lines := list(past_the_rule(file)))
    }
    assert {name: lines for name, lines in found.items() if name not in EXCEPTIONS} == {}
    assert EXCEPTIONS.keys() <= found.keys(), "an exception that nothing needs any more"


@pytest.mark.parametrize(
    "planted",
    [
        "from sqlalchemy import text\nsession.execute(text('SELECT 1'))",
        "from sqlalchemy import text as sql\nsession.execute(sql('SELECT 1'))",
        "session.execute(select(Visitor.__table__))",
        "session.connection().execute(statement)",
        "connection.exec_driver_sql('SELECT 1')",
        "session.bulk_insert_mappings(Visitor, rows)",
    ],
)
def test_a_planted_way_past_the_rule_is_found(tmp_path: Path, planted: str) -> None:
    file = tmp_path / "planted.py"
    file.write_text(planted, encoding="utf-8")
    assert list(past_the_rule(file))

"""Every rule of the rule book carries a test that is marked with it; those that none proves yet are written here."""

import ast
from collections.abc import Iterator

from tests.codebase.sources import ROOT, python_files, tree_of

#: rules that no test proves yet; a rule leaves this list with its first test
WITHOUT_A_TEST = {
    "R-CALL-01", "R-COMP-03", "R-COMP-04", "R-CONS-02", "R-CONS-04",
    "R-MEMB-01", "R-PROP-01", "R-SERV-02", "R-SERV-03", "R-SERV-04", "R-SIGN-03",
}  # fmt: skip


def rules() -> set[str]:
    """The ids of all rules."""
    lines = (ROOT / "tests/data/rules.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}


def marked() -> Iterator[str]:
    """The ids that stand in a ``pytest.mark.rule(…)`` somewhere in the tests."""
    for file in python_files("tests"):
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
                yield from (argument.value for argument in node.args if isinstance(argument, ast.Constant))


def test_every_rule_has_a_test_but_those_written_here() -> None:
    assert rules() - set(marked()) == WITHOUT_A_TEST


def test_a_mark_names_a_rule_there_is() -> None:
    assert set(marked()) - rules() == set()

"""The rule book is complete, its ids and codes are known ones, and the rules stay pure."""

import ast
import sys
from pathlib import Path

import pytest

from admin_app.rules import book
from admin_app.rules.codes import CODES
from admin_app.verdicts import STATE_CODES


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


RULES = Path(book.__file__).parent
TREES = {path.stem: parse(path) for path in sorted(RULES.glob("*.py"))}
PROGRAM = {str(path.relative_to(RULES.parent)): parse(path) for path in sorted(RULES.parent.rglob("*.py"))}
ENTRIES = book.rule_book()

#: answers that only put others together
NOT_A_RULE = {"combining.first_refusal"}


def refusals(trees: dict[str, ast.Module]) -> list[tuple[str, str | None, str | None]]:
    """Module, rule and code of every ``refuse(...)``; None where one isn't written out, as that of a permit of either kind."""
    return [
        (module, *(one.value if isinstance(one, ast.Constant) else None for one in node.args[:2]))
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse"
    ]


@pytest.mark.rule("R-SIGN-06")
def test_every_refusal_names_a_code_of_the_list_and_a_rule_of_the_book():
    ids = {name for entry in ENTRIES for name in entry.ids}
    assert len(refusals(TREES)) > 50
    assert [found for found in refusals(TREES) if found[1] not in {None, *ids} or found[2] not in CODES] == []
    assert [found for found in refusals(PROGRAM) if found[2] not in CODES] == []


@pytest.mark.rule("R-SIGN-06")
def test_every_code_of_the_list_is_given_somewhere_in_the_program():
    assert set(CODES) - {code for _, _, code in refusals(PROGRAM)} == set()


@pytest.mark.rule("R-SIGN-05", "R-SIGN-06")
def test_codes_that_tell_of_a_state_are_answered_with_409():
    of_a_state = {
        "wrong_state", "not_signed", "changed", "outdated", "lapsed", "on_loan", "reserved", "overdue_elsewhere",
        "cooling_off", "destroyed", "held", "locked", "clock", "not_in", "taken", "inconsistent", "suspended",
        "struck_off", "inactive", "full", "plans_unsigned", "incidents", "listed", "retained", "disputed",
        "over_limit",
    }  # fmt: skip
    assert set(CODES) & STATE_CODES == of_a_state


def answering() -> set[str]:
    """Every public function of the rules that returns a verdict."""
    return {
        f"{module}.{node.name}"
        for module, tree in TREES.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name) and node.returns.id == "Verdict"
    }


def test_every_function_that_answers_with_a_verdict_is_in_the_book():
    assert len(answering()) > 30
    assert answering() - {entry.function for entry in ENTRIES} == NOT_A_RULE


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.function)
def test_every_rule_is_told_in_one_chinese_sentence(entry):
    assert entry.sentence.endswith("。")
    assert entry.sentence.count("。") == 1


def test_entering_a_function_into_the_book_leaves_it_as_it_is(monkeypatch):
    monkeypatch.setattr(book, "_entries", {})

    def answer() -> int:
        return 42

    assert book.rule("R-LOAN-05 R-LOAN-06", "一句话。")(answer) is answer
    (entry,) = book.rule_book()
    assert (entry.ids, entry.sentence) == (("R-LOAN-05", "R-LOAN-06"), "一句话。")


@pytest.mark.parametrize("ids", ["", "R-LOAN-5", "LOAN-05", "R-LOAN-05,R-LOAN-06"])
def test_a_slip_in_a_rule_id_stops_the_import(ids):
    with pytest.raises(ValueError, match="not rule ids"):
        book.rule(ids, "一句话。")


def imported(tree: ast.Module) -> set[str]:
    """What a module imports: first parts of absolute names, and our own from above as ``..name``."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"..{node.module}" if node.level > 1 else "." if node.level else node.module.partition(".")[0])
    return found


@pytest.mark.parametrize(("module", "tree"), TREES.items(), ids=TREES.keys())
def test_a_rule_imports_nothing_but_the_library_the_leaves_and_its_siblings(module, tree):
    leaves = {".", "..texts", "..verdicts", "..permissions", "..level_words", "..clock", "..fields.contacts"}
    allowed = {*sys.stdlib_module_names, *leaves, "holidays"}
    assert imported(tree) <= allowed


@pytest.mark.parametrize(("module", "tree"), TREES.items(), ids=TREES.keys())
def test_a_rule_never_asks_the_clock(module, tree):
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
    assert not called & {"now", "utcnow", "today", "time", "time_ns", "monotonic"}

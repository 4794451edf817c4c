"""Every text a person reads goes through the catalogue: no bare Chinese in the screens."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.codebase.sources import PROGRAM, python_files, tree_of

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TRANSLATED = frozenset({"_", "_l", "say", "gettext", "lazy_gettext", "ngettext", "words"})


def bare_texts(file: Path) -> Iterator[str]:
    """Chinese string constants outside a call that translates them, but for docstrings."""
    tree = tree_of(file)
    told = {id(part) for call in ast.walk(tree) if isinstance(call, ast.Call) and _name(call.func) in _TRANSLATED
            for part in ast.walk(call)}  # fmt: skip
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if _CHINESE.search(text) and id(node) not in told | docstrings:
            yield f"{file.name}:{node.lineno} {text}"


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_the_screens_have_no_bare_chinese() -> None:
    views = [file for file in python_files("admin_app") if (PROGRAM / "views") in file.parents]
    assert [found for file in views for found in bare_texts(file)] == []


@pytest.mark.parametrize("planted", ['flash("已保存")', 'title = f"{n} 条"', 'TITLES = {"a": "来店"}'])
def test_a_planted_bare_text_is_found(tmp_path: Path, planted: str) -> None:
    file = tmp_path / "planted.py"
    file.write_text(planted, encoding="utf-8")
    assert len(list(bare_texts(file))) == 1


def test_a_text_in_the_catalogue_is_not_bare(tmp_path: Path) -> None:
    file = tmp_path / "planted.py"
    file.write_text('"""说明。"""\nflash(_("已保存"))\nreason = say("最多 {n} 天", n=3)\n', encoding="utf-8")
    assert list(bare_texts(file)) == []

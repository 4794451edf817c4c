"""Every text a person reads goes through the catalogue: none stands bare in code, templates or scripts.

Comments and docstrings are nobody's to read but ours, and may quote the manuals.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from admin_app.catalogue import SAYING, SAYING_OF, called
from admin_app.texts import foreign
from tests.codebase.sources import PROGRAM, python_files, tree_of

#: what declares a field or a slip: its label, section and help are messages, its place and synonyms data
DECLARING = frozenset({"field", "choice", "choices", "link", "person", "sign", "child_rows", "slip"})
#: rules are described in the rule book, which is a document
DESCRIBING = frozenset({"rule"})
#: files whose Chinese isn't a screen's -> why
APART = {
    "cli.py": "the terminal of whoever runs the program",
    "backups.py": "the terminal",
    "keeping.py": "the terminal",
    "documents.py": "the generated documents",
    "guard/pinyin.py": "how characters are read",
    "guard/chain.py": "what the terminal says of a broken trail",
    "sheets/results.py": "what the terminal says of an import",
    "sheets/template.py": "a file speaks the company's language, whoever fetches it",
    "sheets/examples.py": "cells of that file",
    "sheets/refused_file.py": "a file",
    "sheets/mapping.py": "columns of a file",
    "sheets/names.py": "the name of a worksheet",
    "rules/level_words.py": "the marks of state secrets that are refused (R-CONF-13)",
    "sheets/formulas.py": "signs that files carry",
    "sheets/reading": "what is recognised in files",
    "fields/choices.py": "what people write for yes and no",
    "fields/contacts.py": "how people write telephone numbers",
    "fields/numbers.py": "how people write amounts",
    "fields/times.py": "how people write days and times",
    "fields/types.py": "units that people write",
    "operations/setting_up.py": "the name of the first archive type, which is data",
    "rules/titles.py": "the posts that the manuals name, which are data",
    "rules/passwords.py": "what is recognised in a password",
    "views/register/boxes.py": "the sign between codes that a form sends",
    "views/language.py": "languages name themselves",
}


def bare_texts(file: Path) -> Iterator[str]:
    """Chinese constants of *file* outside a call that translates them, a declaration, and docstrings."""
    tree = tree_of(file)
    told = {id(part) for node in ast.walk(tree) for part in _told(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if foreign(text) and id(node) not in told:
            yield f"{file.name}:{node.lineno} {text}"


def _told(node: ast.AST) -> Iterator[ast.AST]:
    """What *node* vouches for."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.Call) and called(node) in SAYING | SAYING_OF | DECLARING | DESCRIBING:
        yield from ast.walk(node)
    elif isinstance(node, ast.ClassDef):
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "title")
    elif isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["TITLE"]:
        yield node.value


def apart(file: Path) -> str | None:
    """Why *file* may hold what it holds; None for a file that may not."""
    path = str(file.relative_to(PROGRAM))
    return next((why for name, why in APART.items() if path == name or path.startswith(f"{name}/")), None)


def bare_in_template(text: str) -> list[str]:
    """The lines of a template that have Chinese outside ``_("…")`` and comments."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"""pgettext\("[^"]*", "[^"]*"|\b_\((?:"[^"]*"|'[^']*')""", "", text)
    return [line.strip() for line in text.splitlines() if foreign(line)]


def bare_in_script(text: str) -> list[str]:
    return [line for line in text.splitlines() if foreign(line) and not line.lstrip().startswith("//")]


def test_no_code_has_bare_chinese() -> None:
    files = [file for file in python_files("admin_app") if apart(file) is None]
    assert [found for file in files for found in bare_texts(file)] == []


def test_no_template_has_bare_chinese() -> None:
    files = sorted((PROGRAM / "templates").rglob("*.html"))
    assert [f"{file.name} {line}" for file in files for line in bare_in_template(file.read_text("utf-8"))] == []


def test_no_script_and_no_style_has_chinese() -> None:
    files = [*(PROGRAM / "static").rglob("*.js"), *(PROGRAM / "static").rglob("*.css")]
    assert [f"{file.name} {line}" for file in files for line in bare_in_script(file.read_text("utf-8"))] == []


def test_what_stands_apart_still_has_chinese_of_its_own() -> None:
    needless = [
        name for name in APART
        if not any(True for file in python_files("admin_app")
                   if f"{file.relative_to(PROGRAM)}/".startswith(f"{name}/") for _text in bare_texts(file))
    ]  # fmt: skip
    assert needless == []


@pytest.mark.parametrize("planted", ['flash("已保存")', 'title = f"{n} 条"', 'TITLES = {"a": "来店"}', 'ends = "；"'])
def test_a_planted_bare_text_is_found(tmp_path: Path, planted: str) -> None:
    file = tmp_path / "planted.py"
    file.write_text(planted, encoding="utf-8")
    assert len(list(bare_texts(file))) == 1


@pytest.mark.parametrize("planted", ["<p>没有记录</p>", '<b title="{{ x }}：{{ y }}">', '{{ page.names|join("、") }}'])
def test_a_planted_bare_text_of_a_template_is_found(planted: str) -> None:
    assert bare_in_template('{# 说明 #}{{ _("正文") }}') == []
    assert bare_in_template(planted) == [planted]


def test_a_text_in_the_catalogue_is_not_bare(tmp_path: Path) -> None:
    file = tmp_path / "planted.py"
    file.write_text('"""说明。"""\nflash(_("已保存"))\nreason = say("最多 {n} 天", n=3)\n', encoding="utf-8")
    assert list(bare_texts(file)) == []

"""The program's own source as these tests read it: files, trees, who imports what."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "admin_app"


def python_files(*folders: str) -> list[Path]:
    """Every Python file of the project under *folders*, in order."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def own_imports(tree: ast.Module, package: tuple[str, ...], root: str = "admin_app") -> Iterator[tuple[ast.stmt, str]]:
    """Each import of the program itself with the dotted path below ``admin_app``; *package* is where the file lies."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = package[: len(package) - node.level + 1]
            yield from ((node, path) for path in _paths(node, above))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == root:
            yield from ((node, path) for path in _paths(node, (), skip=1))
        elif isinstance(node, ast.Import):
            own = [alias.name.split(".") for alias in node.names if alias.name.split(".")[0] == root]
            yield from ((node, ".".join(parts[1:])) for parts in own)


def _paths(node: ast.ImportFrom, above: tuple[str, ...], skip: int = 0) -> list[str]:
    module = tuple((node.module or "").split("."))[skip:] if node.module else ()
    whole = (*above, *module)
    return [".".join(whole)] if whole else [alias.name for alias in node.names]


def package_of(file: Path, root: Path = PROGRAM) -> tuple[str, ...]:
    """The package a file lies in, below *root*."""
    return file.relative_to(root).parent.parts

"""Reads one text from stdin and writes its records as lines of JSON; a script for ``confined.run``, for large texts."""

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

BLOCK = 1_000


def make_packages_bare(*names: str) -> None:
    """Make packages of ours that load no module but those asked for: the whole program takes seconds to start."""
    root = Path(__file__).resolve().parents[3]
    for name in names:
        package = ModuleType(name)
        package.__path__ = [str(root.joinpath(*name.split(".")))]
        sys.modules[name] = package


def main(delimiter: str = "") -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
    make_packages_bare("admin_app", "admin_app.sheets", "admin_app.sheets.reading")
    lost, records = (import_module(f"admin_app.sheets.reading.{name}") for name in ("lost", "records"))
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    rows, remarks = records.read_records(text, delimiter)
    for start in range(0, len(rows), BLOCK):
        send(rows=rows[start : start + BLOCK])
    damaged = {line: list(cells) for line, cells in lost.damaged_cells(text, rows).items()}
    send(damaged=damaged, remarks=[(remark.line, remark.reason.message) for remark in remarks])
    return 0


def send(**message: object) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

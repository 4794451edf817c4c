"""``python -m bench``: measure the pages and print the tables, or put them into a document."""

import argparse
import json
import time
from pathlib import Path

from . import databases, pages, process, report, timing

#: the tables stand below this line of the document
_BELOW = "<!-- written by python -m bench -->"


def main() -> None:
    asked = _arguments()
    databases.prepare(asked.keep)
    if asked.own_time:
        timing.Clock.now = staticmethod(time.process_time)
    kinds = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    before = timing.fixed_loop()
    houses, figures = [], []
    for kind in kinds:
        for rows in asked.rows:
            print(f"{kind}, {rows:,} rows: loading", flush=True)
            houses.append(databases.house(kind, rows))
            print(f"{kind}, {rows:,} rows: measuring", flush=True)
            figures.append(pages.measure(houses[-1], asked.seconds))
    started = process.start(houses[0].settings)
    run = report.Run(figures, started, (before, timing.fixed_loop()), report.machine(houses))
    _hand_out(run, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--rows", type=int, nargs="+", default=[100_000, 1_000_000], help="rows of the register, ascending"
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=6, help="how long a group of cases is measured")
    parser.add_argument(
        "--own-time", action="store_true", help="count this process's time only: for SQLite on a busy machine"
    )
    parser.add_argument("--keep", type=Path, help="folder in which the filled databases stay for the next run")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--write", type=Path, help="put the tables into this document, below its mark")
    return parser.parse_args()


def _hand_out(run: report.Run, asked: argparse.Namespace) -> None:
    tables = report.markdown(run)
    print(tables)
    if asked.json:
        figures = [one.as_json() for one in run.figures]
        asked.json.write_text(json.dumps({"loops": run.loops, "machine": run.versions, "figures": figures}, indent=1))
    if asked.write:
        head = asked.write.read_text().split(_BELOW)[0]
        asked.write.write_text(f"{head}{_BELOW}\n\n{tables}")


main()

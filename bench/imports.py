"""``python -m bench.imports``: a ledger of visitors taken in, checked and written, beside the bare driver's rows (R-IMPT-04).

The floor is executemany or COPY of as many visitors into the real, constrained table, in one transaction. Ours reads the
file, judges every line, writes the good ones with their search index, the trail's chain and the batch's raw lines.
"""

import argparse
import csv
import resource
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine

from admin_app import registers
from admin_app.database import engine_options
from admin_app.guard import SYSTEM, GuardedSession, act_as
from admin_app.migrating import upgrade
from admin_app.operations.people import load_person
from admin_app.sheets.results import import_file
from admin_app.storage import LocalFiles
from config import Settings
from tests import postgres, run_folder

from . import databases, rows
from .house import employee_id

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = ("来店时间", "顾客姓名", "联系电话", "顾客来源", "接待人", "小区", "客户级别", "备注")
_SOURCES = ("朋友介绍", "自然客流")


def main() -> None:
    asked = _arguments()
    databases.prepare(None)
    registers.load_all()
    ledger = _ledger(run_folder.run_folder() / "ledger.csv", asked.rows)
    for kind in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        house = _house(kind, asked.rows)
        ours, floor = _seconds(lambda house=house: _take_in(house, ledger)), _seconds(lambda house=house: _bare(house))
        print(
            f"{kind}: {asked.rows / floor:,.0f} rows a second bare, {asked.rows / ours:,.0f} taken in, {floor / ours:.3f} x"
        )
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at its peak")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    return parser.parse_args()


def _ledger(path: Path, count: int) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(_HEADER)
        for number in range(count):
            lines.writerow(_line(number))
    return path


def _line(number: int) -> Sequence[str]:
    day = f"{2021 + number % 5}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    name = "王李张刘陈杨赵黄"[number % 8] + "伟芳娜敏静丽强磊军洋"[number // 8 % 10] + "明超秀霞平刚"[number // 80 % 6]
    phone = f"138{number:08}"
    return (day, name, phone, _SOURCES[number % 2], "王凡", "翠湖花园", "ABCD"[number % 4], "周末再带家人来看样板间")


def _house(kind: str, count: int) -> databases.House:
    urls: dict[str, str] = {}
    if kind == "postgresql":
        made = postgres.shared_server().create_database("bench_imports")
        urls = {"database_url": made.app_url, "owner_database_url": made.owner_url}
    settings = Settings(data_dir=run_folder.run_folder() / f"imports-{kind}", secret_key="measured " * 5, **urls)
    upgrade(settings)
    databases.load(kind, settings.owner_database, databases.tables(0, _NOW))
    return databases.House(kind, count, settings)


def _take_in(house: databases.House, ledger: Path) -> None:
    settings = house.settings
    engine = create_engine(settings.database, **engine_options(settings.database))
    with GuardedSession(bind=engine, anchor=settings.anchor) as session:
        act_as(session, SYSTEM)
        act_as(session, load_person(session, employee_id("scribe")))
        store = LocalFiles(settings.data_dir / "files", settings.wrapping_key())
        outcome = import_file(session, "visitor", ledger, store=store)
    engine.dispose()
    if outcome["added"] != house.rows:
        raise RuntimeError(f"{outcome['added']} of {house.rows} lines were added: {outcome['errors'][:3]}")


def _bare(house: databases.House) -> None:
    """Numbered behind those taken in."""
    visitors = [
        [(row[0] + house.rows, f"bare{row[0]:08}", *row[2:]) for row in chunk]
        for chunk in rows.visitors(house.rows, 1, _NOW)
    ]
    databases.load(house.kind, house.settings.owner_database, [("visitor", rows.VISITOR, visitors)])


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

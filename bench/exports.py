"""``python -m bench.exports``: a register taken out as CSV and as a workbook, masked and noted, beside the bare driver (R-IMPT-08).

The floor is the same columns by the bare driver: COPY TO, or a cursor and the csv module. The peer of CSV is plain
Flask-Admin's export; its workbooks go through openpyxl, so the peer of a workbook is the rows that come by then put into one.
"""

import argparse
import csv
import io
import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

from openpyxl import Workbook
from sqlalchemy import create_engine

from admin_app import clock, registers
from admin_app.database import engine_options
from admin_app.guard import SYSTEM, GuardedSession, act_as, writing
from admin_app.guard.codes import reading
from admin_app.guard.session import acting
from admin_app.models import register_named
from admin_app.operations.people import load_person
from admin_app.sheets.export_files import csv_chunks, workbook
from admin_app.sheets.exporting import Export, prepare, whole_list

from . import databases
from .house import BIG, employee_id
from .peers import export_of, peer_app

_COLUMNS = ("came_at", "name", "phone", "estate", "source", "grade", "received_by")
#: rows of the peer's workbook
_PUT = 20_000


def main() -> None:
    asked = _arguments()
    databases.prepare(None)
    registers.load_all()
    for kind in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        _measure(databases.house(kind, asked.rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    return parser.parse_args()


def _measure(house: databases.House) -> None:
    """By somebody who sees a third of the rows, none of which may leave as a numbered copy only."""
    engine = create_engine(house.settings.database, **engine_options(house.settings.database))
    peer = export_of(peer_app(house))
    with GuardedSession(bind=engine, anchor=house.settings.anchor) as session:
        act_as(session, SYSTEM)
        act_as(session, load_person(session, employee_id("big")))
        before, mine = _resident(), len(_export(session).ids)
        ours, first = _timed(lambda: _run_through(csv_chunks(_export(session))))
        grown = _resident() - before
        book, _ = _timed(lambda: _run_through(workbook(_export(session))))
    engine.dispose()
    (floor, bare), (theirs, _), (by_openpyxl, written) = _timed(lambda: _bare(house)), _timed(peer), _timed(_openpyxl)
    per_row = {"bare": floor / bare, "CSV": ours / mine, "Flask-Admin's CSV": theirs / house.rows, "XLSX": book / mine}
    per_row["Flask-Admin's XLSX"] = per_row["Flask-Admin's CSV"] + by_openpyxl / written
    print(f"{house.kind}:", ", ".join(f"{name} {1 / taken:,.0f}" for name, taken in per_row.items()), "rows a second")
    faster = per_row["Flask-Admin's XLSX"] / per_row["XLSX"]
    print(
        f"  CSV {per_row['bare'] / per_row['CSV']:.2f} x bare, its first rows {first * 1000:.0f} ms after the list was "
        f"found, {grown:.0f} MB more; XLSX {faster:.1f} x Flask-Admin's"
    )


def _export(session: GuardedSession) -> Export:
    """As the export page and the command make one."""
    register = register_named("visitor")
    read = reading(session)
    columns = [register.faces[name] for name in _COLUMNS]
    with writing(session):
        return prepare(
            session, whole_list(register), columns, read, now=clock.now(), reason=f"{acting(session).name}：measured"
        )


def _run_through(chunks: Iterable[bytes]) -> float:
    """Seconds until the first rows came."""
    start, pieces = time.perf_counter(), iter(chunks)
    next(pieces)
    taken = time.perf_counter() - start
    for _ in pieces:
        pass
    return taken


def _bare(house: databases.House) -> int:
    """How many rows there were."""
    names = ", ".join(_COLUMNS)
    seen = f"voided_at IS NULL AND level <= 2 AND store_id = {BIG}"
    query = f"SELECT {names} FROM visitor WHERE {seen} ORDER BY came_at DESC, id DESC"
    connection = house.driver()
    if house.kind == "postgresql":
        with connection.cursor().copy(f"COPY ({query}) TO STDOUT WITH CSV") as copy:
            return sum(bytes(piece).count(b"\n") for piece in copy)
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows(connection.execute(query))
    return sheet.getvalue().count("\n")


def _openpyxl() -> int:
    """Rows like these, put into a sheet as Flask-Admin's tablib does, and saved."""
    book = Workbook()
    for number in range(_PUT):
        book.active.append([f"{number}", "林霞伟", "13800000000", "翠湖花园", "朋友介绍", "A", "王凡"])
    book.save(io.BytesIO())
    return _PUT


def _resident() -> float:
    """The most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()

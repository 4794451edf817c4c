"""``python -m bench.scores``: a month's score of all managers, evidence stored, beside one bare statement (R-SCOR-01).

The company: 200 managers, a million customers, three million contacts of a year. The floor is one INSERT … SELECT of the
driver that finds the same customers with too few contacts, up to what a part of the score can lose, and stores them.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from admin_app import registers
from admin_app.database import engine_options
from admin_app.guard import SYSTEM, GuardedSession, act_as, writing
from admin_app.migrating import upgrade
from admin_app.operations.people import load_person
from admin_app.operations.scoring.computing import compute
from admin_app.permissions import Role
from admin_app.rules.months import Month
from config import Settings
from tests import postgres, run_folder

from . import databases, rows

_CHUNK = 10_000
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
_YEAR = timedelta(days=365)
#: each is computed once, so that every time is that of a first computation
MONTHS = (Month(2025, 7), Month(2025, 8), Month(2025, 9))
_DIRECTOR = 1
CUSTOMER = [*rows.CUSTOMER, "owner_id", "grade"]
CONTACT = (
    "id public_id level version created_at changed_at customer_id happened_at method completed content store_id owner_id"
).split()
_FLOOR = """
INSERT INTO bench_evidence (customer_id, manager_id, missing)
SELECT id, owner_id, missing FROM (
  SELECT c.id, c.owner_id, n.need - coalesce(f.made, 0) AS missing,
    sum(n.need - coalesce(f.made, 0)) OVER (PARTITION BY c.owner_id ORDER BY n.need - coalesce(f.made, 0) DESC, c.id
      ROWS UNBOUNDED PRECEDING) - (n.need - coalesce(f.made, 0)) AS before
  FROM customer c
  JOIN (SELECT 'A' AS grade, 4 AS need UNION SELECT 'B', 3 UNION SELECT 'C', 2 UNION SELECT 'D', 1) n ON n.grade = c.grade
  LEFT JOIN (SELECT customer_id, count(DISTINCT {day}) AS made FROM follow_up
    WHERE voided_at IS NULL AND completed AND happened_at >= {mark} AND happened_at < {mark} GROUP BY customer_id) f
    ON f.customer_id = c.id
  WHERE c.voided_at IS NULL AND c.owner_id IS NOT NULL AND n.need > coalesce(f.made, 0)) found
WHERE before < 30
"""


def main() -> None:
    asked = _arguments()
    databases.prepare(asked.keep)
    registers.load_all()
    for kind in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        house = _house(kind, asked)
        floor, ours = _measure(house)
        print(f"{kind}: bare statement {floor:,.0f} ms, score {ours:,.0f} ms, {ours / floor:.2f} x")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scores", description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--contacts", type=int, default=3_000_000)
    parser.add_argument("--managers", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--keep", type=Path, help="folder in which the filled databases lie")
    return parser.parse_args()


def _house(kind: str, asked: argparse.Namespace) -> databases.House:
    urls: dict[str, str] = {}
    if kind == "postgresql":
        made = postgres.shared_server().create_database("bench_scores")
        urls = {"database_url": made.app_url, "owner_database_url": made.owner_url}
    settings = Settings(data_dir=run_folder.run_folder() / f"scores-{kind}", **urls)
    upgrade(settings)
    databases.load(kind, settings.owner_database, _tables(asked))
    return databases.House(kind, asked.customers, settings)


def _tables(asked: argparse.Namespace) -> databases.Tables:
    yield "code_entry", ("codes", "code", "label", "position", "retired"), [databases.codes()]
    yield "store", rows.STORE, [rows.stores(_BEGAN)]
    yield "employee", rows.EMPLOYEE, [_people(asked.managers)]
    yield "customer", CUSTOMER, _customers(asked.customers, asked.managers)
    yield "follow_up", CONTACT, _contacts(asked.contacts, asked.customers, asked.managers)


def _people(managers: int) -> list[Sequence[Any]]:
    """A director, then the managers."""
    at = rows.moment(_BEGAN)
    held = [(_DIRECTOR, Role.DIRECTOR), *((number, Role.CUSTOMER_MANAGER) for number in range(2, managers + 2))]
    return [
        (number, rows.public_id(number), 1, 1, at, at, f"员工{number}", f"{number:05}", role.title, 1, f"18{number:09}",
         f",{role.value},", str(int(role.clearance)))
        for number, role in held
    ]  # fmt: skip


def _customers(count: int, managers: int) -> Iterator[list[Sequence[Any]]]:
    """Every manager's in equal numbers; a tenth of A, then ever more of B, C and D, a tenth without a grade."""
    grades = ("A", "B", "B", "C", "C", "C", "D", "D", "D", None)
    first = 0
    for chunk in rows.customers(count, _BEGAN):
        yield [(*row, 2 + (first + n) % managers, grades[(first + n) // managers % 10]) for n, row in enumerate(chunk)]
        first += len(chunk)


def _contacts(count: int, customers: int, managers: int) -> Iterator[list[Sequence[Any]]]:
    """*count* contacts over the year, of customers at random; a tenth didn't come about."""
    invent = random.Random(count)
    for first in range(0, count, _CHUNK):
        chunk = []
        for number in range(first + 1, min(first + _CHUNK, count) + 1):
            at, customer = rows.moment(_BEGAN + _YEAR * (number / count)), invent.randrange(customers)
            chunk.append((
                number, rows.public_id(number), 1, 1, at, at, customer + 1, at, "phone", number % 10 > 0, "电话沟通报价", 1,
                2 + customer % managers,
            ))  # fmt: skip
        yield chunk


def _measure(house: databases.House) -> tuple[float, float]:
    """Milliseconds of the bare statement and of the score, the middle one of three months each."""
    floor, ours = [], []
    for month in MONTHS:
        floor.append(_timed(lambda month=month: _bare(house, month)))
        ours.append(_timed(lambda month=month: _score(house, month)))
    return sorted(floor)[1], sorted(ours)[1]


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _bare(house: databases.House, month: Month) -> None:
    begin, end = (datetime(one.year, one.number, 1, tzinfo=UTC) - timedelta(hours=8) for one in (month, month.next))
    on_sqlite = house.kind == "sqlite"
    day = "date(happened_at, '+8 hours')" if on_sqlite else "(happened_at AT TIME ZONE 'Asia/Shanghai')::date"
    connection = house.driver()
    connection.execute("CREATE TEMP TABLE bench_evidence (customer_id bigint, manager_id bigint, missing int)")
    values = (rows.moment(begin), rows.moment(end)) if on_sqlite else (begin, end)
    connection.execute(_FLOOR.format(day=day, mark="?" if on_sqlite else "%s"), values)
    connection.close()


def _score(house: databases.House, month: Month) -> None:
    engine = create_engine(house.settings.database, **engine_options(house.settings.database))
    with GuardedSession(bind=engine) as session:
        act_as(session, SYSTEM)
        act_as(session, load_person(session, _DIRECTOR))
        with writing(session):
            compute(session, month, datetime(2026, 2, 1, tzinfo=UTC))
    engine.dispose()


if __name__ == "__main__":
    main()

"""The code lists of ``lists/*.csv``: the manuals' in the printed order, and those our own fields need (source "+")."""

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin_app.permissions import Role
from admin_app.working.codes import CodeEntry


def load_codes(session: Session) -> int:
    """Add the entries that are missing and return how many; what a company renamed or retired stays (R-CUST-01)."""
    known = {(row.codes, row.code) for row in session.execute(select(CodeEntry.codes, CodeEntry.code))}
    missing = [entry for entry in shipped() if (entry.codes, entry.code) not in known]
    session.add_all(missing)
    session.flush()
    return len(missing)


def shipped() -> Iterator[CodeEntry]:
    """Every entry as shipped; positions count within a list. The roles' titles are those of ``permissions``."""
    positions: dict[str, int] = {}
    for row in _rows():
        position = positions[row["list"]] = positions.get(row["list"], 0) + 1
        yield CodeEntry(
            codes=row["list"],
            code=row["code"],
            label=row["label"],
            position=position,
            minimum=int(row["minimum"]) if row["minimum"] else None,
            low=_figure(row["low"]),
            high=_figure(row["high"]),
            source=row["source"],
        )
    for position, role in enumerate(Role, start=1):
        yield CodeEntry(codes="role", code=role.value, label=role.title, position=position, source="+")


@cache
def shipped_list(codes: str) -> Mapping[str, str]:
    """Code -> label of one list, in order."""
    return MappingProxyType({row["code"]: row["label"] for row in _rows() if row["list"] == codes})


@cache
def _rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for file in sorted(Path(__file__).parent.glob("lists/*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines)
    return rows


def _figure(text: str) -> Decimal | None:
    return Decimal(text) if text else None

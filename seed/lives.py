"""Where a register's rows stand in the life of the company: what each is about, of which customers, and when."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Life(NamedTuple):
    """How the rows of one register come about.

    ``about`` names the link a row starts from, or nobody; ``rows`` how many there are: a number, or "each" for one row of
    every such record; ``only`` which records (field, value) have any. ``kinds`` and ``statuses`` are those of the
    customers it may be about. A row is written ``days`` after the moment ``since`` of what it is about, or of the step
    of that name in the customer's journey; "before" stands for what was there when the year began. Reports name the
    ``periods`` they are made of (month, quarter, week) and the ``roles`` of those they are about, one each; ``after``
    are the registers they count.
    """

    about: str = ""
    rows: str = ""
    only: tuple[str, str] | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str = ""
    days: tuple[int, int] | None = None
    periods: str = ""
    roles: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def each(self) -> bool:
        return self.rows == "each"


@cache
def lives() -> Mapping[str, Life]:
    """Register -> its life, where ``lives.csv`` says more than its links do."""
    with (Path(__file__).parent / "lives.csv").open(encoding="utf-8", newline="") as lines:
        return {row["table"]: _life(row) for row in csv.DictReader(lines)}


def life_of(table: str) -> Life:
    return lives().get(table, Life())


def _life(row: dict[str, str]) -> Life:
    low, _, high = row["days"].partition("..")
    return Life(
        about=row["about"],
        rows=row["rows"],
        only=tuple(row["only"].split("=")) if row["only"] else None,  # type: ignore[arg-type]
        kinds=tuple(row["kinds"].split()),
        statuses=tuple(row["statuses"].split()),
        since=row["since"],
        days=(int(low), int(high)) if high else None,
        periods=row["periods"],
        roles=tuple(row["roles"].split()),
        after=tuple(row["after"].split()),
    )

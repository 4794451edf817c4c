"""What the demo company's people wrote: example texts and figures by table and field, from ``texts/*.csv``."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path


@cache
def examples() -> Mapping[tuple[str, str], Sequence[str]]:
    """(table, field) -> texts to choose from; of figures one text ``low..high``."""
    found: dict[tuple[str, str], Sequence[str]] = {}
    for file in sorted(Path(__file__).parent.glob("texts/*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found |= {(row["table"], row["field"]): row["values"].split("|") for row in csv.DictReader(lines)}
    return found

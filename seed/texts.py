"""What the demo company's people wrote: example texts and figures by table and field, from ``texts/*.csv``.

Texts of one table that belong together stand at the same place in their lists. The field ``@kinds`` says, place by place,
of which kinds of customers they tell; blank stands for all.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path


@cache
def examples() -> Mapping[tuple[str, str], Sequence[str]]:
    """(table, field) -> texts to choose from; of figures one text ``low..high``, of choices codes."""
    found: dict[tuple[str, str], Sequence[str]] = {}
    for file in sorted(Path(__file__).parent.glob("texts/*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found |= {(row["table"], row["field"]): row["values"].split("|") for row in csv.DictReader(lines)}
    return found


def scenes_of(table: str) -> Sequence[frozenset[str]]:
    """The kinds of customers of each scene of *table*; nothing where its texts suit everybody."""
    return [frozenset(kinds.split()) for kinds in examples().get((table, "@kinds"), ())]

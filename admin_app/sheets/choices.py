"""What a person chose for one batch: how its file is read, which column fills which field, what lines may do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .judging import ADD_ONLY, BOTH, CHANGE_ONLY
from .reading import ReadingChoices

MODES = (BOTH, ADD_ONLY, CHANGE_ONLY)
_SETS = ("fill_down", "not_data", "data")


@dataclass(frozen=True)
class Choices:
    """``columns``: letter of a column -> field name, "" for one left out; None leaves all to the guess. By its letter, since a
    long file may turn out to begin further left than its first lines do."""

    reading: ReadingChoices = field(default_factory=ReadingChoices)
    columns: Mapping[str, str] | None = None
    mode: str = BOTH
    blank_clears: bool = False
    #: names of the fields that a line is found by; empty for the register's own, None for those of last time
    key: tuple[str, ...] | None = None
    #: what the person said that unknown words mean: field -> folded word -> code, "" for blank, None for not known
    meanings: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)

    def to_json(self) -> str:
        reading = {name: value for name, value in _fields(self.reading).items() if value not in (None, [])}
        return json.dumps(
            {
                "reading": reading,
                "columns": self.columns,
                "mode": self.mode,
                "blank_clears": self.blank_clears,
                "key": self.key,
                "meanings": self.meanings,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Choices":
        kept: dict[str, Any] = json.loads(text)
        reading = {
            name: frozenset(value) if name in _SETS else value for name, value in kept.get("reading", {}).items()
        }
        key = kept.get("key")
        return cls(
            ReadingChoices(**reading),
            kept.get("columns"),
            kept.get("mode", BOTH),
            kept.get("blank_clears", False),
            tuple(key) if key is not None else None,
            kept.get("meanings", {}),
        )


def _fields(reading: ReadingChoices) -> dict[str, Any]:
    values = {name: getattr(reading, name) for name in reading.__dataclass_fields__}
    return {name: sorted(value) if name in _SETS else value for name, value in values.items()}

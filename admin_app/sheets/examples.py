"""The example row of a template: what a cell of each kind looks like; sent back unchanged it is no data."""

from collections.abc import Callable, Mapping, Sequence

from ..fields import Face, Reading
from ..texts import say
from .mapping import Mapping as ColumnMapping
from .reading import Record

EXAMPLE_ROW = say("模板里的示例行")

_BY_KIND: Mapping[str, str] = {
    "day": "2026-01-05", "moment": "2026-01-05 14:05", "phone": "13800138000", "identity_number": "11010519491231002X",
    "int": "1", "decimal": "88.50", "amount": "1,000.00", "percentage": "50.00", "yesno": "是",
}  # fmt: skip


def example(face: Face, reading: Reading) -> str:
    """What the example row shows under *face*."""
    if face.codes:
        return next(iter(reading.options(face.codes).values()), "")
    return _BY_KIND.get(face.kind.name, f"示例{face.label}")


def is_example(mapping: ColumnMapping, reading: Reading) -> Callable[[Record], bool]:
    """Tells the example row: every imported cell as the template wrote it."""
    expected: Sequence[tuple[int, str]] = [(column.index, example(face, reading)) for column, face in mapping.used]

    def same(record: Record) -> bool:
        return all(record.cells[index].strip() in ("", text) for index, text in expected) and any(
            record.cells[index].strip() == text and text.startswith("示例") for index, text in expected
        )

    return same

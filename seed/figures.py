"""What in a row follows from the rest of it, or from other rows: formulas by table and field, from ``figures/*.txt``.

A line ``gift.amount = quantity * unit_price`` is Python; it knows the row's fields and the words of ``reckoning``. A
field is left blank where something it is reckoned from is missing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any


class Missing(LookupError):
    """A formula asks for what this row knows nothing of."""


@cache
def formulas() -> Mapping[str, Sequence[tuple[str, CodeType]]]:
    """Table -> (field, formula), in the order of the files."""
    found: dict[str, list[tuple[str, CodeType]]] = defaultdict(list)
    for file in sorted(Path(__file__).parent.glob("figures/*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line and not line.startswith("#"):
                target, _, formula = line.partition(" = ")
                table, _, field = target.partition(".")
                found[table].append((field, compile(formula, f"{file.name}:{number}", "eval")))
    return found


def reckon(table: str, values: dict[str, Any], known: Mapping[str, Any], needed: Sequence[str] = ()) -> None:
    """Put what follows into *values*; a field of *needed* keeps what it has where its formula comes to nothing.

    Words go before fields of the same name; ``own("total")`` is the field.
    """
    for field, formula in _formulas_of(table, frozenset(values), frozenset(known)):
        _put(field, formula, values, known, needed)


@cache
def _formulas_of(table: str, fields: frozenset[str], words: frozenset[str]) -> list[tuple[str, CodeType]]:
    """What holds everywhere and can be told of these *fields*, then the table's own."""
    everywhere = [
        (field, one) for field, one in formulas()["*"] if field in fields and {*one.co_names} <= fields | words
    ]
    return [*everywhere, *formulas().get(table, ())]


def _put(
    field: str, formula: CodeType, values: dict[str, Any], known: Mapping[str, Any], needed: Sequence[str]
) -> None:
    try:
        value = eval(formula, {**values, **known, "own": values.__getitem__})
    except (Missing, TypeError, IndexError, ZeroDivisionError):
        value = None
    except (KeyError, AttributeError) as error:
        if not _of_nothing(error):  # a mistake in the formula
            raise
        value = None
    if value is not None or field not in needed:
        values[field] = value


def _of_nothing(error: KeyError | AttributeError) -> bool:
    """Whether it was None that has no such key or attribute."""
    return error.args == (None,) if isinstance(error, KeyError) else error.obj is None

"""Which line is the header: every one of the first lines is scored, the margin to the next says how sure it is.

The weights are proposals, kept in one place and tried on generated ledgers and found files (R-IMPT-01).
"""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from ...texts import Text, say
from .grid import Row, filled, filled_width, is_blank, modal_width, reads_as_value
from .table import Guess, chosen
from .vocabulary import Vocabulary

KNOWN, FILLED, DISTINCT, TYPED, VALUES, LONG = 3.0, 1.5, 1.0, 1.5, -2.0, -1.0
MIN_MARGIN = 0.5
MIN_HITS = 2
LOOKED_AT = 30
ROWS_BELOW = 50
MAX_COLUMNS = 200
LONGEST_WORD = 30
#: A column has a type when so many of its cells read as it.
TYPE_SHARE = 0.6


class Candidate(NamedTuple):
    """A line as header; compared by score, then known headers, then the upper line."""

    score: float
    hits: int
    line: int
    filled: int = 0


class _Line(NamedTuple):
    number: int
    row: Row


def guess_header(rows: Sequence[Row], vocabulary: Vocabulary, choice: int | None = None) -> Guess[int]:
    """The line of the header (the lower one of two levels); 0 when the person says there is none."""
    if choice is not None:
        return chosen(min(max(choice, 0), len(rows)))
    best, *others = ranked_candidates(rows, vocabulary)
    margin = best.score - others[0].score if others else best.score
    sure = best.hits >= MIN_HITS and margin >= MIN_MARGIN
    return Guess(best.line, _why(best), sure, others[0].line if others else None)


def best_candidate(rows: Sequence[Row], vocabulary: Vocabulary) -> Candidate:
    """The likeliest header of *rows*, which hold something."""
    return ranked_candidates(rows, vocabulary)[0]


def ranked_candidates(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Candidate]:
    """The first non-blank lines, the likeliest header first."""
    numbered = (_Line(number, row[:MAX_COLUMNS]) for number, row in enumerate(rows, 1) if not is_blank(row))
    lines = list(islice(numbered, LOOKED_AT + ROWS_BELOW))
    width = modal_width([line.row for line in lines])
    candidates = [
        _score(line, lines[index + 1 : index + 1 + ROWS_BELOW], width, vocabulary)
        for index, line in enumerate(lines[:LOOKED_AT])
    ]
    return sorted(candidates, key=lambda found: (-found.score, -found.hits, found.line))


def column_type(header: str, cells: Sequence[str], vocabulary: Vocabulary) -> Callable[[str], bool] | None:
    """What the cells of one column read as: the type of the field its header names, else any value; None if neither."""
    known = vocabulary.looks_like.get(vocabulary.field_of(header) or "")
    for reads in (known, reads_as_value):
        if reads and cells and sum(map(reads, cells)) >= TYPE_SHARE * len(cells):
            return reads
    return None


def typed_columns(header: Row, below: Sequence[Row], vocabulary: Vocabulary) -> dict[int, Callable[[str], bool]]:
    """Column index → test of its type, for the columns that have one."""
    types = {}
    for index, word in enumerate(header):
        cells = [row[index] for row in below if index < len(row) and row[index].strip()]
        if reads := column_type(word, cells, vocabulary):
            types[index] = reads
    return types


def _score(line: _Line, below: Sequence[_Line], width: int, vocabulary: Vocabulary) -> Candidate:
    row = line.row[: filled_width(line.row)]
    cells = [row[index].strip() for index in filled(row)]
    hits = vocabulary.hits(cells)
    padded = [*row, *[""] * (width - len(row))]
    types = typed_columns(padded, [other.row for other in below], vocabulary)
    untyped = sum(bool(padded[index].strip()) and not reads(padded[index]) for index, reads in types.items())
    score = (
        KNOWN * min(hits / width, 1)
        + FILLED * min(len(cells) / width, 1)
        + DISTINCT * len(set(cells)) / len(cells)
        + (TYPED * untyped / len(types) if types else 0)
        + VALUES * sum(map(reads_as_value, cells)) / len(cells)
        + (LONG if max(map(len, cells)) > LONGEST_WORD else 0)
    )
    return Candidate(round(score, 6), hits, line.number, len(cells))


def _why(best: Candidate) -> Text:
    if best.hits:
        return say("{total} 个栏名认得 {hits} 个", total=best.filled, hits=best.hits)
    return say("没有认得的栏名，这一行最像表头")

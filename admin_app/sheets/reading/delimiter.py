"""Which character separates the cells of a text file: known headers first, then even rows of tidy cells (R-IMPT-01)."""

import re
from collections import Counter
from typing import NamedTuple

from ...texts import say, word
from .records import read_records
from .table import Guess, chosen
from .vocabulary import Vocabulary

#: In the order that settles ties.
DELIMITERS = (",", ";", "|", "\t")
DELIMITER_NAMES = {
    ",": word("逗号"),
    ";": word("分号"),
    "|": word("竖线"),
    "\t": word("制表符"),
    "": word("没有（只有一栏）"),
}

BLOCK = 65_536
MIN_SCORE = 0.3
MIN_MARGIN = 0.15
MIN_HITS = 2

_DECLARED = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n?|\n|$)', re.IGNORECASE)
_TIDY = re.compile(r"[^,;|\t]*|[-+]?\d[\d.,]*%?")


class _Score(NamedTuple):
    hits: int
    evenness: float
    width: int


def declared_delimiter(text: str) -> str | None:
    """The delimiter a first line ``sep=;`` names."""
    match = _DECLARED.match(text)
    return match[1] if match else None


def guess_delimiter(text: str, vocabulary: Vocabulary, choice: str | None = None) -> Guess[str]:
    """The delimiter of *text*, "" for a single column."""
    if choice is not None:
        return chosen(choice[:1])
    if declared := declared_delimiter(text):
        return Guess(declared, say("文件第一行写明了分隔符"), sure=True)
    sample = _sample(text)
    if not any(delimiter in sample for delimiter in DELIMITERS):
        return Guess("", say("文件里没有分隔符，只有一栏"), sure=True)
    scores = {delimiter: _score(sample, delimiter, vocabulary) for delimiter in DELIMITERS}
    best, second = sorted(DELIMITERS, key=scores.__getitem__, reverse=True)[:2]
    score, other = scores[best], scores[second]
    if not score.hits and score.evenness < MIN_SCORE:
        return Guess("", say("没有一种分隔符能把各行分得整齐"), sure=False, runner_up=best)
    sure = score.hits > other.hits or score.evenness - other.evenness >= MIN_MARGIN
    why = say("用{name}分开，多数行都是 {width} 栏", name=DELIMITER_NAMES[best], width=score.width)
    return Guess(best, why, sure, second)


def _sample(text: str) -> str:
    """The head and one block from the middle, both cut at line ends."""
    if len(text) <= 2 * BLOCK:
        return text
    half = len(text) // 2
    head = text[:BLOCK].rpartition("\n")[0]
    middle = text[half : half + BLOCK].partition("\n")[2].rpartition("\n")[0]
    return f"{head}\n{middle}"


def _score(sample: str, delimiter: str, vocabulary: Vocabulary) -> _Score:
    """Share of rows of the usual width × how wide that is × share of cells in which no other separator is left."""
    rows = [row for row in read_records(sample, delimiter).rows if any(row)]
    if not rows:
        return _Score(0, 0.0, 1)
    width, count = Counter(map(len, rows)).most_common(1)[0]
    hits = max(vocabulary.hits(row) for row in rows[:30])
    cells = [cell for row in rows[:500] for cell in row]
    tidy = sum(_TIDY.fullmatch(cell) is not None for cell in cells) / len(cells)
    return _Score(hits if hits >= MIN_HITS else 0, count / len(rows) * (width - 1) / width * tidy, width)

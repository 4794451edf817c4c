"""Which encoding a text file is in: BOM, NUL pattern, strict UTF-8, then GB18030 against Big5 (R-IMPT-01).

GB18030 decodes almost any Big5 file without an error, so "it decodes" proves nothing: known headers decide first, then
the share of everyday characters, and chardet only where both are silent.
"""

import codecs
import re
from typing import NamedTuple

import chardet

from ...texts import say
from .table import Guess, Place, Unreadable, chosen
from .vocabulary import Vocabulary

#: What a person may choose; each name is a codec that reads and writes.
ENCODINGS = (
    "utf-8", "utf-8-sig", "gb18030", "cp950", "big5hkscs",
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
)  # fmt: skip
#: The mark of UTF-32-LE begins with that of UTF-16-LE, so it is asked for first.
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The sets a Chinese file may be in; of the codecs of one set the first that decodes the file counts.
SETS = (("gb18030",), ("cp950", "big5hkscs"))
#: First bytes of the everyday level of each set; the rest of the set holds rare characters.
EVERYDAY_LEADS = {"gb18030": range(0xB0, 0xD8), "cp950": range(0xA4, 0xC7), "big5hkscs": range(0xA4, 0xC7)}
#: What chardet calls each codec, in lower case.
CHARDET_NAMES = {
    "gb18030": ("gb18030", "gb2312", "gbk"),
    "cp950": ("big5", "cp950"),
    "big5hkscs": ("big5", "big5hkscs", "cp950"),
}

NOT_A_TABLE = say("这不是表格文件。请上传 CSV、TSV、XLSX 或 XLS")

SAMPLE = 65_536
MIN_NUL_SHARE = 0.01
MIN_MARGIN = 0.15
MIN_EVERYDAY = 0.5
MIN_CHARACTERS = 8
MIN_HITS = 2

_CELL_ENDS = re.compile(r"[,;|\t\r\n\"]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class _Reading(NamedTuple):
    """How much a decoded sample looks like Chinese; compared in this order."""

    hits: int
    everyday: float
    characters: int
    encoding: str


def guess_encoding(data: bytes, vocabulary: Vocabulary, choice: str | None = None) -> Guess[str]:
    """The encoding of *data*; raises :class:`Unreadable` (``encoding``) when none fits the whole file."""
    if choice is not None:
        if choice not in ENCODINGS:
            raise Unreadable("encoding", say("不支持编码 {encoding}", encoding=choice))
        return chosen(choice)
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return Guess(encoding, say("文件开头有编码标记 BOM"), sure=True)
    if wide := _by_nul_pattern(data):
        return Guess(wide, say("字节的排列像 {encoding}", encoding=wide), sure=True)
    if _decodes(data, "utf-8"):
        return Guess("utf-8", say("整个文件都符合 UTF-8"), sure=True)
    return _chinese(data, vocabulary)


def decode(data: bytes, encoding: Guess[str]) -> str:
    """The text of *data*. An encoding the person insists on may leave U+FFFD, which the cells then show as damaged."""
    text = data.decode(encoding.value, errors="replace").removeprefix("\ufeff")
    sample = text[:SAMPLE]
    if "\x00" in sample or len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise Unreadable("not_a_table", NOT_A_TABLE)
    return text


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _by_nul_pattern(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without BOM: digits and separators leave NULs at one side of each unit."""
    head = data[:SAMPLE]
    nuls = [head[offset::4].count(0) for offset in range(4)]
    even, odd, units = nuls[0] + nuls[2], nuls[1] + nuls[3], len(head) / 2
    if not even + odd:
        return None
    big, little = min(nuls[0], nuls[1]), min(nuls[2], nuls[3])
    if max(big, little) > 0.4 * units:  # the upper half of nearly every unit of four bytes
        candidate = "utf-32-be" if big > little else "utf-32-le"
    elif max(even, odd) > MIN_NUL_SHARE * units and max(even, odd) > 2 * min(even, odd):
        candidate = "utf-16-be" if even > odd else "utf-16-le"
    else:
        return None
    return candidate if _decodes(data, candidate) else None


def _chinese(data: bytes, vocabulary: Vocabulary) -> Guess[str]:
    fitting = [next((codec for codec in codecs if _decodes(data, codec)), None) for codecs in SETS]
    readings = sorted((_read(data, codec, vocabulary) for codec in fitting if codec), reverse=True)
    if not readings:
        raise _undecodable(data)
    best = readings[0]
    other = readings[1] if len(readings) > 1 else _Reading(0, 0.0, 0, "")
    runner_up = other.encoding or None
    if best.hits >= other.hits + MIN_HITS:
        return Guess(best.encoding, say("这样读认得 {hits} 个栏名", hits=best.hits), True, runner_up)
    if best.everyday - other.everyday >= MIN_MARGIN and best.characters >= MIN_CHARACTERS:
        why = say("这样读 {percent}% 是常用字", percent=round(best.everyday * 100))
        return Guess(best.encoding, why, best.everyday >= MIN_EVERYDAY, runner_up)
    return _tie(data, best, other)


def _read(data: bytes, encoding: str, vocabulary: Vocabulary) -> _Reading:
    sample = data[: 2 * SAMPLE].decode(encoding, errors="ignore")[:SAMPLE]
    foreign = [character for character in sample if character > "\x7f"]
    leads = [character.encode(encoding)[0] for character in foreign]
    everyday = sum(lead in EVERYDAY_LEADS[encoding] for lead in leads) / max(len(leads), 1)
    first_lines = "\n".join(sample.splitlines()[:30])
    return _Reading(vocabulary.hits(_CELL_ENDS.split(first_lines)), everyday, len(foreign), encoding)


def _tie(data: bytes, best: _Reading, other: _Reading) -> Guess[str]:
    said = (chardet.detect(data[:SAMPLE])["encoding"] or "").casefold()
    if said in CHARDET_NAMES.get(other.encoding, ()):
        best, other = other, best
    why = say("文字太少，只能猜是 {encoding}", encoding=best.encoding)
    return Guess(best.encoding, why, sure=False, runner_up=other.encoding or None)


def _undecodable(data: bytes) -> Unreadable:
    """Names the line at which the encoding that gets furthest gives up."""
    furthest = 0
    for encoding in ("utf-8", *EVERYDAY_LEADS):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    line = data.count(b"\n", 0, furthest) + 1
    reason = say("第 {line} 行有读不出的字节。请在表格程序里另存为“CSV UTF-8”再上传，或指定编码", line=line)
    return Unreadable("encoding", reason, Place(line=line))

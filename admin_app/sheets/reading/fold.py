"""Header words brought to one spelling: 顧客姓名*, 顾客　姓名 and 顾客姓名（必填） are one word (R-IMPT-01)."""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

_IGNORED = re.compile(r"[\s\u200b-\u200d\u2060\ufeff*※]+")
_TRAILING_BRACKETS = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕)$")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """*text* in Simplified characters, half width and lower case, without spaces, stars and a final colon."""
    half_width = unicodedata.normalize("NFKC", text)
    return _IGNORED.sub("", _to_simplified().convert(half_width)).casefold().rstrip(":")


def fold_without_unit(text: str) -> str:
    """As :func:`fold`, without what stands in brackets at the end: 金额（元） gives 金额."""
    folded = fold(text)
    return _TRAILING_BRACKETS.sub("", folded) or folded

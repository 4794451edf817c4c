"""Which passwords may be chosen (R-SIGN-01).

A list of leaked passwords knows few of twelve characters. What makes a long one common is that it is put
together from predictable parts, so those are taken out, and what is left must still be something.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .figures import PASSWORD_LENGTH

MIN_UNPREDICTABLE = 5
RUN = 4
#: how long a first password waits to be used
FIRST_PASSWORD_HOLDS = timedelta(days=7)
EXAMINED = 128  # more characters make a password no weaker, and the search for repetitions slow

_WORDS = frozenset(
    {
        "password", "passwd", "admin", "administrator", "welcome", "letmein", "iloveyou", "login", "master",
        "root", "user", "test", "guest", "secret", "change", "default", "company", "system", "manager",
        "hello", "monkey", "dragon", "sunshine", "football", "princess", "superman", "starwars", "whatever",
        "trustno", "abc123", "woaini", "mima", "nihao", "zhongguo", "beijing", "shanghai", "guanliyuan",
        "kehu", "dangan", "gongsi", "jingli", "5201314", "1314520", "147258", "159357", "112233", "a123456",
        "888888", "666666", "1q2w3e4r",
    }
)  # fmt: skip
_ROWS = (
    "1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "qazwsxedcrfvtgbyhnujm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)  # fmt: skip
_LOOK_ALIKES = str.maketrans("@430157$!", "aaeoistsi")

_DATES = re.compile(r"(19|20)\d\d([-./年]?\d{1,2}([-./月]?\d{1,2}日?)?)?")
_REPEATS = re.compile(r"(.+?)\1{2,}")
_FILLING = re.compile(r"[\W_]+")


def _runs() -> frozenset[str]:
    """Four neighbours of a keyboard row, the alphabet or the digits, forwards and backwards."""
    both_ways = [row for forward in _ROWS for row in (forward, forward[::-1])]
    return frozenset(row[at : at + RUN] for row in both_ways for at in range(len(row) - RUN + 1))


_RUNS = _runs()


def _without_runs(text: str) -> str:
    """*text* without keyboard runs, however long: every character that lies in one goes."""
    in_run: set[int] = set()
    for at in range(len(text) - RUN + 1):
        if text[at : at + RUN] in _RUNS:
            in_run.update(range(at, at + RUN))
    return "".join(letter for at, letter in enumerate(text) if at not in in_run)


def _without_words(text: str, names: Iterable[str]) -> str:
    for word in sorted({*_WORDS, *names}, key=len, reverse=True):
        text = text.replace(word, " ")
    return text


def _unpredictable(text: str, names: Iterable[str]) -> str:
    """What is left of *text* without known words, dates, runs, repetitions and what fills the gaps."""
    text = _without_runs(_DATES.sub(" ", _without_words(text, names)))
    # only now, when no 2026 and no 1234 is left that would turn into letters
    text = _without_words(text.translate(_LOOK_ALIKES), names)
    return _FILLING.sub("", _REPEATS.sub(r"\1", text))


@rule("R-SIGN-01", "密码至少十二个字符（公司可加长），不得常见：常用词、键盘顺序、日期、重复、用户名和公司名都不算数。")
def may_choose(password: str, names: Iterable[str] = (), length: int = PASSWORD_LENGTH.default) -> Verdict:
    """Whether *password* may be chosen; *names*: sign-in name, own name, company. Refused "weak_password"."""
    if len(password) < length:
        return refuse("R-SIGN-01", "weak_password", say("密码至少 {length} 个字符", length=length))
    text = password[:EXAMINED].casefold()
    own = [name.strip().casefold() for name in names if len(name.strip()) > 1]
    only_digits = _FILLING.sub("", text).isdigit()
    if only_digits or len(set(_unpredictable(text, own))) < MIN_UNPREDICTABLE:
        return refuse("R-SIGN-01", "weak_password", say("密码太常见，请换一个不易猜到的"))
    return ALLOWED


@rule("R-SIGN-01", "首个密码七天内没有使用的作废，须重新领取。")
def first_password_holds(until: datetime | None, now: datetime) -> Verdict:
    """Whether a password may still be signed in with; *until* is None for one's own. Refused "lapsed"."""
    if until is None or now <= until:
        return ALLOWED
    return refuse("R-SIGN-01", "lapsed", say("首个密码已过期，请向系统管理员重新领取"))

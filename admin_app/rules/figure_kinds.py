"""The kinds of settings that a company decides for itself: a figure, a yes or no, an hour, a week, a text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ..permissions import Level
from ..texts import Text, Word, say, several, word

WEEKDAYS = (say("周一"), say("周二"), say("周三"), say("周四"), say("周五"), say("周六"), say("周日"))
NONE = word("无")
LONGEST_WORD = 6
_YES, _NO = say("是"), say("否")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure counts; ``each`` is how long one lasts, for those that are times."""

    label: Text
    each: timedelta = timedelta(0)


WORKING_DAYS, CHARACTERS, TIMES = Unit(say("个工作日")), Unit(say("个字符")), Unit(say("次"))
DAYS, YUAN, PLANS, PERCENT = Unit(say("天")), Unit(say("元")), Unit(say("个方案")), Unit(say("%"))
OF_THE_CLOCK, YEARS, POINTS = Unit(say("点")), Unit(say("年")), Unit(say("分"))
MINUTES, HOURS = Unit(say("分钟"), timedelta(minutes=1)), Unit(say("小时"), timedelta(hours=1))


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A setting by its name in the database; values are what JSON holds.

    ``place``: where the manual has it, "+" where it leaves it open.
    """

    name: str
    label: Text
    default: Any = None
    rule: str = ""
    place: Word | str = "+"
    help: Text | None = None
    #: the rule that limits what may be set, where it isn't the general one
    bounds: str = ""

    def read(self, typed: Sequence[str]) -> Any:
        """The value that was typed; None for what is none."""
        return typed[0].strip() or None

    def fits(self, value: Any) -> bool:
        """Whether a company may set *value*."""
        return len(value) <= 60

    def show(self, value: Any) -> Text:
        return say("{value}", value=value)

    @property
    def wanted(self) -> Text:
        """What may be typed."""
        return say("请填写，最多 {most} 个字", most=60)


@dataclass(frozen=True, kw_only=True)
class LevelWord(Declared):
    """What the company calls *level*; that all five can be told apart is asked of them together."""

    level: Level
    bounds: str = "R-CONF-13"

    def fits(self, value: str) -> bool:
        return len(value) <= LONGEST_WORD

    def show(self, value: str) -> Text:
        """The shipped word is the program's and has a translation; the company's stays as it is."""
        return say("{value}", value=Word(value) if value == self.default else value)

    @property
    def wanted(self) -> Text:
        return say("请填写，最多 {most} 个字", most=LONGEST_WORD)


@dataclass(frozen=True, kw_only=True)
class LevelPrefix(Declared):
    """What goes before the word of each level; blank where nothing does."""

    bounds: str = "R-CONF-13"

    def read(self, typed: Sequence[str]) -> str | None:
        text = typed[0].strip()
        return "" if text in (str(NONE), "-") else text or None

    def fits(self, value: str) -> bool:
        return len(value) <= LONGEST_WORD

    def show(self, value: str) -> Text:
        return say("{value}", value=value or NONE)

    @property
    def wanted(self) -> Text:
        return say("请填写，最多 {most} 个字", most=LONGEST_WORD)


@dataclass(frozen=True, kw_only=True)
class Hour(Declared):
    """A time of day, "18:00", from *earliest* to *latest*."""

    earliest: str
    latest: str

    def read(self, typed: Sequence[str]) -> str | None:
        found = _TIME.fullmatch(unicodedata.normalize("NFKC", typed[0]).strip())
        return f"{int(found[1]):02}:{found[2]}" if found else None

    def fits(self, value: str) -> bool:
        return self.earliest <= value <= self.latest

    @property
    def wanted(self) -> Text:
        return say("请填 {low} 到 {high} 之间的时间", low=self.earliest, high=self.latest)


@dataclass(frozen=True, kw_only=True)
class Week(Declared):
    """The weekdays that are worked, Monday 0; one at least, or no deadline would ever end."""

    def read(self, typed: Sequence[str]) -> list[int] | None:
        days = sorted({int(day) for day in typed if day in tuple("0123456")})
        return days or None

    def fits(self, value: list[int]) -> bool:
        return bool(value)

    def show(self, value: list[int]) -> Text:
        first, last = WEEKDAYS[value[0]], WEEKDAYS[value[-1]]
        if len(value) > 2 and value == list(range(value[0], value[-1] + 1)):
            return say("{first}至{last}", first=first, last=last)
        return say("{days}", days=several(WEEKDAYS[day] for day in value))

    @property
    def wanted(self) -> Text:
        return say("至少选一天")


@dataclass(frozen=True, kw_only=True)
class Figure(Declared):
    """A whole number of *unit*, from *lowest* to *highest*; *area* is the heading it stands under."""

    area: Text
    unit: Unit
    default: int
    lowest: int
    highest: int

    def read(self, typed: Sequence[str]) -> int | None:
        text = unicodedata.normalize("NFKC", typed[0]).strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def fits(self, value: int) -> bool:
        return self.lowest <= value <= self.highest

    def show(self, value: int) -> Text:
        return say("{n} {unit}", n=value, unit=self.unit.label)

    @property
    def hint(self) -> Text:
        """What its box takes, in a few characters."""
        return say("{low}–{high}", low=self.lowest, high=self.highest)

    @property
    def wanted(self) -> Text:
        return say("请填 {low} 到 {high} 的整数", low=self.lowest, high=self.highest)


@dataclass(frozen=True, kw_only=True)
class Switch(Figure):
    """A figure that is 1 for yes and 0 for no."""

    unit: Unit = Unit(say(""))
    default: int = 0
    lowest: int = 0
    highest: int = 1

    def read(self, typed: Sequence[str]) -> int | None:
        answer = unicodedata.normalize("NFKC", typed[0]).strip().lower()
        return {str(_YES): 1, "yes": 1, "1": 1, str(_NO): 0, "no": 0, "0": 0}.get(answer)

    def show(self, value: int) -> Text:
        return _YES if value else _NO

    @property
    def hint(self) -> Text:
        return say("{yes}/{no}", yes=_YES, no=_NO)

    @property
    def wanted(self) -> Text:
        return say("请填 是 或 否")

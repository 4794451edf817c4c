"""Days and moments: the spellings people use, read by the year first; shown as an office writes them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date
from sqlalchemy.types import TypeEngine

from ..texts import say
from .columns import UtcMoment
from .kind import Fault, Kind, Reading, half_width

_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}")
_TIME = re.compile(
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上|[AaPp][Mm])?\s*([0-9]{1,2})\s*[:：时点]\s*([0-9]{1,2})?\s*分?"
    r"(?:[:：]?([0-9]{1,2})(?:\.[0-9]+)?秒?)?"
)
_BEFORE_NOON = ("凌晨", "早上", "上午", "am")
_AFTER_NOON = ("下午", "傍晚", "晚上", "pm")
_WEEKDAY = re.compile(r"[(（]?\s*(周|星期)[一二三四五六日天]\s*[)）]?")
#: day 0 of the serial numbers that spreadsheets write
_SERIAL_START = date(1899, 12, 30)
#: serials read as days only between these, so that a five-digit number isn't taken for a date by accident
_SERIAL_RANGE = (20000, 73050)
_MIDNIGHT = time(0, 0)


def read_day(text: str) -> tuple[date, str]:
    """The day that *text* starts with and what follows it; raises :class:`Fault` with code bad_date."""
    text = half_width(text)
    if serial := _SERIAL.fullmatch(text):
        number = int(serial[0])
        if _SERIAL_RANGE[0] <= number <= _SERIAL_RANGE[1]:
            return _SERIAL_START + timedelta(days=number), ""
    match = _DAY.match(text) or _COMPACT.match(text)
    if match is None:
        raise Fault("bad_date", say("看不懂的日期，请写成 2026-11-21"))
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Fault("bad_date", say("没有这一天，请核对日期")) from None
    if not 1900 <= day.year <= 2200:
        raise Fault("bad_date", say("年份不对，请核对日期"))
    return day, _WEEKDAY.sub("", text[match.end() :]).strip(" T,，")


def read_time(text: str) -> tuple[time, timedelta]:
    """A time of day such as 14:05, 下午2点05分 or 2:05 PM, and how long it means: an hour, a minute or a second."""
    match = _TIME.fullmatch(text) or _TIME.fullmatch(re.sub(r"^(.*?)\s*([AaPp][Mm])$", r"\2\1", text))
    if match is None:
        raise Fault("bad_date", say("看不懂的时间，请写成 14:05"))
    hour = _hour((match[1] or "").lower(), int(match[2]))
    exact = timedelta(seconds=1) if match[4] else timedelta(minutes=1) if match[3] else timedelta(hours=1)
    try:
        return time(hour, int(match[3] or 0), int(match[4] or 0)), exact
    except ValueError:
        raise Fault("bad_date", say("没有这个时间，请核对")) from None


def _hour(part: str, hour: int) -> int:
    """The hour of the day; what belongs to the next day is asked for with that day's date."""
    if hour == 24 or (part == "晚上" and (hour == 12 or hour < 5)):
        raise Fault("bad_date", say("夜里 12 点及以后请写次日的日期，如 00:00"))
    if part in _BEFORE_NOON and hour > 12:
        raise Fault("bad_date", say("没有这个时间，请核对"))
    if part in _BEFORE_NOON and hour == 12:
        return 0
    late = (part in _AFTER_NOON and hour < 12) or (part == "中午" and hour < 3)
    return hour + 12 if late else hour


def read_moment(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When what *text* means begins and when the next begins, in *zone*: a day alone is the whole day."""
    day, rest = read_day(text)
    at, length = read_time(rest) if rest else (_MIDNIGHT, timedelta(days=1))
    begins = datetime.combine(day, at, zone)
    return begins, begins + length


class DayKind(Kind):
    """A calendar day without a time."""

    name = "day"
    operators = ("between", "equals", "empty", "filled")
    width = "s"

    def column_type(self) -> TypeEngine[date]:
        return Date()

    def parse(self, text: str, reading: Reading) -> date:
        day, rest = read_day(text)
        if rest and read_time(rest)[0] != _MIDNIGHT:
            raise Fault("bad_date", say("这里只写日期，不写时间"))
        return day

    def text(self, value: date, reading: Reading) -> str:
        return value.isoformat()


class MomentKind(Kind):
    """A point in time; a day alone is its midnight, and midnight shows as the day alone."""

    name = "moment"
    operators = ("between", "equals", "empty", "filled")
    width = "s"

    def column_type(self) -> TypeEngine[datetime]:
        return UtcMoment()

    def parse(self, text: str, reading: Reading) -> datetime:
        return read_moment(text, reading.zone)[0].astimezone(UTC)

    def span(self, text: str, reading: Reading) -> tuple[datetime, datetime]:
        begins, ends = read_moment(text, reading.zone)
        return begins.astimezone(UTC), ends.astimezone(UTC) - datetime.resolution

    def text(self, value: datetime, reading: Reading) -> str:
        local = value.astimezone(reading.zone).replace(
            tzinfo=None
        )  # or its offset would be worked out again, to be written
        written = local.isoformat(" ", "seconds")  # thrice as fast as strftime, and it pads the year
        if local.time() == _MIDNIGHT:
            return written[:10]
        return written[:19] if local.second else written[:16]

"""Days and moments: the spellings people use, read by the year first; shown as an office writes them."""

import re
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Date
from sqlalchemy.types import TypeEngine

from ..texts import say
from .columns import UtcMoment
from .kind import Fault, Kind, Reading, half_width

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}")
_TIME = re.compile(r"(上午|下午|晚上|[AaPp][Mm])?\s*(\d{1,2})\s*[:：时点]\s*(\d{1,2})?\s*分?(?:[:：]?(\d{1,2})(?:\.\d+)?秒?)?")
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


def read_time(text: str) -> time:
    """A time of day such as 14:05, 下午2点05分 or 2:05 PM."""
    match = _TIME.fullmatch(text) or _TIME.fullmatch(re.sub(r"^(.*?)\s*([AaPp][Mm])$", r"\2\1", text))
    if match is None:
        raise Fault("bad_date", say("看不懂的时间，请写成 14:05"))
    hour, minute, second = int(match[2]), int(match[3] or 0), int(match[4] or 0)
    if (match[1] or "").lower() in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Fault("bad_date", say("没有这个时间，请核对")) from None


class DayKind(Kind):
    """A calendar day without a time."""

    name = "day"
    operators = ("between", "equals", "empty", "filled")
    width = "s"

    def column_type(self) -> TypeEngine[date]:
        return Date()

    def parse(self, text: str, reading: Reading) -> date:
        day, rest = read_day(text)
        if rest and read_time(rest) != _MIDNIGHT:
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
        day, rest = read_day(text)
        local = datetime.combine(day, read_time(rest) if rest else _MIDNIGHT, reading.zone)
        return local.astimezone(UTC)

    def text(self, value: datetime, reading: Reading) -> str:
        local = value.astimezone(reading.zone)
        if local.time() == _MIDNIGHT:
            return local.strftime("%Y-%m-%d")
        return local.strftime("%Y-%m-%d %H:%M" if not local.second else "%Y-%m-%d %H:%M:%S")

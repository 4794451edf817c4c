"""Moments told by the hour: the local names of a day's hours are worked out once, minutes and seconds stand as they are given."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from .telling import Column, remembering

#: "2026-11-20" and "2026-11-20 06" of "2026-11-20 06:31:00.000000"
_DAY, _HOUR = 10, 13
_LAST = timedelta(minutes=59, seconds=59)


def moments(zone: ZoneInfo, tell: Callable[[str], str]) -> Column:
    """Tells moments given as text in UTC (``guard.raw``). *tell* is asked about midnights, which are told as days, and about
    hours that have no one name in *zone*."""
    days = remembering(lambda day: _hours(day, zone), None)
    hours = remembering(lambda hour: days((hour[:_DAY],))[0][int(hour[-2:])], None)
    plainly = remembering(tell, "")

    def told(values: Sequence[str | None]) -> list[str]:
        local = hours([value and value[:_HOUR] for value in values])
        return [
            f"{hour}{value[13:16] if value[16:19] == ':00' else value[13:19]}"
            if hour and value
            else plainly((value,))[0]
            for hour, value in zip(local, values, strict=True)
        ]

    return told


def _hours(day: str, zone: ZoneInfo) -> list[str | None]:
    """The names in *zone* of the hours of a *day* in UTC: worked out once where it has one offset, in whole hours."""
    begins = datetime.fromisoformat(day).replace(tzinfo=UTC)
    first, last = begins.astimezone(zone), (begins + timedelta(days=1)).astimezone(zone)
    if first.utcoffset() != last.utcoffset() or first.minute or first.second:
        return [_local(begins + timedelta(hours=hour), zone) for hour in range(24)]
    names = [first.date().isoformat(), last.date().isoformat()]
    return [f"{names[hour // 24]} {hour % 24:02}" if hour % 24 else None for hour in range(first.hour, first.hour + 24)]


def _local(begins: datetime, zone: ZoneInfo) -> str | None:
    """The name in *zone* of the hour that begins then; None for one at midnight, and where it isn't one hour there from start
    to end."""
    first, last = begins.astimezone(zone), (begins + _LAST).astimezone(zone)
    whole = first.minute == first.second == 0 and first.utcoffset() == last.utcoffset()
    return first.isoformat(" ")[:_HOUR] if whole and first.hour else None

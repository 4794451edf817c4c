"""Moments told by the hour: of each hour its local name is worked out once, minutes and seconds stand as they are given."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from .telling import Column, remembering

_HOUR = 13  #: "2026-11-20 06" of "2026-11-20 06:31:00.000000"
_LAST = timedelta(minutes=59, seconds=59)


def moments(zone: ZoneInfo, tell: Callable[[str], str]) -> Column:
    """Tells moments given as text in UTC (``guard.raw``). *tell* is asked about midnights, which are told as days, and about
    hours that have no one name in *zone*."""
    hours = remembering(lambda hour: _local(hour, zone), None)
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


def _local(hour: str, zone: ZoneInfo) -> str | None:
    """The name of *hour* in *zone*; None for one at midnight, and where it isn't one hour there from start to end."""
    begins = datetime.fromisoformat(f"{hour}:00:00").replace(tzinfo=UTC)
    first, last = begins.astimezone(zone), (begins + _LAST).astimezone(zone)
    whole = first.minute == first.second == 0 and first.utcoffset() == last.utcoffset()
    return first.isoformat(" ")[:_HOUR] if whole and first.hour else None

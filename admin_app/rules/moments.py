"""Moments that can be compared and added to without being misled by clocks set forward or back."""

from datetime import UTC, datetime


def instant(moment: datetime) -> datetime:
    """*moment* in UTC, so that differences are real hours; ValueError when it has no time zone.

    Python subtracts two times of one zone as they stand on the wall: across a clock change 72 hours would be
    71 or 73.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment.astimezone(UTC)

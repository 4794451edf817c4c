"""What reading a stranger's file may take: little for a small one, whatever it claims to hold (R-IMPT-01)."""

from ...confined import Limits

_MB = 1 << 20


def limits_for(size: int) -> Limits:
    """For a file of *size* bytes: 480 MB and eight seconds, and more by what a real ledger of that size takes.

    A workbook of a million rows has some 40 MB; a bomb that unpacks to gigabytes has a few thousand bytes.
    """
    megabytes = size / _MB
    processor = min(8 + int(2 * megabytes), 120)
    return Limits(
        memory=min(480 * _MB + 32 * size, 1_600_000_000),
        processor=processor,
        clock=10 + 1.5 * (processor - 8),
        answer=16 * _MB + 40 * size,
    )

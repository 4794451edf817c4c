"""Which pictures may be a company's logo: PNG and JPEG by their own bytes, of a size that a page can bear.

No SVG: it can carry scripts, and this one is shown to strangers.
"""

from dataclasses import dataclass

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

MOST_BYTES = 512 * 1024
#: pixels; and how many times wider than high, or higher than wide
_SMALLEST, _LARGEST, _LONGEST = 16, 3000, 8

_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
#: markers of a frame, which has the size; C4, C8 and CC are something else
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is, and its size in pixels."""

    kind: str
    width: int
    height: int


def picture(content: bytes) -> Picture | None:
    """What *content* is; None for anything but a whole PNG or JPEG."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and content.endswith(_PNG_END):
        return Picture("png", int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
    if content.startswith(_JPEG) and content.endswith(_JPEG_END):
        return _jpeg(content)
    return None


def _jpeg(content: bytes) -> Picture | None:
    """Walk the segments up to the frame: FF, marker, length, and in a frame precision, height, width."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] == 0xFF:  # filling
            at += 1
        elif content[at + 1] in _FRAMES:
            return Picture("jpeg", int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7]))
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None


@rule("R-ROLE-01", "公司标志须是大小合适的 PNG 或 JPEG 图片。")
def may_be_logo(content: bytes) -> Verdict:
    """Whether *content* may be the logo; refused "bad_picture"."""
    if len(content) > MOST_BYTES:
        return refuse("R-ROLE-01", "bad_picture", say("图片超过 {limit} KB", limit=MOST_BYTES // 1024))
    found = picture(content)
    if found is None:
        return refuse("R-ROLE-01", "bad_picture", say("只接受完整的 PNG 或 JPEG 图片"))
    short, long = sorted((found.width, found.height))
    if short < _SMALLEST or long > _LARGEST or long > short * _LONGEST:
        sizes = {"low": _SMALLEST, "high": _LARGEST, "times": _LONGEST}
        reason = say("边长须为 {low} 到 {high} 像素，长边不超过短边的 {times} 倍", **sizes)
        return refuse("R-ROLE-01", "bad_picture", reason)
    return ALLOWED

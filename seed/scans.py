"""Scans of some papers, drawn: a heading, the file's number, ruled lines and a stamp, so that there are pages to turn."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from admin_app.permissions import Level

#: so many of the newest papers that anybody of the archive room may read
_SCANNED = 24
_PAGES = 2
#: A4 at 100 dots an inch
_SIZE = (827, 1169)
_FONTS = ("NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "msyh.ttc", "PingFang.ttc")

Keep = Callable[[bytes], str]


def scan_some(papers: Sequence[Any], keep: Keep) -> None:
    """Give the newest readable papers a scan, kept by *keep*, which answers the key."""
    readable = [paper for paper in papers if paper.level <= Level.SECRET]
    for paper in readable[-_SCANNED:]:
        paper.scanned, paper.scan = True, f"{keep(_drawn(paper))}/{paper.name}.pdf"


def _drawn(paper: Any) -> bytes:
    import PIL.Image  # here: whoever seeds without scans doesn't load it

    first, *others = [_page(PIL.Image.new("RGB", _SIZE, "#fdfcf7"), paper, number) for number in range(1, _PAGES + 1)]
    file = io.BytesIO()
    first.save(file, "PDF", save_all=True, append_images=others)
    return file.getvalue()


def _page(sheet: Any, paper: Any, number: int) -> Any:
    import PIL.ImageDraw

    pen, width, height = PIL.ImageDraw.Draw(sheet), *_SIZE
    pen.text((width / 2, 90), paper.name, font=_font(34), fill="#222", anchor="mm")
    pen.text((width - 70, 140), f"{paper.number}  {number}/{_PAGES}", font=_font(16), fill="#555", anchor="rm")
    for top in range(200, height - 220, 42):
        pen.line((70, top, width - 70, top), fill="#c8c8c8")
        pen.line((80, top - 14, 220 + (top * top * number) % (width - 400), top - 14), fill="#4a5568", width=5)
    if number == _PAGES:
        pen.ellipse((width - 260, height - 240, width - 110, height - 90), outline="#c0392b", width=5)
        pen.text((width - 185, height - 165), "合同专用章", font=_font(20), fill="#c0392b", anchor="mm")
    return sheet


def _font(size: int) -> Any:
    import PIL.ImageFont

    for name in _FONTS:
        try:
            return PIL.ImageFont.truetype(name, size)
        except OSError:
            continue
    return PIL.ImageFont.load_default(size)

"""Draws one page of a scan read from stdin as a JPEG with who looks at it across; a script for ``confined.run``.

Arguments: the page from 1, 0 only counts them; the mark. Answers one line of JSON, ``{"pages": n}`` or ``{"error": code}``,
and behind it the picture.
"""

import io
import json
import sys
from collections.abc import Callable

import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
import PIL.ImageOps

#: a page is drawn within this square
SIDE = 1600
#: pictures of more pixels are refused before they are unpacked
MOST_PIXELS = 120_000_000
MOST_PAGES = 2000
QUALITY = 82
#: fonts with Chinese characters by the names they have on Linux, Windows and macOS; without any, the mark has its figures
FONTS = (
    "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf",
    "msyh.ttc", "simsun.ttc", "PingFang.ttc",
)  # fmt: skip
#: the mark's size, how slanting it is, and how far apart
LETTER, SLANT, APART = 30, 30, 6
GREY, STRENGTH = (120, 120, 120), 95

Draw = Callable[[int], PIL.Image.Image]


def opened(content: bytes) -> tuple[int, Draw]:
    """How many pages there are, and what draws one of them, counted from 0."""
    return opened_pdf(content) if content.startswith(b"%PDF") else opened_picture(content)


def opened_pdf(content: bytes) -> tuple[int, Draw]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)

    def draw(number: int) -> PIL.Image.Image:
        page = document[number]
        width, height = page.get_size()
        return page.render(scale=min(SIDE / max(width, height, 1), 4)).to_pil().convert("RGB")

    return len(document), draw


def opened_picture(content: bytes) -> tuple[int, Draw]:
    """A photograph is one page, a TIFF may have many."""
    PIL.Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    formats = ["JPEG", "PNG", "TIFF", "WEBP"]
    if content[4:8] == b"ftyp":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
        formats = ["HEIF"]
    picture = PIL.Image.open(io.BytesIO(content), formats=formats)
    if picture.width * picture.height > MOST_PIXELS:
        raise MemoryError

    def draw(number: int) -> PIL.Image.Image:
        if picture.format == "TIFF":  # of a telephone's pictures the main one, which need not be the first
            picture.seek(number)
        picture.draft("RGB", (SIDE, SIDE))
        page = PIL.ImageOps.exif_transpose(picture).convert("RGB")
        page.thumbnail((SIDE, SIDE))
        return page

    return getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1, draw


def font_for(mark: str) -> tuple[PIL.ImageFont.FreeTypeFont, str]:
    """A font that has the mark's characters; without one what of the mark any font has."""
    for name in FONTS:
        try:
            return PIL.ImageFont.truetype(name, LETTER), mark
        except OSError:
            continue
    return PIL.ImageFont.load_default(LETTER), "".join(filter(str.isascii, mark)).strip()


def marked(page: PIL.Image.Image, mark: str) -> PIL.Image.Image:
    """*page* with *mark* all over it in a grey that shows on light and on dark, so that it can't be cut off."""
    font, text = font_for(mark)
    side = int((page.width**2 + page.height**2) ** 0.5)
    layer = PIL.Image.new("L", (side, side))
    pen = PIL.ImageDraw.Draw(layer)
    wide = int(pen.textlength(text, font=font)) + 2 * LETTER
    for line, top in enumerate(range(0, side, int(LETTER * APART))):
        for left in range(-wide // 2 * (line % 2), side, wide):
            pen.text((left, top), text, font=font, fill=STRENGTH)
    left, top = (side - page.width) // 2, (side - page.height) // 2
    slanting = layer.rotate(SLANT).crop((left, top, left + page.width, top + page.height))
    page.paste(GREY, mask=slanting)
    return page


def answer(content: bytes, number: int, mark: str) -> bytes:
    pages, draw = opened(content)
    pages = min(pages, MOST_PAGES)
    line = json.dumps({"pages": pages}).encode() + b"\n"
    if not number:
        return line
    if number > pages:
        return json.dumps({"error": "no_page"}).encode() + b"\n"
    drawn = io.BytesIO()
    marked(draw(number - 1), mark).save(drawn, "JPEG", quality=QUALITY)
    return line + drawn.getvalue()


def main() -> int:
    try:
        said = answer(sys.stdin.buffer.read(), int(sys.argv[1]), sys.argv[2])
    except (MemoryError, PIL.Image.DecompressionBombError):
        said = b'{"error": "too_large"}\n'
    except Exception:
        said = b'{"error": "broken"}\n'
    sys.stdout.buffer.write(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())

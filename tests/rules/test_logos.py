"""Which pictures may be the company's logo: whole PNG and JPEG files of a bearable size, by their bytes."""

import pytest

from admin_app.rules.logos import MOST_BYTES, Picture, may_be_logo, picture
from tests.fixtures.pictures import jpeg, png

pytestmark = pytest.mark.rule("R-ROLE-01")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (png(240, 80), Picture("png", 240, 80)),
        (jpeg(240, 80), Picture("jpeg", 240, 80)),
        (png(240, 80)[:-4], None),
        (jpeg(240, 80)[:-2], None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", None),
        (b"\xff\xd8\xff\xe0\xff\xd9", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_bytes(content, found):
    assert picture(content) == found


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        (png(16, 16), True),
        (png(15, 100), False),
        (png(3001, 1000), False),
        (png(800, 100), True),
        (png(801, 100), False),
        (png(100, 100, b"x" * MOST_BYTES), False),
        (b"GIF89a" + b"\x10\x00\x10\x00;", False),
    ],
)
def test_a_logo_is_neither_too_large_nor_too_small_nor_something_else(content, allowed):
    assert may_be_logo(content).code == ("" if allowed else "bad_picture")

"""Files that mean harm or came to it: made by hand, and by seeded mutation of good ones."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice

import xlsxwriter

from tests.sheets.conftest import sheet, visitor

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook() -> bytes:
    """A good workbook of visitors."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet()
        for line, row in enumerate([("来店时间", "顾客姓名", "联系电话", "顾客来源", "接待人"), visitor()[:5]]):
            page.write_row(line, 0, row)
    return data.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The good workbook with another *content* of its part *name*."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as good, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in good.namelist():
            archive.writestr(part, content if part == name else good.read(part))
    return made.getvalue()


def worksheet(dimension: str, rows: str, before: str = "") -> bytes:
    data = f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData>'
    text = f'<?xml version="1.0"?>{before}<worksheet {_MAIN}>{data}</worksheet>'
    return with_part(SHEET, text.encode())


def cell(place: str, value: str) -> str:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{value}</t></is></c></row>'


def _nested_entities() -> bytes:
    entities = '<!ENTITY a0 "x">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return worksheet("A1:A2", cell("A1", "&a9;"), f"<!DOCTYPE w [{entities}]>")


GOOD = sheet(visitor(), visitor(phone="13900001111"))

#: what somebody who means harm, or a broken disk, would put in
BY_HAND: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a zip cut in the middle": ("a.xlsx", lambda: workbook()[:2_000]),
    "a zip without its directory": ("a.xlsx", lambda: workbook()[:-60]),
    "a zip bomb": ("a.xlsx", lambda: with_part(SHEET, b"<worksheet>" + b" " * 300_000_000)),
    "nested entities": ("a.xlsx", _nested_entities),
    "an entity of a file": (
        "a.xlsx",
        lambda: worksheet("A1", cell("A1", "&e;"), '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    ),
    "a declared grid of a billion cells": (
        "a.xlsx", lambda: worksheet("A1:XFD1048576", cell("A1", "来店时间") + cell("XFD1048576", "x"))
    ),
    "elements nested deep": ("a.xlsx", lambda: with_part(SHEET, b"<a>" * 200_000)),
    "a workbook whose sheet is no xml": ("a.xlsx", lambda: with_part(SHEET, b"\x00\xff" * 500)),
    "a workbook without workbook": ("a.xlsx", lambda: with_part("xl/workbook.xml", b"")),
    "xls garbage": ("a.xls", lambda: OLE + random.Random(1).randbytes(20_000)),
    "xls that points at itself": ("a.xls", lambda: OLE + b"\x01\x00" * 4_000),
    "a million columns": ("a.csv", lambda: b"," * 1_000_000 + b"\n1,2\n"),
    "a million columns of one word": ("a.csv", lambda: b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000),
    "quotes never closed": ("a.csv", lambda: GOOD.encode() + b'"a,"b,\n' * 20_000),
    "a quote on every line of its own": ("a.csv", lambda: b'a,b\n' + b'"\n,"' * 30_000),
    "nuls": ("a.csv", lambda: GOOD.encode().replace(b",", b"\x00,\x00")),
    "nothing but nuls": ("a.csv", lambda: b"\x00" * 1_000_000),
    "lone surrogates in utf-8": ("a.csv", lambda: GOOD.encode().replace("单".encode(), b"\xed\xa0\x80")),
    "lone surrogates in utf-16": ("a.csv", lambda: b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00\xd8\n\x00")  ,
    "a huge cell": ("a.csv", lambda: GOOD.replace("单秀兰", "单" * 3_000_000).encode()),
    "wrong bytes": ("a.csv", lambda: GOOD.encode().replace("单".encode(), b"\xff\xfe\x80")),
    "a million blank lines": ("a.csv", lambda: GOOD.encode() + b"\n" * 1_000_000),
}  # fmt: skip


def mutated(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """*count* files bitten, cut, doubled or mixed at random, the same for each *seed*."""
    rng = random.Random(seed)
    good = [
        ("a.csv", GOOD.encode()),
        ("a.csv", GOOD.encode("gb18030")),
        ("a.csv", GOOD.encode("utf-16")),
        ("a.xlsx", workbook()),
    ]
    return islice(_mutations(rng, good), count)


def _mutations(rng: random.Random, good: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    while True:
        name, data = rng.choice(good)
        bitten = bytearray(data)
        for _ in range(rng.randrange(1, 12)):
            place = rng.randrange(len(bitten))
            match rng.randrange(5):
                case 0:
                    bitten[place] = rng.randrange(256)
                case 1:
                    bitten[place:place] = rng.choice(
                        [b'"', b"\x00", b"\xff", b"\r", b",", b"\xed\xa0\x80"]
                    ) * rng.randrange(1, 200)
                case 2 if len(bitten) > 40:
                    del bitten[place : place + rng.randrange(1, 30)]
                case 3:
                    bitten[place:place] = bitten[: rng.randrange(1, 500)]
                case _:
                    bitten[place : place + 4] = rng.randbytes(4)
        yield name, bytes(bitten)

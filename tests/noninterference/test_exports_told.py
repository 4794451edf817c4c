"""What leaves in a file is, cell for cell, what the same records say one by one (R-CONF-06, R-IMPT-08).

A list asks each field of each record for its cell; an export tells whole columns, each different value once. Here both tell all
there is: every register (in the long run each, else one of every make), every field, in each way a record can stand to
somebody, to people of different clearances.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from admin_app.fields import Face
from admin_app.guard import GuardedSession
from admin_app.guard.by_ids import rows_by_id
from admin_app.guard.cells import Cell
from admin_app.guard.codes import reading
from admin_app.guard.facts import facts_names
from admin_app.guard.listing import ListQuery, all_ids
from admin_app.guard.raw import raw_levels
from admin_app.guard.shown import rows_of
from admin_app.models import Register, register_named
from admin_app.permissions import View
from admin_app.sheets.export_files import csv_chunks, workbook
from admin_app.sheets.exporting import Export, whole_list
from admin_app.sheets.formulas import guarded, guarded_in_workbook
from admin_app.texts import say
from tests.every_register.examples import filled
from tests.fixtures.worlds import World
from tests.noninterference.awkward import awkward_world
from tests.noninterference.rows import plain_faces
from tests.noninterference.twins import on

#: to whom the records stand in every way; and who looks: clearance 1 in one store, 3 over the company, all
_TO, PEOPLE = "clerk", ("clerk", "director", "general_manager")
_NUMBERS = ("int", "decimal", "amount", "percentage")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module", params=[pytest.param(kind, marks=on(kind)) for kind in ("sqlite", "postgresql")])
def awkward(request: pytest.FixtureRequest) -> Iterator[World]:
    with awkward_world(_TO, request.param) as world:
        yield world


def one_by_one(session: GuardedSession, query: ListQuery, faces: list[Face]) -> list[list[Cell]]:
    """The cells of every record that is seen, as a list asks for them."""
    query.columns = list(
        dict.fromkeys(["id", "public_id", *facts_names(query.register), *(face.name for face in faces)])
    )
    found = rows_by_id(session, query, all_ids(session, query))
    rows = rows_of(session, query.register, found, faces, reading(session))
    return [[row.cell(face) for face in faces] for row in rows]


def export_of(session: GuardedSession, register: type[Register], faces: list[Face]) -> Export:
    """As one that was allowed, whoever may: what is told is asked here, not to whom it may leave."""
    query = whole_list(register)
    return Export(session, query, faces, *raw_levels(session, query), reading(session), say("核对"))


def as_csv(faces: list[Face], told: list[list[Cell]]) -> bytes:
    sheet = io.StringIO(newline="")
    lines = [["核对"], [face.label for face in faces], *([cell.text for cell in row] for row in told)]
    csv.writer(sheet).writerows([guarded(text) for text in line] for line in lines)
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def as_in_a_workbook(face: Face, cell: Cell) -> Any:
    if face.kind.name in _NUMBERS and cell.view is View.SHOWN:
        return None if cell.value is None else float(cell.value)
    return guarded_in_workbook(cell.text) or None


def read_back(book: bytes) -> list[list[Any]]:
    """The rows below the header: texts as a spreadsheet reads them, numbers as numbers."""
    with ZipFile(io.BytesIO(book)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    return [[_held(cell) for cell in row] for row in list(sheet.iter(f"{_MAIN}row"))[2:]]


def _held(cell: ElementTree.Element) -> Any:
    number, text = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}is/{_MAIN}t")
    if text is not None:
        return re.sub("_x([0-9A-F]{4})_", lambda escape: chr(int(escape[1], 16)), text.text or "")
    return None if number is None else float(number.text or "")


@pytest.mark.rule("R-CONF-06", "R-IMPT-08")
@pytest.mark.parametrize("username", PEOPLE)
def test_an_export_tells_every_field_of_every_register_as_each_record_tells_it(awkward: World, username: str) -> None:
    views: set[View] = set()
    with awkward.open(username) as session:
        for register in map(register_named, sorted(filled())):
            faces = list(plain_faces(register).values())
            told = one_by_one(session, whole_list(register), faces)
            views |= {cell.view for row in told for cell in row}
            export = export_of(session, register, faces)
            assert b"".join(csv_chunks(export)) == as_csv(faces, told), register.__tablename__
            expected = [[as_in_a_workbook(face, cell) for face, cell in zip(faces, row, strict=True)] for row in told]
            assert read_back(b"".join(workbook(export))) == expected, register.__tablename__
    assert View.SHOWN in views
    assert username != _TO or views >= {View.SHOWN, View.MASKED, View.ABSENT}

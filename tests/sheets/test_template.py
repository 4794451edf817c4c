"""Templates: today's fields, the choices, and an example row that import skips."""

import io

import openpyxl
import pytest

from admin_app.guard.codes import reading
from admin_app.models import all_registers, register_named
from admin_app.operations.intakes import intake_of
from admin_app.sheets.template import template
from tests.sheets.conftest import verdicts


def template_of(office, table: str, username: str = "info_officer") -> bytes:
    with office.world.open(username) as session:
        register = register_named(table)
        faces = intake_of(register).faces(office.world.person(username))
        return template(register.declaration.title, faces, reading(session), register.conditionals)


@pytest.mark.rule("R-IMPT-02")
def test_every_register_has_a_template_with_its_fields(reading_room):
    for table, register in all_registers().items():
        first = openpyxl.load_workbook(io.BytesIO(template_of(reading_room, table))).worksheets[0]
        headers = [cell.value.rstrip("*") for cell in first[1]] if first.max_column and first[1][0].value else []
        faces = intake_of(register).faces(reading_room.world.person("info_officer"))
        assert headers == [face.label for face in faces]


@pytest.mark.rule("R-IMPT-02", "R-IMPT-04")
def test_a_template_sent_back_unchanged_has_no_data(reading_room):
    outcome = reading_room.take_in("t.xlsx", template_of(reading_room, "visitor"), as_="info_officer", check_only=True)
    assert verdicts(outcome) == {"not_data": 2}


@pytest.mark.rule("R-IMPT-02")
def test_a_filled_template_imports(office):
    book = openpyxl.load_workbook(io.BytesIO(template_of(office, "visitor")))
    page = book.worksheets[0]
    headers = [cell.value.rstrip("*") for cell in page[1]]
    filled = {
        "来店时间": "2026-03-02",
        "顾客姓名": "单秀兰",
        "联系电话": "13812345678",
        "顾客来源": "自然客流",
        "接待人": "王凡",
    }
    page.append([filled.get(header) for header in headers])
    book.save(office.folder / "t.xlsx")
    assert verdicts(office.take_in("t.xlsx", as_="info_officer")) == {"not_data": 2, "added": 1}


@pytest.mark.rule("R-IMPT-01")
def test_choices_stand_as_a_drop_down_of_labels(reading_room):
    book = openpyxl.load_workbook(io.BytesIO(template_of(reading_room, "visitor")))
    labels = [cell.value for column in book["可选值"].iter_cols() for cell in column]
    assert "自然客流" in labels
    assert book.worksheets[0].data_validations.dataValidation

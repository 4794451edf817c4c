"""The registers are those of the specification, found by walking, each field named as on paper.

tests/data/registers.csv is the specification's list, copied.
"""

import csv
from importlib import import_module
from pathlib import Path

import pytest

from admin_app import registers as package
from admin_app.fields import Face
from admin_app.models import Register
from seed.codes import shipped

FOLDER = Path(package.__file__).parent
SPECIFICATION = Path(__file__).parents[1] / "data" / "registers.csv"
#: scope columns that a register doesn't describe itself stand on no paper
GIVEN = {"store_id", "department_id", "owner_id"}

Registers = dict[str, type[Register]]


def described() -> dict[str, dict[str, str]]:
    with SPECIFICATION.open(encoding="utf-8") as lines:
        return {row["table"]: row for row in csv.DictReader(lines)}


def own_faces(register: type[Register]) -> list[Face]:
    return [face for face in register.faces.values() if face.name not in GIVEN or face.place]


def line_faces(register: type[Register]) -> list[Face]:
    """The faces of its repeating lines."""
    rows = [face.name for face in register.faces.values() if face.kind.name == "rows"]
    return [face for name in rows for face in getattr(register, name).property.mapper.class_.faces.values()]


def subjects() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*/*.py") if path.name != "__init__.py")


def test_the_specification_lists_173_registers():
    assert len(described()) == 173


def test_every_register_has_the_title_area_and_level_of_the_specification(registers: Registers):
    specification = described()
    expected = {
        table: (row["title"], row["area"], int(row["level"]))
        for table, row in specification.items()
        if table in registers
    }
    declared = {
        table: (register.declaration.title, register.declaration.area, int(register.declaration.level))
        for table, register in registers.items()
    }
    assert declared == expected
    assert declared


def test_every_area_has_a_title_and_a_place_in_the_menu():
    areas = [import_module(f"{package.__name__}.{path.parent.name}") for path in FOLDER.glob("*/__init__.py")]
    assert all(area.TITLE and area.__doc__ for area in areas)
    orders = [area.ORDER for area in areas]
    assert len(set(orders)) == len(orders) > 0


def test_every_file_declares_one_register_named_like_it(registers: Registers):
    found = {register.__module__.rpartition(".")[2]: table for table, register in registers.items()}
    assert found == {path.stem: path.stem for path in subjects()}


def test_no_register_imports_another():
    for path in subjects():
        text = path.read_text(encoding="utf-8")
        assert "registers" not in text.split("class ")[0].split('"""')[2], path.name


def test_every_field_has_a_label_and_a_place_in_the_manuals(registers: Registers):
    bare = [
        f"{register.__name__}.{face.name}"
        for register in registers.values()
        for face in [*own_faces(register), *line_faces(register)]
        if not (face.label and face.place)
    ]
    assert bare == []


def test_every_register_has_a_docstring(registers: Registers):
    assert [table for table, register in registers.items() if not register.__dict__.get("__doc__")] == []


def test_every_code_list_that_a_field_names_is_shipped(registers: Registers):
    lists = {entry.codes for entry in shipped()}
    named = {face.codes for register in registers.values() for face in [*own_faces(register), *line_faces(register)]}
    assert named - {None} <= lists


def test_every_default_of_a_choice_is_in_its_list(registers: Registers):
    entries = {(entry.codes, entry.code) for entry in shipped()}
    defaults = {
        (face.codes, face.default)
        for register in registers.values()
        for face in [*own_faces(register), *line_faces(register)]
        if face.codes and face.default is not None
    }
    assert defaults
    assert defaults <= entries


def test_the_default_sort_is_never_blank(registers: Registers):
    """A page of the list goes on where the last one ended; a blank has no place in that order."""
    blank = [table for table, register in registers.items() if register.__table__.c[register.declaration.sort].nullable]
    assert blank == []


def test_a_party_sees_something_of_every_register(registers: Registers):
    assert [table for table, register in registers.items() if not register.parties_see] == []


@pytest.mark.rule("R-CONF-06")
@pytest.mark.parametrize(
    "table, secret",
    [
        ("visitor", "phone address"),
        ("consultation", "phone address family income"),
        ("customer", "phone other_phone address unit identity_number plate"),
        ("contact_person", "phone birthday address"),
        ("property_home", "address family budget"),
        ("employee", "phone identity_number home_address"),
    ],
)
def test_personal_facts_are_masked(registers: Registers, table: str, secret: str):
    faces = registers[table].faces
    assert [name for name in secret.split() if not faces[name].mask] == []


@pytest.mark.rule("R-CONF-04")
def test_the_catalogue_of_archives_shows_number_type_place_holder_and_state_only(registers: Registers):
    """Whether a file is on hold is part of its state, as every refusal names it."""
    assert registers["archive_file"].catalogue_shows == {
        "number", "archive_type_id", "place_id", "custodian_id", "state", "held"
    }  # fmt: skip
    assert registers["archive_item"].catalogue_shows == {
        "number", "file_id", "place_id", "custodian_id", "holder_id", "state"
    }  # fmt: skip


@pytest.mark.rule("R-IMPT-02")
@pytest.mark.parametrize(
    "header, field",
    [
        ("来店时间", "came_at"), ("日期", "came_at"), ("顾客姓名", "name"), ("客户姓名", "name"), ("性别", "sex"),
        ("联系电话", "phone"), ("手机号", "phone"), ("小区", "estate"), ("详细地址", "address"), ("顾客来源", "source"),
        ("来源渠道", "source"), ("职业", "occupation"), ("关注重点", "concerns"), ("客户级别", "grade"),
        ("等级", "grade"), ("接待人", "received_by"), ("客户经理", "received_by"), ("备注", "remark"),
    ],
)  # fmt: skip
def test_the_front_desks_headers_and_their_synonyms_name_one_field(registers: Registers, header: str, field: str):
    faces = registers["visitor"].faces.values()
    assert [face.name for face in faces if header in (face.label, *face.also)] == [field]

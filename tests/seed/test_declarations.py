"""What the seed declares beside the registers names registers and fields that there are."""

from admin_app.models import Register, lines_of
from seed.codes import shipped_list
from seed.figures import formulas
from seed.lives import lives
from seed.texts import examples


def fields(registers: dict[str, type[Register]]) -> dict[str, set[str]]:
    """Register or table of lines -> its fields."""
    found = {}
    for table, register in registers.items():
        found[table] = {column.key for column in register.__mapper__.attrs}
        for face in register.faces.values():
            if face.kind.name == "rows":
                lines = lines_of(register, face)
                found[lines.__tablename__] = set(lines.faces)
    return found


def test_every_formula_is_of_a_field(registers: dict[str, type[Register]]):
    known = fields(registers)
    told = [(table, field) for table, named in formulas().items() if table != "*" for field, _ in named]
    assert [one for one in told if one[1] not in known.get(one[0], ())] == []


def test_every_text_is_of_a_field(registers: dict[str, type[Register]]):
    known = fields(registers)
    assert [one for one in examples() if one[1] != "@kinds" and one[1] not in known.get(one[0], ())] == []


def test_every_life_starts_from_a_link(registers: dict[str, type[Register]]):
    for table, life in lives().items():
        assert life.about in ("", "nobody") or registers[table].faces[life.about].to, table
        assert set(life.after) <= set(registers), table


def test_every_condition_of_a_field_names_codes_that_there_are(registers: dict[str, type[Register]]):
    """A code that isn't in its list would never require or open anything."""
    conditions = [
        (table, condition)
        for table, register in registers.items()
        for one in register.conditionals.values()
        for condition in (one.only_if, one.required_if)
        if condition is not None and condition.face.codes
    ]
    assert len(conditions) > 40
    wrong = [(table, one.words) for table, one in conditions if not {*one.among} <= {*shipped_list(one.face.codes)}]
    assert wrong == []

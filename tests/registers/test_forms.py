"""No field of a paper form is lost: each label that the manuals print has its fields.

tests/data/forms.csv is the specification's list of forms with the fields that hold each label, reviewed by hand; several fields
of one label are apart by blanks, those of repeating lines are ``rows.field``. Left out are section 9's statistics, which are
reports, forms of which only the title is known, and seals and signatures that a request's approval keeps.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from admin_app.models import Register

FORMS = Path(__file__).parents[1] / "data" / "forms.csv"


def printed() -> list[dict[str, str]]:
    with FORMS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def names_of(register: type[Register]) -> set[str]:
    """Its fields, and those of its repeating lines behind the name of these."""
    names = set(register.faces)
    for name, face in register.faces.items():
        if face.kind.name == "rows":
            lines = getattr(register, name).property.mapper.class_
            names |= {f"{name}.{one}" for one in lines.faces}
    return names


@pytest.mark.parametrize("table", sorted({row["table"] for row in printed()}))
def test_each_label_of_the_paper_has_its_fields(table: str, registers: dict[str, type[Register]]) -> None:
    names = names_of(registers[table])
    wanted = {row["label"]: set(row["fields"].split()) for row in printed() if row["table"] == table}
    assert {label: fields - names for label, fields in wanted.items() if not fields or fields - names} == {}


def test_the_long_forms_are_whole() -> None:
    """42 items and the head of two; 41; 63; ten and four more."""
    items = Counter(row["table"] for row in printed())
    assert [items[one] for one in ("customer_profile", "customer_survey", "credit_survey", "survey_plan")] == [
        44,
        41,
        63,
        14,
    ]
    assert items.total() == 666

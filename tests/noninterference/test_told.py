"""What a refusal does tell (R-CONF-15): of names nothing at all, of a number that it was issued, and no more."""

import pytest
from flask import Flask

from admin_app.models import Register, register_named
from admin_app.registers import load_all
from admin_app.rules.disclosures import TOLD_BY_KEY
from tests.noninterference.asker import Question, number_of
from tests.noninterference.twins import answers, filled_world, on, onlooker
from tests.noninterference.values import value

TAKEN = "这个值不能使用，请核对或换一个"


def keys(register: type[Register]) -> set[str]:
    """The fields of which a value stands once in the whole register, hidden records included."""
    columns = {name for name in register.faces if name in register.__table__.c and register.__table__.c[name].unique}
    once = {face.name for face in register.faces.values() if face.once}
    indexed = {column.name for index in register.__table__.indexes if index.unique for column in index.columns}
    return columns | (indexed - once)


@pytest.mark.rule("R-CONF-15")
def test_every_key_that_counts_hidden_records_is_on_the_list_of_what_may_be_told() -> None:
    """But for numbers that the program gives out itself: nobody types one, so nobody is told that it is taken."""
    registers = load_all()
    found = {(table, name) for table, register in registers.items() for name in keys(register)}
    given_out = {(table, name) for table, name in found if registers[table].faces[name].series}
    assert found - given_out == TOLD_BY_KEY.keys() - given_out


@pytest.mark.rule("R-CONF-02", "R-CONF-15")
@pytest.mark.parametrize("kind", [pytest.param(kind, marks=on(kind)) for kind in ("sqlite", "postgresql")])
def test_a_name_that_only_a_hidden_record_has_is_free_and_one_that_is_seen_is_taken(one_app: Flask, kind: str) -> None:
    estate, who = register_named("estate"), onlooker("clerk")
    numbers = [number_of(estate, "mine"), number_of(estate, "above"), 9300]
    names = [value(estate.faces["name"], number, 0) for number in numbers]
    questions = [Question("/admin/estate/new/", {"name": name}) for name in names]
    with filled_world(who, 0, kind) as (world, _alike):
        seen, hidden, free = answers(one_app, who, world, questions)
        with world.open() as session:
            held = session.query(estate.level).filter_by(name=names[1]).order_by(estate.level).all()
    assert TAKEN in seen.body.decode()
    assert (seen.status, hidden.status, free.status) == (200, 302, 302)
    assert [level for (level,) in held] == [1, 4]

"""What a refusal does tell (R-CONF-15): that a value which stands but once is taken, in one sentence, and no more."""

import pytest
from flask import Flask

from admin_app.models import register_named
from tests.noninterference.asker import Question, number_of
from tests.noninterference.twins import answers, filled_world, onlooker
from tests.noninterference.values import value

TAKEN = "这个值不能使用，请核对或换一个"


@pytest.mark.rule("R-CONF-15")
def test_a_taken_name_is_refused_alike_whether_its_record_is_seen_or_hidden(one_app: Flask) -> None:
    estate, who = register_named("estate"), onlooker("clerk")
    numbers = [number_of(estate, "mine"), number_of(estate, "above"), 9300]
    names = [value(estate.faces["name"], number, 0) for number in numbers]
    questions = [Question("/admin/estate/new/", {"name": name}) for name in names]
    with filled_world(who, 0, "sqlite") as (world, _alike):
        # each asked as the first question of its round, so that nonces are alike
        seen, hidden, free = (next(answers(one_app, who, world, [question])) for question in questions)
    pages = [answer.body.decode().replace(name, "") for answer, name in zip((seen, hidden), names, strict=False)]
    assert TAKEN in pages[0]
    assert pages[0] == pages[1]
    assert free.status == 302

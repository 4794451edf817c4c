"""What a refusal does tell (R-CONF-15): that a value which stands but once is taken, in one sentence, and no more."""

from collections.abc import Callable

import pytest

from admin_app.models import register_named
from tests.noninterference.asker import Question, number_of
from tests.noninterference.twins import Answer, Twins, answers
from tests.noninterference.values import value

TAKEN = "这个值不能使用，请核对或换一个"


def refusals(twins: Twins, name: str) -> list[Answer]:
    """The answers to a new estate called like one that is seen, one that is hidden, and like none."""
    estate = register_named("estate")
    numbers = [number_of(estate, "mine"), number_of(estate, "above"), 9300]
    names = [value(estate.faces["name"], number, 0) for number in numbers]
    questions = [Question("/admin/estate/new/", {"name": one}) for one in names]
    return list(answers(twins.app, twins.who, twins.worlds[0], questions, asked=90_000 + len(name)))


@pytest.mark.rule("R-CONF-15")
def test_a_taken_name_is_refused_alike_whether_its_record_is_seen_or_hidden(
    twins_for: Callable[[str, str], Twins],
) -> None:
    twins = twins_for("clerk", "sqlite")
    seen, hidden, free = refusals(twins, "told")
    numbers = [str(number_of(register_named("estate"), stance)) for stance in ("mine", "above")]
    assert TAKEN in seen.body.decode()
    assert seen.status == hidden.status
    assert seen.body.decode().replace(numbers[0], "") == hidden.body.decode().replace(numbers[1], "")
    assert free.status == 302

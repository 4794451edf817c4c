"""What a person may not see changes nothing: two databases that differ only there answer every request alike."""

from collections.abc import Callable

import pytest

from admin_app.registers import load_all
from tests.noninterference.asking import Asker
from tests.noninterference.twins import Twins

REGISTERS = sorted(load_all())
#: clearance 1 in one store; clearance 3 over the whole company
PEOPLE = ("clerk", "director")


@pytest.mark.rule("R-CONF-02", "R-CONF-06", "R-CONF-14")
@pytest.mark.parametrize("username", PEOPLE)
@pytest.mark.parametrize("table", REGISTERS)
def test_what_a_person_may_not_see_changes_no_answer(
    table: str, username: str, twins_for: Callable[[str, str], Twins]
) -> None:
    twins = twins_for(username, "sqlite")
    asker = Asker(twins.app, load_all()[table], twins.who)
    found = twins.differences([*asker.reading(), *asker.writing()])
    assert not found, "\n".join(found[:20])

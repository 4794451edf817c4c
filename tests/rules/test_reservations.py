"""The queue for an item: who may join, whose turn it is by the clock alone (R-LOAN-12)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from admin_app.rules.reservations import Place, Wanted, may_reserve, may_skip, whose_turn
from admin_app.rules.working_days import PUBLIC

pytestmark = pytest.mark.rule("R-LOAN-12")
FIRST, SECOND, THIRD = Place(1, 11), Place(2, 12), Place(3, 13)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


#: brought back on a Friday afternoon
BACK = at("2026-03-13T16:00")


@pytest.mark.parametrize(
    ("now", "turn", "until", "gone"),
    [
        ("2026-03-13T16:00", FIRST, "2026-03-16T18:00", ()),
        ("2026-03-16T18:00", FIRST, "2026-03-16T18:00", ()),
        ("2026-03-16T18:01", SECOND, "2026-03-17T18:00", ((FIRST, "2026-03-16T18:00"),)),
        ("2026-03-20T09:00", None, None,
         ((FIRST, "2026-03-16T18:00"), (SECOND, "2026-03-17T18:00"), (THIRD, "2026-03-18T18:00"))),
    ],
    ids=["told at the return", "to the last minute", "the next", "nobody came"],
)  # fmt: skip
def test_each_has_a_working_day_and_then_it_is_the_next_ones_turn(now, turn, until, gone):
    found = whose_turn([FIRST, SECOND, THIRD], BACK, at(now), PUBLIC)
    assert (found.place, found.until) == (turn, at(until) if until else None)
    assert found.expired == tuple((place, at(end)) for place, end in gone)


def test_whose_turn_it_is_depends_on_when_they_were_told_and_not_on_when_it_is_asked():
    told = Place(1, 11, BACK)
    assert whose_turn([told, SECOND], at("2026-03-16T10:00"), at("2026-03-16T10:00"), PUBLIC).until == at(
        "2026-03-16T18:00"
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, ""),
        ({"is_in": True, "holder": None, "queue": [FIRST]}, ""),
        ({"is_in": True, "holder": None}, "wrong_state"),
        ({"holder": 12}, "wrong_state"),
        ({"queue": [FIRST, SECOND]}, "wrong_state"),
        ({"gone": True}, "destroyed"),
    ],
    ids=["on loan", "kept for another", "in its place", "in one's own hands", "twice", "destroyed"],
)
def test_one_waits_once_and_only_for_what_is_not_to_be_had(facts, code):
    wanted = Wanted(**{"person": 12, "holder": 11, "queue": [], "is_in": False, "gone": False, **facts})
    verdict = may_reserve(wanted)
    assert (bool(verdict), verdict.code) == (not code, code)


@pytest.mark.parametrize(("reason", "allowed"), [("出差未归", True), ("  ", False)])
def test_nobody_is_passed_over_without_a_reason(reason, allowed):
    assert bool(may_skip(reason)) is allowed

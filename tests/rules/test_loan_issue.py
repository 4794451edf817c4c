"""What stands in the way of issuing an item, fact by fact and all at once."""

from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from admin_app.permissions import Level, Role
from admin_app.rules.loan_issue import Issue, Waiver, may_issue, may_waive, obstacles

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
KEEPER, BORROWER, OTHER, MANAGER = 1, 2, 3, 4

WAIVER = Waiver(person=MANAGER, roles=frozenset({Role.SERVICE_MANAGER}), reason="客户投诉复核")


def issue(**facts) -> Issue:
    """An issue that may go ahead, but for *facts*."""
    fine = {
        "now": NOW,
        "keeper": KEEPER,
        "borrower": BORROWER,
        "granted_until": NOW + HOUR,
        "granted_level": Level.SECRET,
        "item_level": Level.SECRET,
    }
    return Issue(**{**fine, **facts})


def codes(**facts) -> set[str]:
    return {verdict.code for verdict in obstacles(issue(**facts))}


@pytest.mark.rule("R-LOAN-02")
def test_an_item_that_is_in_is_issued_on_a_fresh_grant():
    assert may_issue(issue())


#: the facts, the code and the rule of every refusal
REFUSALS = [
    ({"keeper": BORROWER}, "own_request", "R-ROLE-03"),
    ({"granted_until": None}, "not_signed", "R-LOAN-02"),
    ({"granted_until": NOW - SECOND}, "lapsed", "R-LOAN-04"),
    ({"item_level": Level.CONFIDENTIAL}, "level", "R-LOAN-02"),
    ({"outsider": True}, "place", "R-LOAN-03"),
    ({"on_loan": True}, "on_loan", "R-LOAN-06"),
    ({"missing": True}, "not_in", "R-LOAN-10"),
    ({"reserved_for": OTHER, "reserved_until": NOW + HOUR}, "reserved", "R-LOAN-12"),
    ({"overdue": 1}, "overdue_elsewhere", "R-LOAN-09"),
    ({"returned_at": NOW - HOUR}, "cooling_off", "R-LOAN-05"),
    ({"destroyed": True}, "destroyed", "R-ARCH-07"),
    ({"void": True}, "wrong_state", "R-LIST-03"),
    ({"held": True}, "held", "R-ARCH-07"),
]


@pytest.mark.rule(
    "R-ROLE-03", "R-LOAN-02", "R-LOAN-03", "R-LOAN-04", "R-LOAN-05", "R-LOAN-06", "R-LOAN-09", "R-LOAN-12",
    "R-SIGN-06",
)  # fmt: skip
@pytest.mark.parametrize(("facts", "code", "rule"), REFUSALS, ids=[code for _, code, _ in REFUSALS])
def test_each_obstacle_refuses_with_its_code_and_its_rule(facts, code, rule):
    (refusal,) = obstacles(issue(**facts))
    assert (refusal.code, refusal.rule) == (code, rule)
    assert may_issue(issue(**facts)) == refusal


INDEPENDENT = [row for row in REFUSALS if row[1] not in {"destroyed", "wrong_state", "held", "not_signed", "lapsed"}]


@pytest.mark.rule("R-SIGN-06")
@pytest.mark.parametrize(("one", "other"), list(combinations(INDEPENDENT, 2)))
def test_two_obstacles_are_both_named(one, other):
    assert codes(**one[0], **other[0]) == {one[1], other[1]}


@pytest.mark.rule("R-LOAN-04")
def test_a_grant_is_good_to_its_last_moment():
    assert codes(granted_until=NOW) == set()


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(hours=24), set()),
        (timedelta(hours=24) - SECOND, {"cooling_off"}),
        (timedelta(0), {"cooling_off"}),
    ],
)
def test_the_same_item_rests_24_hours(ago, expected):
    assert codes(returned_at=NOW - ago) == expected


@pytest.mark.rule("R-LOAN-05")
def test_the_service_manager_can_waive_the_rest_with_a_reason():
    assert codes(returned_at=NOW - HOUR, waiver=WAIVER) == set()


@pytest.mark.rule("R-LOAN-05", "R-ROLE-04")
@pytest.mark.parametrize(
    ("waiver", "code"),
    [
        (WAIVER, ""),
        (Waiver(person=MANAGER, roles=frozenset({Role.SERVICE_MANAGER}), reason="  "), "no_reason"),
        (Waiver(person=MANAGER, roles=frozenset({Role.GENERAL_MANAGER}), reason="急用"), "role"),
        (Waiver(person=MANAGER, roles=frozenset({Role.ARCHIVE_KEEPER}), reason="急用"), "role"),
        (Waiver(person=BORROWER, roles=frozenset({Role.SERVICE_MANAGER}), reason="急用"), "own_request"),
    ],
)
def test_a_waiver_needs_another_persons_authority_and_a_reason(waiver, code):
    assert may_waive(waiver, BORROWER).code == code
    assert codes(returned_at=NOW - HOUR, waiver=waiver) == ({"cooling_off"} if code else set())


@pytest.mark.rule("R-LOAN-09")
def test_a_waiver_forgives_nothing_but_the_rest():
    assert codes(returned_at=NOW - HOUR, waiver=WAIVER, overdue=2) == {"overdue_elsewhere"}


@pytest.mark.rule("R-LOAN-12")
@pytest.mark.parametrize(
    ("reserved_for", "until", "expected"),
    [
        (BORROWER, NOW + HOUR, set()),
        (OTHER, NOW, {"reserved"}),
        (OTHER, NOW - SECOND, set()),
    ],
)
def test_a_reservation_keeps_others_away_while_it_lasts(reserved_for, until, expected):
    assert codes(reserved_for=reserved_for, reserved_until=until) == expected


@pytest.mark.rule("R-CONF-15", "R-LOAN-06", "R-LOAN-12")
@pytest.mark.parametrize("facts", [{"on_loan": True}, {"reserved_for": OTHER, "reserved_until": NOW + HOUR}])
def test_the_words_say_only_that_it_is_not_available_now(facts):
    assert str(may_issue(issue(**facts)).reason) == "该件现在不可借"

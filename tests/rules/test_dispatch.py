"""Who may be offered an order: reason by reason, all at once, and what would change each (R-DISP-03, R-DISP-06, R-DISP-07)."""

from datetime import date
from itertools import combinations

import pytest

from admin_app.rules.dispatch import Standing, counts_from, in_a_row, month_from, obstacles

DAY = date(2026, 3, 11)
THREE_INCIDENTS = (date(2026, 2, 12), date(2026, 2, 20), date(2026, 3, 2))


def designer(**facts) -> Standing:
    """A designer who may be offered an order, but for *facts*."""
    return Standing(designer=1, **facts)


def codes(**facts) -> list[str]:
    return [one.verdict.code for one in obstacles(designer(**facts))]


#: the facts, the code and the rule of every refusal, what it says and what would change it
REASONS = [
    ({"active": False}, "inactive", "R-DISP-03", "已停用", "恢复在岗后可派"),
    ({"struck_off": True}, "struck_off", "R-DISP-03", "已除名", "不再派单"),
    ({"suspended": True, "suspended_until": date(2026, 3, 31)}, "suspended", "R-DISP-03", "停单至 2026-03-31", "2026-04-01 起可派"),
    ({"suspended": True}, "suspended", "R-DISP-03", "停单中，没有止期", "解除停单后可派"),
    ({"held": 3}, "full", "R-DISP-03", "持单已满：3 单", "再完成、退出或失效 1 单后可派"),
    ({"held": 4}, "full", "R-DISP-03", "持单已满：4 单", "再完成、退出或失效 2 单后可派"),
    ({"plans_unsigned": 5}, "plans_unsigned", "R-DISP-06", "连续 5 个方案没有签单", "店经理写明理由解除后可派"),
    ({"incidents": THREE_INCIDENTS}, "incidents", "R-DISP-07", "30 天内违纪 3 次", "2026-03-14 起可派"),
]  # fmt: skip


@pytest.mark.rule("R-DISP-03", "R-DISP-06", "R-DISP-07")
@pytest.mark.parametrize(("facts", "code", "rule", "reason", "change"), REASONS)
def test_each_fact_alone_is_refused_by_its_own_rule_with_what_would_change_it(facts, code, rule, reason, change):
    (only,) = obstacles(designer(**facts))
    assert (only.verdict.code, only.verdict.rule) == (code, rule)
    assert (str(only.verdict.reason), str(only.change)) == (reason, change)
    assert only.verdict.status == 409


PAIRS = list(combinations([*REASONS[:3], REASONS[4], *REASONS[6:]], 2))


@pytest.mark.rule("R-DISP-03", "R-DISP-06", "R-DISP-07")
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_of_two_reasons_both_are_told(one, other):
    assert codes(**one[0], **other[0]) == [one[1], other[1]]


#: one fact for each code, in the order in which they are told
EACH = [REASONS[0], REASONS[1], REASONS[2], REASONS[4], *REASONS[6:]]


@pytest.mark.rule("R-DISP-03", "R-DISP-06", "R-DISP-07")
def test_of_all_sixty_four_cases_every_one_is_refused_by_the_facts_that_hold_in_it_and_by_no_other():
    assert [one[1] for one in EACH] == ["inactive", "struck_off", "suspended", "full", "plans_unsigned", "incidents"]
    cases = [case for size in range(len(EACH) + 1) for case in combinations(EACH, size)]
    assert len(cases) == 64
    for case in cases:
        facts = {name: value for one in case for name, value in one[0].items()}
        assert codes(**facts) == [one[1] for one in case]


@pytest.mark.rule("R-DISP-03", "R-DISP-06", "R-DISP-07")
def test_everything_at_once_is_told_in_one_order():
    found = codes(active=False, struck_off=True, suspended=True, held=3, plans_unsigned=9, incidents=THREE_INCIDENTS)
    assert found == ["inactive", "struck_off", "suspended", "full", "plans_unsigned", "incidents"]


@pytest.mark.rule("R-DISP-03", "R-DISP-06", "R-DISP-07")
@pytest.mark.parametrize(
    "facts", [{}, {"held": 2}, {"plans_unsigned": 4}, {"incidents": THREE_INCIDENTS[:2]}, {"on_roster": False}, {"is_out": True}]
)  # fmt: skip
def test_one_short_of_each_limit_stops_nobody_and_neither_does_being_out(facts):
    assert codes(**facts) == []


@pytest.mark.rule("R-DISP-06", "R-DISP-07")
def test_the_limits_are_the_companys():
    assert codes(plans_unsigned=2, most_plans=2) == ["plans_unsigned"]
    assert codes(plans_unsigned=5, most_plans=6) == []
    assert codes(incidents=(DAY,), most_incidents=1) == ["incidents"]


@pytest.mark.rule("R-DISP-07")
def test_of_five_incidents_the_third_from_the_end_must_become_too_old():
    """Five count, three are too many: two may remain, so the first three must go; the third was on 3 March.

    3 March counts through 1 April (30 days with its own), so orders are offered again from 2 April.
    """
    days = tuple(date(2026, 3, day) for day in (1, 2, 3, 8, 9))
    (only,) = obstacles(designer(incidents=days))
    assert str(only.change) == "2026-04-02 起可派"


@pytest.mark.rule("R-DISP-07")
def test_an_incident_counts_for_thirty_days_with_its_own():
    """11 March: the 30 days are 10 February to 11 March (19 in February, 11 in March)."""
    assert counts_from(DAY, 30) == date(2026, 2, 10)
    assert counts_from(DAY, 1) == DAY


@pytest.mark.rule("R-DISP-06")
@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 3, 11), date(2026, 4, 11)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 10, 31), date(2026, 11, 30)),
    ],
)
def test_a_month_ends_on_the_same_day_of_the_next_or_on_its_last(day, last):
    assert month_from(day) == last


@pytest.mark.rule("R-DISP-06")
@pytest.mark.parametrize(
    ("signed", "count"),
    [([], 0), ([True, False], 0), ([False, True, False], 1), ([False] * 5, 5), ([False] * 4 + [True], 4)],
)
def test_plans_without_signature_are_counted_back_to_the_last_one_signed(signed, count):
    assert in_a_row(signed) == count

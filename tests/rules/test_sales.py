"""Net sales, bills, places, grades and bonuses, computed by hand (R-INCE-01 … 05)."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.months import Month
from admin_app.rules.sales import (
    Result,
    bill_interest,
    bonus_due,
    claimed_back,
    grade,
    growth,
    is_published,
    percent,
    places,
    result_bonus,
)

D = Decimal


@pytest.mark.rule("R-INCE-01", "R-INCE-02")
def test_net_sales_gross_and_profit():
    """1000 - 100 - 50 - 30 - 20 = 800; - 500 cost - 120.50 expenses = 179.50; a bill lost 9.50: 170, had it gained: 189."""
    one = Result(orders=D(1000), returns=D(100), discounts=D(50), cancellations=D(30), rebates=D(20), cost=D(500),
                 expenses=D("120.50"), bill_result=D("9.50"))  # fmt: skip
    assert (one.net_sales, one.gross, one.profit) == (800, D("179.50"), D("170.00"))
    assert (one + Result(bill_result=D(-19))).profit == D("189.00")


@pytest.mark.rule("R-INCE-02")
@pytest.mark.parametrize(
    ("shipped", "matures", "days", "result"),
    [
        (date(2026, 1, 1), date(2026, 3, 2), 0, "0.00"),  # 60 days later: neither
        (date(2026, 1, 1), date(2026, 4, 1), 30, "60.00"),  # 10000 x 0.0002 x 30: a loss
        (date(2026, 1, 1), date(2026, 2, 20), -10, "-20.00"),  # ten days before: a gain
    ],
)
def test_a_bills_interest_counts_from_sixty_days_after_shipping(shipped, matures, days, result):
    assert bill_interest(D(10000), shipped, matures, 60, 2) == (days, D(result))


@pytest.mark.rule("R-INCE-02")
def test_a_bills_result_is_half_up_to_the_cent():
    """33.33 x 0.0003 x 5 days = 0.049995: 0.05."""
    assert bill_interest(D("33.33"), date(2026, 1, 1), date(2026, 3, 7), 60, 3)[1] == D("0.05")


@pytest.mark.rule("R-INCE-03")
def test_equal_sales_share_a_place_and_the_first_three_places_are_published():
    found = places({1: D(50), 2: D(80), 3: D(50), 4: D(-5)})
    assert found == {2: 1, 1: 2, 3: 2, 4: 4}
    assert [is_published(place, D(9)) for place in (1, 2, 3, 4)] == [True, True, True, False]
    assert not is_published(1, D(0))


@pytest.mark.rule("R-INCE-04")
def test_achievement_growth_and_grade():
    """800 of 1200 are 66.67 %; 90 after 120 is -25 %; nothing to compare with is no figure."""
    assert percent(D(800), D(1200)) == D("66.67")
    assert (growth(D(90), D(120)), growth(D(90), D(0)), percent(D(1), None)) == (D(-25), None, None)
    assert [grade(achieved, 100, 60) for achieved in (D(100), D("99.99"), D(60), D("59.99"), None)] == [
        "A",
        "B",
        "B",
        "C",
        None,
    ]


@pytest.mark.rule("R-INCE-05")
def test_bonuses_and_the_days_they_are_due():
    """2 % of 1234.25 are 24.685: 24.69; of less than nothing nothing. March's is due on 15 April, December's on 15 January,
    the year's with the pay of the February after."""
    assert (result_bonus(D("1234.25"), 2), result_bonus(D(-5), 2)) == (D("24.69"), 0)
    assert bonus_due(Month(2026, 3), False, 15, 2) == date(2026, 4, 15)
    assert bonus_due(Month(2026, 12), False, 15, 2) == date(2027, 1, 15)
    assert bonus_due(Month(2026, 12), True, 15, 2) == date(2027, 2, 15)


@pytest.mark.rule("R-INCE-01")
def test_a_return_of_an_earlier_months_order_claims_its_bonus_back_and_no_more_than_was_granted():
    """2 % of 500 are 10; of 5000 100, but 24 were granted; one of the same month, or of no known one, claims nothing."""
    march, april = date(2026, 3, 31), date(2026, 4, 1)
    assert claimed_back(D(500), march, april, 2, D(24)) == 10
    assert claimed_back(D(5000), march, april, 2, D(24)) == 24
    assert claimed_back(D(500), april, date(2026, 4, 30), 2, D(24)) == 0
    assert claimed_back(D(500), None, april, 2, D(24)) == 0


AMOUNTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents) / 100)
ENTRIES = st.lists(
    st.tuples(
        st.integers(1, 5), st.integers(1, 24), st.sampled_from(["orders", "returns", "discounts", "cancellations", "rebates"]),
        AMOUNTS,
    ),
    max_size=40,
)  # fmt: skip


@pytest.mark.rule("R-INCE-01")
@given(ENTRIES, st.integers(1, 24))
def test_net_sales_add_up_by_any_grouping(entries, width):
    """By person, by month, by stretches of months of any width, by both: always what all entries come to."""
    whole = sum((Result(**{part: amount}) for _person, _month, part, amount in entries), Result())
    for key in (lambda e: e[0], lambda e: e[1], lambda e: e[1] // width, lambda e: e[:2], lambda e: e[2]):
        groups = defaultdict(Result)
        for entry in entries:
            groups[key(entry)] += Result(**{entry[2]: entry[3]})
        assert sum((one.net_sales for one in groups.values()), Decimal(0)) == whole.net_sales

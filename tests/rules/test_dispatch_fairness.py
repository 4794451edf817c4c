"""Orders beside the share expected, and the five visits to a site, computed by hand (R-DISP-08, R-DISP-09)."""

from fractions import Fraction

import pytest

from admin_app.rules.dispatch_fairness import Given, shares
from admin_app.rules.site_visits import visits_of

LIN, ZHOU = 1, 2
A, B, C = 11, 12, 13


def table(*orders: Given) -> list[tuple[int, int, Fraction, Fraction]]:
    return [(one.proposer, one.designer, one.got, one.expected) for one in shares(orders)]


@pytest.mark.rule("R-DISP-08")
def test_shares_of_two_proposers_worked_out_by_hand():
    """Lin: four orders, A stood first in three, B in one; A got one, B three: A 1/4 of 3/4 expected, B 3/4 of 1/4.

    Zhou: two orders, A stood first in both and got both: 1 of 1.
    """
    lin = [Given(LIN, A, A), Given(LIN, B, A), Given(LIN, B, A), Given(LIN, B, B)]
    zhou = [Given(ZHOU, A, A), Given(ZHOU, A, A)]
    quarter = Fraction(1, 4)
    assert table(*lin, *zhou) == [(LIN, A, quarter, 3 * quarter), (LIN, B, 3 * quarter, quarter), (ZHOU, A, 1, 1)]


@pytest.mark.rule("R-DISP-08")
def test_who_stood_first_and_got_nothing_is_shown_too():
    """One order went to B although C stood first: B 1 of 0 expected, C 0 of 1."""
    assert table(Given(LIN, B, C)) == [(LIN, B, 1, 0), (LIN, C, 0, 1)]


@pytest.mark.rule("R-DISP-08")
def test_each_proposers_shares_add_up_to_one():
    """Three orders: A got two (first in one), B one (first in two): 2/3 + 1/3, and 1/3 + 2/3."""
    found = table(Given(LIN, A, A), Given(LIN, A, B), Given(LIN, B, B))
    assert found == [(LIN, A, Fraction(2, 3), Fraction(1, 3)), (LIN, B, Fraction(1, 3), Fraction(2, 3))]
    assert sum(got for _, _, got, _ in found) == sum(expected for *_, expected in found) == 1
    assert table() == []


#: stages of the visits recorded, how many count, which stages are missing, per cent taken off
VISITS = [
    # none: five missing
    ([], 0, ("briefing", "carpentry", "before_interim"), 50),
    # all three and two others: nothing
    (["briefing", "carpentry", "before_interim", "materials", "other"], 5, (), 0),
    # seven visits: more than five count as five
    (["briefing", "carpentry", "before_interim", *["other"] * 4], 5, (), 0),
    # five visits, carpentry not among them: two of three and two others, one missing
    (["briefing", "before_interim", "materials", "other", "other"], 4, ("carpentry",), 10),
    # a second briefing counts among the others: briefing, carpentry, one other: two missing, before_interim one of them
    (["briefing", "briefing", "carpentry"], 3, ("before_interim",), 20),
    # of the station book without a stage: two at most count
    ([None, None, None, None, None], 2, ("briefing", "carpentry", "before_interim"), 30),
]


@pytest.mark.rule("R-DISP-09")
@pytest.mark.parametrize(("stages", "counted", "missing_stages", "percent"), VISITS)
def test_each_visit_missing_of_five_takes_ten_per_cent(stages, counted, missing_stages, percent):
    found = visits_of(stages, 5, 10)
    assert (found.counted, found.missing_stages, found.percent_off) == (counted, missing_stages, percent)
    assert found.missing == 5 - counted


@pytest.mark.rule("R-DISP-09")
def test_the_figures_are_the_companys_and_no_more_than_all_is_taken():
    assert visits_of(["briefing"], 6, 15).percent_off == 75
    assert visits_of([], 6, 20).percent_off == 100

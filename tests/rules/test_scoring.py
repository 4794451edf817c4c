"""The points of a month: what comes off, the mean of ratings, total and rank (R-SCOR-01, R-SCOR-05)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.scoring import (
    BY_HAND,
    FULL_MARKS,
    Kind,
    Part,
    is_rating,
    mean_rating,
    points_taken,
    ranks,
    rating_shares,
    total_of,
)
from admin_app.rules.scoring_patrols import missing_weeks

pytestmark = pytest.mark.rule("R-SCOR-01")
HALVES = st.integers(0, 40).map(lambda halves: Decimal(halves) / 2)


def d(*numbers):
    return [Decimal(str(number)) for number in numbers]


@pytest.mark.rule("R-SCOR-05")
def test_the_example_of_the_rules():
    """2 incomplete and 1 late: 30-3 = 27. A with 3 of 4, B with 3 of 3, C with 0 of 2, D with 1 of 1: 30-1-0-2-0 = 27.
    Ratings 18, 17, 19: 18.0. One outing without return: 19. 27 + 27 + 18 + 19 = 91."""
    parts = {
        Part.INFORMATION: FULL_MARKS[Part.INFORMATION] - sum(points_taken(d(1, 1, 1), Part.INFORMATION)),
        Part.FOLLOW_UP: FULL_MARKS[Part.FOLLOW_UP] - sum(points_taken(d(1, 2), Part.FOLLOW_UP)),
        Part.INTERNAL_SERVICE: mean_rating(d(18, 17, 19)),
        Part.OUTINGS: FULL_MARKS[Part.OUTINGS] - sum(points_taken(d(1), Part.OUTINGS)),
    }
    assert list(parts.values()) == d(27, 27, 18, 19)
    assert total_of(parts) == (Decimal(91), 100)


@pytest.mark.parametrize(
    ("part", "points", "taken"),
    [
        (Part.OUTINGS, [1] * 25, [1] * 20 + [0] * 5),
        (Part.FOLLOW_UP, [4] * 9, [4] * 7 + [2, 0]),  # 7 x 4 = 28, and 2 are left
        (Part.INFORMATION, [], []),
    ],
)
def test_no_part_falls_below_nothing(part, points, taken):
    assert points_taken(d(*points), part) == d(*taken)


@pytest.mark.parametrize(
    ("totals", "mean"),
    [
        ([18, 17, 19], "18.0"),
        ([18, 17], "17.5"),
        ([20, 19, 19], "19.3"),  # 58/3 = 19.33
        ([17.5, 18, 18, 18], "17.9"),  # 71.5/4 = 17.875
        ([18.5, 19, 19, 19, 19.5, 19, 19, 19.5, 19, 19], "19.1"),  # 190.5/10 = 19.05, half up
    ],
)
def test_the_mean_has_one_decimal_half_up(totals, mean):
    assert mean_rating(d(*totals)) == Decimal(mean)


def test_without_any_rating_the_part_is_left_out_and_the_total_is_out_of_80():
    assert mean_rating([]) is None
    parts = {Part.INFORMATION: d(28)[0], Part.FOLLOW_UP: d(26)[0], Part.INTERNAL_SERVICE: None, Part.OUTINGS: d(20)[0]}
    assert total_of(parts) == (Decimal(74), 80)


@pytest.mark.parametrize(
    ("criteria", "fine"),
    [([5, 4.5, 0, 3], True), ([5, 4.5, 0, 3.3], False), ([5.5, 4, 4, 4], False), ([-0.5, 4, 4, 4], False),
     ([4, 4, 4, None], False)],
)  # fmt: skip
def test_a_rating_is_of_half_points_from_0_to_5(criteria, fine):
    verdict = is_rating([None if one is None else Decimal(str(one)) for one in criteria])
    assert (bool(verdict), verdict.code) == (fine, "" if fine else "out_of_range")


@pytest.mark.rule("R-SCOR-02")
def test_what_ratings_take_off_is_shared_by_what_each_lacks():
    """Of 18, 17, 19 the mean is 18.0, 2 off; they lack 2, 3, 1 of 6: 0.66, 1.0, 0.33, rounded down 0.6, 1.0, 0.3; the
    tenth left over goes to the largest fraction, the first."""
    assert rating_shares(d(18, 17, 19)) == d(0.7, 1.0, 0.3)
    assert rating_shares(d(20, 20)) == d(0, 0)
    assert rating_shares([]) == []


@given(st.lists(HALVES, min_size=1, max_size=30))
def test_the_shares_of_ratings_add_up_to_what_came_off(totals):
    shares = rating_shares(totals)
    assert sum(shares) == FULL_MARKS[Part.INTERNAL_SERVICE] - mean_rating(totals)
    assert all(share >= 0 for share in shares)


@given(st.sampled_from(list(Part)), st.lists(st.integers(1, 31).map(Decimal), max_size=60))
def test_what_is_taken_is_never_more_than_the_part_nor_than_the_fault(part, points):
    taken = points_taken(points, part)
    assert sum(taken) == min(sum(points), FULL_MARKS[part])
    assert all(0 <= off <= one for off, one in zip(taken, points, strict=True))


def test_places_are_shared_and_who_is_out_of_80_has_none():
    totals = {
        1: (Decimal(91), 100),
        2: (Decimal(95), 100),
        3: (Decimal(91), 100),
        4: (Decimal(80), 80),
        5: (Decimal(60), 100),
    }
    assert ranks(totals) == {1: 2, 2: 1, 3: 2, 4: None, 5: 4}


def test_by_hand_nothing_is_added_that_is_counted_or_rated():
    assert BY_HAND.keys() == set(Kind) - {Kind.MISSING_CONTACT, Kind.OTHER}


@pytest.mark.rule("R-SCOR-07")
def test_a_week_that_is_over_without_a_patrol_is_missing():
    mondays = [date(2026, 3, day) for day in (2, 9, 16, 23, 30)]
    patrolled = {date(2026, 3, 8), date(2026, 3, 18)}  # a Sunday counts for the week before it
    assert [day.day for day in missing_weeks(mondays, patrolled, date(2026, 3, 29))] == [9]
    assert [day.day for day in missing_weeks(mondays, patrolled, date(2026, 3, 30))] == [9, 23]
    assert [day.day for day in missing_weeks(mondays, patrolled, date(2026, 4, 6))] == [9, 23, 30]

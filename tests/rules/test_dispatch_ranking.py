"""The order of an offer, worked out by hand, with the reason of each place (R-DISP-04)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from admin_app.rules.dispatch import Standing
from admin_app.rules.dispatch_ranking import Wish, is_large, may_choose, ranked, suits

A, B, C, D = 1, 2, 3, 4
MODERN = Wish(styles=frozenset({"modern"}), customer_types=frozenset({"villa"}))
LARGE = Wish(large=True)
MARCH, APRIL = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)


def one(designer: int, **facts) -> Standing:
    """A designer who differs from the others in *facts* and number alone."""
    alike = {"material_target_met": True, "department_rank": 5, "held": 1, "level": 2, "last_order_at": MARCH}
    return Standing(designer=designer, number=f"S{designer}", **{**alike, **facts})


def order(*standings: Standing, wish: Wish = MODERN) -> list[int]:
    return [place.standing.designer for place in ranked(standings, wish)]


def told(*standings: Standing, wish: Wish = MODERN) -> list[tuple[str, str | None]]:
    return [(str(place.why), str(place.change) if place.change else None) for place in ranked(standings, wish)]


#: who goes first, who second, the wish: each pair differs in one criterion, and in every later one the other way round
PAIRS = [
    ("level", {"level": 0, "charges_fee": False}, {"level": 1, "charges_fee": True}, LARGE),
    ("fee", {"charges_fee": True, "material_target_met": False}, {"charges_fee": False}, LARGE),
    ("target", {"department_rank": 9}, {"material_target_met": False, "department_rank": 1}, MODERN),
    ("rank", {"department_rank": 1, "held": 2}, {"department_rank": 2, "held": 0}, MODERN),
    ("ranked at all", {"department_rank": 40}, {"department_rank": None, "held": 0}, MODERN),
    ("held", {"held": 0, "on_roster": False}, {"held": 1}, MODERN),
    ("on duty", {}, {"on_roster": False, "styles": frozenset({"modern"})}, MODERN),
    ("not out", {}, {"is_out": True, "styles": frozenset({"modern"})}, MODERN),
    ("style", {"styles": frozenset({"modern"}), "last_order_at": APRIL}, {"last_order_at": None}, MODERN),
    (
        "customer type",
        {"customer_types": frozenset({"villa"}), "last_order_at": APRIL},
        {"last_order_at": None},
        MODERN,
    ),
    ("longest since", {"last_order_at": MARCH}, {"last_order_at": APRIL}, MODERN),
    ("never", {"last_order_at": None}, {"last_order_at": MARCH}, MODERN),
]


@pytest.mark.rule("R-DISP-04")
@pytest.mark.parametrize(("criterion", "first", "second", "wish"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_each_criterion_outweighs_all_that_follow_it(criterion, first, second, wish):
    # the number, which comes last of all, speaks for the other
    assert order(one(B, **first), one(A, **second), wish=wish) == [B, A]
    assert order(one(A, **second), one(B, **first), wish=wish) == [B, A]


@pytest.mark.rule("R-DISP-04")
def test_where_all_is_equal_the_number_decides():
    assert order(one(C), one(A), one(B)) == [A, B, C]


@pytest.mark.rule("R-DISP-04")
def test_level_and_fee_count_with_a_large_order_only():
    chief, cheap = one(B, level=0, charges_fee=True), one(A, level=3)
    assert order(chief, cheap, wish=Wish()) == [A, B]
    assert order(chief, cheap, wish=LARGE) == [B, A]


@pytest.mark.rule("R-DISP-04")
def test_an_everyday_order_worked_out_by_hand():
    """No large order; the customer likes modern, has a villa.

    A: target not met, rank 1, holds none: last, for the target comes first.
    B: target met, rank 2, holds 2.      C: target met, rank 2, holds 1: before B, fewer held.
    D: target met, rank 1, holds 2, out: first, for rank comes before what is held and who is on duty.
    Order: D, C, B, A.
    """
    offered = [
        one(A, material_target_met=False, department_rank=1, held=0),
        one(B, department_rank=2, held=2),
        one(C, department_rank=2, held=1),
        one(D, department_rank=1, held=2, is_out=True),
    ]
    assert order(*offered) == [D, C, B, A]
    assert told(*offered) == [
        ("部门第 1；第 2 名部门第 2", None),
        ("部门第 2；第 1 名部门第 1", "部门排名上升后前移"),
        ("持 2 单；第 2 名持 1 单", "持单减少后前移"),
        ("主材未达标；第 3 名主材达标", "主材销售达标后前移"),
    ]


@pytest.mark.rule("R-DISP-04")
def test_a_large_order_worked_out_by_hand():
    """A large order: level first, then who charges; only then the target.

    A: designer (third level), charges, target met.      B: chief (first), free, target not met: before all by level.
    C: principal (second), free, target met.             D: principal (second), charges, target not met: before C.
    Order: B, D, C, A.
    """
    offered = [
        one(A, level=2, charges_fee=True),
        one(B, level=0, material_target_met=False),
        one(C, level=1),
        one(D, level=1, charges_fee=True, material_target_met=False),
    ]
    assert order(*offered, wish=LARGE) == [B, D, C, A]
    assert told(*offered, wish=LARGE) == [
        ("级别第 1 档；第 2 名级别第 2 档", None),
        ("级别第 2 档；第 1 名级别第 1 档", "大单先派级别高的，升级后前移"),
        ("不收费；第 2 名收费", "大单同级先派收费的"),
        ("级别第 3 档；第 3 名级别第 2 档", "大单先派级别高的，升级后前移"),
    ]


@pytest.mark.rule("R-DISP-04")
def test_equals_but_for_their_day_worked_out_by_hand():
    """All of one rank, all holding one, all with the target met; the customer likes modern.

    A: not on the roster: last.              B: on duty, nothing in common, never given an order.
    C: on duty, suits, last order in April.  D: on duty, suits, last order in March: longest since of the two who suit.
    Order: D, C, B, A.
    """
    modern = frozenset({"modern"})
    offered = [
        one(A, on_roster=False, styles=modern, last_order_at=None),
        one(B, last_order_at=None),
        one(C, styles=modern, last_order_at=APRIL),
        one(D, styles=modern, last_order_at=MARCH),
    ]
    assert order(*offered) == [D, C, B, A]
    assert told(*offered) == [
        ("上次派单 2026-03-02；第 2 名上次派单 2026-04-02", None),
        ("上次派单 2026-04-02；第 1 名上次派单 2026-03-02", "等更久没派单的派过后前移"),
        ("风格或客户类型没有相合的；第 2 名风格适合", "客户要求与其风格或客户类型相合时前移"),
        ("当天不在值班表；第 3 名当天在岗", "当天在岗后前移"),
    ]


@pytest.mark.rule("R-DISP-04")
def test_whoever_is_alone_or_differs_by_number_alone_is_told_so():
    assert told(one(A)) == [("只有这一位可派", None)]
    assert told(one(A), one(B))[1] == ("工号 S2；第 1 名工号 S1", "其他都相同，按工号")


@pytest.mark.rule("R-DISP-04")
@pytest.mark.parametrize(
    ("styles", "types", "fits"),
    [(("modern",), (), True), ((), ("villa",), True), (("nordic",), ("elderly",), False), ((), (), False)],
)
def test_one_style_or_type_in_common_suits(styles, types, fits):
    assert suits(one(A, styles=frozenset(styles), customer_types=frozenset(types)), MODERN) is fits
    assert not suits(one(A, styles=frozenset(styles), customer_types=frozenset(types)), Wish())


@pytest.mark.rule("R-DISP-04")
@pytest.mark.parametrize(
    ("place", "reason", "code"), [(1, "", ""), (2, "", "no_reason"), (2, " ", "no_reason"), (3, "客户指名", "")]
)
def test_choosing_lower_asks_for_a_reason(place, reason, code):
    assert may_choose(place, reason).code == code


@pytest.mark.rule("R-DISP-04")
@pytest.mark.parametrize(("amount", "large"), [(None, False), ("199999.99", False), ("200000", True), ("350000", True)])
def test_an_order_is_large_from_two_hundred_thousand_up(amount, large):
    assert is_large(None if amount is None else Decimal(amount), 200_000) is large

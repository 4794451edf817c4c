"""Who bears a bad debt, to the cent (R-CRED-03)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.bad_debts import Ground, Post, adds_up, ground_of, shares_of
from admin_app.rules.shares import apportion

pytestmark = pytest.mark.rule("R-CRED-03")
USUAL = {Post.SALES: 20, Post.SALES_MANAGER: 10, Post.LOGISTICS: 0, Post.WAREHOUSE: 0, Post.MARKETING: 0}


def told(amount, ground, percents=USUAL, signer=100):
    return [(one.post, one.amount) for one in shares_of(Decimal(amount), ground, percents, signer)]


def test_within_the_limit_and_a_first_one_by_the_proportions_and_the_rest_is_the_companys():
    """1000.01: 20 % are 200.002, 10 % 100.001, 70 % 700.007; rounded down 1000.00, the cent goes to the company's .7."""
    shares = [(Post.SALES, Decimal("200.00")), (Post.SALES_MANAGER, Decimal("100.00")), (None, Decimal("700.01"))]
    assert told("1000.01", Ground.WITHIN) == shares
    assert told("1000.01", Ground.FIRST) == shares


def test_a_last_one_is_charged_to_who_signed_it():
    """All of it; or, where the company says 60 %, 60.06 and 40.04 of 100.10."""
    assert told("100.10", Ground.LAST) == [(Post.OTHER, Decimal("100.10")), (None, Decimal(0))]
    assert told("100.10", Ground.LAST, signer=60) == [(Post.OTHER, Decimal("60.06")), (None, Decimal("40.04"))]


def test_one_without_prepayment_or_approval_falls_on_three_in_equal_parts_and_the_odd_cents_on_the_first():
    """100.00 in three: 33.33 each, the cent left over to the first of equal fractions."""
    assert told("100.00", Ground.UNAPPROVED) == [
        (Post.LOGISTICS, Decimal("33.34")), (Post.WAREHOUSE, Decimal("33.33")), (Post.MARKETING, Decimal("33.33")),
        (None, Decimal(0)),
    ]  # fmt: skip


def test_more_than_a_hundred_percent_is_no_proportion():
    with pytest.raises(ValueError, match="110"):
        shares_of(Decimal(1), Ground.WITHIN, {Post.SALES: 60, Post.SALES_MANAGER: 50}, 100)


@pytest.mark.parametrize(
    ("kind", "over", "signed", "remitted", "ground"),
    [
        ("within", 0, False, 0, Ground.WITHIN),
        ("within", 5, False, 0, Ground.UNAPPROVED),
        ("within", 5, True, 0, Ground.WITHIN),
        ("first_over", 5, True, 0, Ground.FIRST),
        ("first_over", 5, False, 0, Ground.UNAPPROVED),
        ("last_over", 5, True, 0, Ground.LAST),
        ("last_over", 5, False, 5, Ground.UNAPPROVED),
        ("special", 0, True, 0, Ground.WITHIN),
        ("special", 0, False, 0, Ground.UNAPPROVED),
        ("prepaid", 5, False, 5, Ground.WITHIN),
        ("prepaid", 5, False, 4, Ground.UNAPPROVED),
        ("cash", 5, False, 0, Ground.UNAPPROVED),
    ],
)
def test_the_ground_follows_how_the_goods_went(kind, over, signed, remitted, ground):
    assert ground_of(kind, Decimal(over), signed, Decimal(remitted), True) is ground


def test_what_the_credit_of_its_day_did_not_allow_and_nobody_signed_is_not_regular():
    assert ground_of("within", Decimal(0), False, Decimal(0), False) is Ground.UNAPPROVED
    assert ground_of("first_over", Decimal(5), True, Decimal(0), False) is Ground.FIRST


def test_shares_that_lack_a_cent_are_told():
    assert adds_up(Decimal("10.00"), [Decimal("3.33"), None], Decimal("6.67"))
    assert adds_up(Decimal("10.00"), [Decimal("3.33")], Decimal("6.66")).code == "inconsistent"


CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)


@given(CENTS, st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12).filter(any))
def test_shares_of_any_amount_by_any_weights_add_up_and_none_is_a_cent_off_its_part(amount, weights):
    shares = apportion(amount, weights)
    assert sum(shares) == amount
    whole = sum(weights)
    assert all(
        abs(share - amount * weight / whole) < Decimal("0.0100001")
        for share, weight in zip(shares, weights, strict=True)
    )


@given(CENTS, st.sampled_from(list(Ground)), st.lists(st.integers(0, 20), min_size=5, max_size=5), st.integers(0, 100))
def test_a_debt_is_borne_to_the_cent_whatever_the_proportions(amount, ground, percents, signer):
    shares = shares_of(amount, ground, dict(zip(USUAL, percents, strict=True)), signer)
    assert sum(one.amount for one in shares) == amount
    assert adds_up(amount, [one.amount for one in shares if one.post], shares[-1].amount)

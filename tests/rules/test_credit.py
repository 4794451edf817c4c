"""Limit, used and episodes of a credit account, computed by hand (R-CRED-01)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.credit import Account, Episode, Invoice, Kind, Payment, is_over_term, settled, standing_on

pytestmark = pytest.mark.rule("R-CRED-01")


def day(number):
    """That day of 2026, the first being 1 January."""
    return date(2026, 1, 1) + timedelta(days=number - 1)


def account(*events):
    """(day, amount, kind) is an invoice, (day, amount) a payment, (day, amount, n) a payment of the n-th invoice."""
    invoices, payments = [], []
    for event in events:
        if len(event) == 3 and isinstance(event[2], Kind):
            invoices.append(Invoice(day(event[0]), len(invoices) + 1, Decimal(event[1]), event[2]))
        else:
            payments.append(Payment(day(event[0]), Decimal(event[1]), event[2] if len(event) == 3 else None))
    return Account(invoices, payments, 30)


IN, FIRST, LAST = Kind.WITHIN, Kind.FIRST, Kind.LAST


def test_the_limit_is_what_was_invoiced_in_the_thirty_days_before_that_day_not_among_them():
    """Invoiced 100 on day 1, 50 on day 20. Day 20: 100; day 21 and 31: 150; day 32 the first is 31 days ago: 50."""
    books = account((1, 100, IN), (20, 50, IN))
    assert [standing_on(books, day(n)).limit for n in (1, 2, 20, 21, 31, 32, 51)] == [0, 100, 100, 150, 150, 50, 0]


def test_used_is_what_was_invoiced_and_not_paid_and_money_on_account_is_not_less_than_nothing():
    """100 + 50 invoiced, 30 paid on day 25, 200 on day 40: 150, 120, then 80 lie ready."""
    books = account((1, 100, IN), (20, 50, IN), (25, 30), (40, 200))
    stands = [standing_on(books, day(n)) for n in (24, 25, 40)]
    assert [one.used for one in stands] == [150, 120, 0]
    assert [one.balance for one in stands] == [150, 120, -80]


def test_an_episode_begins_with_the_shipment_that_passes_the_limit_and_takes_one_first_and_one_last():
    """Limit 90 by a paid invoice. Day 10: 80 within. Day 11 (limit 170, used 80): 100 passes by 10 and is the first.
    Day 12: the limit is 270, used 180, so that it is over at once; with an old debt it would go on (below)."""
    books = account((1, 90, IN), (2, 90), (10, 80, IN), (11, 100, FIRST))
    assert standing_on(books, day(11), 3).episode is None
    assert standing_on(books, day(11)).episode == Episode(day(11), first=True)
    assert standing_on(books, day(12)).episode is None


def test_an_episode_goes_on_while_used_stays_over_the_limit_and_ends_with_the_payment_that_brings_it_back():
    """500 of day 1 unpaid; by day 40 it is out of the window: limit 0 + 90 (day 35) = 90, used 590. Day 40: 20 is the first,
    day 41 (limit 110, used 610) 30 the last, day 45 (limit 140, used 640). 500 paid on day 50: used 140, limit 140, back."""
    books = account((1, 500, IN), (35, 90, IN), (40, 20, FIRST), (41, 30, LAST), (50, 500))
    assert standing_on(books, day(41), 4).episode == Episode(day(35), first=True)
    assert standing_on(books, day(45)).episode == Episode(day(35), first=True, last=True)
    assert standing_on(books, day(49)).used == 640
    assert standing_on(books, day(50)).episode is None
    assert (standing_on(books, day(50)).used, standing_on(books, day(50)).limit) == (140, 140)


def test_an_episode_that_ended_in_between_begins_anew_with_its_own_first():
    """Day 40: first of 20 over the limit. Day 50: 600 paid, all is clear. Day 80: limit 0, so that 10 begins another."""
    books = account((1, 500, IN), (35, 90, IN), (40, 20, FIRST), (50, 610), (80, 10, LAST))
    assert standing_on(books, day(79)).episode is None
    assert standing_on(books, day(80)).episode == Episode(day(80), last=True)


def test_a_shipment_paid_beforehand_begins_no_episode():
    books = account((5, 70, Kind.PREPAID), (5, 70, 1))
    stands = standing_on(books, day(5))
    assert (stands.episode, stands.used) == (None, 0)


def test_what_names_an_invoice_pays_it_and_the_rest_the_oldest_first():
    """100 (day 1), 50 (day 2), 30 (day 3). Day 4: 60 for the third: 30 of it, 30 of the first. Day 9: 80: 70, then 10."""
    books = account((1, 100, IN), (2, 50, IN), (3, 30, IN), (4, 60, 3), (9, 80))
    paid = settled(books, day(9))
    assert [(paid[n].left, paid[n].paid_on) for n in (1, 2, 3)] == [(0, day(9)), (40, None), (0, day(4))]
    assert standing_on(books, day(9)).oldest_unpaid == day(2)


@pytest.mark.rule("R-CRED-02")
def test_over_the_term_is_a_longer_one_agreed():
    assert [is_over_term(agreed, 30) for agreed in (None, 30, 31)] == [False, False, True]


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.integers(1, 90), st.integers(1, 9999), st.sampled_from([IN, FIRST, LAST])),
        st.tuples(st.integers(1, 90), st.integers(1, 9999)),
    ),
    max_size=25,
)


@given(EVENTS, st.integers(1, 100))
def test_what_is_left_of_all_invoices_is_what_is_used_and_an_episode_runs_only_over_the_limit(events, number):
    books = account(*events)
    stands = standing_on(books, day(number))
    assert sum((one.left for one in settled(books, day(number)).values()), Decimal(0)) == stands.used
    if stands.episode is not None:
        assert stands.used > stands.limit
        assert stands.episode.since <= day(number)

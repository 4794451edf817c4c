"""Relationship cards that nobody has confirmed for ninety days show as stale (R-RELA-01). Today is 2026-03-11."""

from datetime import UTC, date, datetime

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.customers.cards import note_stale_cards
from admin_app.rules.cards import standing
from tests.fixtures.records import make_record

CARD, TODAY = "relationship_card", date(2026, 3, 11)


@pytest.mark.rule("R-RELA-01")
@pytest.mark.parametrize("state, confirmed, anew, found", [
    ("valid", date(2025, 12, 12), False, "valid"),  # 19 days of December, 31, 28, 11: the 89th day
    ("valid", date(2025, 12, 11), False, "changed"),  # the 90th
    ("valid", date(2025, 12, 11), True, "changed"),  # confirmed as of a day that is too long ago
    ("changed", date(2026, 3, 11), True, "valid"),
    ("changed", date(2026, 3, 11), False, "changed"),  # somebody knows that it has changed
    ("ended", date(2025, 1, 1), True, "ended"),
])  # fmt: skip
def test_a_card_is_stale_ninety_days_after_it_was_confirmed(state, confirmed, anew, found):
    assert standing(state, confirmed, anew, TODAY, 90) == found


@pytest.fixture
def card(world):
    """``card(made_on, checked_on)``: the id of a card of one of the customer manager's customers."""

    def written(made_on, checked_on=None, **values):
        with world.writing() as session:
            mine = {"store_id": 1, "owner_id": world.person("customer_manager").id}
            customer = make_record(session, "customer", **mine).id
            told = {"customer_id": customer, "name": "陈女士", "made_on": made_on, "checked_on": checked_on, **values}
            return records.create(session, register_named(CARD), {**told, "store_id": 1}).id

    return written


def state_of(world, id_):
    with world.open() as session:
        return session.get_one(register_named(CARD), id_).state


@pytest.mark.rule("R-RELA-01")
def test_the_night_finds_what_nobody_confirmed_and_confirming_makes_it_good(world, card):
    """Confirmed on 12 December: good on 11 March, stale on the 12th. Made on 11 December and never confirmed: stale at once."""
    due, never = card(date(2025, 6, 1), date(2025, 12, 12)), card(date(2025, 12, 11))
    ended = card(date(2025, 1, 1), state="ended")
    assert [state_of(world, one) for one in (due, never, ended)] == ["valid", "changed", "ended"]
    for _ in range(2):  # run again, it changes nothing
        with world.writing() as session:
            note_stale_cards(session, datetime(2026, 3, 12, 2, tzinfo=UTC))
    assert [state_of(world, one) for one in (due, never, ended)] == ["changed", "changed", "ended"]
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named(CARD), never), {"checked_on": TODAY})
    assert [state_of(world, one) for one in (due, never, ended)] == ["changed", "valid", "ended"]

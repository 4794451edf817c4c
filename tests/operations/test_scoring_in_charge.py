"""A month counts for whoever had the customer when it ended, handed on since or not (R-SCOR-01, R-CUST-09).

March 2026. The customer manager wrote the records, the colleague has the customer by the day of computing, 2 April.
"""

from datetime import date
from decimal import Decimal

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.scoring import at

pytestmark = pytest.mark.rule("R-SCOR-01", "R-CUST-09")
COLLEAGUE = "customer_manager2"


def change(office, when, table, made, **values):
    """A change by the head of the store at that moment."""
    office.now = when
    with office.acting("store_manager") as session:
        records.change(session, session.get_one(register_named(table), made.id), values)
    office.now = at(2, month=4)


def hand_on(office, customer, when, to=COLLEAGUE):
    change(office, when, "customer", customer, owner_id=PERSON_IDS[to] if to else None)


def both(office):
    """What is found against the customer manager, and against the colleague."""
    office.compute()
    return office.found(), office.found(COLLEAGUE)


def incomplete(made):
    return [("incomplete", Decimal(1), f"consultation/{made.public_id}")]


def test_a_consultation_handed_on_in_april_counts_against_who_had_it_in_march(office):
    """Its house is blank at the end of March: one point of 30, 29; the colleague keeps 30."""
    customer = office.customer(None)
    made = office.consultation(customer_id=customer.id, home=None)
    hand_on(office, customer, at(1, month=4))
    assert both(office) == (incomplete(made), [])
    assert (office.sheet().information, office.sheet(COLLEAGUE).information) == (29, 30)


def test_one_handed_on_in_march_counts_against_the_successor(office):
    customer = office.customer(None)
    made = office.consultation(customer_id=customer.id, home=None)
    hand_on(office, customer, at(31, 20))
    assert both(office) == ([], incomplete(made))


def test_one_that_came_from_the_pool_in_april_counts_against_nobody(office):
    """Given to the pool on 30 March, taken on 1 April."""
    customer = office.customer(None)
    office.consultation(customer_id=customer.id, home=None)
    hand_on(office, customer, at(30), None)
    hand_on(office, customer, at(1, month=4))
    assert both(office) == ([], [])


def test_what_was_put_to_another_s_customer_in_april_was_whose_it_was_in_march(office):
    """Linked to nobody, or to a customer of one's own, until the colleague's customer turned out to be meant."""
    theirs = office.customer(None, owner_id=PERSON_IDS[COLLEAGUE])
    alone, own = office.consultation(home=None), office.consultation(customer_id=office.customer(None).id, home=None)
    for made in (alone, own):
        change(office, at(1, month=4), "consultation", made, customer_id=theirs.id)
    mine, others = both(office)
    assert (sorted(mine), others) == (sorted(incomplete(alone) + incomplete(own)), [])


def test_a_wrong_source_found_by_a_check_alone_stays_with_who_had_the_customer(office):
    customer = office.customer(None)
    check = office.make(
        "source_check", customer_id=customer.id, on_arrival="wrong", came_on=date(2026, 3, 2), store_id=1,
        owner_id=PERSON_IDS["customer_manager"],
    )  # fmt: skip
    hand_on(office, customer, at(1, month=4))
    assert both(office) == ([("untrue", Decimal(1), f"source_check/{check.public_id}")], [])


@pytest.mark.rule("R-SCOR-04")
def test_computing_again_after_another_hand_over_gives_the_same(office):
    customer = office.customer("D", contacts=0)
    made = office.consultation(customer_id=customer.id, home=None)
    expected = [("incomplete", Decimal(1), f"consultation/{made.public_id}"),
                ("missing_contact", Decimal(1), f"customer/{customer.public_id}")]  # fmt: skip
    for when, to in ((at(1, month=4), COLLEAGUE), (at(2, 8, month=4), None), (at(2, 9, month=4), "customer_manager")):
        hand_on(office, customer, when, to)
        assert both(office) == (expected, [])

"""Who receives at the door (R-CUST-04), what an intending customer is (R-CUST-11), what grade A asks for (R-CUST-02)."""

import pytest

from admin_app.rules.receiving import Door, Why, may_be_graded, receiver, says_what_it_must

NAMED, INTRODUCED, DUTY = 1, 2, 3


@pytest.mark.rule("R-CUST-04")
@pytest.mark.parametrize(
    ("door", "who"),
    [
        (Door(named=NAMED, on_duty=DUTY), (NAMED, Why.NAMED)),
        (Door(on_duty=DUTY), (DUTY, Why.ON_DUTY)),
        (Door(brought=True, by_introducer=INTRODUCED, on_duty=DUTY), (INTRODUCED, Why.BY_INTRODUCER)),
        (Door(brought=True, on_duty=DUTY), (DUTY, Why.ON_DUTY)),
        (Door(brought=True, named=NAMED, by_introducer=INTRODUCED), (INTRODUCED, Why.BY_INTRODUCER)),
        (Door(brought=True, named=NAMED, on_duty=DUTY), (DUTY, Why.ON_DUTY)),
        (Door(), None),
    ],
)
def test_who_is_named_receives_else_who_is_on_duty(door, who):
    assert receiver(door) == who


@pytest.mark.rule("R-CUST-11")
@pytest.mark.parametrize(
    ("intending", "phone", "wants", "agency", "agent", "code"),
    [
        (True, "13800000001", "buy", False, False, ""),
        (True, "13800000001", "rent", True, True, ""),
        (True, None, "buy", False, False, "incomplete"),
        (True, "13800000001", "undecided", False, False, "incomplete"),
        (False, None, "undecided", False, False, ""),
        (False, None, "undecided", True, False, "incomplete"),
    ],
)
def test_an_intending_customer_has_contact_details_and_a_wish_and_an_agency_is_named(
    intending, phone, wants, agency, agent, code
):
    assert says_what_it_must(intending, phone, wants, agency, agent).code == code


@pytest.mark.rule("R-CUST-02")
@pytest.mark.parametrize(
    ("grade", "deposit", "code"),
    [
        ("A", True, ""),
        ("A", False, "inconsistent"),
        ("B", False, ""),
        ("C", False, ""),
        ("D", False, ""),
        (None, False, ""),
    ],
)
def test_grade_a_asks_for_a_deposit_and_no_other_does(grade, deposit, code):
    assert may_be_graded(grade, deposit).code == code

"""Who rates whom, in whose name, and once a month (R-SCOR-01, R-ROLE-04)."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.scoring import MARCH

pytestmark = pytest.mark.rule("R-SCOR-01")


def rate(office, by, rater=None, rated="customer_manager", day=MARCH.first):
    """*by* writes a rating of 18."""
    values = dict.fromkeys(("dispatch_form", "reconcile", "communicate", "team"), Decimal("4.5"))
    people = {"rated_id": PERSON_IDS[rated], "rater_id": PERSON_IDS[rater] if rater else None}
    with office.acting(by) as session:
        rating = register_named("internal_rating")
        return records.add(session, rating, {**values, **people, "month_on": day, "store_id": 1}).id


def refused(act, *arguments, **more):
    """The code of the refusal."""
    with pytest.raises(Refused) as refusal:
        act(*arguments, **more)
    return refusal.value.verdict.code


def raters(office):
    """Who rated, in the order of the ratings in use."""
    rating = register_named("internal_rating")
    with office.world.open() as session:
        return list(session.scalars(select(rating.rater_id).where(rating.voided_at.is_(None)).order_by(rating.id)))


def change(office, by, id_, act):
    with office.acting(by) as session:
        act(session, session.get_one(register_named("internal_rating"), id_))


def test_a_rating_without_a_name_is_its_authors(office):
    rate(office, "designer")
    assert raters(office) == [PERSON_IDS["designer"]]


def test_nobody_rates_in_anothers_name_but_who_enters_slips(office):
    assert refused(rate, office, "designer", "clerk") == "role"
    assert raters(office) == []
    rate(office, "director", "clerk")
    rate(office, "general_manager", "designer")
    assert raters(office) == [PERSON_IDS["clerk"], PERSON_IDS["designer"]]


@pytest.mark.rule("R-ROLE-04")
@pytest.mark.parametrize(
    ("by", "rater"), [("customer_manager", None), ("customer_manager", "clerk"), ("director", "clerk")]
)
def test_nobody_writes_a_rating_of_themselves(office, by, rater):
    assert refused(rate, office, by, rater, rated=by) == "own_request"
    assert raters(office) == []


def test_nobody_rates_the_same_person_twice_in_a_month(office):
    rate(office, "designer")
    assert refused(rate, office, "designer", day=date(2026, 3, 31)) == "taken"
    assert refused(rate, office, "director", "designer") == "taken"
    assert raters(office) == [PERSON_IDS["designer"]]
    rate(office, "designer", day=date(2026, 4, 1))
    rate(office, "designer", rated="customer_manager2")
    rate(office, "clerk")
    assert len(raters(office)) == 4


def test_in_the_place_of_a_voided_rating_comes_another_and_the_first_stays_void(office):
    first = rate(office, "designer")
    change(office, "director", first, lambda session, one: records.void(session, one, "填错"))
    rate(office, "designer")
    assert refused(change, office, "director", first, records.restore) == "taken"
    assert len(raters(office)) == 1


def test_a_rating_is_not_changed_into_a_second_of_the_same_colleague(office):
    rate(office, "designer")
    other = rate(office, "clerk")
    named = {"rater_id": PERSON_IDS["designer"]}
    assert (
        refused(change, office, "director", other, lambda session, one: records.change(session, one, named)) == "taken"
    )
    assert raters(office) == [PERSON_IDS["designer"], PERSON_IDS["clerk"]]


@pytest.mark.rule("R-ROLE-04")
def test_who_is_rated_neither_changes_nor_voids_it(office):
    """A director who is rated too would have the right."""
    made = office.rating(10, "clerk", rated_id=PERSON_IDS["director"])
    better = {"team": Decimal(5)}
    assert refused(change, office, "director", made.id, lambda session, one: records.change(session, one, better)) == (
        "own_request"
    )
    away = {"rated_id": PERSON_IDS["customer_manager"]}
    assert refused(change, office, "director", made.id, lambda session, one: records.change(session, one, away)) == (
        "own_request"
    )
    void = lambda session, one: records.void(session, one, "不实")  # noqa: E731
    assert refused(change, office, "director", made.id, void) == "own_request"
    assert raters(office) == [PERSON_IDS["clerk"]]

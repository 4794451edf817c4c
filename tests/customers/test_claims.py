"""Two registrations of one customer: the later is a claim, the head above both rules, the customer follows (R-CUST-03)."""

from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.guard import act_as, trail
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.customers.ruling import laid, waiting
from admin_app.verdicts import Refused
from admin_app.working.people import StandIn
from tests.customers.conftest import NOW, id_of

FIRST, LATER = "customer_manager", "sales_adviser"


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


def get(world, table, id_):
    with world.open() as session:
        return session.get_one(register_named(table), id_)


def stand_in(world, absent, person):
    with world.writing() as session:
        named = {"absent_id": id_of(absent), "stand_in_id": id_of(person), "named_by_id": id_of(absent)}
        session.add(StandIn(**named, from_day=NOW.date(), until_day=NOW.date(), named_at=NOW))


@pytest.mark.rule("R-CUST-03")
def test_the_later_registration_is_a_claim_before_the_head_of_both(register, claims):
    first, later = register(FIRST, minutes=60), register(LATER)
    (claim,) = claims()
    assert (claim.registration_id, claim.claiming_id, claim.match, claim.verdict) == (first, later, "phone", "open")
    assert (claim.first_owner_id, claim.owner_id) == (id_of(FIRST), id_of(LATER))
    assert (claim.head_id, claim.owner_after_id) == (id_of("store_manager"), None)


@pytest.mark.rule("R-CUST-03")
def test_of_two_stores_the_head_is_the_one_above_both(register, claims):
    register(FIRST, minutes=60)
    register("customer_manager2")
    assert [one.head_id for one in claims()] == [id_of("general_manager")]


@pytest.mark.rule("R-CUST-03", "R-CUST-05")
def test_an_earlier_hour_written_down_late_is_no_earlier_registration(register, claims):
    first = register(FIRST, minutes=60)
    backdated = register(LATER, minutes=3 * 24 * 60)
    in_time = register("sales", minutes=90, phone="13900000002")
    register(FIRST, phone="13900000002")
    assert [(one.registration_id, one.claiming_id) for one in claims()][0] == (first, backdated)
    assert claims()[1].registration_id == in_time


@pytest.mark.rule("R-CUST-03")
def test_a_number_put_right_shows_the_customer_registered_before_and_no_pair_is_asked_twice(world, register, claims):
    register(FIRST, minutes=60)
    later = register(LATER, phone="13800000002", name="陈先生")
    assert claims() == []
    for phone in ("13800000001", "13800000009", "13800000001"):
        with world.writing(LATER) as session:
            records.change(session, session.get_one(register_named("customer_registration"), later), {"phone": phone})
    assert [one.claiming_id for one in claims()] == [later]


@pytest.mark.rule("R-CUST-03")
def test_a_customer_on_file_is_registered_and_ones_own_is_nobodys_claim(register, claims, make):
    with clock.stopped_at(NOW - timedelta(9)):
        card = {"phone": "13800000001", "owner_id": id_of(FIRST), "store_id": 1, "registered_at": clock.now()}
        customer = make("customer", **card)
    register(FIRST)
    assert claims() == []
    later = register(LATER)
    (claim,) = claims()
    assert (claim.customer_id, claim.registration_id, claim.claiming_id) == (customer.id, None, later)


@pytest.mark.rule("R-CUST-03", "R-SCOR-01")
def test_one_customer_is_the_first_ones_with_all_that_belongs_to_them(world, register, claims, rule, make):
    mine = make("customer", owner_id=id_of(LATER), store_id=1)
    follow_up = make("follow_up", customer_id=mine.id, by_id=id_of(LATER))
    first, later = register(FIRST, minutes=60), register(LATER, customer_id=mine.id)
    rule("store_manager", claims()[0], "same")
    (claim,) = claims()
    assert (claim.verdict, claim.owner_after_id, claim.ruled_by_id) == ("same", id_of(FIRST), id_of("store_manager"))
    assert claim.ruled_at == NOW
    assert get(world, "customer", mine.id).owner_id == id_of(FIRST)
    assert get(world, "follow_up", follow_up.id).owner_id == id_of(FIRST)
    assert get(world, "customer_registration", first).customer_id == mine.id
    assert get(world, "customer_registration", later).owner_id == id_of(LATER)
    with refused("wrong_state"):
        rule("store_manager", claim, "different")
    assert claims()[0].verdict == "same"


@pytest.mark.rule("R-CUST-03")
def test_two_customers_stay_whose_they_are(world, register, claims, rule, make):
    mine = make("customer", owner_id=id_of(LATER), store_id=1)
    register(FIRST, minutes=60)
    register(LATER, customer_id=mine.id)
    rule("store_manager", claims()[0], "different", "同名不同人")
    assert claims()[0].owner_after_id == id_of(LATER)
    assert get(world, "customer", mine.id).owner_id == id_of(LATER)


@pytest.mark.rule("R-CUST-03", "R-ROLE-04", "R-ROLE-05")
def test_nobody_but_the_head_rules_with_a_reason_for_what_they_saw(register, claims, rule):
    register(FIRST, minutes=60)
    register(LATER)
    (claim,) = claims()
    for who, why in (
        (FIRST, "own_request"), (LATER, "own_request"), ("marketing_manager", "not_signer"), ("general_manager", "not_signer")
    ):  # fmt: skip
        with refused(why):
            rule(who, claim, "same")
    with refused("no_reason"):
        rule("store_manager", claim, "same", " ")
    with refused("incomplete"):
        rule("store_manager", claim, "withdrawn")
    with refused("changed"):
        rule("store_manager", claim, "same", seen=claim.version + 1)
    assert (claims()[0].verdict, claims()[0].ruled_by_id) == ("open", None)


@pytest.mark.rule("R-CUST-03", "R-ROLE-03")
def test_a_claim_waits_for_the_stand_in_too_and_for_nobody_who_only_looks_on(world, register, claims, rule):
    register(FIRST, minutes=60)
    register(LATER)
    stand_in(world, "store_manager", "director")
    for who, number in (("store_manager", 1), ("director", 1), ("marketing_manager", 0)):
        with world.open(who) as session:
            assert len(waiting(session, NOW)) == number
    with world.open() as session:
        act_as(session, world.person("store_manager").seen_as(world.person("admin")))
        assert not waiting(session, NOW)
    rule("director", claims()[0], "same")
    assert (claims()[0].head_id, claims()[0].ruled_by_id) == (id_of("director"),) * 2


@pytest.mark.rule("R-CUST-03", "R-ROLE-04")
@pytest.mark.parametrize("party", [FIRST, LATER])
def test_a_party_rules_on_no_claim_of_theirs_as_stand_in_of_the_head(world, register, claims, rule, party):
    register(FIRST, minutes=60)
    register(LATER)
    stand_in(world, "store_manager", party)
    with world.open(party) as session:
        assert not waiting(session, NOW)
        assert laid(session, claims()[0].public_id, NOW) is None
    with refused("own_request"):
        rule(party, claims()[0], "same")
    assert (claims()[0].verdict, claims()[0].ruled_by_id) == ("open", None)


@pytest.mark.rule("R-CUST-03")
@pytest.mark.parametrize("name", ["first_owner_id", "owner_id", "first_registered_at", "registration_id", "match"])
def test_what_a_claim_has_from_its_sheets_its_writer_changes_no_more(world, register, claims, name):
    register(FIRST, minutes=60)
    register(LATER)
    (claim,) = claims()
    forged = {
        "first_owner_id": id_of(LATER), "owner_id": id_of("sales"), "first_registered_at": NOW - timedelta(days=9),
        "registration_id": None, "match": "vehicle_unit",
    }  # fmt: skip
    with refused("fixed"), world.writing(LATER) as session:
        both = {name: forged[name], "registration_id": None, "claiming_id": None}
        records.change(session, session.get_one(register_named("customer_claim"), claim.id), both)
    with world.writing(LATER) as session:
        records.change(session, session.get_one(register_named("customer_claim"), claim.id), {"grounds": "先联系的"})
    assert getattr(claims()[0], name) == getattr(claim, name)
    assert claims()[0].grounds == "先联系的"


@pytest.mark.rule("R-CUST-03")
def test_the_customer_follows_the_sheets_whatever_the_claim_was_made_to_say(world, register, claims, rule, make):
    mine = make("customer", owner_id=id_of(LATER), store_id=1)
    register(FIRST, minutes=60)
    register(LATER, customer_id=mine.id)
    with world.writing() as session:
        session.get_one(register_named("customer_claim"), claims()[0].id).first_owner_id = id_of("sales")
    rule("store_manager", claims()[0], "same")
    assert (claims()[0].first_owner_id, claims()[0].owner_after_id) == (id_of(FIRST),) * 2
    assert get(world, "customer", mine.id).owner_id == id_of(FIRST)


@pytest.mark.rule("R-CUST-03", "R-ROLE-03", "R-ROLE-04")
def test_a_claim_nobody_is_left_for_waits_for_the_stand_in_of_the_general_manager(world, register, claims, rule):
    register("customer_manager2")
    register("info_supervisor", minutes=60, owner_id=id_of("general_manager"))
    (claim,) = claims()
    assert claim.head_id is None
    stand_in(world, "general_manager", "director")
    with world.open("director") as session:
        assert [one.id for one in waiting(session, NOW)] == [claim.id]
    rule("director", claim, "different")
    assert claims()[0].ruled_by_id == id_of("director")


@pytest.mark.rule("R-CUST-03", "R-CUST-05")
@pytest.mark.parametrize("earlier", [timedelta(days=30), timedelta(hours=2)])
def test_a_card_with_an_earlier_hour_typed_does_away_with_nobodys_registration(register, claims, make, earlier):
    first = register(FIRST, minutes=60)
    make("customer", phone="13800000001", owner_id=id_of(LATER), store_id=1, registered_at=NOW - earlier)
    later = register(LATER)
    (claim,) = claims()
    assert {first, later} >= {claim.registration_id, claim.claiming_id} - {None}
    assert {claim.first_owner_id, claim.owner_id} == {id_of(FIRST), id_of(LATER)}
    if earlier > timedelta(days=1):
        assert (claim.registration_id, claim.claiming_id, claim.owner_id) == (first, later, id_of(LATER))


@pytest.mark.rule("R-CUST-03", "R-CUST-05")
def test_a_sheet_typed_late_isnt_taken_for_a_ledgers_while_a_ledger_comes_in(world, register, claims):
    typed = register(LATER, minutes=3 * 24 * 60)
    sheet = {"day": NOW.date(), "channel": "visit", "wants": "buy", "name": "陈女士", "phone": "13800000001"}
    with world.writing("info_supervisor") as session, trail.part_of(session, batch="aaaa"):
        for days in (2, 1):  # a ledger's chunks
            many = [{**sheet, "registered_at": NOW - timedelta(days), "owner_id": id_of(FIRST)}]
            records.add_many(session, register_named("customer_registration"), many)
    (claim,) = claims()
    assert (claim.claiming_id, claim.first_owner_id) == (typed, id_of(FIRST))
    assert claim.first_registered_at == NOW - timedelta(2)


@pytest.mark.rule("R-CUST-03")
def test_a_sheet_is_compared_once_it_has_an_owner_and_a_voided_one_waits_for_nobody(world, register, claims, rule):
    sheet = register_named("customer_registration")
    first, later = register(FIRST, minutes=60), register("info_supervisor")
    assert claims() == []
    with world.writing("info_supervisor") as session:
        records.change(session, session.get_one(sheet, later), {"owner_id": id_of(LATER)})
    (claim,) = claims()
    assert (claim.registration_id, claim.claiming_id) == (first, later)
    with world.writing("info_supervisor") as session:
        records.void(session, session.get_one(sheet, later), "重复")
    assert [one.verdict for one in claims()] == ["withdrawn"]
    with world.open("store_manager") as session:
        assert not waiting(session, NOW)
    with refused("wrong_state"):
        rule("store_manager", claims()[0], "same")
    with world.writing("info_supervisor") as session:
        records.restore(session, session.get_one(sheet, later))
    assert [one.verdict for one in claims()] == ["withdrawn", "open"]


@pytest.mark.rule("R-CUST-03")
def test_a_ruled_pair_isnt_asked_again_when_the_later_one_writes_an_earlier_hour(world, register, claims, rule):
    register(FIRST, minutes=60)
    later = register(LATER)
    rule("store_manager", claims()[0], "different", "同名不同人")
    with world.writing(LATER) as session:
        sheet = session.get_one(register_named("customer_registration"), later)
        records.change(session, sheet, {"registered_at": NOW - timedelta(minutes=90)})
    assert [one.verdict for one in claims()] == ["different"]

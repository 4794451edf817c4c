"""What goes outside and what is carried: signed beforehand, by designated people, kept as long as the law wants."""

import re
from datetime import date, timedelta

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.verdicts import Refused
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.fixtures.web import post
from tests.fixtures.what_leaves import values_in

TODAY = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def stopped():
    with clock.stopped_at(WEDNESDAY):
        yield


@pytest.fixture
def form(world):
    def written(table, state, **values):
        with world.writing() as session:
            return make_record(session, table, **{**values_in(table, state), **values}).public_id

    return written


def sign(world, username, table, public_id, field):
    with world.writing(username) as session:
        record = records.find(session, register_named(table), public_id)
        signatures.sign(session, record, record.faces[field], record.version, clock.now(), clock.now())


def change(world, username, table, public_id, **values):
    with world.writing(username) as session:
        records.change(session, records.find(session, register_named(table), public_id), values)


def refused(rule, code):
    return pytest.raises(Refused, check=lambda one: (one.verdict.rule, one.verdict.code) == (rule, code))


@pytest.mark.rule("R-CONF-09", "R-PRIV-02", "R-ROLE-05")
def test_nothing_is_provided_before_both_have_signed_and_it_then_stays_as_it_was_signed(world, client_of, form):
    table = "external_provision"
    provision = form(table, "asked")
    address, handler = f"/admin/{table}/edit/?id={provision}", client_of("info_supervisor")
    version = re.search(r'name="version" value="([^"]+)"', handler.get(address).text)[1]
    early = post(handler, address, {"version": version, "provided_on": "2026-03-11"})
    assert (early.status_code, "R-CONF-09" in early.text) == (409, True)
    with refused("R-CONF-09", "not_signed"), world.writing("info_supervisor") as session:
        mine = {"applied_on": TODAY, "recipient": "银行", "purpose": "核验", "provided_on": TODAY}
        records.add(session, register_named(table), {**mine, "applicant_id": PERSON_IDS["info_supervisor"]})
    sign(world, "info_supervisor", table, provision, "supervisor_signed_by_id")
    with refused("R-CONF-09", "not_signed"):
        change(world, "info_supervisor", table, provision, provided_on=TODAY)
    sign(world, "service_manager", table, provision, "manager_signed_by_id")
    change(world, "info_supervisor", table, provision, provided_on=TODAY)
    with refused("R-CONF-09", "locked"):
        change(world, "service_manager", table, provision, recipient="另一家")
    with world.open() as session:
        found = records.find(session, register_named(table), provision)
        assert (found.provided_on, found.recipient) == (TODAY, "银行")
        assert found.supervisor_signed_by_id == PERSON_IDS["info_supervisor"]


@pytest.mark.rule("R-PRIV-02")
def test_a_provision_is_kept_three_years_from_the_day_it_was_made(world, form):
    table = "external_provision"
    draft, made = form(table, "asked"), form(table, "asked")
    sign(world, "info_supervisor", table, made, "supervisor_signed_by_id")
    sign(world, "service_manager", table, made, "manager_signed_by_id")
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with refused("R-CONF-09", "time_order"):
            change(world, "info_supervisor", table, made, provided_on=day)
    change(world, "info_supervisor", table, made, provided_on=TODAY)

    def void(public_id, now):
        with clock.stopped_at(now), world.writing("info_supervisor") as session:
            records.void(session, records.find(session, register_named(table), public_id), "填错")

    for day in (None, TODAY - timedelta(days=4 * 366)):
        with refused("R-PRIV-02", "locked"):
            change(world, "info_supervisor", table, made, provided_on=day)
    void(draft, WEDNESDAY)
    with refused("R-PRIV-02", "locked"):
        void(made, WEDNESDAY + timedelta(days=3 * 365))
    void(made, WEDNESDAY + timedelta(days=3 * 366))


@pytest.mark.rule("R-CONF-08")
def test_only_designated_people_carry_and_leave_once_they_were_named_for_it(world, form):
    table = "classified_transfer"
    transfer = form(table, "asked")
    with refused("R-CONF-08", "role"):
        change(world, "info_supervisor", table, transfer, second_carrier_id=PERSON_IDS["designer"])
    with refused("R-CONF-08", "not_signed"):
        change(world, "info_supervisor", table, transfer, left_at=WEDNESDAY)
    sign(world, "service_manager", table, transfer, "designated_by_id")
    for moment in (WEDNESDAY - timedelta(minutes=2), WEDNESDAY + timedelta(minutes=2)):
        with refused("R-CONF-08", "time_order"):
            change(world, "info_supervisor", table, transfer, left_at=moment)
    with world.writing() as session:
        session.get_one(register_named("employee"), PERSON_IDS["archive_keeper"]).carrier = False
    with refused("R-CONF-08", "role"):
        change(world, "info_supervisor", table, transfer, left_at=WEDNESDAY)
    with world.open() as session:
        found = records.find(session, register_named(table), transfer)
        assert (found.left_at, found.second_carrier_id != PERSON_IDS["designer"]) == (None, True)


@pytest.mark.rule("R-CONF-08")
def test_the_receiver_signs_before_the_transfer_is_entered_as_done(world, form):
    table = "classified_transfer"
    transfer = form(table, "arrived")
    with refused("R-CONF-08", "not_signed"):
        sign(world, "info_supervisor", table, transfer, "handled_by_id")
    sign(world, "designer", table, transfer, "received_by_id")
    with refused("R-CONF-08", "wrong_state"):
        change(world, "info_supervisor", table, transfer, arrived_at=None)
    for values in ({}, {"arrived_at": None}):
        with pytest.raises(Refused, check=lambda one: one.verdict.rule == "R-CONF-08"):
            change(world, "info_supervisor", table, transfer, receiver_id=PERSON_IDS["sales"], **values)
    sign(world, "info_supervisor", table, transfer, "handled_by_id")
    outside = form(table, "arrived", receiver_id=None)
    with refused("R-CONF-08", "not_signed"):
        sign(world, "info_supervisor", table, outside, "handled_by_id")
    change(world, "info_supervisor", table, outside, receipt_signed=True)
    sign(world, "info_supervisor", table, outside, "handled_by_id")

"""Lowering a level: whose step it is, what ends it, what follows (R-CONF-05, R-ROLE-03 … R-ROLE-05)."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from admin_app import clock
from admin_app.guard.levels import lowering
from admin_app.guard.session import acting
from admin_app.models import all_registers, register_named
from admin_app.operations import powers, records, stand_ins
from admin_app.operations.lowering import proposing
from admin_app.operations.lowering.standing import actor_told, find
from admin_app.operations.notices.reading import unread
from admin_app.operations.today import local_day
from admin_app.permissions import Level, Role
from admin_app.rules.signers import StandIn
from admin_app.verdicts import Refused
from admin_app.working.approvals import ApprovalStep
from admin_app.working.levels import LevelLowering
from admin_app.working.notices import Notice
from admin_app.working.trail import TrailEntry, TrailValue
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.lowerings import change, decide, level, propose, state, waiting
from tests.fixtures.records import Made

pytestmark = pytest.mark.rule("R-CONF-05")


def refused(code, rule=None):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code and rule in (None, error.verdict.rule))


def withdraw(world, proposal, by):
    with world.writing(by) as session:
        proposing.withdraw(session, *find(session, proposal))


def trail_about(world, record, table="customer"):
    """The record's events with their actor and detail, oldest first."""
    with world.open() as session:
        asked = select(TrailEntry).where(TrailEntry.table_name == table, TrailEntry.record_id == record.id)
        found = session.scalars(asked.order_by(TrailEntry.seq))
        return [(entry.event, entry.actor_id, json.loads(entry.detail)) for entry in found]


@pytest.mark.rule("R-AUDT-01", "R-ROLE-05")
def test_an_approval_lowers_at_once_and_the_trail_tells_each_step_but_no_reason(world, make):
    record = make("customer", level=3)
    proposal = propose(world, record, to=1)
    assert level(world, record) == 3
    decide(world, proposal)
    me, approver = PERSON_IDS["info_supervisor"], PERSON_IDS["service_manager"]
    assert (level(world, record), state(world, proposal)) == (1, ("granted", approver))
    events = trail_about(world, record)[1:]
    assert [(event, actor) for event, actor, _detail in events] == [
        ("lowering_proposed", me), ("lowering_granted", approver), ("changed", approver),
    ]  # fmt: skip
    digest = events[1][2]["digest"]
    assert [set(detail) for _event, _actor, detail in events] == [
        {"lowering"}, {"lowering", "digest"}, {"lowering", "version", "fields"},
    ]  # fmt: skip
    with world.open() as session:
        step = session.scalars(select(ApprovalStep).where(ApprovalStep.table_name == "level_lowering")).one()
        assert (step.step, step.approved, step.digest) == ("service_manager", True, digest)
        asked = select(TrailValue.old, TrailValue.new).where(TrailValue.field == "level", TrailValue.old.is_not(None))
        assert [tuple(row) for row in session.execute(asked)] == [("3", "1")]


def test_a_refusal_has_a_reason_and_changes_nothing(world, make):
    record = make("customer", level=3)
    proposal = propose(world, record)
    with refused("no_reason", "R-CONF-05"):
        decide(world, proposal, approve=False)
    decide(world, proposal, approve=False, reason="仍在谈判")
    assert (level(world, record), state(world, proposal)[0]) == (3, "refused")
    with refused("wrong_state"):
        decide(world, proposal)
    assert level(world, record) == 3


@pytest.mark.parametrize(("to", "why", "code"), [(3, "可以", "out_of_range"), (4, "可以", "out_of_range"), (1, " ", "no_reason"),
                                                (0, "可以", "level")])  # fmt: skip
def test_a_proposal_goes_down_says_why_and_stays_above_the_floor(world, make, to, why, code):
    """A customer of 机密 (3), whose register's floor is 内部 (1)."""
    record = make("customer", level=3)
    with refused(code):
        propose(world, record, to=to, why=why)
    with world.open() as session:
        assert session.scalars(select(LevelLowering)).all() == []


@pytest.mark.rule("R-CONF-01")
def test_nothing_is_lowered_below_what_it_belongs_to_and_what_belongs_to_it_keeps_its_level(world, make):
    """Customer and contact person both 机密: the contact follows the customer up, goes down after it, by itself."""
    customer = make("customer", level=3)
    contact = make("contact_person", customer_id=customer.id)
    with world.open() as session:
        held = session.get_one(register_named("contact_person"), contact.id)
        assert (held.level, proposing.lower_levels(session, held)) == (3, [])
    with refused("level", "R-CONF-01"):
        propose(world, contact, to=2, table="contact_person")
    decide(world, propose(world, customer, to=2))
    assert (level(world, customer), level(world, contact, "contact_person")) == (2, 3)
    decide(world, propose(world, contact, to=2, table="contact_person"))
    assert level(world, contact, "contact_person") == 2


@pytest.mark.rule("R-CONF-01")
def test_an_owner_raised_after_the_proposal_stops_the_approval(world, make):
    customer = make("customer", level=2)
    contact = make("contact_person", customer_id=customer.id, level=3)
    proposal = propose(world, contact, to=2, table="contact_person")
    change(world, customer, level=3)  # the contact stays 机密 and is not written: its proposal stands
    assert state(world, proposal) == ("waiting", None)
    with refused("level", "R-CONF-01"):
        decide(world, proposal)
    assert (level(world, contact, "contact_person"), state(world, proposal)) == (3, ("waiting", None))


@pytest.mark.rule("R-CONF-14")
def test_requests_for_what_was_lowered_know_its_new_level(room):
    """A paper of 秘密, raised to 机密 after somebody asked for it, and lowered again."""
    request, levels = room.draft("customer_manager", Level.SECRET), []
    for new in (3, 2):
        with room.world.writing() as session:
            item = session.get_one(register_named("archive_item"), room.items[Level.SECRET])
            with lowering(session, item):
                item.level = new
        levels.append(room.get("archive_loan", request).object_level)
    assert levels == [3, 2]


def test_one_proposal_a_record_at_a_time(world, make):
    record = make("customer", level=3)
    first = propose(world, record)
    with refused("wrong_state"):
        propose(world, record, to=2, by="info_supervisor2")
    withdraw(world, first, "info_supervisor")
    second = propose(world, record, to=2, by="info_supervisor2")
    assert (state(world, first)[0], state(world, second)[0]) == ("withdrawn", "waiting")


def test_only_who_proposed_takes_it_back_and_only_while_it_waits(world, make):
    record = make("customer", level=3)
    proposal = propose(world, record)
    with refused("not_applicant"):
        withdraw(world, proposal, "info_supervisor2")
    withdraw(world, proposal, "info_supervisor")
    assert waiting(world, "service_manager") == []
    for act in (lambda: decide(world, proposal), lambda: withdraw(world, proposal, "info_supervisor")):
        with refused("wrong_state"):
            act()
    assert level(world, record) == 3


@pytest.mark.rule("R-ROLE-05")
def test_a_signature_is_for_the_record_as_it_was_proposed(world, make):
    record = make("customer", level=3)
    proposal = propose(world, record)
    with refused("changed"):
        decide(world, proposal, seen="0" * 64)
    assert state(world, proposal) == ("waiting", None)
    change(world, record, remark="改过")
    with refused("changed", "R-CONF-05"):
        decide(world, proposal)
    assert (level(world, record), state(world, proposal)) == (3, ("lapsed", None))
    decide(world, propose(world, record))
    assert level(world, record) == 1


@pytest.mark.rule("R-ROLE-05")
def test_a_change_that_no_listener_saw_stops_the_approval_too_and_makes_room(world, make):
    """On PostgreSQL a proposal may be made while a change that began before it is still under way."""
    record = make("customer", level=3)
    proposal = propose(world, record)
    with world.engine.begin() as connection:
        table = register_named("customer").__table__
        connection.execute(update(table).where(table.c.id == record.id).values(version=table.c.version + 1))
    assert waiting(world, "service_manager") == []
    with refused("changed", "R-CONF-05"):
        decide(world, proposal)
    again = propose(world, record)
    assert (state(world, proposal)[0], waiting(world, "service_manager")) == ("lapsed", [again])


@pytest.mark.rule("R-ROLE-05")
def test_the_password_is_asked_for_again_after_ten_minutes(world, make):
    record = make("customer", level=3)
    proposal = propose(world, record)
    for checked_at in (None, clock.now() - timedelta(minutes=11)):
        with refused("password_due"):
            decide(world, proposal, checked_at=checked_at)
    assert level(world, record) == 3
    decide(world, proposal, checked_at=clock.now() - timedelta(minutes=9))
    assert level(world, record) == 1


def give(world, username, role):
    with world.writing() as session:
        employee = session.get_one(register_named("employee"), PERSON_IDS[username])
        powers.set_powers(session, employee, powers.roles_of(employee) | {role}, powers.clearance_of(employee))


@pytest.mark.rule("R-ROLE-03", "R-ROLE-04")
def test_nobody_approves_their_own_proposal_whatever_their_roles(world, make):
    """The only service manager is info supervisor, too: the step goes to the head above, the general manager."""
    give(world, "service_manager", Role.INFO_SUPERVISOR)
    record = make("customer", level=3)
    proposal = propose(world, record, by="service_manager")
    with refused("own_request", "R-ROLE-04"):
        decide(world, proposal, by="service_manager")
    assert (level(world, record), waiting(world, "service_manager")) == (3, [])
    assert waiting(world, "general_manager") == [proposal]
    decide(world, proposal, by="general_manager")
    assert level(world, record) == 1


@pytest.mark.rule("R-ROLE-04")
def test_the_database_too_refuses_an_approval_by_who_proposed(world, make):
    propose(world, make("customer", level=3))
    forged = update(ApprovalStep).where(ApprovalStep.table_name == "level_lowering")
    with pytest.raises(IntegrityError), world.writing() as session:
        session.execute(forged.values(signed_by_id=PERSON_IDS["info_supervisor"], signed_at=clock.now()))


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_approves_for_whom_they_stand_in(world, make):
    record = make("customer", level=2)
    proposal = propose(world, record)
    assert waiting(world, "director") == []
    with world.writing("general_manager") as session:
        day = local_day(session, clock.now())
        absent, person = PERSON_IDS["service_manager"], PERSON_IDS["director"]
        stand_ins.name(session, StandIn(absent, person, day, day), clock.now())
    assert waiting(world, "director") == [proposal]
    decide(world, proposal, by="director")
    with world.open() as session:
        step = session.scalars(select(ApprovalStep).where(ApprovalStep.table_name == "level_lowering")).one()
        assert (step.signed_by_id, step.signed_for_id) == (person, absent)
    assert level(world, record) == 1


@pytest.mark.rule("R-ROLE-03", "R-CONF-02")
def test_the_step_of_who_does_not_see_the_record_goes_to_the_head_above(world, make):
    """Registrations of customers are none of the service manager's; the general manager sees them."""
    record = make("customer_registration", level=2)
    proposal = propose(world, record, table="customer_registration")
    assert (waiting(world, "service_manager"), waiting(world, "general_manager")) == ([], [proposal])
    decide(world, proposal, by="general_manager")
    assert level(world, record, "customer_registration") == 1


@pytest.mark.rule("R-ROLE-04", "R-CONF-02")
def test_a_proposal_that_nobody_is_left_to_approve_is_refused(world, make):
    """From 绝密 the general manager alone approves; with their clearance at 机密 there is nobody."""
    record = make("customer", level=4)
    with world.writing() as session:
        manager = session.get_one(register_named("employee"), PERSON_IDS["general_manager"])
        powers.set_powers(session, manager, powers.roles_of(manager), Level.CONFIDENTIAL)
    with refused("no_signer", "R-ROLE-04"):
        propose(world, record, by="info_supervisor2")
    with world.open() as session:
        assert session.scalars(select(LevelLowering)).all() == []


@pytest.mark.rule("R-CONF-04", "R-CONF-02")
def test_who_finds_a_record_in_the_catalogue_alone_does_not_propose(world, make):
    """The info supervisor, cleared for 机密, knows a 机密 file by the catalogue: nobody has given them its contents."""
    record = make("archive_file", level=3)
    with refused("scope"):
        propose(world, record, to=2, table="archive_file")


@pytest.mark.rule("R-ROLE-05")
def test_a_form_that_its_signature_closed_is_lowered_and_stays_signed(world, make):
    """Its contents are as they were when it was signed; the level has an approval of its own."""
    signer = PERSON_IDS["general_manager"]
    record = make("contract", customer_id=make("customer").id, level=3, approved_by_id=signer)
    decide(world, propose(world, record, to=2, table="contract"))
    with world.open() as session:
        contract = session.get_one(register_named("contract"), record.id)
        assert (contract.level, contract.approved_by_id) == (2, signer)


@pytest.mark.rule("R-NOTE-01")
@pytest.mark.parametrize("approve", [True, False])
def test_who_proposed_is_told_of_the_answer_once_and_nobody_else(world, make, approve):
    record = make("customer", level=3)
    proposal = propose(world, record)
    decide(world, proposal, approve=approve, reason="仍在谈判")
    with world.open("info_supervisor") as session:
        (told,) = unread(session, acting(session), clock.now())
        assert (told.table, told.record) == ("customer", record.public_id)
        number = session.get_one(register_named("customer"), record.id).number
        assert str(told.text) == f"降密申请（{number}）{'已批准' if approve else '未获批准'}"
        assert [one.person_id for one in session.scalars(select(Notice))] == [PERSON_IDS["info_supervisor"]]


@pytest.mark.rule("R-ROLE-04", "R-ROLE-03")
def test_nobody_lowers_the_level_of_their_own_record(world):
    """The service manager's own record as an employee, raised to 秘密: its step goes to the head above."""
    employee, me = register_named("employee"), PERSON_IDS["service_manager"]
    with world.writing() as session:
        session.get_one(employee, me).level = 2
    with world.open() as session:
        record = Made(me, session.get_one(employee, me).public_id)
    proposal = propose(world, record, table="employee")
    assert (waiting(world, "service_manager"), waiting(world, "general_manager")) == ([], [proposal])
    with refused("own_request", "R-ROLE-04"):
        decide(world, proposal, by="service_manager")
    assert (level(world, record, "employee"), state(world, proposal)) == (2, ("waiting", None))
    decide(world, proposal, by="general_manager")
    assert level(world, record, "employee") == 1


@pytest.mark.rule("R-CONF-02", "R-ROLE-03")
@pytest.mark.parametrize(("table", "by", "approves"), [
    ("customer", "info_supervisor", "service_manager"), ("complaint", "service_manager", "general_manager"),
    ("score_sheet", "director", "general_manager"),
])  # fmt: skip
def test_what_the_supervisor_does_not_have_is_proposed_further_up(world, make, table, by, approves):
    """Complaints are none of the supervisor's, score sheets neither theirs nor the service manager's; all from 机密 to 秘密."""
    record = make(table, level=3)
    others = {"info_supervisor", "service_manager", "director", "general_manager"} - {by}
    for username in others:
        with world.open(username) as session:
            found = records.find(session, register_named(table), record.public_id)
            verdict = found and proposing.may_propose(session, found, records.facts(session, found))
            assert not verdict or verdict.code in ("role", "scope"), username
    proposal = propose(world, record, to=2, table=table, by=by)
    assert [who for who in sorted(others) if waiting(world, who)] == [approves]
    decide(world, proposal, by=approves)
    assert level(world, record, table) == 2


def test_of_every_register_somebody_may_propose(world):
    """Whose it is, counted by the shipped rights: the supervisor has 99 of 173 registers, 66 more the service manager."""
    with world.open() as session:
        whose = Counter(proposing.proposer(session, register) for register in all_registers().values())
    assert whose == {Role.INFO_SUPERVISOR: 99, Role.SERVICE_MANAGER: 66, Role.DIRECTOR: 8}


@pytest.mark.rule("R-CONF-10")
@pytest.mark.parametrize(("table", "username", "told"), [
    ("customer", "service_manager", "某人"), ("leak_report", "service_manager", "不公开"),
    ("leak_report", "general_manager", "某人"), ("leak_report", "info_supervisor", "某人"),
])  # fmt: skip
def test_who_proposed_is_told_on_every_page_as_the_record_s_history_tells_it(world, table, username, told):
    """The info supervisor proposed; who acted on a report of a leak is for 绝密 alone, oneself aside."""
    me = PERSON_IDS["info_supervisor"]
    with world.open(username) as session:
        assert actor_told(register_named(table)(), me, acting(session), {me: "某人"}) == told

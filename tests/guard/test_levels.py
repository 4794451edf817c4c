"""A level goes up at once and down by approval alone, whatever the path (R-CONF-05)."""

from datetime import UTC, datetime

import pytest

from admin_app.guard import elevated
from admin_app.guard.levels import lowering
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.verdicts import Refused
from tests.fixtures.lowerings import change, decide, level, propose, state

pytestmark = pytest.mark.rule("R-CONF-05")
REFUSED = ("R-CONF-05", "level", 403)


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    verdict = refused.value.verdict
    assert "申请降密" in str(verdict.reason)
    return verdict.rule, verdict.code, verdict.status


def by_hand(world, record):
    with world.writing() as session:
        session.get_one(register_named("customer"), record.id).level = 1


def unread(world, record):
    """What the record held isn't in memory when it is overwritten."""
    with world.writing() as session:
        customer = session.get_one(register_named("customer"), record.id)
        session.expire(customer)
        customer.level = 1


def by_an_operation(world, record):
    with world.writing() as session, operating(session):
        session.get_one(register_named("customer"), record.id).level = 1


def beneath_the_row_rule(world, record):
    with world.writing("clerk") as session, elevated(session) as beneath:
        beneath.get_one(register_named("customer"), record.id).level = 1


def by_command_as_a_person(world, record):
    """As ``strongroom import --as`` and every other command writes."""
    with world.writing("info_supervisor") as session:
        customer = records.find(session, register_named("customer"), record.public_id)
        records.change(session, customer, {"level": 1})


def with_leave_for_another(world, record):
    with world.writing() as session:
        customer = session.get_one(register_named("customer"), record.id)
        other = session.get_one(register_named("employee"), 1)
        with lowering(session, other):
            customer.level = 1


@pytest.mark.parametrize("path", [
    by_hand, unread, by_an_operation, beneath_the_row_rule, by_command_as_a_person, with_leave_for_another,
])  # fmt: skip
def test_no_write_lowers_a_level(world, make, path):
    record = make("customer", level=3)
    assert refusal(lambda: path(world, record)) == REFUSED
    assert level(world, record) == 3


def test_with_leave_a_level_goes_down_but_not_below_the_floor_of_its_register(world, make):
    """A customer's floor is 内部 (1): 3 -> 1 goes, 1 -> 0 doesn't."""
    record, register = make("customer", level=3), register_named("customer")
    with world.writing() as session, lowering(session, customer := session.get_one(register, record.id)):
        customer.level = 1
    assert level(world, record) == 1
    with pytest.raises(Refused) as refused, world.writing() as session:
        customer = session.get_one(register, record.id)
        with lowering(session, customer):
            customer.level = 0
    assert refused.value.verdict.rule == "R-CONF-01"
    assert level(world, record) == 1


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize("values", [{"remark": "新的"}, {"level": 4}, {"voided_at": datetime(2026, 3, 2, tzinfo=UTC)}])
def test_whatever_changes_the_record_ends_what_was_proposed_and_no_other_proposal(world, make, values):
    record, other = make("customer", level=3), make("customer", level=3)
    ended, standing = propose(world, record), propose(world, other)
    change(world, record, **values)
    assert (state(world, ended), state(world, standing)) == (("lapsed", None), ("waiting", None))


def test_what_the_program_works_out_by_itself_ends_no_proposal_and_it_can_be_approved(world, make):
    """A customer's last contact is brought up by every call: nobody has changed what was proposed."""
    record = make("customer", level=3)
    proposal = propose(world, record)
    with world.writing() as session, operating(session):
        session.get_one(register_named("customer"), record.id).last_contact_at = datetime(2026, 3, 2, tzinfo=UTC)
    assert state(world, proposal) == ("waiting", None)
    decide(world, proposal)
    assert (level(world, record), state(world, proposal)[0]) == (1, "granted")


def test_what_is_rolled_back_ends_nothing(world, make):
    record = make("customer", level=3)
    proposal = propose(world, record)
    with pytest.raises(ZeroDivisionError), world.writing() as session:
        session.get_one(register_named("customer"), record.id).remark = "新的"
        session.flush()
        raise ZeroDivisionError
    assert state(world, proposal) == ("waiting", None)

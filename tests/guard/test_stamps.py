"""What every write of a record carries, and what no write may do, on every path that an ORM session has."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from admin_app import clock
from admin_app.guard import GuardedSession, writing
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.verdicts import Refused
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS
from tests.fixtures.records import MOMENT, make_record, values_of
from tests.fixtures.worlds import World


def add(session: GuardedSession, table: str, **values: Any) -> Any:
    record = register_named(table)(**values_of(session, register_named(table), **values))
    session.add(record)
    session.flush()
    return record


def test_a_new_record_bears_author_time_and_the_authors_scope(world: World) -> None:
    with world.writing("customer_manager") as session, clock.stopped_at(MOMENT):
        record = add(session, "customer")
        me = PERSON_IDS["customer_manager"]
        assert (record.created_by_id, record.created_at, record.changed_at) == (me, MOMENT, MOMENT)
        assert (record.store_id, record.department_id, record.owner_id) == (1, DEPARTMENT_IDS["城东店"], me)


def test_whoever_sees_the_whole_store_does_not_own_what_they_add(world: World) -> None:
    with world.writing("clerk") as session:
        record = add(session, "customer")
        assert (record.store_id, record.owner_id) == (1, None)


@pytest.mark.rule("R-CONF-01")
@pytest.mark.parametrize(("given", "kept"), [(None, 2), (0, 2), (2, 2), (4, 4)])
def test_no_record_is_below_the_floor_of_its_register(world: World, given: int | None, kept: int) -> None:
    with world.writing() as session:
        level = {} if given is None else {"level": given}
        assert add(session, "archive_file", customer_id=make_record(session, "customer").id, **level).level == kept


@pytest.mark.rule("R-CONF-01", "R-CONF-05")
def test_what_belongs_to_a_record_follows_its_level_up_at_once(world: World) -> None:
    with world.writing() as session:
        customer = make_record(session, "customer")
        contact = make_record(session, "contact_person", customer_id=customer.id)
        customer_id, contact_id = customer.id, contact.id
    with world.writing() as session:
        session.get_one(register_named("customer"), customer_id).level = 3
    with world.open() as session:
        assert session.get_one(register_named("contact_person"), contact_id).level == 3


@pytest.mark.rule("R-CONF-03")
def test_a_session_of_nobody_writes_nothing(world: World) -> None:
    with GuardedSession(bind=world.engine) as session, pytest.raises(LookupError), writing(session):
        session.add(register_named("estate")(name="无名小区"))


@pytest.mark.rule("R-LIST-03")
def test_a_record_is_never_deleted(world: World) -> None:
    with pytest.raises(RuntimeError, match="would be deleted"), world.writing() as session:
        session.delete(make_record(session, "estate"))


@pytest.mark.rule("R-LIST-03", "R-AUDT-01")
@pytest.mark.parametrize("statement", [
    delete,
    lambda estate: update(estate).values(name="改名"),
])  # fmt: skip
def test_statements_on_many_records_at_once_are_refused(world: World, statement: Any) -> None:
    with world.writing() as session:
        make_record(session, "estate", name="原名")
    with pytest.raises(RuntimeError, match="bulk statements"), world.writing() as session:
        session.execute(statement(register_named("estate")))
    with world.open() as session:
        assert session.get_one(register_named("estate"), 1).name == "原名"


@pytest.mark.rule("R-LOAN-05")
def test_a_fixed_field_is_written_once_even_by_operations(world: World) -> None:
    with world.writing() as session:
        due = MOMENT + timedelta(hours=2)
        loan = make_record(session, "archive_loan", state="issued", issued_at=MOMENT, due_at=due).id
    with pytest.raises(Refused) as refused, world.writing() as session, operating(session):
        session.get_one(register_named("archive_loan"), loan).due_at = due + timedelta(hours=1)
    assert refused.value.verdict.code == "fixed"


@pytest.mark.rule("R-LIST-04")
def test_of_two_sessions_that_saw_one_version_the_later_one_fails(world: World) -> None:
    register = register_named("estate")
    with world.writing() as session:
        id_ = make_record(session, "estate", name="甲").id
    with world.open() as early:
        held = early.get_one(register, id_)
        early.expunge(held)
    with world.writing() as session:
        session.get_one(register, id_).name = "乙"
    with pytest.raises(Refused) as refused, world.writing() as late:
        late.add(held)
        held.name = "丙"
    assert (refused.value.verdict.rule, refused.value.verdict.code) == ("R-LIST-04", "outdated")
    with world.open() as session:
        assert session.get_one(register, id_).name == "乙"

"""What the database itself refuses, whatever the path: the last wall beneath rules and guard."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from admin_app import migrating, registers
from admin_app.working.lending import Reservation, Urge
from tests.fixtures.records import MOMENT, make_record
from tests.fixtures.worlds import World

RECORDS = sorted(registers.load_all())


@pytest.fixture
def issued(world: World) -> int:
    """The id of a loan that is out."""
    with world.writing() as session:
        due = MOMENT + timedelta(hours=48)
        return make_record(session, "archive_loan", state="issued", issued_at=MOMENT, due_at=due).id


@pytest.fixture
def connection(world: World) -> Iterator[Connection]:
    """The application's own connection, past its session."""
    with world.engine.connect() as opened:
        yield opened


def refused(connection: Connection, statement: str, **values: Any) -> str:
    """What the database says on refusing *statement*."""
    with pytest.raises(DBAPIError) as refusal:
        connection.execute(text(statement), values)
    connection.rollback()
    return str(refusal.value)


@pytest.mark.rule("R-AUDT-01")
@pytest.mark.parametrize("statement", [
    "UPDATE trail_entry SET actor_id = 1",
    "DELETE FROM trail_entry",
    "UPDATE trail_value SET new = '\"x\"'",
    "UPDATE trail_value SET digest = 'x', old = NULL, new = NULL, salt = NULL",
    "DELETE FROM trail_value",
])  # fmt: skip
def test_the_trail_only_grows(connection: Connection, statement: str) -> None:
    assert any(word in refused(connection, statement) for word in ("kept", "never_deleted", "permission denied"))


@pytest.mark.rule("R-AUDT-01")
@pytest.mark.parametrize("statement", ["UPDATE trail_entry SET actor_id = 1", "DELETE FROM trail_value"])
def test_not_even_the_owner_rewrites_the_trail(world: World, statement: str) -> None:
    owner = create_engine(world.settings.owner_database)
    with owner.connect() as connection:
        assert any(word in refused(connection, statement) for word in ("kept", "never_deleted"))
    owner.dispose()


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize("change", ["issued_at = :moment", "due_at = :moment", "issued_at = NULL", "due_at = NULL"])
def test_issue_and_due_time_stand_once_written(connection: Connection, issued: int, change: str) -> None:
    moment = (MOMENT + timedelta(hours=1)).replace(tzinfo=None)
    values = {"moment": moment} if ":moment" in change else {}
    assert "times_stand" in refused(connection, f"UPDATE archive_loan SET {change} WHERE id = :id", id=issued, **values)


def lent_for(world: World, term: timedelta) -> None:
    with world.writing() as session:
        make_record(session, "archive_loan", state="issued", issued_at=MOMENT, due_at=MOMENT + term)


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(
    "term", [timedelta(hours=72, microseconds=1), timedelta(days=30), timedelta(0), -timedelta(hours=1)]
)
def test_no_loan_is_due_later_than_72_hours_after_its_issue_or_before_it(world: World, term: timedelta) -> None:
    with pytest.raises(IntegrityError, match="due"):
        lent_for(world, term)


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize("term", [timedelta(hours=72), timedelta(microseconds=1)])
def test_a_loan_may_last_72_hours(world: World, term: timedelta) -> None:
    lent_for(world, term)


@pytest.mark.rule("R-LOAN-06")
def test_an_item_is_out_once_at_most(world: World, issued: int) -> None:
    with pytest.raises(IntegrityError), world.writing() as session:
        item = session.execute(text("SELECT item_id FROM archive_loan WHERE id = :id"), {"id": issued}).scalar_one()
        due = MOMENT + timedelta(hours=2)
        make_record(session, "archive_loan", state="issued", issued_at=MOMENT, due_at=due, item_id=item)


@pytest.mark.rule("R-ARCH-07")
@pytest.mark.parametrize("table", ["archive_file", "archive_item"])
@pytest.mark.parametrize("change", ["state = 'in'", "voided_at = '2026-03-02 00:00:00'"])
def test_a_destroyed_entry_stays(world: World, connection: Connection, table: str, change: str) -> None:
    with world.writing() as session:
        entry = make_record(session, table, state="destroyed").id
    assert "destroyed" in refused(connection, f"UPDATE {table} SET {change} WHERE id = :id", id=entry)
    connection.execute(text(f"UPDATE {table} SET remark = '残卷' WHERE id = :id"), {"id": entry})


@pytest.mark.postgresql
class TestTheApplicationsRole:
    """On PostgreSQL the program's role owns nothing and deletes no record."""

    @pytest.fixture
    def engine_kind(self) -> str:
        return "postgresql"

    def test_it_owns_nothing(self, connection: Connection) -> None:
        owners = connection.scalars(text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
        assert connection.scalar(text("SELECT current_user")) not in set(owners)

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE own (id int)",
            "DROP TABLE estate",
            "ALTER TABLE estate ADD x int",
            "ALTER TABLE trail_entry DISABLE TRIGGER ALL",
            "TRUNCATE trail_entry",
        ],
    )
    def test_it_changes_no_table(self, connection: Connection, statement: str) -> None:
        with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
            connection.execute(text(statement))

    @pytest.mark.rule("R-LIST-03")
    def test_it_deletes_no_record(self, connection: Connection) -> None:
        assert [
            table for table in RECORDS if "permission denied" not in refused(connection, f"DELETE FROM {table}")
        ] == []


@pytest.mark.rule("R-LOAN-12")
def test_one_is_waited_for_at_a_time_one_waits_once_and_the_queue_goes_down_and_up_with_its_rows(world: World) -> None:
    with world.writing() as session:
        item = make_record(session, "archive_item").id
        session.add(Reservation(item_id=item, person_id=1, reserved_at=MOMENT, reserved_by_id=1, told_at=MOMENT))
        session.add(Urge(table_name="archive_loan", record_id=1, person_id=1, urged_at=MOMENT, urged_by_id=2))
    another = (
        "INSERT INTO reservation (public_id, item_id, person_id, reserved_at, reserved_by_id, told_at) "
        "VALUES ('x', :item, :person, :at, 1, {told})"
    )
    with world.engine.connect() as connection:
        for person, told in ((2, ":at"), (1, "NULL")):
            said = refused(
                connection, another.format(told=told), item=item, person=person, at=MOMENT.replace(tzinfo=None)
            )
            assert "uq_reservation" in said or "UNIQUE" in said
    world.engine.dispose()
    migrating.downgrade(world.settings, "0008")
    migrating.upgrade(world.settings)
    assert migrating.differences(world.settings) == []

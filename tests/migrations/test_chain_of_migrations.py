"""The migrations make one chain, numbered in order, and lead to just what the registers declare."""

import re

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select

from admin_app import migrating
from admin_app.guard.conditions import searched
from admin_app.guard.listing import ListQuery, all_ids
from admin_app.guard.searching import found
from admin_app.models import all_registers, register_named
from admin_app.working.approvals import ApprovalStep
from admin_app.working.exports import ExportRun
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.lowerings import level, propose, state
from tests.fixtures.records import MOMENT, Made, make_record
from tests.fixtures.worlds import World


@pytest.fixture
def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrating.FOLDER))
    return ScriptDirectory.from_config(config)


def test_there_is_one_head_and_one_start(scripts: ScriptDirectory) -> None:
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_the_files_are_numbered_in_the_order_they_run(scripts: ScriptDirectory) -> None:
    revisions = list(scripts.walk_revisions())[::-1]
    assert [revision.revision for revision in revisions] == [f"{n:04}" for n in range(1, len(revisions) + 1)]
    for revision in revisions:
        assert re.fullmatch(rf"{revision.revision}_[a-z0-9_]+\.py", revision.path.rsplit("/", 1)[-1])


@pytest.mark.parametrize("engine_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True)
def test_down_to_nothing_leaves_nothing_and_up_again_works(world: World) -> None:
    world.engine.dispose()
    migrating.downgrade(world.settings, "base")
    assert set(inspect(world.engine).get_table_names()) == {"alembic_version"}
    world.engine.dispose()
    migrating.upgrade(world.settings)
    assert migrating.differences(world.settings) == []


def test_the_migrated_schema_is_the_declared_one_and_what_is_missing_is_told(world: World) -> None:
    assert migrating.differences(world.settings) == []
    world.engine.dispose()
    engine = create_engine(world.settings.owner_database)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE estate DROP COLUMN property_firm")
    engine.dispose()
    (found,) = migrating.differences(world.settings)
    assert "property_firm" in str(found)


def test_down_one_and_up_again_keeps_every_value_that_the_lower_schema_has_a_place_for(world: World) -> None:
    with world.writing() as session:
        for register in all_registers():
            make_record(session, register, everything=True)
    before = contents(world)
    assert all(before.values())
    world.engine.dispose()
    migrating.downgrade(world.settings, "-1")
    places = {table: {one["name"] for one in inspect(world.engine).get_columns(table)} for table in before}
    world.engine.dispose()
    migrating.upgrade(world.settings)
    assert only(contents(world), places) == only(before, places)


@pytest.mark.rule("R-ARCH-05")
def test_a_company_of_before_gets_the_condition_of_a_file_that_is_not_there(world: World) -> None:
    world.engine.dispose()
    migrating.downgrade(world.settings, "0008")
    with world.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM code_entry WHERE codes = 'archive_condition' AND code = 'absent'")
    world.engine.dispose()
    migrating.upgrade(world.settings)
    with world.engine.connect() as connection:
        listed = (
            "SELECT label, retired FROM code_entry WHERE codes = 'archive_condition' ORDER BY position DESC LIMIT 1"
        )
        assert [tuple(row) for row in connection.exec_driver_sql(listed)] == [("不在架", False)]


def test_the_records_that_a_migration_finds_are_in_the_search_index(world: World) -> None:
    with world.writing() as session:
        made = make_record(session, "visitor", store_id=1, name="单雄信").id
    world.engine.dispose()
    migrating.downgrade(world.settings, "0003")
    assert not inspect(world.engine).has_table("search_gram")
    migrating.upgrade(world.settings)
    register = register_named("visitor")
    with world.open("clerk") as session:
        for typed in ("雄信", "sxx"):
            asked = found(session, register, typed)
            assert asked.form != searched(register, typed).form
            assert all_ids(session, ListQuery(register, ["id"], [asked])) == [made]


@pytest.mark.rule("R-CONF-05")
def test_proposals_to_lower_come_and_go_without_touching_levels_and_other_approvals(world: World) -> None:
    """A customer of 机密 proposed to be 内部, and a signature of a loan that stays."""
    with world.writing() as session:
        made = make_record(session, "customer", level=3)
        record = Made(made.id, made.public_id)
        loan = {"table_name": "archive_loan", "record_id": 7, "position": 1}
        session.add(ApprovalStep(**loan, step="head", signed_by_id=PERSON_IDS["clerk"], signed_at=MOMENT))
    propose(world, record)
    world.engine.dispose()
    migrating.downgrade(world.settings, "0018")
    assert not inspect(world.engine).has_table("level_lowering")
    with world.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT table_name, signed_by_id FROM approval_step").all()
    assert [tuple(row) for row in kept] == [("archive_loan", PERSON_IDS["clerk"])]
    world.engine.dispose()
    migrating.upgrade(world.settings)
    proposal = propose(world, record)
    assert (level(world, record), state(world, proposal)) == (3, ("waiting", None))


def contents(world: World) -> dict[str, list[dict[str, object]]]:
    """Every row of every register, by table."""
    with world.engine.connect() as connection:
        return {
            table: [dict(row) for row in connection.execute(register.__table__.select().order_by("id")).mappings()]
            for table, register in all_registers().items()
        }


def only(rows: dict[str, list[dict[str, object]]], places: dict[str, set[str]]) -> dict[str, list[dict[str, object]]]:
    """*rows* with the columns of *places* alone."""
    return {
        table: [{name: value for name, value in row.items() if name in places[table]} for row in found]
        for table, found in rows.items()
    }


@pytest.mark.rule("R-CONF-12")
def test_exports_in_the_background_come_through_the_change_of_what_tells_of_them(world: World) -> None:
    """One is ready, one was being made: down and up again both are there, and neither says who made it."""
    with world.writing() as session:
        for stage in ("ready", "making"):
            session.add(
                ExportRun(
                    person_id=PERSON_IDS["clerk"], table_name="visitor", kind="csv", query="", conditions="[]",
                    reason="核对", asked_at=MOMENT, stage=stage, total=3, classified=False,
                )
            )  # fmt: skip
    world.engine.dispose()
    migrating.downgrade(world.settings, "0022")
    with world.engine.connect() as connection:
        before = connection.exec_driver_sql("SELECT stage, claim, beat_at, done FROM export_run ORDER BY id").all()
    world.engine.dispose()
    migrating.upgrade(world.settings)
    assert [tuple(row) for row in before] == [("ready", None, None, 0), ("making", None, None, 0)]
    assert migrating.differences(world.settings) == []
    with world.open() as session:
        assert [one.stage for one in session.scalars(select(ExportRun).order_by(ExportRun.id))] == ["ready", "making"]

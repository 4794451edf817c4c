"""The trail: every change in the transaction of the change itself, every view from 秘密 up before it is shown."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from admin_app import clock
from admin_app.guard import appending, chain, trail, writing
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.working.trail import TrailEntry, TrailValue
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import MOMENT, make_record
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-AUDT-01")


def entries(world: World, **of: Any) -> list[TrailEntry]:
    with world.open() as session:
        found = select(TrailEntry).order_by(TrailEntry.seq)
        for name, value in of.items():
            found = found.where(getattr(TrailEntry, name) == value)
        return list(session.scalars(found))


def values(world: World, seq: int) -> dict[str, tuple[Any, Any]]:
    """field -> old and new of one entry."""
    with world.open() as session:
        found = session.scalars(select(TrailValue).where(TrailValue.seq == seq)).all()
    return {one.field: tuple(json.loads(side) if side else None for side in (one.old, one.new)) for one in found}


@pytest.fixture
def visitor(world: World) -> int:
    with world.writing() as session:
        return make_record(session, "visitor", name="王一", store_id=1).id


def test_a_change_says_who_when_whence_and_from_what_to_what(world: World, visitor: int) -> None:
    with world.writing("clerk") as session, clock.stopped_at(MOMENT):
        session.state.address = "192.0.2.7"
        records.change(session, session.get_one(register_named("visitor"), visitor), {"name": "王二"})
    (entry,) = entries(world, table_name="visitor", record_id=visitor, event="changed")
    assert (entry.actor_id, entry.at, entry.address) == (PERSON_IDS["clerk"], MOMENT, "192.0.2.7")
    assert values(world, entry.seq) == {"name": ("王一", "王二")}
    assert json.loads(entry.detail) == {"fields": ["name"], "version": 2}


def test_a_new_record_stands_in_the_trail_as_one_value_that_names_its_fields(world: World, visitor: int) -> None:
    (entry,) = entries(world, table_name="visitor", record_id=visitor, event="added")
    ((field, (old, new)),) = values(world, entry.seq).items()
    assert (field, old, new["name"]) == ("*", None, "王一")
    assert None not in new.values()
    assert json.loads(entry.detail)["fields"] == list(new)


def test_a_void_and_a_restore_stand_in_the_trail(world: World, visitor: int) -> None:
    register = register_named("visitor")
    with world.writing("clerk") as session:
        records.void(session, session.get_one(register, visitor), "录错")
    with world.writing("clerk") as session:
        records.restore(session, session.get_one(register, visitor))
    told = [entry.event for entry in entries(world, table_name="visitor", record_id=visitor)]
    assert told == ["added", "voided", "restored"]


def test_a_rolled_back_change_leaves_nothing(world: World, visitor: int) -> None:
    before = len(entries(world))
    with pytest.raises(ZeroDivisionError), world.writing("clerk") as session:
        records.change(session, session.get_one(register_named("visitor"), visitor), {"name": "王二"})
        raise ZeroDivisionError
    assert len(entries(world)) == before
    with world.open() as session:
        assert session.get_one(register_named("visitor"), visitor).name == "王一"


def test_what_was_rolled_back_does_not_come_back_with_the_next_commit(world: World, visitor: int) -> None:
    before = len(entries(world))
    with world.open("clerk") as session:
        with pytest.raises(ZeroDivisionError), writing(session):
            trail.note(session, "exported")
            raise ZeroDivisionError
        with writing(session):
            trail.note(session, "imported")
    assert [entry.event for entry in entries(world)[before:]] == ["imported"]


def test_a_record_that_cannot_be_told_of_cannot_be_changed(
    world: World, visitor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "append", unwritable)
    with pytest.raises(OperationalError), world.writing("clerk") as session:
        records.change(session, session.get_one(register_named("visitor"), visitor), {"name": "王二"})
    with world.open() as session:
        assert session.get_one(register_named("visitor"), visitor).name == "王一"


def unwritable(*arguments: Any, **options: Any) -> None:
    raise OperationalError("INSERT INTO trail_entry", {}, OSError("disk full"))


# --- views -----------------------------------------------------------------------------------------------------------


def test_a_view_of_a_secret_record_is_noted_before_the_answer_leaves(world: World, client_of: Any, make: Any) -> None:
    file = make("archive_file")
    client_of("archive_keeper").get(f"/admin/archive_file/details/?id={file.public_id}")
    (entry,) = entries(world, event="viewed")
    assert (entry.actor_id, entry.table_name, entry.record_id) == (
        PERSON_IDS["archive_keeper"],
        "archive_file",
        file.id,
    )
    assert (entry.level, entry.address) == (2, "127.0.0.1")


def test_a_list_of_secret_records_is_one_entry_with_their_ids(world: World, client_of: Any, make: Any) -> None:
    files = [make("archive_file").id for _ in range(3)]
    client_of("archive_keeper").get("/admin/archive_file/")
    (entry,) = entries(world, event="viewed")
    assert sorted(json.loads(entry.detail)["ids"]) == files


def test_a_view_of_an_internal_record_is_not_noted(world: World, client_of: Any, visitor: int) -> None:
    client = client_of("clerk")
    client.get("/admin/visitor/")
    with world.open() as session:
        public_id = session.get_one(register_named("visitor"), visitor).public_id
    client.get(f"/admin/visitor/details/?id={public_id}")
    assert entries(world, event="viewed") == []


@pytest.mark.parametrize("page", ["", "details/?id={id}", "edit/?id={id}"])
def test_a_view_that_cannot_be_noted_is_not_shown(
    client_of: Any, make: Any, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    file = make("archive_file", title="机要合同原件")
    client = client_of("archive_keeper")
    monkeypatch.setattr(appending, "append_alone", unwritable)
    answer = client.get("/admin/archive_file/" + page.format(id=file.public_id))
    assert answer.status_code == 503
    assert "机要合同原件" not in answer.text

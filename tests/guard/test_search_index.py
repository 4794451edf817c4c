"""The index of fragments follows every change of a record, and only ever proposes (R-LIST-01, R-CONF-02, R-CONF-06)."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from admin_app import migrating
from admin_app.guard import acting, elevated, search_index, searching
from admin_app.guard.codes import reading
from admin_app.guard.conditions import Condition, searched
from admin_app.guard.listing import ListQuery, all_ids, count, find_page
from admin_app.models import all_registers, register_named
from admin_app.operations import lookups, records
from admin_app.permissions import Action
from tests.every_register.actors import scope_of, someone_who
from tests.fixtures.records import Made, make_record
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-LIST-01")

Make = Callable[..., Made]
#: in the clerk's store
HERE = {"store_id": 1}


def condition(session: Session, table: str, typed: str) -> Condition:
    """The search as lists ask it, which the index must have helped."""
    made = searching.found(session, register_named(table), typed)
    assert made.form[1] or made.sample
    return made


def finds(world: World, username: str, typed: str, table: str = "visitor", voided: bool = False) -> set[int]:
    """The ids that a list finds, which are those that the exact condition alone finds."""
    register = register_named(table)
    with world.open(username) as session:
        asked = condition(session, table, typed)
        query = ListQuery(register, ["id"], [asked], voided=voided, size=100)
        ids = {row.id for row in find_page(session, query).rows}
        assert count(session, query) == len(ids)
        exact = ListQuery(register, ["id"], [searched(register, typed)], voided=voided)
        assert ids == set(all_ids(session, query)) == set(all_ids(session, exact))
    return ids


def proposed(world: World, typed: str, table: str = "visitor", username: str = "system") -> set[int]:
    """What the index itself proposes to somebody, before any rule is asked."""
    register = register_named(table)
    with world.open(username) as session:
        asked = searching._asked(register, acting(session), typed)
        assert asked is not None
        _number, found = searching.proposals(session, register, asked)
        return set(map(int, found.ids))


@pytest.mark.parametrize(
    "typed", ["林霞", "林小", "linx", "lxx", "linxiaoxia", "345678", "13812345678", "138 1234 5678"]
)
def test_a_new_record_is_found_by_part_by_pinyin_and_by_phone(world: World, make: Make, typed: str) -> None:
    made = make("visitor", **HERE, name="林小霞", phone="13812345678", estate="林霞里")
    make("visitor", **HERE, name="周平", phone="13900001111", estate="翠湖花园", received_by="王凡")
    assert finds(world, "general_manager", typed) == {made.id}


def test_what_is_changed_is_found_as_it_is_and_no_longer_as_it_was(world: World, make: Make) -> None:
    made = make("visitor", **HERE, name="林小霞", phone="13812345678")
    with world.writing("clerk") as session:
        records.change(session, session.get_one(register_named("visitor"), made.id), {"name": "单雄信"})
    assert finds(world, "clerk", "雄信") == finds(world, "clerk", "shanx") == {made.id}
    assert finds(world, "clerk", "小霞") == finds(world, "clerk", "lxx") == set()
    assert proposed(world, "小霞") == proposed(world, "lxx") == set()


def test_what_is_emptied_leaves_nothing_in_the_index(world: World, make: Make) -> None:
    made = make("visitor", **HERE, estate="翠湖花园")
    with world.writing() as session:
        session.get_one(register_named("visitor"), made.id).estate = None
    assert finds(world, "clerk", "翠湖") == proposed(world, "翠湖") == set()


def test_a_change_of_other_fields_writes_nothing_into_the_index(world: World, make: Make) -> None:
    made = make("visitor", **HERE)
    written: list[Any] = []
    with world.writing() as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "write", lambda connection, entries: written.extend(entries))
        session.get_one(register_named("visitor"), made.id).remark = "周末再来"
        session.flush()
    assert written == []


@pytest.mark.rule("R-LIST-03")
def test_a_voided_record_is_found_among_the_voided_and_back_when_restored(world: World, make: Make) -> None:
    made, register = make("visitor", **HERE, name="林小霞"), register_named("visitor")
    with world.writing("store_manager") as session:
        records.void(session, session.get_one(register, made.id), "重复登记")
    assert finds(world, "store_manager", "小霞") == set()
    assert finds(world, "store_manager", "小霞", voided=True) == {made.id}
    with world.writing("store_manager") as session:
        records.restore(session, session.get_one(register, made.id))
    assert finds(world, "store_manager", "小霞") == {made.id}


def test_many_records_written_at_once_are_all_found(world: World) -> None:
    with world.writing() as session:
        made = [make_record(session, "visitor", **HERE, name=f"林小霞{n}") for n in range(3)]
        ids = {record.id for record in made}
    assert finds(world, "clerk", "小霞") == ids


def test_what_is_rolled_back_is_not_in_the_index(world: World) -> None:
    with world.writing() as session:
        with pytest.raises(RuntimeError), elevated(session) as beneath:
            make_record(beneath, "visitor", **HERE, name="林小霞")
            raise RuntimeError("halfway")
        kept = make_record(session, "visitor", **HERE, name="单雄信").id
    assert proposed(world, "小霞") == set()
    assert proposed(world, "雄信") == {kept}


@pytest.mark.rule("R-CONF-06")
def test_a_masked_value_is_found_whole_and_asked_of_the_index_whole_only(world: World, make: Make) -> None:
    register = register_named("visitor")
    reader = someone_who(register, without=Action.PERSONAL)
    assert reader is not None
    made = make("visitor", **{**HERE, **scope_of(reader, register)}, phone="13812345678")
    assert finds(world, reader, "138 1234 5678") == proposed(world, "13812345678", username=reader) == {made.id}
    for part in ("345678", "1381234567", "138123456789"):
        assert finds(world, reader, part) == proposed(world, part, username=reader) == set()
    assert proposed(world, "345678", username="general_manager") == {made.id}


@pytest.mark.rule("R-CONF-02")
def test_a_planted_entry_shows_no_hidden_record_and_none_that_does_not_match(world: World, make: Make) -> None:
    register = register_named("visitor")
    hidden, seen = make("visitor", store_id=2, name="周平"), make("visitor", **HERE, name="吴起")
    tokens = search_index.tokens(
        register, {face.name: None for face in search_index.search_faces(register)} | {"name": "林小霞"}
    )
    with world.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        search_index.write(connection, {search_index.first_key(register) + one.id: tokens for one in (hidden, seen)})
    assert proposed(world, "小霞") == proposed(world, "lxx") == {hidden.id, seen.id}
    assert finds(world, "clerk", "小霞") == finds(world, "clerk", "lxx") == set()


def test_many_proposals_leave_the_list_to_its_own_order_and_the_total_to_the_first_of_them(
    world: World, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {make("visitor", **HERE, name=f"林小霞{n}").id for n in range(4)}
    make("visitor", store_id=2, name="林小霞")
    monkeypatch.setattr(searching, "FEW", 2)
    assert finds(world, "clerk", "小霞") == finds(world, "clerk", "lxx") == ids
    with world.open("clerk") as session:
        query = ListQuery(register_named("visitor"), ["id"], [condition(session, "visitor", "小霞")])
        assert query.conditions[0].sample is not None
        assert [count(session, query, limit) for limit in (1, 2, 3, None)] == [1, 2, 3, 4]


@pytest.mark.parametrize("typed", ["林", "13", "x"])
def test_what_is_too_short_for_the_index_is_found_without_it(world: World, make: Make, typed: str) -> None:
    made, register = make("visitor", **HERE, name="林X", phone="13812345678"), register_named("visitor")
    with world.open("general_manager") as session:
        asked = searching.found(session, register, typed)
        assert asked.form == searched(register, typed).form
        assert made.id in all_ids(session, ListQuery(register, ["id"], [asked]))


def test_a_look_up_box_offers_by_pinyin(world: World, make: Make) -> None:
    made = make("customer", **HERE, name="单雄信")
    make("customer", **HERE, name="周平")
    with world.open("general_manager") as session:
        for typed in ("sxx", "shanxiong", "雄信"):
            offered = lookups.offered(session, "customer", typed, acting(session), reading(session))
            assert [id_ for id_, _title, _second in offered] == [made.public_id], typed


@pytest.mark.rule("R-ARCH-02")
def test_the_catalogue_of_archives_is_searched_by_pinyin(world: World, make: Make) -> None:
    made = make("archive_file", title="查良镛装修合同")
    assert finds(world, "archive_keeper", "zlyzx", table="archive_file") == {made.id}


def test_a_search_stays_complete_while_the_index_is_of_another_declaration(world: World, make: Make) -> None:
    made, register = make("visitor", **HERE, name="林小霞"), register_named("visitor")
    run_as_owner(world, "UPDATE search_built SET made_of = made_of + 1 WHERE table_name = 'visitor'")
    run_as_owner(world, "DELETE FROM search_gram")
    search_index._known.pop(world.engine, None)
    with world.open("clerk") as session:
        asked = searching.found(session, register, "小霞")
        assert asked.form == searched(register, "小霞").form
        assert all_ids(session, ListQuery(register, ["id"], [asked])) == [made.id]
    migrating.upgrade(world.settings)
    assert finds(world, "clerk", "小霞") == {made.id}


def test_what_was_written_beneath_the_program_is_found_after_reindexing(world: World, make: Make) -> None:
    made = make("visitor", **HERE, name="林小霞")
    run_as_owner(world, f"UPDATE visitor SET name = '单雄信' WHERE id = {made.id}")
    assert proposed(world, "雄信") == set()
    assert migrating.reindex(world.settings, ["visitor"]) == 1
    assert finds(world, "clerk", "雄信") == {made.id}
    assert proposed(world, "小霞") == set()
    with pytest.raises(KeyError):
        migrating.reindex(world.settings, ["no_register"])


def run_as_owner(world: World, statement: str) -> None:
    engine = create_engine(world.settings.owner_database)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_no_two_registers_share_a_range_of_keys() -> None:
    first = [search_index.first_key(register) for register in all_registers().values()]
    assert len(set(first)) == len(first)
    assert all(0 <= key < 1 << 63 for key in first)

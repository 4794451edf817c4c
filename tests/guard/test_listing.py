"""The list's accelerator finds what a plain select under the criterion finds: each scope, sort, filter and page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from admin_app.guard import GuardedSession, listing
from admin_app.guard.by_ids import rows_by_id
from admin_app.guard.conditions import filtered, searched
from admin_app.guard.listing import COUNTED_TO, ListQuery, all_ids, count, find_page
from admin_app.guard.readable import sort_key
from admin_app.models import Register
from admin_app.permissions import Action, Person, Scope
from tests.guard.test_rows import SHAPES, seen
from tests.guard.truth import Kind

Acting = Callable[[Person | None], GuardedSession]
Registers = dict[str, type[Register]]
T = "truth_scoped"

#: one person of every scope kind; clearance 4 over all is the walk without a criterion
PEOPLE = {
    "all": Kind(2, "all", "none"), "all to the top": Kind(4, "all", "none"), "store": Kind(2, "store", "none"),
    "own": Kind(1, "own", "none"), "department": Kind(2, "department", "none"),
    "own and store": Kind(2, "own+store", "none"),
    "party only": Kind(1, "nobody", "none"), "no right": Kind(1, "none", "none"), "catalogue": Kind(0, "store", "all"),
}  # fmt: skip
SORTS = (None, "name", "seen_on")


def _conditions(register: type[Register]) -> dict[str, list[Any]]:
    faces = register.faces
    return {
        "none": [],
        "name": [filtered(faces["name"], "equals", ["名3"])],
        "filled": [filtered(faces["seen_on"], "filled", [])],
        "phone": [filtered(faces["phone"], "contains", ["138"])],
        "search": [searched(register, "名1")],
        "both": [filtered(faces["name"], "contains", ["名"]), filtered(faces["seen_on"], "empty", [])],
    }  # fmt: skip


def _plain(session: GuardedSession, query: ListQuery, person: Person) -> list[int]:
    """All ids in order, by one select under the criterion."""
    cls = query.register
    key = sort_key(cls, query.sort, person) if query.sort else cls.id
    order = (key.desc(), cls.id.desc()) if query.descending else (key.asc(), cls.id.asc())
    where = [condition(cls, person) for condition in query.conditions]
    return list(session.scalars(select(cls.id).where(cls.voided_at.is_(None), *where).order_by(*order)))


def _by_number(session: GuardedSession, query: ListQuery) -> Iterator[int]:
    page = 1
    while True:
        found = find_page(session, replace(query, page=page))
        yield from (row.id for row in found.rows)
        if not found.more:
            return
        page += 1


def _going_on(session: GuardedSession, query: ListQuery) -> Iterator[int]:
    """Page after page from the last row of the one before, as a browser's "next" does."""
    page, after = 1, None
    while page < 500:
        found = find_page(session, replace(query, page=page, after=after))
        yield from (row.id for row in found.rows)
        if not found.more:
            return
        page, after = page + 1, found.rows[-1].public_id
    raise AssertionError("the list never ends")


def _query(registers: Registers, sort: str | None, descending: bool, conditions: str = "none") -> ListQuery:
    register = registers[T]
    face = register.faces[sort] if sort else None
    return ListQuery(register, ["id", "public_id"], _conditions(register)[conditions], face, descending, size=37)


def _differing(way: Any, acting_as: Acting, query: ListQuery) -> list[str]:
    """The kinds of person to whom *way* gives another list than a plain select."""
    people = {name: kind.person(T) for name, kind in PEOPLE.items()}
    return [
        name for name, person in people.items()
        if list(way(acting_as(person), query)) != _plain(acting_as(person), query, person)
    ]  # fmt: skip


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("way", [_by_number, _going_on], ids=["by_number", "going_on"])
def test_pages_make_up_the_list(
    way: Any, sort: str | None, descending: bool, registers: Registers, acting_as: Acting
) -> None:
    assert _differing(way, acting_as, _query(registers, sort, descending)) == []


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("few", [0, 3, 10_000], ids=["all stray", "some kinds stray", "none strays"])
@pytest.mark.parametrize("sort, conditions", [(None, "none"), ("name", "name"), ("seen_on", "both")])
def test_pages_far_down_by_their_number_make_up_the_list_too(
    sort: str | None, conditions: str, few: int, registers: Registers, acting_as: Acting, monkeypatch: Any
) -> None:
    monkeypatch.setattr(listing, "_DEEP", 1)
    monkeypatch.setattr(listing, "_FEW", few)
    assert _differing(_by_number, acting_as, _query(registers, sort, True, conditions)) == []


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("conditions", ["name", "filled", "phone", "search", "both"])
@pytest.mark.parametrize("way", [_by_number, _going_on], ids=["by_number", "going_on"])
def test_pages_of_a_filtered_list_make_up_the_list(
    way: Any, conditions: str, registers: Registers, acting_as: Acting
) -> None:
    assert _differing(way, acting_as, _query(registers, "name", False, conditions)) == []


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("conditions", ["none", "name", "filled", "phone", "search", "both"])
@pytest.mark.parametrize("name", PEOPLE)
def test_totals_count_what_the_list_holds(conditions: str, name: str, registers: Registers, acting_as: Acting) -> None:
    person = PEOPLE[name].person(T)
    session, query = acting_as(person), _query(registers, "name", False, conditions)
    ids = _plain(session, query, person)
    assert count(session, query) == len(ids)
    assert count(session, query, None) == len(ids)
    assert count(session, query, 5) == min(len(ids), 5)
    assert list(all_ids(session, query)) == ids


@pytest.mark.rule("R-CONF-02", "R-CONF-04", "R-CONF-14")
@pytest.mark.parametrize("table", SHAPES)
@pytest.mark.parametrize("name", PEOPLE)
def test_the_list_holds_the_rows_that_the_literal_table_says(
    name: str, table: str, registers: Registers, acting_as: Acting
) -> None:
    session = acting_as(PEOPLE[name].person(table))
    query = ListQuery(registers[table], ["id", "public_id"], size=1000)
    assert {row.id for row in find_page(session, query).rows} == seen(PEOPLE[name], table)
    assert count(session, query) == len(seen(PEOPLE[name], table))


@pytest.mark.rule("R-CONF-02")
def test_ids_handed_in_are_loaded_under_the_rule(registers: Registers, acting_as: Acting) -> None:
    session, mine = acting_as(PEOPLE["own"].person(T)), seen(PEOPLE["own"], T)
    everything = list(range(1, 201))
    rows = rows_by_id(session, ListQuery(registers[T], ["id"]), everything)
    assert [row.id for row in rows] == [id_ for id_ in everything if id_ in mine]


@pytest.mark.rule("R-CONF-02")
def test_going_on_after_a_hidden_row_is_like_going_on_after_one_never_issued(
    registers: Registers, acting_as: Acting
) -> None:
    person = PEOPLE["store"].person(T)
    session, query = acting_as(person), _query(registers, "name", False)
    hidden = next(id_ for id_ in range(1, 201) if id_ not in seen(PEOPLE["store"], T))
    after_hidden = find_page(session, replace(query, after=f"row-{hidden}"))
    after_nothing = find_page(session, replace(query, after="never-issued"))
    assert [row.id for row in after_hidden.rows] == [row.id for row in after_nothing.rows]


@pytest.mark.rule("R-CONF-03")
def test_a_list_of_nobody_is_refused(registers: Registers, acting_as: Acting) -> None:
    with pytest.raises(LookupError, match="nobody is named"):
        find_page(acting_as(None), ListQuery(registers[T], ["id"]))


@pytest.mark.rule("R-CONF-02", "R-ROLE-01")
def test_prepared_lists_are_not_shared_between_people_with_different_rights(
    registers: Registers, acting_as: Acting
) -> None:
    query = ListQuery(registers[T], ["id", "public_id"], size=1000)
    for _turn in range(2):
        for kind in PEOPLE.values():
            assert {row.id for row in find_page(acting_as(kind.person(T)), query).rows} == seen(kind, T)
    one = PEOPLE["store"].person(T)
    elsewhere = replace(one, id=27, store_id=2)
    assert {row.id for row in find_page(acting_as(elsewhere), query).rows} != seen(PEOPLE["store"], T)


@pytest.mark.rule("R-CONF-06")
def test_prepared_sorts_are_not_shared_between_people_who_read_differently(
    registers: Registers, acting_as: Acting
) -> None:
    plain = PEOPLE["all"].person(T)
    rights = {T: {**plain.rights[T], Action.PERSONAL: Scope.ALL}}
    reader = replace(plain, rights=rights, profile=f"{plain.profile} personal")
    query = ListQuery(registers[T], ["id", "public_id"], sort=registers[T].faces["phone"], descending=False, size=1000)
    for person in (reader, plain, reader, plain):
        found = [row.id for row in find_page(acting_as(person), query).rows]
        assert found == _plain(acting_as(person), query, person) if person is reader else found == sorted(found)


def test_a_total_above_the_cap_is_capped_until_asked_for(registers: Registers, acting_as: Acting) -> None:
    session = acting_as(PEOPLE["all to the top"].person(T))
    query = ListQuery(registers[T], ["id"])
    total = session.scalar(select(func.count(registers[T].id)))
    assert COUNTED_TO == 1000
    assert count(session, query, total - 1) == total - 1
    assert count(session, query, None) == total


def test_no_branch_of_a_page_gives_more_rows_than_the_page_needs(registers: Registers, acting_as: Acting) -> None:
    """Else whoever wrote all records of their store would have every one of them looked at for a page."""
    person = PEOPLE["store"].person(T)
    shape = listing._Shape.of(_query(registers, "name", False), acting_as(person))
    proposed = str(listing._proposal_first(shape, 38))
    branches = len(listing._branches(listing.Bare(registers[T]), person))
    assert branches > 1
    assert proposed.count("LIMIT") == branches + 1

"""Lists of names stand in the order of their pinyin, whichever database keeps them (R-LIST-01)."""

from collections.abc import Sequence

import pytest

from admin_app import migrating
from admin_app.guard.listing import ListQuery, find_page
from admin_app.models import register_named
from tests.fixtures.records import make_record
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-LIST-01")

MIXED = ("张伟", "陈静", "单雄", "王芳", "12号院", "Ann小区", "安庆里", "林森", "3号院", "李娜")
IN_ORDER = ["3号院", "12号院", "Ann小区", "安庆里", "陈静", "单雄", "李娜", "林森", "王芳", "张伟"]


def names_of(world: World, table: str, sort: str, descending: bool = False, size: int = 100) -> list[str]:
    """The names of MIXED as the list has them, page after page."""
    register, found, after = register_named(table), [], None
    while True:
        with world.open("general_manager") as session:
            query = ListQuery(
                register,
                ["id", "public_id", sort],
                sort=register.faces[sort],
                descending=descending,
                size=size,
                after=after,
            )
            page = find_page(session, query)
        found += [getattr(row, sort) for row in page.rows]
        if not page.more:
            return [name for name in found if name in MIXED]
        after = page.rows[-1].public_id


def fill(world: World, table: str, field: str, names: Sequence[str]) -> None:
    with world.writing() as session:
        for name in names:
            make_record(session, table, **{field: name})


@pytest.mark.parametrize("size", [100, 3])
def test_a_list_of_names_stands_as_in_a_dictionary(world: World, size: int) -> None:
    fill(world, "estate", "name", MIXED)
    assert names_of(world, "estate", "name", size=size) == IN_ORDER
    assert names_of(world, "estate", "name", descending=True, size=size) == IN_ORDER[::-1]


def test_a_column_of_names_without_an_index_sorts_so_too(world: World) -> None:
    fill(world, "visitor", "name", MIXED)
    assert names_of(world, "visitor", "name") == IN_ORDER


def test_a_name_that_changes_finds_its_new_place(world: World) -> None:
    fill(world, "estate", "name", ["陈静", "王芳"])
    with world.writing() as session:
        estate = register_named("estate")
        session.query(estate).filter_by(name="陈静").one().name = "张伟"
    assert names_of(world, "estate", "name") == ["王芳", "张伟"]


def test_names_that_were_there_before_their_order_was_kept_have_it(world: World) -> None:
    fill(world, "estate", "name", MIXED)
    world.engine.dispose()
    migrating.downgrade(world.settings, "0005")
    migrating.upgrade(world.settings)
    assert names_of(world, "estate", "name") == IN_ORDER

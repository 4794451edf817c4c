"""Long lists: pages that follow one another without gap or repeat, and queries that don't grow with the rows."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select

from admin_app.models import Register
from tests.every_register.actors import scope_of, someone_who
from tests.fixtures.records import make_record
from tests.fixtures.worlds import World

_ID = re.compile(r'<a href="details/\?id=([\w-]+)">查看')
_NEXT = re.compile(r'rel="next" href="([^"]+)"')
#: what one page may ask the database for, whatever stands in its rows
MOST_QUERIES = 30


def fill(world: World, register: type[Register], who: str, number: int = 50) -> set[str]:
    """The ids in addresses of all that *who* sees, *number* at least; every third without what may be blank."""
    with world.open(who) as session:
        held = session.scalars(select(register.public_id)).all()
    with world.writing() as session:
        for place in range(number - len(held)):
            make_record(session, register, everything=bool(place % 3), **scope_of(who, register))
    with world.open(who) as session:
        return set(session.scalars(select(register.public_id)))


def walk(client: Any, base: str, first: str) -> Iterator[list[str]]:
    """The rows of page after page, by the link to the next one."""
    address: str | None = first
    while address is not None:
        page = client.get(base + address).text
        yield _ID.findall(page)
        found = _NEXT.search(page)
        address = unescape(found[1]) if found else None


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database inside the block."""
    sent: list[str] = []

    def note(connection: Connection, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.rule("R-LIST-01")
def test_pages_follow_one_another_without_gap_or_repeat(register: type[Register], world: World, client_of: Any) -> None:
    who = someone_who(register)
    made = fill(world, register, who)
    client, base = client_of(who), f"/admin/{register.__tablename__}/"
    for sort in (register.declaration.sort, register.declaration.list[-1]):
        _check_walk(made, walk(client, base, f"?size=20&sort={sort}"))
        _check_walk(made, walk(client, base, f"?size=20&sort={sort}&desc=1"))


def _check_walk(made: set[str], pages: Iterator[list[str]]) -> None:
    *full, last = pages
    assert full, "one page only"
    assert all(len(page) == 20 for page in full)
    seen = [id_ for page in (*full, last) for id_ in page]
    assert len(seen) == len(set(seen)), "a row stands on two pages"
    assert made == set(seen), "a row stands on no page"


def test_a_list_costs_the_same_number_of_queries_for_ten_rows_as_for_sixty(
    register: type[Register], world: World, client_of: Any
) -> None:
    who = someone_who(register)
    fill(world, register, who)
    client, address = client_of(who), f"/admin/{register.__tablename__}/?size="
    sent = {}
    for size in (20, 50):
        client.get(f"{address}{size}")  # what is kept between requests is fetched now
        with counted(world.engine) as sent[size]:
            assert len(_ID.findall(client.get(f"{address}{size}").text)) == size
    few, many = (Counter(map(_asked_of, sent[size])) for size in (20, 50))
    # of what only the longer page leads to, the titles are asked for once
    assert all(number == 1 and asked not in few for asked, number in (many - few).items())
    assert len(sent[50]) <= MOST_QUERIES


def _asked_of(statement: str) -> str:
    """What a statement asks for, without its conditions, which name the rows."""
    return statement.split("WHERE", maxsplit=1)[0]

"""The list of every register: each filter with each operator, search, sort, columns, look-up boxes.

What is expected is worked out in Python from three stored records: one with every field filled, one with other values,
one with the optional fields blank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from admin_app import clock
from admin_app.fields import Face
from admin_app.guard import GuardedSession
from admin_app.guard.codes import reading
from admin_app.guard.listing import find_page
from admin_app.models import Register, register_named
from admin_app.operations.links import by_public_id
from admin_app.permissions import Action, Person, Role, Scope
from admin_app.views.register.address import columns_for, read_address, sortable
from admin_app.views.register.filters import Asker, operators_of
from tests.every_register.actors import scope_of, someone_who
from tests.fixtures.records import MOMENT, linked, make_record
from tests.fixtures.worlds import World

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """The filled record is of today, the other one of forty days ago."""
    with clock.stopped_at(MOMENT + timedelta(hours=2)):
        yield


def reader(register: type[Register]) -> str:
    """Somebody who reads as much as anybody does."""
    username = someone_who(register)
    assert username is not None
    return username


def reads(register: type[Register], face: Face) -> bool:
    """Whether the reader gets the field in full, so that they may ask by it."""
    role = Role(reader(register))
    personal = register.declaration.grants[role].get(Action.PERSONAL, Scope.NOBODY)
    return (face.level or 0) <= role.clearance and (not face.mask or Scope.ALL in personal)


def three(world: World, register: type[Register]) -> dict[str, dict[str, Any]]:
    """Values by field of the three records, by their ids in addresses; links by the id in addresses they lead to."""
    scope = scope_of(reader(register), register)
    with world.writing() as session:
        records = [
            make_record(session, register, everything=True, **scope),
            make_record(session, register, everything=True, variant=1, **scope),
            make_record(session, register, **scope),
        ]
        stored = {}
        for record in records:
            values = {name: getattr(record, name) for name in register.faces if name in register.__table__.c}
            links = [face for face in register.faces.values() if face.to and values[face.name] is not None]
            stored[record.public_id] = values | {face.name: linked(session, face, values[face.name]) for face in links}
        return stored


@dataclass
class Lists:
    """The lists of one register as its reader asks for them: what the screen asks, without painting it each time."""

    register: type[Register]
    session: GuardedSession
    person: Person

    def ids(self, *parameters: tuple[str, str]) -> list[str]:
        """The ids in addresses of the rows, in the list's order."""
        self.session.rollback()  # a list is always of now
        asker = Asker(self.register, self.person, reading(self.session), clock.now(), self._linked)
        asked = read_address(asker, MultiDict(parameters))
        whole = replace(asked.query(self.session), size=100_000)
        return [row.public_id for row in find_page(self.session, whole).rows]

    def _linked(self, face: Face, text: str) -> tuple[int, str]:
        found = by_public_id(self.session, face.to, text)
        assert found is not None
        return found, text


@pytest.fixture
def lists(register: type[Register], world: World) -> Iterator[Lists]:
    username = reader(register)
    with world.open(username) as session:
        yield Lists(register, session, session.person)


#: periods in which today lies
_NOW = ("today", "this_week", "this_month")


def typed_for(face: Face, value: Any) -> str:
    """*value* as somebody types it into a filter."""
    kind = face.kind.name
    if face.to or kind == "choice":
        return str(value)
    if kind == "choices":
        return value[0]
    if kind == "yesno":
        return "yes" if value else "no"
    return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if kind == "moment" else str(value)


def questions(register: type[Register], face: Face, value: Any) -> Iterator[tuple[str, list[str], Any]]:
    """Operator, what is typed, and whether a stored value answers it (a blank one doesn't, but for two operators)."""
    text = typed_for(face, value)
    today = [operator for operator in operators_of(register, face) if operator in _NOW]
    yield from ((operator, [], lambda other: day_of(other) == day_of(MOMENT)) for operator in today)
    answers = {
        "equals": ([text], lambda other: other == value),
        "is": ([text], lambda other: other == value),
        "contains": ([text[1:-1]], lambda other: text[1:-1] in other),
        "starts": ([text[:-1]], lambda other: other.startswith(text[:-1])),
        "between": ([text, text], lambda other: other == value),
        "in": ([text], lambda other: text in other if isinstance(other, tuple) else text == other),
        "not_in": ([text], lambda other: text != other),
        "last_days": (["3"], lambda other: day_of(other) == day_of(MOMENT)),
        "this_year": ([], lambda other: day_of(other).year == MOMENT.year),
        "next_days": (["3"], lambda other: day_of(other) == day_of(MOMENT)),
    }
    yield from ((operator, *answers[operator]) for operator in operators_of(register, face) if operator in answers)


def day_of(value: Any) -> Any:
    return value.astimezone(ZONE).date() if isinstance(value, datetime) else value


@pytest.mark.rule("R-LIST-01")
def test_every_filter_finds_what_its_operator_says(register: type[Register], world: World, lists: Lists) -> None:
    stored = three(world, register)
    for face in register.faces.values():
        # a link is asked for by a record that one finds
        if (
            face.filter
            and reads(register, face)
            and (not face.to or someone_may_see(reader(register), register_named(face.to)))
        ):
            _check_filter(register, face, stored, lists)


def _check_filter(register: type[Register], face: Face, stored: dict[str, dict[str, Any]], lists: Lists) -> None:
    held = {id_: values[face.name] for id_, values in stored.items()}
    blank = {id_ for id_, value in held.items() if value is None}
    filled, *_others = held.values()
    for operator, typed, answers in questions(register, face, filled) if filled is not None else ():
        expected = {id_ for id_, value in held.items() if value is not None and answers(value)}
        if operator == "not_in":
            expected |= blank
        asked = [(f"f-{face.name}-op", operator), *((f"f-{face.name}", text) for text in typed)]
        assert set(lists.ids(*asked)) & held.keys() == expected, (face.name, operator, typed)
    for operator, expected in (("empty", blank), ("filled", held.keys() - blank)):
        if operator in operators_of(register, face):
            assert set(lists.ids((f"f-{face.name}-op", operator))) & held.keys() == expected, (face.name, operator)


@pytest.mark.rule("R-LIST-01")
def test_filters_show_as_chips_and_hold_together(register: type[Register], world: World, client_of: Any) -> None:
    ids = list(three(world, register))
    faces = [face for face in register.faces.values() if face.filter and "empty" in operators_of(register, face)]
    faces = [face for face in faces if reads(register, face)]
    assert faces, "no filter here asks for a blank"
    address = f"/admin/{register.__tablename__}/?{urlencode([(f'f-{face.name}-op', 'empty') for face in faces])}"
    page = client_of(reader(register)).get(address).text
    chips = re.findall(r'<span class="chip">([^<]+)<a href="([^"]+)"', page)
    assert [text for text, _url in chips] == [f"{face.label} 为空" for face in faces]
    assert all(f"f-{face.name}-op" not in url for face, (_text, url) in zip(faces, chips, strict=True))
    assert ids[0] not in page


@pytest.mark.rule("R-LIST-01")
def test_search_finds_by_part_in_every_search_field(register: type[Register], world: World, lists: Lists) -> None:
    stored = three(world, register)
    (filled, values), *others = stored.items()
    for face in register.faces.values():
        if not face.search or values[face.name] is None or not reads(register, face):
            continue
        part = values[face.name][:-1]
        alike = {id_ for id_, other in others if part in str(other[face.name])}
        assert set(lists.ids(("q", part))) & stored.keys() == {filled} | alike, (face.name, part)
    assert not set(lists.ids(("q", "查无此人%_"))) & stored.keys()


def _in_words(face: Face, value: Any) -> Any:
    """Numbers in words count as what they are: 第9号 stands before 第10号."""
    return re.sub("[0-9]+", lambda figures: figures[0].zfill(20), value) if face.kind.name == "text" else value


@pytest.mark.rule("R-LIST-01")
def test_every_column_that_has_an_order_sorts_both_ways(register: type[Register], world: World, lists: Lists) -> None:
    stored = three(world, register)
    columns = [face for face in columns_for(register, lists.person) if sortable(register, face, lists.person)]
    assert columns
    for face in columns:
        held = {id_: values[face.name] for id_, values in stored.items() if values[face.name] is not None}
        upwards = [held[id_] for id_ in lists.ids(("sort", face.name)) if id_ in held]
        downwards = [held[id_] for id_ in lists.ids(("sort", face.name), ("desc", "1")) if id_ in held]
        assert upwards == sorted(held.values(), key=lambda value: _in_words(face, value)), face.name
        assert downwards == upwards[::-1], face.name


@pytest.mark.rule("R-LIST-01")
def test_the_columns_are_those_chosen_in_their_order(
    register: type[Register], world: World, client_of: Any, lists: Lists
) -> None:
    three(world, register)
    faces = columns_for(register, lists.person)
    address = f"/admin/{register.__tablename__}/?{urlencode([('col', face.name) for face in reversed(faces)])}"
    head = re.search(r"<thead>.*?</thead>", client_of(reader(register)).get(address).text, re.DOTALL)[0]
    labels = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', head)
    assert labels == [*(face.label for face in reversed(faces)), "操作"]


@pytest.mark.rule("R-LIST-02")
def test_a_filter_that_cannot_be_read_finds_nothing_rather_than_everything(
    register: type[Register], world: World, lists: Lists
) -> None:
    stored = three(world, register)
    days = [face for face in register.faces.values() if face.filter and face.kind.name in ("day", "moment")]
    for face in days:
        assert not set(lists.ids((f"f-{face.name}-op", "equals"), (f"f-{face.name}", "2026-13-45"))) & stored.keys()


def test_a_look_up_box_offers_what_it_may_lead_to(register: type[Register], world: World, client_of: Any) -> None:
    who = reader(register)
    client = client_of(who)
    for face in register.faces.values():
        target = register_named(face.to) if face.to else None
        searched = (
            next((own for own in target.faces.values() if own.search and not own.mask and not own.series), None)
            if target
            else None
        )
        if searched is None:
            continue
        with world.writing() as session:
            record = make_record(session, target, everything=True, **scope_of(who, target))
            public_id, text = record.public_id, getattr(record, searched.name)
        box = f"/admin/{register.__tablename__}/ajax/lookup/?{urlencode({'name': face.name, 'query': text})}"
        offered = client.get(box).get_json()
        visible = (
            someone_may_see(who, target) and not face.held_by
        )  # of whom one asks for a role, a new record has none
        assert ([id_ for id_, _title, _second in offered] == [public_id]) == visible, face.name
        assert len(client.get(f"/admin/{register.__tablename__}/ajax/lookup/?name={face.name}").get_json()) <= 10


def someone_may_see(username: str, register: type[Register]) -> bool:
    """Whether records of *username*'s own scope are theirs to see."""
    scope = register.declaration.grants.get(Role(username), {}).get(Action.SEE)
    return scope not in (None, Scope.NOBODY) and Role(username).clearance >= register.declaration.level

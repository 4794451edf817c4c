"""The comparison is worth something: each leak planted here, as an honest mistake would make it, turns it red."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.fields.contacts import IdentityNumberKind, PhoneKind
from admin_app.fields.kind import Kind
from admin_app.fields.texts import TextKind
from admin_app.guard import cells, listing, rows
from admin_app.models import all_registers, register_named
from admin_app.operations import lookups, records
from admin_app.permissions import sight
from admin_app.texts import say
from admin_app.verdicts import Refused, refuse
from admin_app.views.register import address
from tests.noninterference.asker import Asker, Question
from tests.noninterference.asking import dealt, everything
from tests.noninterference.reading import reading, telling
from tests.noninterference.twins import Twins, onlooker

Plant = Callable[[pytest.MonkeyPatch], None]


def a_select_on_the_bare_table(patch: pytest.MonkeyPatch) -> None:
    """403 for what is hidden, 404 for what isn't there."""

    def find(session: Any, register: Any, public_id: str) -> Any:
        columns = register.__table__.c
        if session.connection().scalar(select(columns.id).where(columns.public_id == public_id)) is None:
            return None
        found = session.scalars(select(register).where(register.public_id == public_id)).first()
        if found is None:
            raise Refused(refuse("R-CONF-02", "no_right", say("您无权查看这条记录")))
        return found

    patch.setattr(records, "find", find)


def a_column_without_its_mask(patch: pytest.MonkeyPatch) -> None:
    for kind in (Kind, TextKind, PhoneKind, IdentityNumberKind):
        patch.setattr(kind, "mask", lambda self, value, reading: self.text(value, reading))


def a_lookup_without_the_rule(patch: pytest.MonkeyPatch) -> None:
    def offered(session: Any, table: str, text: str, *_: Any, **_more: Any) -> list[tuple[str, str, str]]:
        columns = register_named(table).__table__.c
        title = columns[register_named(table).declaration.key[0]]
        found = session.connection().execute(select(columns.id, title).where(columns.voided_at.is_(None)))
        return [(str(row[0]), str(row[1]), "") for row in found]

    patch.setattr(lookups, "offered", offered)


def a_count_taken_elsewhere(patch: pytest.MonkeyPatch) -> None:
    def count(shape: Any, limit: int) -> Any:
        return select(func.count()).select_from(shape.register.__table__)

    patch.setattr(listing, "_count", count)


def a_sort_by_a_masked_column(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(address, "sortable", lambda *_: True)
    patch.setattr(listing, "sort_key", lambda cls, face, person: getattr(cls, face.name))


def a_request_read_whatever_it_asks_for(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        cells, "sight", lambda person, register, facts: sight(person, register, facts._replace(object_level=0))
    )


def a_request_found_by_what_is_hidden_of_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows, "asks_for_something", lambda cls: False)


#: the leak -> the questions that must find it
LEAKS: dict[Plant, Callable[[Question], bool]] = {
    a_select_on_the_bare_table: lambda asked: "/details/" in asked.url,
    a_column_without_its_mask: lambda asked: "/?col=" in asked.url,
    a_lookup_without_the_rule: lambda asked: "/ajax/lookup/" in asked.url,
    a_count_taken_elsewhere: lambda asked: "/customer/?" in asked.url,
    a_sort_by_a_masked_column: lambda asked: "&sort=" in asked.url,
}
OF_REQUESTS: dict[Plant, Callable[[Question], bool]] = {
    a_request_read_whatever_it_asks_for: lambda asked: "/?col=" in asked.url,
    a_request_found_by_what_is_hidden_of_it: lambda asked: "?f-" in asked.url or "&f-" in asked.url,
}
PLANTED = [
    *(pytest.param("customer", plant, asked, id=plant.__name__) for plant, asked in LEAKS.items()),
    *(pytest.param("access_request", plant, asked, id=plant.__name__) for plant, asked in OF_REQUESTS.items()),
]


def test_over_the_turns_of_the_long_run_every_question_is_asked(one_app: Flask) -> None:
    asker = Asker(one_app, register_named("customer"), onlooker("clerk"), thorough=True)
    hands = [{str(question) for question in dealt(asker, turn, 5)} for turn in range(5)]
    every = {str(question) for question in everything(asker)}
    assert every <= set().union(*hands)
    assert max(map(len, hands)) < len(every) / 3
    assert all({str(question) for question in telling(asker)} <= hand for hand in hands)


@pytest.fixture
def fresh_statements() -> Iterator[None]:
    """Lists keep their statements; a planted one must neither be missed nor stay."""
    for kept in (listing._statement, listing._each, rows._kept):
        kept.cache_clear()
    yield
    for kept in (listing._statement, listing._each, rows._kept):
        kept.cache_clear()


@pytest.mark.rule("R-CONF-02", "R-CONF-06", "R-CONF-14")
@pytest.mark.parametrize(("table", "plant", "asked"), PLANTED)
def test_a_planted_leak_is_found(
    table: str, plant: Plant, asked: Callable[[Question], bool], twins_for: Callable[[str, str], Twins],
    monkeypatch: pytest.MonkeyPatch, fresh_statements: None,
) -> None:  # fmt: skip
    twins = twins_for("director", "sqlite")
    asker = Asker(twins.app, all_registers()[table], twins.who)
    questions = [question for question in reading(asker) if asked(question)]
    assert questions
    assert twins.differences(questions) == []
    listing._statement.cache_clear()
    plant(monkeypatch)
    assert twins.differences(questions) != []

"""Bulk actions on every register: the count first, then all of the chosen and none of the others (R-LIST-02)."""

from typing import Any

import pytest
from sqlalchemy import select

from admin_app.models import Register
from admin_app.permissions import Action
from tests.every_register.actors import scope_of, someone_who
from tests.fixtures.records import make_record
from tests.fixtures.web import post
from tests.fixtures.worlds import World

pytestmark = pytest.mark.given.with_args(lambda register: someone_who(register, Action.VOID))


def voided(world: World, register: type[Register], ids: list[str]) -> list[str | None]:
    """The reasons for which the records of *ids* are void, in their order."""
    with world.open() as session:
        found = dict(session.execute(select(register.public_id, register.void_reason)).all())
    return [found[id_] for id_ in ids]


@pytest.fixture
def chosen(register: type[Register], world: World) -> tuple[str, list[str]]:
    """Who may void, and three records of theirs."""
    who = someone_who(register, Action.VOID)
    assert who is not None
    with world.writing() as session:
        records = [make_record(session, register, **scope_of(who, register)) for _ in range(3)]
        return who, [record.public_id for record in records]


@pytest.mark.rule("R-LIST-02", "R-LIST-03")
def test_the_chosen_are_counted_then_voided_and_restored_and_no_others(
    register: type[Register], world: World, client_of: Any, chosen: tuple[str, list[str]]
) -> None:
    who, ids = chosen
    client, act = client_of(who), f"/admin/{register.__tablename__}/action/"
    asked = post(client, act, {"action": "void", "id": ids[:2]})
    assert asked.status_code == 200
    assert "2 条" in asked.text
    assert voided(world, register, ids) == [None, None, None]

    done = post(client, act, {"action": "void", "id": ids[:2], "confirmed": "yes", "reason": "重复"})
    assert done.status_code == 302
    assert "完成 2 条，未办 0 条" in client.get(f"/admin/{register.__tablename__}/").text
    assert voided(world, register, ids) == ["重复", "重复", None]

    post(client, act, {"action": "restore", "void": "1", "id": ids[:2], "confirmed": "yes"})
    assert voided(world, register, ids) == [None, None, None]


@pytest.mark.rule("R-LIST-02")
def test_without_a_reason_nothing_is_voided(
    register: type[Register], world: World, client_of: Any, chosen: tuple[str, list[str]]
) -> None:
    who, ids = chosen
    act = f"/admin/{register.__tablename__}/action/"
    answer = post(client_of(who), act, {"action": "void", "id": ids, "confirmed": "yes", "reason": " "})
    assert answer.status_code == 200
    assert "请写明原因" in answer.text
    assert voided(world, register, ids) == [None, None, None]


@pytest.mark.rule("R-LIST-02")
def test_everything_means_what_the_filter_leaves(
    register: type[Register], world: World, client_of: Any, chosen: tuple[str, list[str]]
) -> None:
    who, ids = chosen
    act = f"/admin/{register.__tablename__}/action/"
    whole = {"action": "void", "everything": "yes", "confirmed": "yes", "reason": "清理"}
    post(client_of(who), act, {**whole, "q": "查无此人"})
    assert voided(world, register, ids) == [None, None, None]

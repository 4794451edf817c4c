"""One record of every register through its screen: added, read, changed, voided, restored, and all of it in history."""

import html
import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin_app.guard.codes import reading
from admin_app.models import Register
from admin_app.operations import links, records
from admin_app.operations.values import typed
from admin_app.permissions import Action
from admin_app.verdicts import Refused
from tests.every_register.actors import own_links, scope_of, someone_who
from tests.fixtures.company import role_of
from tests.fixtures.records import make_record, texts_of, ticked, values_of
from tests.fixtures.web import post
from tests.fixtures.worlds import World

ADD, EDIT, VOID = Action.ADD, Action.EDIT, Action.VOID
#: what stands in the place of who acted, where that is secret (R-CONF-10, R-SCOR-06)
UNNAMED = {"leak_report": "不公开", "reward_penalty": "不公开"}


def actor(register: type[Register], *actions: Action) -> str:
    username = someone_who(register, *actions)
    assert username is not None, f"nobody may {' and '.join(actions)} here"
    return username


def stored(world: World, register: type[Register], public_id: str) -> Register:
    with world.open() as session:
        return session.scalars(select(register).where(register.public_id == public_id)).one()


def ids_of(world: World, register: type[Register]) -> set[int]:
    with world.open() as session:
        return set(session.scalars(select(register.id)))


def address(register: type[Register], page: str, public_id: str) -> str:
    return f"/admin/{register.__tablename__}/{page}/?id={public_id}"


def shown(text: str) -> str:
    return html.escape(text, quote=True)


def test_a_form_offers_every_field_that_is_typed(typed_register: type[Register], client_of: Any) -> None:
    page = client_of(actor(typed_register, ADD)).get(f"/admin/{typed_register.__tablename__}/new/").text
    for face in typed_register.faces.values():
        assert bool(re.search(f'"{face.name}("|-|__)', page)) == typed(face), face.name


@pytest.mark.all_registers
def test_what_was_typed_is_what_is_kept(typed_register: type[Register], world: World, client_of: Any) -> None:
    who = actor(typed_register, ADD)
    with world.writing() as session:
        given = {**scope_of(who, typed_register), **own_links(session, typed_register, who)}
        values = values_of(session, typed_register, everything=True, **given)
        texts = texts_of(session, typed_register, values)
    with world.open(who) as session:  # a link is picked among the records one sees; a required one must be
        picked = {
            name: links.by_public_id(session, face.to, texts[name]) for name, face in linking(typed_register, texts)
        }
    texts = {name: text for name, text in texts.items() if picked.get(name, text) is not None}
    answer = post(client_of(who), f"/admin/{typed_register.__tablename__}/new/", texts)
    assert answer.status_code == 302, answer.text
    record = stored(world, typed_register, answer.location.rsplit("id=")[1])
    kept = {name: getattr(record, name) for name in texts}
    assert kept == {name: values[name] for name in texts}
    assert record.created_by_id == world.person(who).id
    assert record.level >= typed_register.declaration.level


def linking(register: type[Register], texts: Any) -> list[tuple[str, Any]]:
    return [(face.name, face) for face in register.faces.values() if face.to and face.name in texts]


def test_a_blank_form_names_every_missing_field_and_keeps_nothing(
    typed_register: type[Register], world: World, client_of: Any
) -> None:
    before = ids_of(world, typed_register)
    answer = post(client_of(actor(typed_register, ADD)), f"/admin/{typed_register.__tablename__}/new/")
    required = [face for face in typed_register.faces.values() if face.required and face.default is None]
    assert answer.status_code == 200
    assert all(f'href="#{face.name}"' in answer.text for face in required)
    assert ids_of(world, typed_register) == before


def test_the_details_show_every_field(register: type[Register], world: World, client_of: Any) -> None:
    who = actor(register, Action.SEE)
    with world.writing() as session:
        record = make_record(session, register, everything=True, **scope_of(who, register))
        public_id, read = record.public_id, reading(session)
        texts = {face.label: face.kind.text(getattr(record, face.name), read) for face in plain_faces(register, record)}
    page = client_of(who).get(address(register, "details", public_id)).text
    for label, text in texts.items():
        assert shown(label) in page
        assert shown(text) in page, label


def plain_faces(register: type[Register], record: Register) -> list[Any]:
    """The filled fields that nobody gets masked and that are no links or lines."""
    faces = (face for face in register.faces.values() if not face.secret and not face.to and face.kind.name != "rows")
    return [face for face in faces if getattr(record, face.name) is not None]


def a_text_of(register: type[Register]) -> str:
    """A field of plain text to change."""
    texts = (face for face in register.faces.values() if face.kind.name in ("text", "long") and typed(face))
    return next(face.name for face in texts if not face.secret)


def test_a_change_is_kept_and_stands_in_history(typed_register: type[Register], world: World, client_of: Any) -> None:
    who, name = actor(typed_register, EDIT), a_text_of(typed_register)
    with world.writing() as session:
        record = make_record(session, typed_register, **{name: "改之前", **scope_of(who, typed_register)})
        public_id, boxes = record.public_id, ticked(record)
    client = client_of(who)
    assert 'name="version" value="1"' in client.get(address(typed_register, "edit", public_id)).text
    answer = post(client, address(typed_register, "edit", public_id), {**boxes, name: "改之后", "version": "1"})
    assert answer.status_code == 302, answer.text
    record = stored(world, typed_register, public_id)
    # what operations work out of the change is written after it
    assert getattr(record, name) == "改之后" and record.version >= 2
    history = client.get(address(typed_register, "details", public_id)).text
    assert "<del>改之前</del> → <ins>改之后</ins>" in history
    assert f"<b>修改</b>　{UNNAMED.get(typed_register.__tablename__, role_of(who).title)}" in history


@pytest.mark.rule("R-LIST-03")
@pytest.mark.given.with_args(lambda register: someone_who(register, VOID))
def test_a_voided_record_leaves_the_list_with_a_reason_and_can_be_restored(
    register: type[Register], world: World, client_of: Any
) -> None:
    who = actor(register, VOID)
    with world.writing() as session:
        public_id = make_record(session, register, **scope_of(who, register)).public_id
    client, base = client_of(who), f"/admin/{register.__tablename__}/"
    assert post(client, address(register, "delete", public_id), {"confirmed": "yes"}).status_code == 200
    assert stored(world, register, public_id).voided_at is None

    answer = post(client, address(register, "delete", public_id), {"confirmed": "yes", "reason": "录错了"})
    assert answer.status_code == 302
    record = stored(world, register, public_id)
    assert (record.void_reason, record.voided_by_id) == ("录错了", world.person(who).id)
    assert not listed(client, f"{base}?size=100", public_id)
    assert public_id in client.get(f"{base}?void=1&size=100").text
    assert "<b>作废</b>" in client.get(address(register, "details", public_id)).text
    assert post(client, address(register, "delete", public_id), {"confirmed": "yes", "reason": "x"}).status_code == 409

    assert post(client, address(register, "restore", public_id), {"confirmed": "yes"}).status_code == 302
    record = stored(world, register, public_id)
    assert (record.voided_at, record.voided_by_id, record.void_reason) == (None, None, None)
    assert listed(client, f"{base}?size=100", public_id)


def listed(client: Any, address: str, public_id: str) -> bool:
    """Whether a record stands on one of the first pages of a list."""
    return any(public_id in client.get(f"{address}&page={number}").text for number in range(1, 6))


@pytest.mark.rule("R-LIST-03")
def test_a_voided_record_is_not_edited(typed_register: type[Register], world: World, client_of: Any) -> None:
    who, name = actor(typed_register, EDIT), a_text_of(typed_register)
    with world.writing() as session:
        record = make_record(session, typed_register, **scope_of(who, typed_register))
        public_id, before, boxes = record.public_id, getattr(record, name), ticked(record)
        record.voided_at, record.void_reason = record.created_at, "录错了"
    sent = {**boxes, name: "改之后", "version": "2"}
    answer = post(client_of(who), address(typed_register, "edit", public_id), sent)
    assert answer.status_code == 409
    assert getattr(stored(world, typed_register, public_id), name) == before


@pytest.mark.rule("R-LIST-04")
def test_the_second_of_two_savers_sees_mine_theirs_and_the_original_and_loses_nothing(
    typed_register: type[Register], world: World, client_of: Any
) -> None:
    who, name = actor(typed_register, EDIT), a_text_of(typed_register)
    with world.writing() as session:
        record = make_record(session, typed_register, **{name: "原来的", **scope_of(who, typed_register)})
        public_id, boxes = record.public_id, ticked(record)
    first, second, edit = client_of(who), client_of(who), address(typed_register, "edit", public_id)
    assert post(first, edit, {**boxes, name: "对方的", "version": "1"}).status_code == 302

    answer = post(second, edit, {**boxes, name: "我的", "version": "1"})
    assert answer.status_code == 409
    assert all(text in answer.text for text in ("原来的", "对方的", "我的", f'name="clash-{name}"'))
    theirs = stored(world, typed_register, public_id)
    assert getattr(theirs, name) == "对方的" and f'name="version" value="{theirs.version}"' in answer.text

    kept = post(second, edit, {**boxes, name: "我的", "version": str(theirs.version), f"clash-{name}": "mine"})
    assert kept.status_code == 302
    assert getattr(stored(world, typed_register, public_id), name) == "我的"


@pytest.mark.rule("R-LOAN-02")
def test_a_register_that_only_operations_write_takes_nothing_by_hand(
    closed_register: type[Register], world: World, make: Any
) -> None:
    made = make(closed_register.__tablename__)
    before = ids_of(world, closed_register)
    for username, attempt in ((someone_who_adds(closed_register), add), (actor(closed_register, EDIT), change)):
        with pytest.raises(Refused) as refused, world.writing(username) as session:
            attempt(session, closed_register, made.id)
        assert refused.value.verdict.code == "operation_only"
    assert ids_of(world, closed_register) == before
    assert stored(world, closed_register, made.public_id).version == 1


def add(session: Session, register: type[Register], id_: int) -> None:
    records.add(session, register, {})


def change(session: Session, register: type[Register], id_: int) -> None:
    record = session.get_one(register, id_)
    face = next(face for face in register.faces.values() if face.kind.name in ("text", "long", "int", "decimal"))
    setattr(record, face.name, "手工" if face.kind.name in ("text", "long") else 7)
    session.flush()


@pytest.mark.rule("R-LOAN-02")
def test_a_form_cannot_set_what_operations_write(
    closed_register: type[Register], world: World, client_of: Any, make: Any
) -> None:
    made, username = make(closed_register.__tablename__), actor(closed_register, EDIT)
    sent = {"version": "1", "state": "granted", "issued_at": "2026-03-02", "applicant_id": "x", "reason": "手工"}
    answer = post(client_of(username), address(closed_register, "edit", made.public_id), sent)
    assert answer.status_code == 403
    assert stored(world, closed_register, made.public_id).version == 1


def someone_who_adds(register: type[Register]) -> str:
    return next(role.value for role, rights in register.declaration.grants.items() if ADD in rights)

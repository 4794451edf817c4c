"""Personal fields of every register, as somebody gets them who sees the record but not the person (R-CONF-06)."""

from typing import Any

import pytest

from admin_app.fields import Face
from admin_app.models import Register
from admin_app.operations.values import typed
from admin_app.permissions import Action, Role
from tests.every_register.actors import scope_of, someone_who
from tests.fixtures.records import make_record, ticked
from tests.fixtures.web import post
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-CONF-06")


def masked(register: type[Register]) -> list[Face]:
    return [face for face in register.faces.values() if face.mask and typed(face)]


def masks_from_somebody(register: type[Register]) -> bool:
    return bool(masked(register)) and someone_who(register, without=Action.PERSONAL) is not None


@pytest.fixture
def secret(register: type[Register], world: World) -> tuple[str, str, dict[str, str]]:
    """A reader who gets personal fields masked, a record of theirs, and its secrets by field."""
    who = someone_who(register, without=Action.PERSONAL)
    faces = masked(register)
    assert who is not None
    with world.writing() as session:
        record = make_record(session, register, everything=True, **scope_of(who, register))
        telling = [face for face in faces if face.kind.name in ("text", "long", "phone", "identity_number")]
        return who, record.public_id, {face.name: getattr(record, face.name) for face in telling}


@pytest.mark.given.with_args(masks_from_somebody)
def test_list_details_form_slip_and_history_show_the_mask_alone(
    register: type[Register], world: World, client_of: Any, secret: tuple[str, str, dict[str, str]]
) -> None:
    who, public_id, values = secret
    client, base = client_of(who), f"/admin/{register.__tablename__}/"
    columns = "&".join(f"col={name}" for name in register.faces)
    pages = [client.get(f"{base}details/?id={public_id}"), client.get(f"{base}?size=100&{columns}")]
    if Action.EDIT in register.declaration.grants[Role(who)] and not register.operations_only:
        pages.append(client.get(f"{base}edit/?id={public_id}"))
    if register.on_paper:
        pages.append(client.get(f"{base}slip/?id={public_id}"))
    for page in pages:
        assert page.status_code == 200
        for name, value in values.items():
            assert value not in page.text, (name, page.request.path)


@pytest.mark.given.with_args(
    lambda register: masked(register) and someone_who(register, Action.EDIT, without=Action.PERSONAL)
)
def test_saving_the_form_as_it_came_keeps_what_is_under_the_mask(
    typed_register: type[Register], world: World, client_of: Any
) -> None:
    who = someone_who(typed_register, Action.EDIT, without=Action.PERSONAL)
    faces = masked(typed_register)
    assert who is not None
    with world.writing() as session:
        record = make_record(session, typed_register, everything=True, **scope_of(who, typed_register))
        before = {face.name: getattr(record, face.name) for face in faces}
        id_, public_id, boxes = record.id, record.public_id, ticked(record)
    address = f"/admin/{typed_register.__tablename__}/edit/?id={public_id}"
    answer = post(client_of(who), address, {"version": "1", **boxes, **{name: "" for name in before}})
    assert answer.status_code == 302
    with world.open() as session:
        record = session.get_one(typed_register, id_)
        assert {name: getattr(record, name) for name in before} == before


@pytest.mark.given.with_args(
    lambda register: masked(register) and someone_who(register, Action.REVEAL, without=Action.PERSONAL)
)
def test_one_click_with_a_reason_reveals_one_field_and_is_noted(
    register: type[Register], world: World, client_of: Any
) -> None:
    who, faces = someone_who(register, Action.REVEAL, without=Action.PERSONAL), masked(register)
    assert who is not None
    with world.writing() as session:
        record = make_record(session, register, everything=True, **scope_of(who, register))
        value, public_id = getattr(record, faces[0].name), record.public_id
    client = client_of(who)
    address = f"/admin/{register.__tablename__}/reveal/?id={public_id}&field={faces[0].name}"
    assert post(client, address).status_code == 403
    shown = post(client, address, {"reason": "回访核对"})
    assert shown.get_json() == {"text": str(value)}
    assert "<b>查看隐藏内容</b>" in client.get(f"/admin/{register.__tablename__}/details/?id={public_id}").text


@pytest.mark.given.with_args(
    lambda register: masked(register) and any(map(_sees_only, register.declaration.grants.values()))
)
def test_without_the_right_to_reveal_the_address_does_not_exist(
    register: type[Register], world: World, client_of: Any
) -> None:
    rights = register.declaration.grants
    who = next(role.value for role in rights if _sees_only(rights[role]))
    with world.writing() as session:
        public_id = make_record(session, register, everything=True, **scope_of(who, register)).public_id
    address = f"/admin/{register.__tablename__}/reveal/?id={public_id}&field={masked(register)[0].name}"
    assert post(client_of(who), address, {"reason": "回访核对"}).status_code == 404


def _sees_only(rights: dict[Action, Any]) -> bool:
    return bool(rights.get(Action.SEE)) and not rights.keys() & {Action.REVEAL, Action.PERSONAL}

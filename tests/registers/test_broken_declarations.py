"""A wrong declaration stops the program at start with a sentence that names the class and the fault."""

from typing import ClassVar

import pytest
from sqlalchemy.orm import Mapped

from admin_app.declaration import REGISTERS, Slip, slip
from admin_app.fields import (
    Code,
    Day,
    DeclarationError,
    Number,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    sign,
)
from admin_app.models import Base, Lines, Register
from admin_app.registers import faults

pytestmark = pytest.mark.usefixtures("forgotten")

LINE = {"title": "试验", "key": "name", "list": "name", "level": 1}


def declare(name: str = "Broken", body: dict | None = None, **line: object) -> type[Register]:
    """A register of one field, spoilt by *body* and *line*."""
    fields = {"name": (Mapped[ShortText], field("名称")), **(body or {})}
    values = {attribute: note for attribute, (_, note) in fields.items()}
    annotations = {attribute: hint for attribute, (hint, _) in fields.items() if hint is not None}
    namespace = {"__module__": __name__, "__annotations__": annotations, **values}
    return type(Register)(name, (Register,), namespace, **{**LINE, **line})


@pytest.mark.parametrize(
    "body, line, fault",
    [
        ({}, {"title": ""}, "give title, key, list and level"),
        ({}, {"level": None}, "give title, key, list and level"),
        ({}, {"key": "nane"}, "key names nane, which it does not declare"),
        ({}, {"list": "name phone"}, "list names phone, which it does not declare"),
        ({}, {"parties": "nothing"}, "parties names nothing, which it does not declare"),
        ({}, {"catalogue": "nothing"}, "catalogue names nothing, which it does not declare"),
        ({}, {"scope": "shop"}, "scope names shop"),
        ({"grade": (Mapped[Code], field("级别"))}, {}, "name its code list"),
        ({"grade": (Code, choice("级别", codes="grade"))}, {}, r"annotate it as Mapped"),
        ({"grade": (None, field("级别"))}, {}, r"annotate it as Mapped"),
        ({"grade": (Mapped[str], field("级别"))}, {}, "is no field type"),
        ({"grade": (Mapped[ShortText], field("级别", serach=True))}, {}, "unknown option serach"),
        ({"grade": (Mapped[ShortText], field("级别", today=True))}, {}, "today is for a day or moment"),
        ({"closest": (Mapped[ShortText], field("最近的站"))}, {}, "closest: scripts call a function of that name"),
        ({"store": (Mapped[int], link("店面", to="store"))}, {}, "the name of a link ends in _id"),
    ],
)
def test_a_single_fault_is_named_with_its_class(body: dict, line: dict, fault: str):
    with pytest.raises(DeclarationError, match=f"^Broken.*{fault}"):
        declare(body=body, **line)


@pytest.mark.rule("R-DESK-01")
@pytest.mark.parametrize(
    "due, fault",
    [
        ("name", "due names name, which is no day"),
        ("due_on", "due says until which"),
        ("due_on until nothing", "due says until which"),
        ("due_on until name by name", "due is by name, which names no employee"),
        ("due_on renewed due_on", "due names customer_id, which it does not declare"),
    ],
)
def test_what_falls_due_is_declared_whole(due: str, fault: str):
    body = {"due_on": (Mapped[Day | None], field("期限")), "due": (ClassVar[str], due)}
    with pytest.raises(DeclarationError, match=f"^Broken.*{fault}"):
        declare(body=body)


@pytest.mark.rule("R-RELA-02")
@pytest.mark.parametrize(
    "born, fault",
    [
        ("birthday of nobody", "born names nobody, customer_id, which it does not declare"),
        ("birthday of name", "born names customer_id, which it does not declare"),
    ],
)
def test_a_birthday_says_whose_it_is_and_of_which_customer(born: str, fault: str):
    body = {"birthday": (Mapped[Day | None], field("生日")), "born": (ClassVar[str], born)}
    with pytest.raises(DeclarationError, match=f"^Broken: {fault}"):
        declare(body=body)


def test_a_slip_leaves_out_fields_that_there_are():
    with pytest.raises(DeclarationError, match="^Broken: on_paper names nane, which it does not declare"):
        declare(body={"on_paper": (ClassVar[Slip | None], slip("单据", without="nane"))})


@pytest.mark.parametrize(
    "called, fault",
    [
        ("nothing", "called names nothing, which it does not declare"),
        ("name phone", "called names phone, which a title can't tell"),
        ("store_id customer_id", "called names more than one link"),
    ],
)
def test_what_records_are_called_by_is_plain_with_one_link(called: str, fault: str):
    body = {
        "phone": (Mapped[Phone | None], field("电话", mask=True)),
        "store_id": (Mapped[int | None], link("店面", to="store")),
        "customer_id": (Mapped[int | None], link("客户", to="customer")),
        "called": (ClassVar[str], called),
    }
    with pytest.raises(DeclarationError, match=f"^Broken: {fault}"):
        declare(body=body)


@pytest.mark.parametrize(
    "carried, fault",
    [
        ("nothing", "carried names nothing, which it does not declare"),
        ("number", "carried names number, which nobody types"),
    ],
)
def test_what_the_next_form_begins_with_is_typed(carried: str, fault: str):
    body = {"number": (Mapped[Number], field("编号", series="XX")), "carried": (ClassVar[str], carried)}
    with pytest.raises(DeclarationError, match=f"^Broken: {fault}"):
        declare(body=body)


@pytest.mark.parametrize(
    "conditions, fault",
    [
        ({"only_if": "sate: ended"}, "only_if of note names no other field"),
        ({"only_if": "note"}, "only_if of note names no other field"),
        ({"only_if": "state"}, "only_if of note wants codes of a choice"),
        ({"required_if": "name: ended"}, "required_if of note wants codes of a choice, and of nothing else"),
        ({"only_if": "name"}, "only_if of note wants a choice, or a yes or no"),
        ({"only_if": "agreed: perhaps"}, "only_if of note wants yes or no"),
        ({"only_if": "phone: x"}, "only_if of note hangs on what people don't fill in plain sight"),
        ({"only_if": "agreed", "mask": True}, "only_if of note is for what people may leave blank in plain sight"),
        ({"required_if": "agreed", "default": "x"}, "required_if of note is for what people may leave blank"),
    ],
)
def test_a_condition_is_declared_on_a_plain_field_of_the_register(conditions: dict, fault: str):
    body = {
        "state": (Mapped[Code | None], choice("状态", codes="states")),
        "agreed": (Mapped[YesNo | None], field("相符")),
        "phone": (Mapped[Phone | None], field("电话", mask=True)),
        "note": (Mapped[ShortText | None], field("说明", **conditions)),
    }
    with pytest.raises(DeclarationError, match=f"^Broken: {fault}"):
        declare(body=body)


@pytest.mark.parametrize(
    "options, fault",
    [
        ({"signed_with": "approve"}, "signed_by_id: say with signed_with .* with roles or by who gives it"),
        ({"roles": "director"}, "signed_by_id: say with signed_with"),
        ({"signed_with": "approve", "roles": "directer hr"}, "signed_by_id: there is no role directer"),
        ({"signed_with": "edit", "by": "name"}, "signed_by_id: it is signed by name, which names no employee"),
        ({"signed_with": "edit", "by": "chair_id"}, "signed_by_id: it is signed by chair_id, which names no employee"),
        ({"signed_with": "edit", "by": "other_by_id"}, "signed_by_id: .* other_by_id, which parties don't see"),
        ({"signed_with": "edit", "roles": "hr", "even_by": "author"}, "signed_by_id: .* even_by judges"),
        ({"signed_with": "approve", "roles": "hr", "even_by": "writer"}, "signed_by_id: even_by is author or another"),
    ],
)
def test_a_signature_says_who_gives_it(options: dict, fault: str):
    with pytest.raises(DeclarationError, match=f"^Broken.{fault}"):
        other = (Mapped[int | None], sign("另签"))
        declare(body={"signed_by_id": (Mapped[int | None], sign("签字", **options)), "other_by_id": other})


@pytest.mark.parametrize(
    "line, options, fault",
    [
        ({}, {"after": "other_by_id"}, "Broken.given_on: steps_by names the rule that puts it after other_by_id"),
        ({"steps_by": "R-CONF-09"}, {"after": "nobody"}, "Broken.given_on: it comes after nobody, which .* hasn't"),
        (
            {"steps_by": "R-CONF-09"},
            {"after": "hidden"},
            "Broken.given_on: it comes after hidden, which parties don't see",
        ),
        ({"steps_by": "R-CONF-09"}, {"after": "name given_on"}, "Broken.given_on: it comes after itself"),
        ({"kept_from": "name"}, {}, "Broken: kept_from names name, which is no day and no moment of it"),
    ],
)
def test_what_comes_after_what_and_from_when_it_is_kept_is_declared_soundly(line: dict, options: dict, fault: str):
    body = {
        "other_by_id": (Mapped[int | None], sign("另签")), "hidden": (Mapped[ShortText | None], field("内情")),
        "given_on": (Mapped[Day | None], field("提供日期", **options)), **{name: (None, said) for name, said in line.items()},
    }  # fmt: skip
    with pytest.raises(DeclarationError, match=f"^{fault}"):
        declare(body=body, parties="name other_by_id given_on")


def test_repeating_lines_are_no_column_of_the_list():
    class BrokenLine(Lines, of="broken"):
        """A line."""

        note: Mapped[ShortText] = field("说明")

    try:
        with pytest.raises(DeclarationError, match="Broken: key and list can't name lines"):
            declare(body={"lines": (None, child_rows("明细", BrokenLine))}, list="name lines")
    finally:
        BrokenLine.registry._dispose_cls(BrokenLine)


def test_a_refused_class_leaves_nothing_behind():
    with pytest.raises(DeclarationError):
        declare(key="nane")
    assert "broken" not in REGISTERS
    assert "broken" not in Base.metadata.tables


def found(*registers: type[Register], children: tuple[type[Lines], ...] = ()) -> list[str]:
    return list(faults({register.__tablename__: register for register in registers}, children))


def test_a_link_must_lead_to_a_register():
    broken = declare(body={"place_id": (Mapped[int], link("柜位", to="nowhere"))})
    assert found(broken) == ["Broken.place_id: links to nowhere, which does not exist"]


def test_a_party_must_be_an_employee():
    other = declare("Other")
    broken = declare(body={"other_id": (Mapped[int], link("其他", to="other", party=True))})
    assert found(broken, other) == ["Broken.other_id: a party or custodian is an employee, not other"]


def test_repeating_lines_must_have_a_register():
    class Orphan(Lines, of="nowhere"):
        """Lines of nothing."""

        name: Mapped[ShortText] = field("名称")

    try:
        assert found(children=(Orphan,)) == ["Orphan: its register nowhere does not exist"]
    finally:
        Orphan.registry._dispose_cls(Orphan)


def test_a_header_must_not_name_two_fields():
    broken = declare(body={"title": (Mapped[ShortText], field("标题", also="名称"))})
    assert found(broken) == ["Broken: the header 名称 names more than one field"]


def test_a_sound_register_has_no_fault():
    assert found(declare("Sound")) == []


@pytest.mark.parametrize(
    "said, fault",
    [
        ({"reaches": "on"}, "reaches names customer_id, which it does not declare"),
        (
            {"reaches": "name", "customer_id": (Mapped[int], link("客户", to="customer"))},
            "reaches is a day or moment; not name",
        ),
        ({"awaited": "name"}, "awaited names name, which is no signature of a role"),
        ({"awaited": "seen_by_id if cost"}, "awaited names cost, which is no field of it"),
        ({"awaited": "seen_by_id of head"}, "awaited is of heads, not of head"),
    ],
)
def test_a_contact_or_a_signature_that_is_awaited_names_what_there_is(said: dict, fault: str):
    signed = {"seen_by_id": (Mapped[int | None], sign("审阅", signed_with="approve", roles="director"))}
    words = {name: (None, value) for name, value in said.items() if isinstance(value, str)}
    with pytest.raises(DeclarationError, match=f"^Broken.*{fault}"):
        declare(
            body={
                **signed,
                **{k: v for k, v in said.items() if k not in words},
                **words,
                "on": (Mapped[Day], field("日期")),
            }
        )

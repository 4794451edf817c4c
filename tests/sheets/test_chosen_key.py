"""A line is found again by the fields that the person chose, as far as they read them in plain (R-IMPT-04, R-IMPT-07)."""

import re

import pytest

from admin_app.permissions import Action, Scope
from admin_app.sheets.choices import Choices
from admin_app.sheets.judging import ADD_ONLY, CHANGE_ONLY
from admin_app.verdicts import Refused
from tests.fixtures.web import post
from tests.sheets.conftest import codes, sheet, verdicts, visitor
from tests.sheets.test_import_screens import checked, upload
from tests.sheets.test_rights import change_right

CANARY = "金丝雀甲乙丙"


def by(*names: str, mode: str = "both") -> dict[str, Choices]:
    return {"choices": Choices(key=names, mode=mode)}


@pytest.mark.rule("R-IMPT-04")
def test_a_line_changes_the_record_that_the_chosen_fields_find(office):
    """Another phone makes another visitor by the declared key (time, name, phone); by time and name it is a change."""
    office.take_in("a.csv", sheet(visitor()))
    ledger = sheet(visitor(phone="13900001111"))
    assert verdicts(office.take_in("b.csv", ledger, check_only=True)) == {"not_data": 1, "added": 1}
    assert verdicts(office.take_in("b.csv", ledger, **by("came_at", "name"))) == {"not_data": 1, "changed": 1}
    assert [record.phone for record in office.all()] == ["13900001111"]
    assert verdicts(office.take_in("b.csv", ledger, **by("came_at", "name"))) == {"not_data": 1, "same": 1}


@pytest.mark.rule("R-IMPT-04")
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (ADD_ONLY, {"not_data": 1, "added": 1, "refused": 1}),
        (CHANGE_ONLY, {"not_data": 1, "changed": 1, "refused": 1}),
        ("both", {"not_data": 1, "added": 1, "changed": 1}),
    ],
)
def test_the_mode_holds_for_a_chosen_key(office, mode, expected):
    office.take_in("a.csv", sheet(visitor()))
    ledger = sheet(visitor(note="改动"), visitor(name="周平", phone="13900001111"))
    assert verdicts(office.take_in("b.csv", ledger, **by("name", mode=mode))) == expected


@pytest.mark.rule("R-IMPT-03")
def test_a_key_that_finds_two_records_leaves_both_alone(office):
    office.take_in("a.csv", sheet(visitor(), visitor(day="2026-03-03")))
    outcome = office.take_in("b.csv", sheet(visitor(day="2026-03-04", note="改动")), **by("name"))
    assert codes(outcome) == [(2, "顾客姓名", "ambiguous")]
    assert [record.remark for record in office.all()] == [None, None]


@pytest.mark.rule("R-IMPT-03")
def test_without_a_key_or_with_that_of_a_line_above_a_line_is_refused(office):
    ledger = sheet(visitor(note="甲"), visitor(note=""), visitor(note="甲", source="自然客流"), visitor(note="甲"))
    outcome = office.take_in("a.csv", ledger, **by("remark"))
    assert codes(outcome) == [(3, "备注", "no_key"), (4, "备注", "repeated")]
    assert verdicts(outcome) == {"not_data": 1, "added": 1, "duplicate": 1, "refused": 2}
    assert [(record.remark, record.source) for record in office.all()] == [("甲", "friend")]


@pytest.mark.rule("R-IMPT-07", "R-CONF-02")
def test_a_record_out_of_sight_is_neither_found_nor_makes_the_key_ambiguous(office):
    ledger = sheet(visitor(note="改动"))
    office.take_in("a.csv", sheet(visitor(day="2026-03-03")))
    alone = office.take_in("b.csv", ledger, check_only=True, **by("name"))
    office.take_in("c.csv", sheet(visitor(by=CANARY)), as_="clerk2")
    beside = office.take_in("b.csv", ledger, check_only=True, **by("name"))
    assert alone == beside
    assert verdicts(beside) == {"not_data": 1, "changed": 1}


@pytest.mark.rule("R-IMPT-07", "R-CONF-06")
@pytest.mark.parametrize("key", ["phone", "address", "owner_id", "no_such_field"])
def test_a_masked_field_one_that_the_file_lacks_and_none_are_refused_in_the_same_words(office, client_of, key):
    """The clerk may add visitors but reads no phone: a right guess would come out as changed, a wrong one as new."""
    office.take_in("a.csv", sheet(visitor()))
    change_right(office, "clerk", Action.PERSONAL, None)
    with pytest.raises(Refused) as refused:
        office.take_in("b.csv", sheet(visitor(name="周平")), **by(key, mode=CHANGE_ONLY))
    verdict = refused.value.verdict
    assert (verdict.rule, verdict.code) == ("R-IMPT-07", "no_such_key")
    assert str(verdict.reason) == "只能按文件里已经对应、您看得到原值的栏目认记录，请重选"
    assert [record.name for record in office.all()] == ["单秀兰"]
    page = client_of("clerk").get(upload(client_of("clerk"), sheet(visitor())).location).text
    assert re.findall(r'name="key" value="(\w+)"', page) == ["came_at", "name", "source", "received_by", "remark"]


@pytest.mark.rule("R-IMPT-07", "R-CONF-06")
def test_where_the_person_reads_phones_of_their_own_only_others_are_not_found_by_phone(office):
    """She sees the record, its phone masked: by the name it is hers to change, by the phone it isn't there."""
    office.take_in("a.csv", sheet(visitor()))
    change_right(office, "clerk", Action.PERSONAL, Scope.OWN)
    ledger = sheet(visitor(note="改动"))
    by_phone = office.take_in("b.csv", ledger, check_only=True, **by("phone"))
    assert verdicts(by_phone) == {"not_data": 1, "added": 1}
    assert verdicts(office.take_in("b.csv", ledger, **by("name"))) == {"not_data": 1, "changed": 1}


@pytest.mark.rule("R-IMPT-07", "R-CONF-01")
def test_a_field_above_the_persons_level_is_no_key(office):
    header = ("客户姓名", "手机号", "登记日期", "身份证号")
    change_right(office, "clerk", Action.IMPORT, Scope.STORE, "customer")
    ledger = sheet(("单秀兰", "13812345678", "2026-03-02", "11010519491231002X"), header=header)
    with pytest.raises(Refused) as refused:
        office.take_in("a.csv", ledger, table="customer", **by("identity_number"))
    assert refused.value.verdict.code == "no_such_key"


@pytest.mark.rule("R-IMPT-02", "R-IMPT-04")
def test_a_chosen_key_is_ticked_again_for_the_next_file_of_the_shape_and_can_be_given_up(office, client_of):
    office.take_in("a.csv", sheet(visitor()))
    client = client_of("clerk")
    address = upload(client, sheet(visitor(phone="13900001111"))).location
    answer = post(client, address, {"keys": "yes", "key": ["came_at", "name"], "check": "yes"})
    seen = re.search(r'name="seen" value="(\w+)"', client.get(answer.location).text)[1]
    post(client, f"{address}check/", {"write": "all", "seen": seen})
    assert [record.phone for record in office.all()] == ["13900001111"]
    again = sheet(visitor(phone="13900002222"))
    address = upload(client, again).location
    ticked = re.findall(r'name="key" value="(\w+)" checked', client.get(address).text)
    assert ticked == ["came_at", "name"]
    assert verdicts(office.take_in("b.csv", again, check_only=True)) == {"not_data": 1, "changed": 1}
    post(client, address, {"keys": "yes", "again": "yes"})
    assert "checked" not in "".join(re.findall(r'name="key"[^>]*>', client.get(address).text))
    assert verdicts(office.take_in("b.csv", again, check_only=True, **by())) == {"not_data": 1, "added": 1}


@pytest.mark.rule("R-IMPT-07")
def test_a_remembered_key_is_not_taken_by_who_reads_it_masked(office):
    office.take_in("a.csv", sheet(visitor()), **by("phone"))
    ledger = sheet(visitor(day="2026-03-03", note="改动"))
    assert verdicts(office.take_in("b.csv", ledger, check_only=True)) == {"not_data": 1, "changed": 1}
    change_right(office, "clerk", Action.PERSONAL, None)
    assert verdicts(office.take_in("b.csv", ledger, check_only=True)) == {"not_data": 1, "added": 1}


@pytest.mark.rule("R-IMPT-03")
def test_a_key_remembered_since_the_check_changes_no_other_record(office, client_of):
    """By time, name and phone the line means 王一; by its remark, as a later ledger has it remembered, 周平."""
    other = visitor(name="周平", phone="13900001111", note="甲")
    office.take_in("a.csv", sheet(visitor(), other))
    before = [(record.name, record.remark) for record in office.all()]
    client = client_of("clerk")
    address, seen = checked(client, sheet(visitor(note="甲")))
    office.take_in("b.csv", sheet(other), **by("remark"))
    answer = post(client, f"{address}check/", {"write": "good", "seen": seen})
    assert answer.location == f"{address}check/"
    assert [(record.name, record.remark) for record in office.all()] == before

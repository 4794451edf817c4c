"""An import can do nothing that its person couldn't do by hand, and reveals nothing they may not see (R-IMPT-07)."""

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.permissions import Action, Scope
from admin_app.verdicts import Refused
from admin_app.working.people import ChangedRight
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.sheets.conftest import VISITOR, codes, sheet, verdicts, visitor

CANARY = "金丝雀甲乙丙"


def change_right(office, role: str, action: Action, scope: Scope | None, table: str = "visitor") -> None:
    with office.world.writing() as session:
        session.add(ChangedRight(role=role, table_name=table, action=action, scope=scope and scope.value))


@pytest.mark.rule("R-IMPT-07", "R-ROLE-01")
def test_without_the_right_to_import_nothing_is_read(office):
    with pytest.raises(Refused) as refused:
        office.take_in("a.csv", sheet(visitor()), as_="customer_manager")
    assert (refused.value.verdict.rule, refused.value.verdict.code) == ("R-ROLE-01", "no_right")


@pytest.mark.rule("R-IMPT-07")
def test_who_may_import_but_not_add_adds_nothing(office):
    change_right(office, "clerk", Action.ADD, None)
    outcome = office.take_in("a.csv", sheet(visitor()))
    assert codes(outcome) == [(2, "", "no_right")]
    assert office.count() == 0


@pytest.mark.rule("R-IMPT-07")
def test_who_may_not_edit_a_record_they_see_changes_nothing_of_it(office):
    office.take_in("a.csv", sheet(visitor()))
    change_right(office, "clerk", Action.EDIT, None)
    outcome = office.take_in("b.csv", sheet(visitor(note="改动"), visitor()))
    assert codes(outcome) == [(2, "备注", "no_right")]
    assert outcome["same"] == 1


@pytest.mark.rule("R-IMPT-07")
def test_a_register_that_only_operations_write_takes_no_ledger(office):
    change_right(office, "archive_keeper", Action.IMPORT, Scope.ALL, "access_request")
    with pytest.raises(Refused) as refused:
        office.take_in("a.csv", "查阅目的,查阅理由\n核对,核对\n", as_="archive_keeper", table="access_request")
    assert refused.value.verdict.rule == "R-IMPT-07"


@pytest.mark.rule("R-CONF-02", "R-CONF-15", "R-IMPT-07")
def test_a_match_with_a_hidden_record_looks_like_none(office):
    ledger = sheet(visitor(note="甲"))
    before = office.take_in("a.csv", ledger, check_only=True)
    office.take_in("other.csv", sheet(visitor(note=CANARY, by=CANARY)), as_="clerk2")
    after = office.take_in("a.csv", ledger, check_only=True)
    assert before == after
    assert verdicts(after) == {"not_data": 1, "added": 1}


@pytest.mark.rule("R-CONF-02", "R-CONF-15")
def test_a_unique_value_of_a_hidden_record_is_refused_with_the_one_permitted_fact(office):
    with office.world.writing() as session:
        make_record(session, "archive_file", vin="LSVAA4182E2123456", title=CANARY, level=4)
        customer = make_record(session, "customer", name="单秀兰", phone="13812345678")
        number = customer.number
    header = ("案卷题名", "客户", "档案类型", "立卷日期", "车架号")
    row = ("单秀兰档案", number, "一般客户档案", "2026-03-02", "LSVAA4182E2123456")
    outcome = office.take_in("a.csv", sheet(row, header=header), as_="archive_keeper", table="archive_file")
    assert codes(outcome) == [(2, "车架号", "taken")]
    assert outcome["errors"][0]["reason"] == "该车辆已建档，一车一档"
    assert CANARY not in str(outcome) + (office.folder / outcome["refused_file"]).read_text("utf-8")


@pytest.mark.rule("R-CONF-02", "R-CONF-15")
@pytest.mark.parametrize(("level", "came_of_it"), [(1, "changed"), (4, "added")])
def test_a_ledgers_line_meets_the_name_that_everybody_sees_and_is_new_beside_a_hidden_one(office, level, came_of_it):
    with office.world.writing() as session:
        make_record(session, "estate", name="梧桐苑", level=level, developer="别家")
    ledger = sheet(("梧桐苑", "城东"), header=("小区名称", "区域"))
    outcome = office.take_in("a.csv", ledger, as_="info_officer", table="estate")
    assert verdicts(outcome) == {"not_data": 1, came_of_it: 1}
    assert office.count("estate") == {"changed": 1, "added": 2}[came_of_it]


@pytest.mark.rule("R-CONF-15")
@pytest.mark.parametrize(
    ("table", "header", "line", "reason"),
    [
        ("archive_place", ("柜位编号", "库房", "柜号", "层", "位"), ("A-1", "库", "甲", "1", "1"), "编号 A-1 已使用"),
        ("archive_type", ("类型名称", "编号代号"), ("新类型", "ZZ"), "编号 ZZ 已使用"),
    ],
)
def test_a_number_that_a_hidden_record_has_is_told_as_issued_and_nothing_else(office, table, header, line, reason):
    hidden = {"archive_place": {"code": "A-1", "room": CANARY}, "archive_type": {"prefix": "ZZ", "name": CANARY}}
    with office.world.writing() as session:
        make_record(session, table, level=4, **hidden[table])
    outcome = office.take_in("a.csv", sheet(line, header=header), as_="archive_keeper", table=table)
    assert [error["reason"] for error in outcome["errors"]] == [reason]
    assert CANARY not in str(outcome)
    assert office.count(table) == {"archive_place": 1, "archive_type": 2}[table]


@pytest.mark.rule("R-CONF-02")
def test_a_link_to_a_hidden_record_and_to_none_are_refused_in_the_same_words(office):
    with office.world.writing() as session:
        make_record(session, "customer", name=CANARY, level=4)
    header = ("客户", "追访时间", "追访内容")
    outcome = office.take_in(
        "a.csv", sheet((CANARY, "2026-03-02", "问候"), ("从未登记", "2026-03-02", "问候"), header=header),
        as_="info_officer", table="follow_up",
    )  # fmt: skip
    assert codes(outcome) == [(2, "客户", "link_unknown"), (3, "客户", "link_unknown")]
    hidden, absent = (error["reason"] for error in outcome["errors"])
    assert hidden.replace(CANARY, "") == absent.replace("从未登记", "")


@pytest.mark.rule("R-IMPT-07", "R-CONF-01")
def test_a_field_above_the_persons_level_is_filled_but_not_compared(office):
    header = ("客户姓名", "手机号", "登记日期", "身份证号")
    change_right(office, "clerk", Action.IMPORT, Scope.STORE, "customer")
    row = ("单秀兰", "13812345678", "2026-03-02", "11010519491231002X")
    assert office.take_in("a.csv", sheet(row, header=header), table="customer")["added"] == 1
    [customer] = office.all("customer")
    assert customer.identity_number == "11010519491231002X"
    for number in ("11010519491231002X", "110105194912310038"):
        again = office.take_in("b.csv", sheet((*row[:3], number), header=header), table="customer", check_only=True)
        assert again["changed"] == 0


@pytest.mark.rule("R-LIST-03")
def test_a_voided_record_is_no_match(office):
    office.take_in("a.csv", sheet(visitor()))
    [record] = office.all()
    with office.world.writing("clerk") as session:
        records.void(session, session.get(type(record), record.id), "录错")
    assert office.take_in("a.csv", sheet(visitor()))["added"] == 1


@pytest.mark.rule("R-CONF-05", "R-IMPT-07")
def test_a_ledger_with_a_lower_level_lowers_nothing_and_says_that_its_column_is_left_out(office):
    office.take_in("a.csv", sheet(visitor()))
    for action in (Action.IMPORT, Action.ADD, Action.EDIT):
        change_right(office, "store_manager", action, Scope.STORE)
    with office.world.writing() as session:
        session.get_one(register_named("visitor"), office.all()[0].id).level = 2
    row = (*visitor(note="改动"), "公开")
    outcome = office.take_in("b.csv", sheet(row, header=(*VISITOR, "密级")), as_="store_manager")
    assert outcome["unmapped"] == ["密级"]
    assert (office.all()[0].level, verdicts(outcome)["changed"]) == (2, 1)


@pytest.mark.rule("R-CONF-04")
def test_a_row_that_puts_a_file_in_the_charge_of_nobody_who_keeps_archives_is_refused_by_itself(office):
    with office.world.writing() as session:
        number = make_record(session, "customer", name="单秀兰", phone="13812345678").number
    header = ("案卷题名", "客户", "档案类型", "立卷日期", "保管人")
    designer, keeper = (f"{PERSON_IDS[name]:04}" for name in ("designer", "archive_keeper"))
    rows = [(f"{who}的案卷", number, "一般客户档案", "2026-03-02", who) for who in (designer, keeper)]
    outcome = office.take_in("a.csv", sheet(*rows, header=header), as_="archive_keeper", table="archive_file")
    assert [one[0] for one in codes(outcome)] == [2]
    assert "保管人由管理档案的岗位担任" in outcome["errors"][0]["reason"]
    assert [one.title for one in office.all("archive_file") if one.custodian_id] == [f"{keeper}的案卷"]

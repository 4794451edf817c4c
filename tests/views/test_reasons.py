"""What one may do with a record and why not more: each answer with its rule, and nothing told beyond it (R-SIGN-06)."""

import re
from typing import Any

import pytest

from admin_app.models import register_named
from admin_app.operations.powers import set_powers
from admin_app.permissions import Level, Role
from tests.fixtures.archive_room import Room
from tests.fixtures.company import FOUNDED, PERSON_IDS, STORE_IDS
from tests.fixtures.worlds import new_world

pytestmark = pytest.mark.rule("R-SIGN-06", "R-ROLE-01")

EAST, WEST = STORE_IDS.values()
_ROW = re.compile(
    r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>\s*<td>(.*?)</td>\s*<td class="quiet-text">(.*?)</td>', re.DOTALL
)


@pytest.fixture(scope="module")
def world(engine_kind):
    with new_world(engine_kind) as made:
        yield made


def told(client: Any, table: str, made: Any, person: str = "") -> dict[str, tuple[str, str, str]]:
    """What can be done -> whether, why not, by which rules."""
    answer = client.get(f"/admin/{table}/why/?id={made.public_id}&person__text={person}" if person
                        else f"/admin/{table}/why/?id={made.public_id}")  # fmt: skip
    assert answer.status_code == 200
    rows = (tuple(re.sub(r"<[^>]+>", "", cell).strip() for cell in row) for row in _ROW.findall(answer.text))
    return {what: (may, why, rules) for what, may, why, rules in rows}


def person_with(world: Any, username: str, roles: set[Role], clearance: Level) -> None:
    with world.writing() as session:
        employee = session.get_one(register_named("employee"), PERSON_IDS[username])
        set_powers(session, employee, frozenset(roles), clearance)


def test_whoever_misses_an_action_is_led_from_the_record_to_the_reasons(world: Any, make: Any, client_of: Any) -> None:
    made = make("visitor", store_id=EAST)
    page, link = f"/admin/visitor/details/?id={made.public_id}", f"/admin/visitor/why/?id={made.public_id}"
    manager, clerk = client_of("general_manager"), client_of("clerk")
    assert link not in clerk.get(page).text  # may edit and void
    assert link in manager.get(page).text
    assert told(manager, "visitor", made)["编辑"] == ("不可以", "岗位没有“编辑”权限", "R-ROLE-01")
    mine = told(clerk, "visitor", made)
    assert (mine["查看"], mine["编辑"]) == (("可以", "看到全部", ""), ("可以", "", ""))
    assert mine["导出"] == ("不可以", "岗位没有“导出”权限", "R-ROLE-01")


@pytest.mark.rule("R-CONF-02", "R-SIGN-05")
def test_who_does_not_see_the_record_or_asks_about_others_finds_no_page(make: Any, client_of: Any) -> None:
    made = make("visitor", store_id=EAST)
    for username, more in (
        ("clerk2", ""),
        ("admin", ""),
        ("clerk", "&person__text=店经理"),
        ("general_manager", "&person__text=店经理"),
    ):
        assert client_of(username).get(f"/admin/visitor/why/?id={made.public_id}{more}").status_code == 404, username


def test_admin_is_told_about_anybody_of_a_record_they_see(world: Any, make: Any, client_of: Any) -> None:
    person_with(world, "admin", {Role.ADMIN, Role.INFO_SUPERVISOR}, Level.CONFIDENTIAL)
    secret = make("customer", store_id=WEST, owner_id=None, level=Level.CONFIDENTIAL)
    own = make("customer", store_id=WEST, owner_id=None)
    admin = client_of("admin")
    level = ("不可以", "看不到；密级权限是“秘密”，这条记录是“机密”", "R-CONF-02")
    assert told(admin, "customer", secret, "客户信息专员")["查看"] == level
    assert told(admin, "customer", secret, "总经理")["查看"] == ("可以", "看到全部", "")
    assert told(admin, "customer", own, "店经理2")["查看"] == ("可以", "看到全部", "")
    other = told(admin, "customer", own, "店经理")["查看"]
    assert (other[0], other[2]) == ("不可以", "R-CONF-02")
    assert "这条记录不在其内" in other[1]
    nothing = told(admin, "customer", own, "审计员")["查看"]
    assert nothing == ("不可以", "看不到；岗位没有“查看”权限", "R-ROLE-01")
    both = told(admin, "customer", secret, "店经理")["查看"]
    assert "这条记录不在其内" in both[1]
    assert "机密" in both[1]


@pytest.mark.rule("R-LIST-03", "R-ROLE-04")
def test_the_state_of_the_record_and_who_wrote_it_are_reasons_too(make: Any, client_of: Any) -> None:
    void = make("visitor", store_id=EAST, voided_at=FOUNDED, void_reason="重复")
    answers = told(client_of("clerk"), "visitor", void)
    assert answers["编辑"] == ("不可以", "这条记录已作废，请先恢复", "R-LIST-03")
    assert answers["恢复"] == ("可以", "", "")
    mine = make("leak_report", created_by_id=PERSON_IDS["general_manager"])
    signing = told(client_of("general_manager"), "leak_report", mine)["签字：结案签字"]
    assert signing == ("不可以", "不能审核本人填写的或与本人有关的表单", "R-ROLE-04")


@pytest.mark.rule("R-CONF-10", "R-CONF-14")
def test_the_answers_do_not_tell_who_wrote_what_admin_may_not_know(world: Any, make: Any, client_of: Any) -> None:
    person_with(world, "admin", {Role.ADMIN, Role.INFO_SUPERVISOR}, Level.CONFIDENTIAL)
    made = make("leak_report", reporter_id=PERSON_IDS["hr"], created_by_id=PERSON_IDS["hr"])
    admin, reporter = client_of("admin"), client_of("hr")
    assert told(reporter, "leak_report", made)["查看"][1].startswith("作为当事人")
    answers = told(admin, "leak_report", made, "人力资源")
    assert answers["查看"] == ("不可以", "看不到；“查看”权限的范围是当事，这条记录不在其内", "R-CONF-02")
    assert answers == told(admin, "leak_report", made, "专项总监")


def test_the_answer_agrees_with_what_the_page_then_does(make: Any, client_of: Any) -> None:
    made = make("visitor", store_id=EAST)
    for username in ("clerk", "store_manager", "customer_manager", "general_manager", "info_officer", "director"):
        client = client_of(username)
        if client.get(f"/admin/visitor/details/?id={made.public_id}").status_code == 404:
            continue
        for what, page in (("编辑", "edit"), ("作废", "delete")):
            may = told(client, "visitor", made)[what][0] == "可以"
            assert (client.get(f"/admin/visitor/{page}/?id={made.public_id}").status_code == 200) == may, (
                username,
                what,
            )


@pytest.mark.rule("R-ROLE-03", "R-ROLE-04")
def test_of_a_request_it_is_told_whose_signature_is_due(room: Room, clients: Any) -> None:
    request = room.get("archive_loan", room.submitted("customer_manager", Level.SECRET))
    answers = {
        name: told(clients(name), "archive_loan", request)
        for name in ("customer_manager", "store_manager", "archive_keeper")
    }
    due = {
        name: next(answer for what, answer in one.items() if what.startswith("签批")) for name, one in answers.items()
    }
    assert due["customer_manager"] == ("不可以", "不能审批本人的申请或与本人有关的事项", "R-ROLE-04")
    assert due["store_manager"] == ("可以", "", "")
    assert due["archive_keeper"] == ("不可以", "此步骤不由您签字", "R-ROLE-03")
    assert answers["store_manager"]["编辑"][2] == "R-LOAN-02"

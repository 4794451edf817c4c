"""The pages of people, powers, rights, settings and the trail: to whom they open, and what they do (R-ROLE-02)."""

import re

import pytest

from admin_app.models import register_named
from admin_app.permissions import Level, Role
from admin_app.working.people import Account
from tests.fixtures.company import PASSWORD, PERSON_IDS, today
from tests.fixtures.web import post

DOORS = {
    "/people/": {"admin"}, "/rights/": {"admin"}, "/settings/": {"admin"}, "/audit/": {"auditor"},
    "/powers/": {"service_manager", "general_manager"}, "/leaving/": {"admin", "general_manager"},
}  # fmt: skip
MINE = "Mogu-tang-7-dian-kai"


@pytest.fixture
def admin(client_of):
    return client_of("admin")


def public_id(world, username):
    with world.open() as session:
        return session.get_one(register_named("employee"), PERSON_IDS[username]).public_id


def account(world, username):
    with world.open() as session:
        return session.query(Account).filter_by(username=username).one()


@pytest.fixture
def at(world):
    """The address of an employee's page."""
    return lambda username: f"/people/{public_id(world, username)}/"


def ask(admin, at, username="clerk", **typed):
    return post(admin, f"{at(username)}{'role' if 'role' in typed else 'clearance'}/", {"reason": "工作需要", **typed})


def waiting(client):
    return re.findall(r'href="(/powers/[\w-]+/)">审批', client.get("/powers/").text)


def digest(page):
    return re.search(r'name="digest" value="([^"]+)"', page)[1]


@pytest.mark.rule("R-ROLE-01", "R-SIGN-05")
def test_the_menu_shows_a_page_to_exactly_whom_it_opens(client_of):
    for username in Role:
        client = client_of(username.value)
        menu = client.get("/").text
        for url, roles in DOORS.items():
            found = (client.get(url).status_code, f'href="{url}"' in menu)
            assert found == ((200, True) if username in roles else (404, False)), (username, url)


@pytest.mark.rule("R-SIGN-05")
def test_no_act_on_people_or_rights_exists_for_others(world, client_of, at):
    hr, place = client_of("hr"), at("clerk")
    of_account = (f"account/{act}/" for act in ("open", "reset", "disable", "enable"))
    for act in ("role/", "role/take/", "clearance/", "withdraw/", *of_account):
        assert post(hr, place + act, {"role": "sales", "clearance": "0", "confirmed": "yes"}).status_code == 404
    assert post(hr, "/rights/visitor/clerk/", {"export": "8"}).status_code == 404
    assert world.person("clerk").roles == {Role.CLERK}


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("page", ["edit", "new"])
def test_roles_and_clearance_forged_into_a_form_change_nothing(world, client_of, page):
    hr, forged = client_of("hr"), {"roles": ["admin", "general_manager"], "clearance": "4", "level": "1"}
    record = public_id(world, "hr")
    if page == "edit":
        form = hr.get(f"/admin/employee/edit/?id={record}").text
        version = re.search(r'name="version" value="(\d+)"', form)[1]
        assert 'name="roles"' not in form
        answer = post(hr, f"/admin/employee/edit/?id={record}", {"version": version, "name": "人力", **forged})
    else:
        answer = post(hr, "/admin/employee/new/", {"name": "人力", "number": "0990", **forged})
    assert answer.status_code == 302
    with world.open() as session:
        saved = session.query(register_named("employee")).filter_by(name="人力").one()
        assert (saved.roles, saved.clearance) == ((("hr",), "3") if page == "edit" else (None, None))


@pytest.mark.rule("R-ROLE-02", "R-ROLE-05")
def test_a_clearance_goes_from_asking_to_granted_over_the_pages(world, client_of, admin, at):
    assert ask(admin, at, clearance="2").status_code == 302
    manager = client_of("service_manager")
    (url,) = waiting(manager)
    page = manager.get(url).text
    assert "工作需要" in page
    assert post(manager, url, {"decision": "approve", "digest": digest(page)}).status_code == 302
    assert world.person("clerk").clearance == Level.SECRET
    assert waiting(manager) == []
    assert "已批准" in admin.get(at("clerk")).text


@pytest.mark.rule("R-ROLE-05")
def test_a_grant_with_an_old_password_check_asks_for_the_password(world, client_of, admin, at):
    ask(admin, at, clearance="2")
    manager = client_of("service_manager")
    (url,) = waiting(manager)
    with manager.session_transaction() as cookie:
        cookie["checked"] -= 11 * 60
    page = manager.get(url).text
    assert 'name="password"' in page
    sent = {"decision": "approve", "digest": digest(page)}
    for password in ("", "wrong password here"):
        answer = post(manager, url, {**sent, "password": password})
        assert answer.status_code == 403
        assert "R-ROLE-05" in answer.text
    assert world.person("clerk").clearance == Level.INTERNAL
    assert post(manager, url, {**sent, "password": PASSWORD}).status_code == 302
    assert world.person("clerk").clearance == Level.SECRET


@pytest.mark.rule("R-ROLE-02", "R-SIGN-05")
def test_a_request_of_somebody_elses_step_is_no_page(client_of, admin, at):
    ask(admin, at, role="info_supervisor")
    (url,) = waiting(client_of("general_manager"))
    for username in ("service_manager", "director", "admin"):
        assert client_of(username).get(url).status_code == 404


@pytest.mark.rule("R-SIGN-02", "R-ROLE-02")
def test_taking_a_role_asks_first_and_signs_the_person_out(world, client_of, admin, at):
    director = client_of("director")
    assert director.get("/").status_code == 200
    asked = post(admin, at("director") + "role/take/", {"role": "director"})
    assert asked.status_code == 200
    assert 'name="confirmed" value="yes"' in asked.text
    assert world.person("director").roles == {Role.DIRECTOR}
    post(admin, at("director") + "role/take/", {"role": "director", "confirmed": "yes"})
    assert world.person("director").roles == frozenset()
    assert director.get("/").location.startswith("/login")


@pytest.mark.rule("R-ROLE-02", "R-SIGN-06")
def test_a_refusal_stands_on_the_page_with_its_rule_and_what_was_typed(admin, at):
    answer = post(admin, at("admin") + "role/take/", {"role": "admin", "confirmed": "yes"})
    assert (answer.status_code, "last_holder" in answer.text, "R-ROLE-02" in answer.text) == (403, True, True)
    answer = ask(admin, at, role="store_manager", reason=" ")
    assert (answer.status_code, "no_reason" in answer.text) == (403, True)
    assert re.search(r'value="store_manager" selected', answer.text)


@pytest.mark.rule("R-SIGN-01")
def test_a_first_password_is_shown_once_and_must_be_changed_before_anything_else(app, admin, at):
    shown = post(admin, at("clerk") + "account/reset/", {"confirmed": "yes"})
    password = re.search(r"<output>([\w-]+)</output>", shown.text)[1]
    assert password not in admin.get(at("clerk")).text
    clerk = app.test_client()
    post(clerk, "/login", {"username": "clerk", "password": password})
    clerk._token = ""
    for page in ("/", "/admin/visitor/", "/people/", "/nowhere"):
        assert clerk.get(page).location in ("/password", None if page == "/nowhere" else "/password")
    page = clerk.get("/password")
    assert "管理员" in page.text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    typed = {"csrf_token": token, "password": password, "new_password": MINE, "repeat_password": MINE}
    assert clerk.post("/password", data=typed).location == "/"
    assert clerk.get("/").status_code == 200


@pytest.mark.rule("R-SIGN-01")
def test_who_must_choose_a_password_may_sign_out(world, client_of):
    with world.writing() as session:
        session.query(Account).filter_by(username="clerk").one().must_change_password = True
    clerk = client_of("clerk")
    assert clerk.get("/admin/visitor/").location == "/password"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', clerk.get("/password").text)[1]
    assert clerk.post("/logout", data={"csrf_token": token}).location == "/login"


@pytest.mark.rule("R-SIGN-02")
def test_a_disabled_account_is_signed_out_and_shown_as_such(client_of, admin, at):
    clerk = client_of("clerk")
    post(admin, at("clerk") + "account/disable/", {"confirmed": "yes"})
    assert clerk.get("/").location.startswith("/login")
    assert "已停用" in admin.get("/people/?f-account=disabled").text
    post(admin, at("clerk") + "account/enable/")
    assert "0001" not in admin.get("/people/?f-account=disabled").text


def test_the_list_of_people_is_searched_and_filtered(admin):
    assert '<select name="f-role"' in admin.get("/people/").text
    assert re.findall(r">(00\d\d)<?", admin.get("/people/?q=clerk2").text) == ["0026"]
    assert len(re.findall(r'<th scope="row"><a href="/people/[\w-]+/"', admin.get("/people/?f-role=sales").text)) == 2


@pytest.mark.rule("R-CONF-02")
def test_an_employee_above_the_admins_clearance_is_no_page(world, admin, at):
    place = at("designer2")
    with world.writing() as session:
        session.get_one(register_named("employee"), PERSON_IDS["designer2"]).level = 2
    assert admin.get(place).status_code == 404
    assert "designer2" not in admin.get("/people/?q=designer").text


@pytest.mark.rule("R-ROLE-01")
def test_rights_are_chosen_in_the_row_marked_as_changed_and_restored(client_of, admin):
    form = admin.get("/rights/?table=visitor&edit=clerk").text
    names = re.findall(r'<select form="edit-row" name="(\w+)"', form)
    assert names == ["see", "catalogue", "add", "edit", "void", "import", "export", "approve", "reveal", "personal"]
    saved = post(admin, "/rights/visitor/clerk/", {"export": "2", "void": ""})
    assert saved.location == "/rights/?table=visitor#row-clerk"
    for page in ("/rights/?table=visitor", "/rights/?role=clerk"):
        assert admin.get(page).text.count("已更改</span>") == 1
    assert "导出" in client_of("clerk").get("/admin/visitor/").text
    post(admin, "/rights/visitor/clerk/restore/", {"by_role": "yes"})
    assert "已更改</span>" not in admin.get("/rights/?table=visitor").text


@pytest.mark.rule("R-SIGN-05")
@pytest.mark.parametrize("typed", [{"export": "99"}, {"export": "-1"}, {"export": "all"}])
def test_a_scope_no_page_offers_is_not_taken(admin, typed):
    assert post(admin, "/rights/visitor/clerk/", typed).status_code == 404


@pytest.mark.parametrize("page", ["/rights/visitor/boss/", "/rights/account/clerk/"])
def test_a_role_or_register_that_does_not_exist_is_no_page(admin, page):
    assert post(admin, page, {"export": "8"}).status_code == 404


@pytest.mark.rule("R-SIGN-04")
def test_the_auditor_sees_admins_changes_and_only_the_auditor(client_of, admin, at):
    post(admin, "/rights/visitor/clerk/", {"export": "2"})
    ask(admin, at, clearance="2")
    page = client_of("auditor").get("/audit/?admin=1").text
    assert "更改权限表" in page
    assert "前台录入员 · 日来店顾客登记表 · 导出：无 → 本店" in page
    assert "申请岗位或密级权限" in page


@pytest.mark.rule("R-AUDT-01", "R-CONF-02")
def test_the_auditors_page_holds_no_contents(client_of, make):
    make("customer", store_id=1, name="金丝雀客户", phone="13912345678")
    auditor = client_of("auditor")
    for page in ("/audit/", "/audit/?f-table=customer&f-event=added&f-since=2020-01-01&f-until=2099-01-01"):
        shown = auditor.get(page).text
        assert "新增</td>" in shown
        assert '<input type="date" data-day name="f-since"' in shown
        assert "金丝雀" not in shown
        assert "13912345678" not in shown


def test_the_companys_name_stands_on_every_page_once_set(client_of, admin, anonymous):
    post(admin, "/settings/", {"company_name": "青石里", "valid_from": today().isoformat()})
    for client in (client_of("clerk"), anonymous):
        assert "青石里" in client.get("/login", follow_redirects=True).text

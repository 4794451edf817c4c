"""A colleague comes, and goes, each in one step on screen (R-ROLE-02, R-CUST-09)."""

import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import accounts, power_requests, signing_in, titles
from admin_app.permissions import Level, Role
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, STORE_IDS, today
from tests.fixtures.web import post

NEW = {"name": "方晓", "number": "0901", "post": "城东店招商经理", "department_id__text": "城东店", "by_title": "yes"}


def sign_in(world, username, password, **later):
    """Who came in (None for nobody), whether they must choose a password first, and the code of a refusal."""
    with world.open() as session:
        tried = signing_in.sign_in(session, username, password, "", clock.now() + timedelta(**later))
        first = tried.account is not None and tried.account.must_change_password
        name = None if tried.person is None else tried.person.name
        return name, first, None if tried.refused is None else tried.refused.code


def newcomer(session):
    register = register_named("employee")
    return session.query(register).filter_by(number="0901").one_or_none()


def handed(page):
    return re.search(r"<output>([\w-]+)</output>", page)[1]


def public_id(world, username):
    with world.open() as session:
        return session.get_one(register_named("employee"), PERSON_IDS[username]).public_id


@pytest.mark.rule("R-ROLE-02", "R-ROLE-01", "R-SIGN-01")
def test_a_new_colleague_is_there_with_account_and_roles_in_one_step(world, client_of):
    page = post(client_of("admin"), "/people/joining/", NEW).text
    with world.open() as session:
        made = newcomer(session)
        assert (made.roles, made.clearance) == (("customer_manager",), "0")
        assert (made.department_id, made.store_id) == (DEPARTMENT_IDS["城东店"], None)
        asked = power_requests.about(session, made.id)
        assert [(power_requests.power_of(one), one.state) for one in asked] == [(Level.SECRET, "waiting")]
    assert sign_in(world, "0901", handed(page)) == ("方晓", True, None)


@pytest.mark.rule("R-ROLE-02", "R-SIGN-04")
def test_nobody_is_half_there(world, client_of):
    admin = client_of("admin")
    taken = post(admin, "/people/joining/", {**NEW, "username": "clerk"})
    double = post(admin, "/people/joining/", {**NEW, "number": "0001", "username": "fangxiao"})
    blank = post(admin, "/people/joining/", {**NEW, "department_id__text": ""})
    assert [page.status_code for page in (taken, double, blank)] == [200, 200, 200]
    assert post(client_of("hr"), "/people/joining/", NEW).status_code == 404
    with world.open() as session:
        assert session.query(register_named("employee")).filter_by(name="方晓").count() == 0
        assert accounts.find_account(session, "fangxiao") is None


@pytest.mark.rule("R-SIGN-01")
def test_a_first_password_nobody_used_for_a_week_opens_nothing(world):
    with world.writing("admin") as session:
        password = accounts.reset_password(session, accounts.account_of(session, PERSON_IDS["clerk"]), clock.now())
    assert sign_in(world, "clerk", password, days=7, seconds=1) == (None, False, "lapsed")
    assert sign_in(world, "clerk", password, days=6) == ("前台录入员", True, None)


@pytest.mark.rule("R-ROLE-01", "R-ROLE-02")
def test_the_company_says_which_roles_go_with_a_title(world, client_of):
    admin = client_of("admin")
    post(admin, "/people/titles/", {"what": "add", "title": "店员", "role": "sales"})
    post(admin, "/people/titles/", {"what": "remove", "title": "设计师", "role": "designer"})
    with world.writing() as session:
        assert titles.titles(session, clock.now())["店员"] == [Role.SALES]
        assert "设计师" not in titles.titles(session, clock.now())
        session.get_one(register_named("employee"), PERSON_IDS["clerk"]).post = "店员"
    place = f"/people/{public_id(world, 'clerk')}/"
    assert "通常对应：客户开发专员" in admin.get(place).text
    post(admin, place + "by-title/", {"reason": "岗位“店员”"})
    assert world.person("clerk").roles == {Role.CLERK, Role.SALES}


@pytest.mark.rule("R-CUST-09", "R-SIGN-02", "R-SIGN-05")
def test_the_general_manager_sees_somebody_off(world, client_of, make):
    customer = make("customer", store_id=STORE_IDS["城东店"], owner_id=PERSON_IDS["customer_manager"])
    place, leaver = f"/leaving/{public_id(world, 'customer_manager')}/", client_of("customer_manager")
    manager, plan = client_of("general_manager"), {"last_day": today().isoformat()}
    chosen = {"first": public_id(world, "store_manager"), "confirmed": "yes"}
    assert re.search(r"客户经理 <b>1</b>", manager.get(place).text)
    assert "必填" in post(manager, place, {**plan, "confirmed": "yes"}).text
    assert "confirmed" in post(manager, place, {**plan, "first": chosen["first"]}).text
    assert leaver.get("/").status_code == 200
    assert post(manager, place, {**plan, **chosen}).status_code == 302
    assert leaver.get("/").status_code == 302
    receipt = manager.get(place + "receipt/").text
    assert re.search(r"客户经理 <b>1</b></td><td>店经理 0009", receipt)
    assert "客户经理 <b>1</b>" not in client_of("admin").get(place + "receipt/").text
    assert client_of("hr").get(place + "receipt/").status_code == 404
    with world.open() as session:
        assert session.get_one(register_named("customer"), customer.id).owner_id == PERSON_IDS["store_manager"]

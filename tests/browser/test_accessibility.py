"""No kind of screen breaks WCAG 2.2 A or AA as far as axe can tell, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from admin_app import registers
from admin_app.models import register_named
from admin_app.permissions import Action
from tests.every_register.actors import scope_of, someone_who
from tests.fixtures.company import STORE_IDS
from tests.fixtures.records import make_record

pytestmark = pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
EAST = STORE_IDS["城东店"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: so high that the bar of buttons, which stays in sight, covers no box
TALL = {"width": 1280, "height": 6000}
#: of the same page in other colours
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

#: who looks -> at which kinds of screens; {id} is a customer with visits
SCREENS = {
    "clerk": [
        "/", "/admin/visitor/", "/admin/visitor/?f-source=friend&f-source-op=in&q=王", "/admin/estate/", "/admin/visitor/new/",
        "/admin/customer/new/", "/admin/customer/why/?id={id}", "/jump/?q=客户", "/lists/visitor/", "/admin/visitor/import/",
        "/admin/nothing/", "/leaks/report/",
    ],
    "store_manager": [
        "/admin/customer/details/?id={id}", "/admin/customer/edit/?id={id}", "/admin/customer/delete/?id={id}", "/approvals/",
        "/stand-ins/", "/dispatch/", "/customers/claims/",
    ],
    "archive_keeper": [
        "/loans/", "/loans/out/", "/archives/due/", "/archives/round/", "/archives/rooms/", "/archives/catalogue/",
    ],
    "sales_manager": ["/credit/", "/sales/"],
    "info_officer": ["/merge/customer/?kept={id}", "/customers/reconciliation/"],
    "admin": ["/people/", "/settings/", "/channels/", "/channels/mail/"],
}  # fmt: skip
#: long pages, on which axe takes ten seconds and more
LONG = {
    "customer_manager": ["/admin/customer_profile/new/"],
    "admin": ["/rights/", "/code-lists/"],
    "auditor": ["/audit/"],
}


def violations(page, rules=RULES):
    """What axe finds, as rule: first element."""
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.fixture
def customer(make):
    customer = make("customer", store_id=EAST, name="钱先来")
    make("visitor", store_id=EAST, name="钱先来", source="friend", customer_id=customer.id)
    return customer


@pytest.mark.parametrize("username", SCREENS)
def test_axe_finds_nothing_on_any_kind_of_screen_in_light_and_dark(sign_in, customer, username):
    assert found_on(sign_in(username), SCREENS[username], customer.public_id) == {}


@pytest.mark.soak
@pytest.mark.parametrize("username", LONG)
def test_axe_finds_nothing_on_the_long_screens(sign_in, customer, username):
    assert found_on(sign_in(username), LONG[username], customer.public_id) == {}


@pytest.mark.soak
@pytest.mark.parametrize("table", sorted(registers.load_all()))
def test_axe_finds_nothing_on_the_list_page_and_form_of_any_register(sign_in, world, table):
    register = register_named(table)
    reader, writer = someone_who(register), someone_who(register, Action.ADD)
    with world.writing() as session:
        shown = make_record(session, register, everything=True, **scope_of(reader, register)).public_id
    base = f"/admin/{table}/"
    assert found_on(sign_in(reader), [base, f"{base}details/?id={{id}}"], shown) == {}
    if writer and not register.operations_only:
        assert found_on(sign_in(writer), [f"{base}new/"], shown) == {}


def found_on(page, urls, id_):
    """(address, colours) -> what axe finds there; {id} in *urls* is *id_*."""
    found = {}
    page.set_viewport_size(TALL)
    for url in urls:
        answer = page.goto(url.format(id=id_))
        assert answer.status == (404 if "nothing" in url else 200), (url, answer.status)
        for colours, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            if faults := violations(page, rules):
                found[url, colours] = faults
    return found


def test_axe_finds_nothing_on_the_sign_in_page(chromium, address):
    page = chromium.new_page(base_url=address)
    page.goto("/login")
    assert violations(page) == []
    page.close()


def test_axe_finds_nothing_where_a_form_is_refused(sign_in):
    page = sign_in("clerk")
    page.goto("/admin/visitor/new/")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".faults")).to_be_visible()
    assert violations(page) == []

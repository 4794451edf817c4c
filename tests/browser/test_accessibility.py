"""No kind of screen breaks WCAG 2.2 A or AA as far as axe can tell, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.fixtures.company import STORE_IDS

pytestmark = pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
EAST = STORE_IDS["城东店"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

#: kind of screen -> who looks at it, and where; {id} is a customer with visits
SCREENS = {
    "desk": ("clerk", "/"),
    "list": ("clerk", "/admin/visitor/"),
    "filtered list": ("clerk", "/admin/visitor/?f-source=friend&f-source-op=in&q=王"),
    "empty list": ("clerk", "/admin/estate/"),
    "form": ("clerk", "/admin/visitor/new/"),
    "long form": ("customer_manager", "/admin/customer_profile/new/"),
    "form with lines": ("clerk", "/admin/customer/new/"),
    "customer page": ("store_manager", "/admin/customer/details/?id={id}"),
    "edit": ("store_manager", "/admin/customer/edit/?id={id}"),
    "void": ("store_manager", "/admin/customer/delete/?id={id}"),
    "why": ("clerk", "/admin/customer/why/?id={id}"),
    "jump": ("clerk", "/jump/?q=客户"),
    "views": ("clerk", "/lists/visitor/"),
    "import": ("clerk", "/admin/visitor/import/"),
    "approvals": ("store_manager", "/approvals/"),
    "loan desk": ("archive_keeper", "/loans/"),
    "stand-ins": ("store_manager", "/stand-ins/"),
    "people": ("admin", "/people/"),
    "rights": ("admin", "/rights/"),
    "settings": ("admin", "/settings/"),
    "code lists": ("admin", "/code-lists/"),
    "audit": ("auditor", "/audit/"),
    "not there": ("clerk", "/admin/nothing/"),
}


def violations(page):
    """What axe finds, as rule: first element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.fixture
def customer(make):
    customer = make("customer", store_id=EAST, name="钱先来")
    make("visitor", store_id=EAST, name="钱先来", source="friend", customer_id=customer.id)
    return customer


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_a_screen_in_light_and_dark(sign_in, customer, screen):
    username, url = SCREENS[screen]
    page = sign_in(username)
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        answer = page.goto(url.format(id=customer.public_id))
        assert answer.status < 400 or screen == "not there", (url, answer.status)
        assert violations(page) == [], colours


def test_axe_finds_nothing_on_the_sign_in_page(chromium, address):
    page = chromium.new_page(base_url=address)
    page.goto("/login")
    assert violations(page) == []
    page.close()


def test_axe_finds_nothing_where_a_form_is_refused(sign_in):
    page = sign_in("clerk")
    page.goto("/admin/visitor/new/")
    page.get_by_role("button", name="保存", exact=True).click()
    assert page.locator(".faults").is_visible()
    assert violations(page) == []

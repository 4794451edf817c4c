"""Every kind of screen of the demo company, in light and dark, on a phone, and on paper: nothing sticks out at the side.

With STRONGROOM_PICTURES naming a folder, what is seen is kept there: the pictures of the README and of the handbook.
"""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from admin_app.models import register_named
from admin_app.working.people import Account
from seed import company
from tests.fixtures.company import PASSWORD
from tests.fixtures.worlds import new_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.soak,
    pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True),
]
#: name -> who looks, where; {customer} has the most visits, {handover} is one with a paper to sign
SCREENS = {
    "desk": ("archive_keeper", "/"),
    "list": ("store_manager", f"/admin/visitor/?{urlencode({'f-source': 'friend', 'f-came_at-op': 'this_year'})}"),
    "form": ("clerk", "/admin/visitor/new/"),
    "record": ("clerk", "/admin/visitor/details/?id={visitor}"),
    "customer": ("store_manager", "/admin/customer/details/?id={customer}"),
    "jump": ("store_manager", "/jump/?q=ch"),
    "loans": ("archive_keeper", "/loans/"),
    "out": ("archive_keeper", "/loans/out/"),
    "round": ("archive_keeper", "/archives/round/"),
    "due": ("archive_keeper", "/archives/due/"),
    "rooms": ("archive_keeper", "/archives/rooms/"),
    "catalogue": ("archive_keeper", "/archives/catalogue/"),
    "channels": ("admin", "/channels/"),
    "dispatch": ("store_manager", "/dispatch/"),
    "slip": ("archive_keeper", "/admin/archive_handover/slip/?id={handover}"),
    "settings": ("admin", "/settings/"),
}  # fmt: skip
LOOKS = {
    "light": {"viewport": {"width": 1366, "height": 768}},
    "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 780}, "has_touch": True},
}
_STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def world(engine_kind):
    def seed(session):
        # the company is founded at its own time; its life ends today, when the pages are looked at
        company.fill(session, now=datetime.now(UTC), password=PASSWORD, size=400)

    with new_world(engine_kind, "looks", seed) as made:
        yield made


@pytest.fixture
def ids(world):
    """The ids in addresses of the records that the screens show."""
    visitor, customer, handover = map(register_named, ("visitor", "customer", "archive_handover"))
    visits = select(visitor.customer_id, func.count().label("number")).group_by(visitor.customer_id).subquery()
    with world.open() as session:
        account = session.scalars(select(Account).where(Account.username == "store_manager")).one()
        store = session.get_one(register_named("employee"), account.employee_id).store_id
        theirs = select(customer).join(visits, visits.c.customer_id == customer.id).where(customer.store_id == store)
        known = session.scalars(theirs.where(customer.level == 1).order_by(visits.c.number.desc(), customer.id)).first()
        visit = session.scalars(select(visitor.public_id).where(visitor.customer_id == known.id)).first()
        paper = session.scalars(select(handover.public_id).order_by(handover.id)).first()
        return {"customer": known.public_id, "visitor": visit, "handover": paper}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_all_it_shows_within_its_width(sign_in, ids, picture, screen, look):
    username, address = SCREENS[screen]
    page = sign_in(username, **LOOKS[look])
    page.goto(address.format(**ids))
    expect(page.locator("h1").first).to_be_visible()
    picture(page, screen if look == "light" else f"{screen}-{look}", whole=screen == "customer")
    assert page.evaluate(_STICKS_OUT) <= 0


@pytest.mark.parametrize("screen", ["list", "record", "customer", "slip"])
def test_a_print_has_all_it_shows_on_the_sheet(sign_in, ids, picture, screen):
    username, address = SCREENS[screen]
    page = sign_in(username, viewport={"width": 1050 if screen == "list" else 703, "height": 1000})
    page.goto(address.format(**ids))
    page.emulate_media(media="print")
    picture(page, f"{screen}-print")
    assert page.evaluate(_STICKS_OUT) <= 0


def test_what_the_jump_box_finds_stands_below_it(sign_in, picture):
    page = sign_in("store_manager", **LOOKS["light"])
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    page.keyboard.type("chen")
    expect(page.locator(".jump-found a", has_text="陈").first).to_be_visible()
    expect(page.locator(".jump-found")).not_to_contain_text("最近打开")
    picture(page, "jump-box")


def test_a_clash_shows_mine_theirs_and_the_original(sign_in, ids, picture):
    edit = f"/admin/customer/edit/?id={ids['customer']}"
    first, second = sign_in("store_manager", **LOOKS["light"]), sign_in("info_supervisor", **LOOKS["light"])
    for number, page in enumerate((first, second)):
        page.goto(edit)
        page.get_by_label("备注").fill(f"改了{number}")
    for page in (first, second):
        page.get_by_role("button", name="保存", exact=True).click()
    expect(second.locator(".clash")).to_be_visible()
    picture(second, "clash")

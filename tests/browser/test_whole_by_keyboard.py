"""Screens of every kind gone through by keyboard alone: all is reached, in sight, and left again; at 200 % nothing sticks out."""

import pytest
from playwright.sync_api import Page, expect

from admin_app import clock

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)]
#: 1280 px at 200 %
ZOOMED, WHOLE = {"width": 640, "height": 450}, {"width": 1280, "height": 900}
#: what Tab should come to: a group of radio buttons is one stop
_STOPS = """
() => {
  const at = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const shown = (one) => one.checkVisibility({visibilityProperty: true})
    && !one.closest("details:not([open]) > :not(summary)") && !one.closest("[inert]");
  const stops = [...document.querySelectorAll(at)].filter((one) => one.tabIndex >= 0 && !one.disabled && shown(one));
  const groups = new Set();
  const asked = stops.filter((one) => {
    if (one.type !== "radio") return true;
    const known = groups.has(one.name);
    groups.add(one.name);
    return !known;
  });
  window.stops = asked;
  return asked.length;
}
"""
#: what is wrong with where the focus is now; its place among the stops
_AT = """
() => {
  const at = document.activeElement, called = at.outerHTML.slice(0, 120);
  const place = window.stops.findIndex((one) => one === at || (one.type === "radio" && one.name === at.name));
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  const within = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {place, called, drawn, within, body: at === document.body};
}
"""
_STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCREENS = {
    "archive_keeper": ["/loans/"],
    "store_manager": ["/dispatch/", "/approvals/", "/admin/archive_loan/details/?id={request}"],
    "clerk": ["/admin/visitor/import/"],
    "director": ["/scores/?month=2026-03", "/scores/{sheet}/"],
    "admin": ["/settings/", "/rights/?table=visitor"],
}


@pytest.fixture
def ids(example, room):
    """A score sheet of March, and a request that waits for the store manager since this morning."""
    room.now = clock.now()
    request = room.get("archive_loan", room.submitted())
    return {"sheet": example.sheet("customer_manager").public_id, "request": request.public_id}


def gone_through(page: Page) -> list[str]:
    """Tab from the top to the end; what was not reached, not to be seen, or came before what stands above it."""
    wanted = page.evaluate(_STOPS)
    faults, met = [], set()
    for _press in range(2 * wanted + 20):  # a page may begin in its midst, and a box of time is three stops
        if len(met) == wanted:
            break
        page.keyboard.press("Tab")
        now = page.evaluate(_AT)
        if now["body"]:
            continue
        if now["place"] >= 0:  # else a script put it there since
            met.add(now["place"])
        faults += [f"{what}: {now['called']}" for what in ("drawn", "within") if not now[what]]
    missed = [page.evaluate("(n) => window.stops[n].outerHTML.slice(0, 120)", n) for n in range(wanted) if n not in met]
    return faults + [f"missed: {one}" for one in missed]


def test_each_kind_of_screen_is_gone_through_by_keyboard_and_holds_at_200_percent(sign_in, ids):
    for username, addresses in SCREENS.items():
        page = sign_in(username)
        for address in addresses:
            page.goto(address.format(**ids))
            page.wait_for_load_state()
            assert "\n".join(gone_through(page)) == "", address
            _opens_and_closes(page)
            page.set_viewport_size(ZOOMED)
            assert page.evaluate(_STICKS_OUT) <= 0, address
            page.set_viewport_size(WHOLE)


def _opens_and_closes(page: Page) -> None:
    """Ctrl-K to the jump box, and Escape out of what it found."""
    page.keyboard.press("Control+k")
    page.keyboard.type("客户")
    expect(page.locator(".jump-found")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".jump-found")).to_be_hidden()

"""Somebody who uses no mouse: what has the focus is known by its name, and is reached by Tab within a sensible number."""

from playwright.sync_api import Page, expect

#: so many presses of Tab are a sensible way to whatever a page offers
FAR = 60
_FOCUSED = """
() => {
  const at = document.activeElement;
  const named = at.getAttribute("aria-label") || [...(at.labels ?? [])].map((label) => label.innerText).join(" ");
  return (named || at.innerText || at.value || "").trim();
}
"""


class Keyboard:
    """The keys of one page."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, name: str) -> None:
        """Move the focus on to what is called *name*, unless it has it; fails where it isn't met soon."""
        passed = [self.page.evaluate(_FOCUSED)]
        while len(passed) <= FAR:
            if passed[-1].lstrip("*") == name:
                return
            self.press("Tab")
            passed.append(self.page.evaluate(_FOCUSED))
        raise AssertionError(f"{name} isn't reached by Tab from where one was; met were {passed}")

    def skip_to_content(self) -> None:
        """By the link that every page begins with, past the menu."""
        self.reach("跳到正文")
        self.press("Enter")

    def act(self, name: str, then: str) -> None:
        """Reach what is called *name*, press Enter, and wait until the page shows *then*."""
        self.reach(name)
        self.press("Enter")
        expect(self.page.locator("main")).to_contain_text(then)
        self.page.wait_for_load_state()  # whoever sees the page only then goes on

    def choose(self, name: str, option: str) -> None:
        """Go down the choices of the box called *name* to *option*."""
        self.reach(name)
        for _ in range(FAR):
            if self.page.evaluate("document.activeElement.selectedOptions[0].text") == option:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} doesn't offer {option}")

    def fill(self, name: str, text: str) -> None:
        """Type *text* in place of what stands in the box called *name*."""
        self.reach(name)
        self.press("Control+a")
        self.type(text)

    def jump(self, text: str, to: str) -> None:
        """Ctrl-K, *text*, down to what is called *to*, Enter."""
        self.page.wait_for_load_state()  # before that no script listens
        self.press("Control+k")
        self.type(text)
        expect(self.page.locator(".jump-found a", has_text=to).first).to_be_visible()
        for _ in range(FAR):
            self.press("ArrowDown")
            if to in self.page.evaluate(_FOCUSED):
                break
        self.press("Enter")
        expect(self.page.locator("h1")).to_contain_text(to)

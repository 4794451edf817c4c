"""A real browser on a real server: Debian's Chromium, driven by Playwright, against the application on a world's database."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.fixtures.company import PASSWORD

# A machine busy with the other half of the tests answers late; what is asserted is that it answers.
expect.set_options(timeout=30_000)
_SIZE = {"width": 1280, "height": 900}
PICTURES = Path(os.environ.get("STRONGROOM_PICTURES", "")) if os.environ.get("STRONGROOM_PICTURES") else None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this run; without background traffic, since nothing outside this machine answers."""
    path = shutil.which("chromium")
    assert path, "chromium is missing: run make test, which installs it"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def address(app) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """The address of a running server."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def new_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """``new_page()``: a page in a browser of its own, set up as *more* says; a script error fails the test."""
    contexts, errors = [], []

    def opened(**more: Any) -> Page:
        context = chromium.new_context(**{"viewport": _SIZE, "locale": "zh-CN", "base_url": address} | more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def sign_in(new_page: Callable[..., Page], address: str, client_of: Any) -> Callable[..., Page]:
    """``sign_in("clerk")`` gives that person's desk in a browser of their own, past the door."""

    def page_of(username: str, **more: Any) -> Page:
        page = new_page(**more)
        cookie = client_of(username).get_cookie("session")
        page.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        page.goto("/")
        expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
        return page

    return page_of


@pytest.fixture
def enter(new_page: Callable[..., Page]) -> Callable[[str], Page]:
    """``enter("clerk")``: the same, by the door."""

    def page_of(username: str) -> Page:
        page = new_page()
        page.goto("/login")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
        return page

    return page_of


@pytest.fixture
def picture() -> Callable[..., None]:
    """Keeps a picture of a page where STRONGROOM_PICTURES names a folder; the README's are made this way."""

    def take(page: Page, name: str, whole: bool = False) -> None:
        if PICTURES:
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)

    return take

"""The page in a real browser: Chromium, without a screen and without a network."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SHOWN = (
    "selector => [...document.querySelectorAll(selector)]"
    ".filter(one => one.checkVisibility({visibilityProperty: true}))"
    ".map(one => one.closest('.result, .beside li')?.id ?? one.getAttribute('href')?.slice(1) ?? one.outerHTML)"
)
"""The elements that are shown, in the window or outside: each by the id of its result where it has one."""
LEFT = (
    "[...document.querySelectorAll('.result, .beside li')].filter(one => !one.closest('[hidden]')).map(one => one.id)"
)
"""The results that no filter hides, whether their group is open or closed."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser with a profile of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM or "chromium", args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Opened(msgspec.Struct, frozen=True):
    """A page, and what it said and asked for."""

    page: Page
    said: list[str]
    """On the console, and errors that nobody caught."""
    requests: list[str]

    def shown(self, selector: str) -> set[str]:
        """The elements that are shown, each by the id of its result where it has one."""
        return set(self.page.evaluate(SHOWN, selector))

    def results(self) -> set[str]:
        """The ids of the results that no filter hides."""
        return set(self.page.evaluate(LEFT))

    def cells(self) -> set[str]:
        """The ids of the results whose cells in the matrix are shown and lead to them."""
        return self.shown("td a")

    def count(self) -> str:
        """What the page says of how much it shows, where a screen reader hears it."""
        return self.page.get_by_role("status").inner_text()

    def focused(self) -> str:
        """What has the keyboard, in words: its element, and its id, name or first words."""
        words: str = self.page.evaluate(
            "(() => { const one = document.activeElement; const owner = one.closest('.result, .beside li');"
            " return `${one.localName} ${one.name || one.id || (owner ? owner.id : one.textContent.trim())}`; })()"
        )
        return words


@contextmanager
def opened(browser: Browser, address: Path | str, **context: Any) -> Iterator[Opened]:
    """A file, or an address on loopback, in a window of its own."""
    with browser.new_context(**context) as window, heard(window.new_page(), address) as one:
        yield one


@contextmanager
def heard(page: Page, address: Path | str) -> Iterator[Opened]:
    """A file, or an address on loopback, in a tab; what it says and asks for is heard to the end."""
    one = Opened(page, [], [])
    hearers: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: one.said.append(message.text),
        "pageerror": lambda error: one.said.append(str(error)),
        "request": lambda request: one.requests.append(request.url),
    }
    for event, hearer in hearers.items():
        page.on(event, hearer)
    page.goto(address.as_uri() if isinstance(address, Path) else address)
    yield one
    for event, hearer in hearers.items():
        page.remove_listener(event, hearer)


class Windows:
    """Windows that are used again, since a new one takes longer than a page in it.

    Each page is loaded anew and finds nothing of the one before; a window in which a test failed is not used again.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Page]] = {}

    @contextmanager
    def opened(self, address: Path | str, **context: Any) -> Iterator[Opened]:
        """A page in a window with these properties that nobody else has at the time."""
        free = self._free.setdefault(repr(sorted(context.items())), [])
        page = free.pop() if free else self._browser.new_context(**context).new_page()
        with heard(page, address) as one:
            yield one
        page.emulate_media(media="null")
        page.goto("about:blank")
        page.context.clear_cookies()
        free.append(page)


class Listening(msgspec.Struct, frozen=True):
    """A server on loopback."""

    address: str
    asked: list[str]
    """The paths that anybody asked for."""


@contextmanager
def listening(folder: Path) -> Iterator[Listening]:
    """Serve a folder."""
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield Listening(f"http://127.0.0.1:{server.server_port}", asked)
        finally:
            server.shutdown()
            thread.join()

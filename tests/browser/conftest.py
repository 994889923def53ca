"""A browser, and pages to open in it; where there is no browser, only CI minds."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import CHROMIUM, Opened, Windows, chromium
from tests.command import ROOT, vendorgate
from tests.golden.cast import CAST

Open = Callable[..., Opened]
"""Opens a page by its name, or any address."""
PROJECTS = ("clinic", "code-assistant", "eu-support-bot", "newsletter")
WAIVERS = """\
version: 1
waivers:
  - {policy: personal-data-*, reason: Contract is being signed, approved_by: dpo@example.org, expires: 2026-12-31}
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None and "CI" not in os.environ:
        pytest.skip("chromium is not installed")
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`examples.html` has results of every outcome, `cast.html` the hostile cast."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(ROOT / "policies", folder / "policies")
    (folder / "policies" / "waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    manifests = [f"examples/{name}/vendorgate.yaml" for name in PROJECTS]
    policies = ("--policies", str(folder / "policies"), "--pack", "residency", "--as-of", "2026-11-24")
    written = ("--output", f"html={folder / 'examples.html'}", "--output", f"json={folder / 'examples.json'}")
    assert vendorgate("check", *manifests, *policies, *written, folder=ROOT).code == 1
    cast = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
    assert vendorgate("check", *cast, "--output", f"html={folder / 'cast.html'}", folder=CAST).code == 1
    return folder


@pytest.fixture(scope="session")
def report(folder: Path) -> dict[str, Any]:
    """What `examples.html` shows, as JSON."""
    read: dict[str, Any] = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def open_page(windows: Windows, folder: Path) -> Iterator[Open]:
    """Opens pages, and closes them after the test; nothing may have gone wrong in any of them, nor left it."""
    with ExitStack() as stack:
        pages: list[Opened] = []

        def open_it(name: str = "examples", fragment: str = "", **context: Any) -> Opened:
            address = f"{(folder / name).as_uri()}.html{fragment}"
            pages.append(stack.enter_context(windows.opened(address, **context)))
            return pages[-1]

        yield open_it
        for one in pages:
            assert one.said == []
            assert all(request.startswith(folder.as_uri()) for request in one.requests)
            assert len(one.requests) == 1

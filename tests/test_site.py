"""The site is built without a warning, and its generated pages hold what the code has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest
from tools.reference import FILES
from tools.site import build

from vendorgate.cli.commands import vendorgate
from vendorgate.commands.policy.lints.table import LINTS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    folder = tmp_path_factory.mktemp("site")
    assert build(folder) == 0
    return folder


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.anchors.update(named[name] for name in ("id", "name") if name in named)
        self.links.extend(named[name] for name in ("href", "src") if name in named)


def _page(path: Path) -> _Links:
    found = _Links()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    pages = {path.resolve(): _page(path) for path in site.rglob("*.html")}
    lost = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            missing = not target.exists()
            anchor = bool(parts.fragment) and target in pages and unquote(parts.fragment) not in pages[target].anchors
            if missing or (anchor and parts.fragment != "top"):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert lost == []


def test_no_page_of_the_site_loads_anything_from_another_host(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|img|link)[^>]+(?:src|href)=\"https?://", text), path.name


def _commands(group: click.Group, path: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}"
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


def test_search_knows_every_command_lint_and_file(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8").lower()
    for command in _commands(vendorgate, "vendorgate"):
        assert f'"{command}"' in index, command
    for lint in LINTS:
        assert f'"{lint}"' in index, lint
    for title in FILES.values():
        assert f'"{title.lower()}"' in index, title

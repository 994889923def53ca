"""No text of an input becomes anything but text, and if it did, the page's own policy would stop it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Windows, listening
from tests.browser.conftest import Open
from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate.gate import Gate
from vendorgate.model.text import is_plain
from vendorgate.report.html import render

PAYLOADS = (
    '<img src=x onerror="hacked=1">',
    "</title><script>hacked=1</script>",
    "</script><script>hacked=1</script>",
    "</style><script>hacked=1</script>",
    "</textarea></select></noscript><svg onload=hacked=1>",
    '" autofocus onfocus="hacked=1" x="',
    "' onmouseover='hacked=1' x='",
    "<!--<script>",
    "--!><b>",
    "]]><x>",
    "{{ 7 * 7 }}{% for x in y %}{# #}",
    "&lt;b&gt;&#60;b&#62;&amp;",
    "javascript:hacked=1",
    "`</code><script>hacked=1</script>`",
    "\u202e\u2066\u200b\u2028\ufeff\x1b[31m\x9b",
    "\u6f22\u5b57 \u0644\u0645 a\u0301",
)
SKELETON = (
    "(() => { const walk = one => one.localName === 'option' ? '' :"
    " one.localName + [...one.attributes].map(a => '@' + a.name).sort().join('') +"
    " '(' + [...one.children].filter(c => c.localName !== 'code').map(walk).join() + ')';"
    " return walk(document.documentElement) })()"
)
"""Every element with the names of its attributes, save code, which text between backticks becomes."""


def _plain(text: str) -> str:
    """A text as the name of a model can have it."""
    return " ".join("".join(one if is_plain(one) else " " for one in text).split())


def page_of(folder: Path, text: str) -> Path:
    """A page with a text in every field of the inputs that takes any."""
    cell: dict[str, Any] = {
        "value": "yes_public",
        "verified": "2026-07-05",
        "confidence": "high",
        "source": text,
        "archived": text,
        "note": text,
        "scope": {"models": {"only": [text + "!"]}, "cloud_regions": {"only": [text + "!"]}},
    }
    rules: list[Any] = [
        {"covered": "hipaa_baa"},
        {"that": {"==": [{"var": "usage.settings.a"}, text]}, "message": text},
        {"in": [text, {"var": "usage.models"}]},
    ]
    data = {"var": "usage.data"}
    words = {"title": text, "remediation": text, "references": [text], "tags": [text]}
    usage = {
        "id": "u",
        "offering": "alpha",
        "data": ["phi"],
        "purpose": text,
        "models": [_plain(text) + "~"],
        "cloud_region": text,
        "settings": {text: text, "a": text + "?"},
    }
    waiver = {"reason": text, "approved_by": text, "ticket": text, "expires": "2026-12-01"}
    snapshot = {"name": text, "license": text, "attribution": text, "disclaimer": text}
    names = {"name": text, "developer": text, "platform": text}
    agreement = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2025-01-01", "reference": text}
    files: dict[str, Any] = {
        "registry/snapshot.yaml": {**SNAPSHOT, **snapshot},
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, **names, "dimensions": {"hipaa_baa": cell}},
        "policies/bundle.yaml": {"name": text, "release": text},
        "policies/agreements.yaml": {"version": 1, "agreements": [agreement]},
        "policies/waivers.yaml": {"version": 1, "waivers": [{"policy": "waived", **waiver}]},
        "policies/p.yaml": {
            "version": 1,
            "policies": [
                {"id": "fails", **words, "require": rules},
                {"id": "waived", **words, "require": rules},
                {
                    "id": "passes",
                    **words,
                    "require": [{"that": {"in": ["phi", {"var": "usage.data"}]}, "message": text}],
                },
                {"id": "elsewhere", **words, "when": {"in": ["pii", data]}, "require": rules},
            ],
        },
        "vendorgate.yaml": {"version": 1, "project": "p", "owner": text, "usages": [usage]},
    }
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    evaluation = Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF)
    (folder / "page.html").write_text(render(evaluation), encoding="utf-8")
    return folder / "page.html"


@pytest.fixture(scope="module")
def plain(windows: Windows, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The skeleton of a page of plain text."""
    with windows.opened(page_of(tmp_path_factory.mktemp("plain"), "plain"), bypass_csp=True) as page:
        return str(page.page.evaluate(SKELETON))


@pytest.mark.parametrize("text", PAYLOADS, ids=lambda text: ascii(text)[:40])
def test_page_of_hostile_text_is_built_as_a_page_of_plain_text(
    windows: Windows, plain: str, tmp_path: Path, text: str
) -> None:
    # Without the page's policy: what holds here is the escaping alone.
    with windows.opened(page_of(tmp_path, text), bypass_csp=True) as hostile:
        hostile.page.wait_for_timeout(100)
        assert hostile.page.evaluate(SKELETON) == plain
        assert hostile.page.evaluate("typeof hacked") == "undefined"
        assert hostile.page.title() == "FAIL: AI vendors of p, 2026-11-23"
        assert hostile.said == []
        assert len(hostile.requests) == 1


def test_hostile_cast_is_shown_as_it_is_written(open_page: Open) -> None:
    page = open_page("cast")
    title = r"<b>bold</b> | ]]> %0A ::error:: @everyone =1+1 \x1b[31mred \u202egnp.exe \u2028 `tick` é 漢字"
    assert page.page.locator("#r1 h4").text_content() == title
    assert page.page.locator("#cells th:nth-child(2)").first.get_attribute("title") == title


def test_only_addresses_of_the_web_are_links(windows: Windows, tmp_path: Path) -> None:
    for text, links in (("javascript:alert(1)", 0), ("data:text/html,<b>", 0), ("https://alpha.example/a", 4)):
        with windows.opened(page_of(tmp_path / str(links) / text[:4], text)) as page:
            assert page.page.locator('a:not([href^="#"])').count() == links
            assert page.page.locator(f'a[href="{text}"]').count() == links if links else True


@pytest.mark.parametrize(
    "slipped",
    [
        "<img src=x onerror=hacked=1>",
        "<script>hacked=1</script>",
        "<a id=bait href='javascript:void(hacked=1)'>x</a>",
        "<img src='LISTENING'>",
        "<link rel=stylesheet href='LISTENING'>",
        "<iframe src='LISTENING'></iframe>",
        "<base href='LISTENING'>",
        "<style>body { display: none }</style>",
        "<p id=bait style='display: none'>x</p>",
    ],
)
def test_what_slipped_through_would_be_stopped_by_the_policy_of_the_page(
    windows: Windows, folder: Path, tmp_path: Path, slipped: str
) -> None:
    text = (folder / "examples.html").read_text(encoding="utf-8")
    with listening(tmp_path) as server:
        through = slipped.replace("LISTENING", f"{server.address}/bait")
        (tmp_path / "page.html").write_text(text.replace("<main>", f"<main>{through}"), encoding="utf-8")
        with windows.opened(tmp_path / "page.html") as page:
            if "javascript:" in slipped:
                page.page.locator("#bait").click()
            page.page.wait_for_timeout(100)
            assert page.page.evaluate("typeof hacked") == "undefined"
            assert re.search("Content Security Policy", " ".join(page.said)), page.said
            assert page.page.locator("h1").is_visible()
    assert server.asked == []

"""The page as text: what is escaped, what is a link, what its own policy lets through."""

from __future__ import annotations

import base64
import datetime
import hashlib
import html
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden.cast import CAST
from vendorgate import Gate
from vendorgate.model.evaluation import Evaluation
from vendorgate.report.html import render
from vendorgate.report.page.reference import reference
from vendorgate.report.surroundings import Surroundings
from vendorgate.terminal.escape import escape


@cache
def evaluation() -> Evaluation:
    gate = Gate(CAST / "policies", CAST / "registry")
    return gate.check(CAST / "vendorgate.yaml", as_of=datetime.date(2026, 11, 23))


class Reader(HTMLParser):
    """Reads what a browser would: elements, and the texts of headings, references and tooltips."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.titles: set[str] = set()
        self._heading: list[str] | None = None
        self.headings: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.titles.update(value or "" for name, value in attrs if name == "title")
        if tag == "h4":
            self._heading = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "h4" and self._heading is not None:
            self.headings.append("".join(self._heading))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)


def titled(title: str) -> str:
    """The page of the cast, with a title for all of its policies."""
    whole = evaluation()
    bundle = msgspec.structs.replace(
        whole.bundle, policies=tuple(msgspec.structs.replace(one, title=title) for one in whole.bundle.policies)
    )
    results = tuple(
        msgspec.structs.replace(one, policy=msgspec.structs.replace(one.policy, title=title)) for one in whole.results
    )
    return render(msgspec.structs.replace(whole, bundle=bundle, results=results))


@cache
def plain() -> Counter[str]:
    return Reader(titled("plain")).elements


HOSTILE = st.text(st.sampled_from("<>&\"'`/=!-{}%# \n\t\x00\x1b\u2028\u202e\ud800abc") | st.characters(), max_size=30)


@settings(deadline=None, max_examples=50)
@given(HOSTILE)
def test_any_text_comes_back_as_it_was_and_makes_no_element(title: str) -> None:
    read = Reader(titled(title))
    assert read.elements == plain()
    assert set(read.headings) == {escape(title)}
    assert read.titles == {escape(title)}


LINKS = [
    ("https://vendor.example/a?b=c&d=e#f", True),
    ("http://vendor.example", True),
    ("HTTPS://vendor.example/", True),
    ("https://vendor.example/%F0%9F", True),
    ("https://[::1]/", True),
    ("javascript:alert(1)", False),
    ("JAVASCRIPT:alert(1)//https://vendor.example", False),
    ("java\nscript:alert(1)", False),
    ("data:text/html,x", False),
    ("file:///etc/passwd", False),
    ("//vendor.example", False),
    ("/etc/passwd", False),
    ("vendor.example", False),
    ("https://", False),
    ("https:vendor.example", False),
    ("https://vendor.example@evil.example/", False),
    ("https://vendor.example/ and more", False),
    ('https://vendor.example/"onclick="x', False),
    ("https://vendor.example/\u202egnp", False),
    ("https://[vendor.example/", False),
    ("45 CFR 164.504(e)", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "is_link"), LINKS)
def test_only_addresses_of_the_web_are_links(text: str, is_link: bool) -> None:
    assert reference(text).is_link is is_link
    assert reference(text).text == text


def test_policy_of_the_page_lets_its_own_style_and_script_through_and_nothing_else() -> None:
    page = render(evaluation())
    (content,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.split(" ", 1) for rule in html.unescape(content).split("; "))
    for kind in ("style", "script"):
        (inside,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    assert not re.search(r"""(?:src|href|action)="(?!#|https?:|data:image/svg)|\bon\w+=|style=""", page)


def test_paths_begin_at_the_root_of_the_repository() -> None:
    page = render(evaluation(), Surroundings(folder=str(CAST.parent), repository=str(CAST.parent.parent)))
    assert "<code>golden/cast/vendorgate.yaml:7:5</code>" in page
    assert "<td>golden/cast/vendorgate.yaml</td>" in page
    assert str(CAST.parent.parent) not in page


def test_what_blocks_without_a_known_cause_is_not_left_out() -> None:
    whole = evaluation()
    first = next(result for result in whole.results if result.blocks)
    bare = msgspec.structs.replace(first, requirements=(), when=())
    page = render(msgspec.structs.replace(whole, results=(bare,)))
    causes = page.partition('<ol class="causes">')[2].partition("</ol>")[0]
    assert f"<code>{first.policy.id}</code> is not met" in causes
    assert '<a href="#r1">' in causes


def test_same_evaluation_gives_the_same_bytes() -> None:
    assert render(evaluation()) == render(evaluation())

"""Which addresses lead to one page, and which do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.commands.registry.pages import nearest_pages, page_of

SAME = [
    ("https://a.example/x#part-2", "https://a.example/x"),
    ("https://a.example/x#", "https://a.example/x"),
    ("HTTPS://A.Example/x", "https://a.example/x"),
    ("https://a.example:443/x", "https://a.example/x"),
    ("http://a.example:80", "http://a.example/"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/%7Ex/%2f", "https://a.example/~x/%2F"),
    (" https://a.example/x ", "https://a.example/x"),
    ("https://a.example/x?a=1#b", "https://a.example/x?a=1"),
]
APART = [
    ("https://a.example/x/", "https://a.example/x"),
    ("https://www.a.example/x", "https://a.example/x"),
    ("http://a.example/x", "https://a.example/x"),
    ("https://a.example/X", "https://a.example/x"),
    ("https://a.example/x?a=1&b=2", "https://a.example/x?b=2&a=1"),
    ("https://a.example:8443/x", "https://a.example/x"),
    ("https://a.example/a%2Fb", "https://a.example/a/b"),
    ("http://a.example:443/x", "https://a.example/x"),
]


@pytest.mark.parametrize(("one", "page"), SAME)
def test_what_every_server_takes_for_the_same_is_one_page(one: str, page: str) -> None:
    assert page_of(one) == page == page_of(page)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_may_lead_elsewhere_stays_apart(one: str, other: str) -> None:
    assert page_of(one) != page_of(other)


@pytest.mark.parametrize(
    "text", ["https://[::1", "https://a:port/x#y", "a contract, on paper #7", "://", "", "https://"]
)
def test_what_is_no_address_is_itself(text: str) -> None:
    assert page_of(text) == text


@given(st.text(max_size=40).map(lambda text: f"https://a.example/{text}") | st.text(max_size=40))
def test_a_page_is_its_own_page(text: str) -> None:
    assert page_of(page_of(text)) == page_of(text)


def test_nearest_pages_are_those_of_the_same_host() -> None:
    pages = ["https://a.example/legal/dpa", "https://a.example/legal/dpa/", "https://a.example/x", "https://b.example/"]
    assert nearest_pages("https://a.example/legal/dpa#s", pages[1:])[0] == "https://a.example/legal/dpa/"
    assert nearest_pages("https://a.example/legal/dpas", pages)[:2] == tuple(pages[:2])
    assert nearest_pages("https://unknown.example/zzzzzzzzzzzzzzzzzzz", ["https://b.example/"]) == ()

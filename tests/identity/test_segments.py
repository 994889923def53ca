"""Globs of paths and of OWNER/NAME: `*` and `?` stay within a segment, `**` crosses ("Whose project it is")."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.identity import segments
from vendorgate.identity.segments import fits

FITS = [
    ("claims/vendorgate.yaml", "claims/**"),
    ("claims/a/b/vendorgate.yaml", "claims/**"),
    ("claims/vendorgate.yaml", "claims/*"),
    ("vendorgate.yaml", "**"),
    ("vendorgate.yaml", "**/vendorgate.yaml"),
    ("a/b/vendorgate.yaml", "**/vendorgate.yaml"),
    ("a/claims/vendorgate.yaml", "**/claims/**"),
    ("claims/vendorgate.yaml", "**/claims/**"),
    ("a/b", "a/**/b"),
    ("a/x/y/b", "a/**/b"),
    ("claims-eu/x/vendorgate.yaml", "claims-**"),
    ("claims/vendorgate.yml", "claims/vendorgate.???"),
    ("acme/clinic", "acme/*"),
    ("group/sub/clinic", "group/**"),
    ("[ab]/x", "[ab]/x"),
    ("a*b/x", "a?b/x"),
    ("aa/a", "**a*"),
]
MISSES = [
    ("other/vendorgate.yaml", "claims/**"),
    ("other/claims/vendorgate.yaml", "claims/**"),
    ("claims2/vendorgate.yaml", "claims/**"),
    ("claims/a/vendorgate.yaml", "claims/*"),
    ("claims", "claims/**"),
    ("Claims/vendorgate.yaml", "claims/**"),
    ("a/vendorgate.yaml", "?/?/vendorgate.yaml"),
    ("a/vendorgate.yaml", "a?vendorgate.yaml"),
    ("a/xb", "a/**/b"),
    ("xvendorgate.yaml", "**/vendorgate.yaml"),
    ("group/sub/clinic", "group/*"),
    ("a/x", "[ab]/x"),
    ("cafe\u0301/vendorgate.yaml", "caf\u00e9/**"),
    ("claims/vendorgate.yaml\n", "claims/vendorgate.yaml"),
    ("", "?"),
]


@pytest.mark.parametrize(("text", "glob"), FITS)
def test_glob_fits(text: str, glob: str) -> None:
    assert fits(text, glob)


@pytest.mark.parametrize(("text", "glob"), MISSES)
def test_glob_does_not_fit(text: str, glob: str) -> None:
    assert not fits(text, glob)


def as_regex(glob: str) -> str:
    """The same glob as a regular expression, which may take forever on long texts."""
    parts = re.findall(r"(?:(?<=/)|^)\*\*/|\*\*|.", glob, re.DOTALL)
    told = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(told.get(part, re.escape(part)) for part in parts)


TEXTS = st.text("ab/*?", max_size=12)


@given(TEXTS, TEXTS)
def test_glob_says_what_a_regular_expression_does(text: str, glob: str) -> None:
    assert fits(text, glob) == (re.fullmatch(as_regex(glob), text, re.DOTALL) is not None)


def test_no_text_makes_a_glob_take_more_than_its_share_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0
    reached = segments._reached

    def counted(places: object, tokens: tuple[str, ...]) -> set[int]:
        nonlocal steps
        found = reached(places, tokens)  # type: ignore[arg-type]
        steps += len(found)
        return found

    monkeypatch.setattr(segments, "_reached", counted)
    counts = []
    for length in (1_000, 2_000):
        steps = 0
        assert not fits("a" * length, "*a" * 20 + "**/b")
        counts.append(steps)
    assert counts[1] <= 2.1 * counts[0]

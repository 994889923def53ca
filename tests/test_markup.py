"""Text in Markdown: rendered, it is the text again, and nothing else."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vendorgate.report.markup import markdown
from vendorgate.terminal.escape import escape

RENDER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
INVISIBLE = "\u200b"
PIECES = [*"ab1 `*_~[]()<>!#@|\\&$-+=.:/{}\"'\n", "www.", "://", "GH-"]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def shown(text: str, frame: str = "{}") -> tuple[set[str], str]:
    """The tags and the text that a reader's browser gets."""
    page = RENDER.render(frame.format(markdown(text)))
    tags = set(re.findall(r"<(/?[a-z0-9]+)", page))
    return tags, html.unescape(re.sub(r"<[^>]*>", "", page)).replace(INVISIBLE, "").strip()


def plain(text: str) -> str:
    return re.sub(r"(?<!`)`([^`]+)`(?!`)", r"\1", escape(text)).strip()


@settings(max_examples=500, deadline=None)
@given(HOSTILE)
@example("``<b>`")
@example("`a|b`")
@example("`\\`")
@example("1. a")
def test_text_is_shown_as_it_is_and_brings_no_markup(text: str) -> None:
    tags, words = shown(f"x {text}")
    assert tags <= {"p", "/p", "code", "/code"}
    assert words.split() == plain(f"x {text}").split()


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_text_stays_in_its_cell(text: str) -> None:
    tags, words = shown(text, "| a | b |\n|---|---|\n| {} | end |\n")
    assert tags <= {f"{end}{tag}" for tag in ("table", "thead", "tbody", "tr", "th", "td", "code") for end in ("", "/")}
    assert words.endswith("end")


@pytest.mark.parametrize("text", ["- a", "+ a", "1. a", "2) a", "=== ", "# a", "> a", "--- "])
def test_text_begins_no_list_and_no_heading(text: str) -> None:
    assert shown(text)[0] == {"p", "/p"}


@pytest.mark.parametrize("text", ["@team", "`@team`", "``@team`", "#12", "a/b#12", "GH-12", "https://a.b", "www.a.b"])
def test_nobody_is_mentioned_and_nothing_is_linked(text: str) -> None:
    _, words = shown(text)
    assert words == text.strip("`") or "`" in words
    left = re.sub(r"`[^`]*`", "", markdown(text)) if not text.startswith("``") else markdown(text)
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.\w", left)

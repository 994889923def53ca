"""The changelog of a snapshot as pages, and whom it credits.

In: Markdown that somebody wrote. Out: HTML in which nothing of it is markup but what Markdown has: headings, lists,
emphasis, code, tables, and links to pages on the web. The one place here that turns Markdown into HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from ....report.page.reference import reference
from ....terminal.escape import escape_source
from .model import Asked, Page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_CREDIT: Final = re.compile(
    r"\b(?:thanks to|credited to|reported by|corrected by|correction by|credit:)\s", re.IGNORECASE
)
"""What stands before the name of somebody who sent a correction."""


def changelog_pages(asked: Asked) -> Iterator[Page]:
    """The changelog, and how to correct what is wrong."""
    values = {"text": html_of(asked.changelog) if asked.changelog else None}
    yield Page("changelog/", "changelog.html.jinja", "Changelog", "What changed in the registry, by day.", values)
    credits = [html_of(entry) for entry in credited(asked.changelog)]
    about = "How to correct what is wrong here, and who did."
    yield Page("corrections/", "corrections.html.jinja", "Corrections", about, {"credits": credits})


def credited(text: str) -> tuple[str, ...]:
    """The entries that name somebody who sent a correction."""
    return tuple(entry for entry in _entries(text) if _CREDIT.search(" ".join(entry.split())))


def _entries(text: str) -> Iterator[str]:
    """The items of lists at the left edge, without their marks."""
    entry: list[str] = []
    for line in (*text.splitlines(), ""):
        inside = entry and line.startswith("  ")
        if entry and not inside:
            yield "\n".join(entry)
            entry = []
        if inside:
            entry.append(line[2:])
        elif re.match(r"[-*+] ", line):
            entry = [line[2:]]


def html_of(text: str) -> Markup:
    """Markdown as HTML; HTML in it, images, and links to anything but pages on the web stay text."""
    lines = "\n".join(map(escape_source, text.splitlines()))
    return Markup(_reader().render(lines))  # noqa: S704  # escaped by the renderer, which takes no HTML


def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
    reader.validateLink = lambda url: reference(url).is_link  # type: ignore[method-assign]
    reader.core.ruler.push("outward", _outward)
    return reader


def _outward(state: StateCore) -> None:
    """Links tell nobody where they were followed from; headings stand below that of the page, which is the first."""
    if [token.tag for token in state.tokens[:1]] == ["h1"]:
        del state.tokens[:3]  # it opens, says and closes
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}" if token.tag == "h1" else token.tag
        for inner in token.children or ():
            if inner.type == "link_open":
                inner.attrSet("rel", "noopener noreferrer nofollow")

"""The scripts within pages and components: `.vue`, `.svelte`, `.astro`, `.html`.

In: the text of a file. Out: the same text with spaces for all that is no script, so that each place stays where it is.
"""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = re.compile(r"<!--|<script\b", re.IGNORECASE)
_ATTRIBUTES: Final = re.compile(r"""[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")
_CLOSING: Final = re.compile(r"</script", re.IGNORECASE)
_FENCE: Final = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_NO_SCRIPT: Final = re.compile(r"json|template|importmap|handlebars|mustache", re.IGNORECASE)
_MARKUP: Final = re.compile(r"""lang\s*=\s*["']?[jt]sx""", re.IGNORECASE)
_LINE: Final = re.compile(r"[^\n]+")
Span = tuple[int, int]


def only_scripts(text: str) -> str:
    """The text, blank outside of its scripts."""
    kept: list[str] = []
    at = 0
    for start, end in _fenced(text) + _scripts(text):
        if start >= at:
            kept += (_blank(text[at:start]), text[start:end])
            at = end
    return "".join((*kept, _blank(text[at:])))


def has_markup(text: str) -> bool:
    """Whether a script of it says that `<` may begin an element."""
    return _MARKUP.search(text) is not None


def _blank(text: str) -> str:
    return _LINE.sub(lambda line: " " * len(line[0]), text)


def _fenced(text: str) -> list[Span]:
    """What stands between the fences at the beginning, as in `.astro`."""
    begin = _FENCE.search(text)
    if begin is None or text[: begin.start()].strip():
        return []
    end = _FENCE.search(text, begin.end())
    return [(begin.end(), end.start())] if end is not None else []


def _scripts(text: str) -> list[Span]:
    """What stands between the tags of scripts; comments hold none."""
    spans: list[Span] = []
    at = 0
    while (found := _OPENING.search(text, at)) is not None:
        if found[0] == "<!--":
            end = text.find("-->", found.end())
            at = len(text) if end < 0 else end
            continue
        head = _ATTRIBUTES.match(text, found.end())
        if head is None:
            break
        closing = _CLOSING.search(text, head.end())
        at = closing.start() if closing is not None else len(text)
        if _NO_SCRIPT.search(head[0]) is None:
            spans.append((head.end(), at))
    return spans

"""Text from inputs, made safe for Markdown as GitHub and GitLab render it; the only place where that happens.

In: any text. Out: one line without markup, HTML, mentions, references or links of its own. Text between single
backticks stays code, because that is how vendorgate's own words name things.
"""

from __future__ import annotations

import html
import re
from typing import Final

from ..source import Location
from ..terminal.escape import escape
from .lines import shortened

_LONGEST: Final = 300
"""Characters of a short text."""
_CODE: Final = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|~$])")
_AT_THE_START: Final = re.compile(r"^(?:(\d+)([.)](?=\s|$))|([-+](?=[-\s]|$)|=))")
"""What would begin a list or underline a heading."""
_BREAK: Final = "\u200b"
"""Of no width. A backslash does not keep `@team`, `#1` and links from being found, because they are looked for in the
text that is left when Markdown has been read; a character in between does."""
_FOUND_LATER: Final = re.compile(r"(@|\\#|://|\bwww\.|\bGH-|&)", re.IGNORECASE)


def markdown(text: str) -> str:
    """A text that means nothing but itself, in a paragraph, a list, a heading or a cell of a table."""
    parts: list[str] = []
    end = 0
    line = escape(text)
    for code in _CODE.finditer(line):
        parts.append(_plain(line[end : code.start()]))
        parts.append(_code(code.group(1)))
        end = code.end()
    return _AT_THE_START.sub(r"\1\\\2\3", "".join((*parts, _plain(line[end:]))))


def short(text: str) -> str:
    """The same of a text that is cut where it is long."""
    return markdown(shortened(text, _LONGEST))


def place(location: Location | None) -> str:
    """A place in brackets, to stand behind what is there; nothing where it is not known."""
    return "" if location is None else f" ({short(f'{location.path}:{location.line}')})"


def code_in_html(text: str) -> str:
    """Code inside of HTML, which Markdown passes on as it is; nobody looks for mentions or links in code."""
    return f"<code>{html.escape(escape(text))}</code>"


def _code(text: str) -> str:
    """Code; a bar would end a table's cell even there, and a backslash before it is read first."""
    return f"<code>{_plain(text)}</code>" if "|" in text or "\\" in text else f"`{text}`"


def _plain(text: str) -> str:
    escaped = _MARKUP.sub(r"\\\1", text)
    return _FOUND_LATER.sub(_parted, escaped)


def _parted(match: re.Match[str]) -> str:
    """An ampersand as its entity, a sign of something else with nothing visible in or behind it."""
    found = match.group()
    if found == "&":
        return "&amp;"
    return f":{_BREAK}//" if found == "://" else f"{found}{_BREAK}"

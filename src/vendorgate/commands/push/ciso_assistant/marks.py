"""The line by which an object is known to be ours: what it is about, what it says, and that nobody has changed that.

In: a description. Out: what is ours of it, and what people wrote below the line, which stays theirs. Everything above
the line is ours.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

import msgspec

GONE: Final = "gone"
"""In the place of a digest of the content: it was ours, and is there no more."""
_LINE: Final = re.compile(
    rf"^vendorgate reference (?P<reference>\S{{1,2000}}) content (?P<content>[0-9a-f]{{64}}|{GONE}) "
    r"text (?P<text>[0-9a-f]{16})[ \t]*$",
    re.MULTILINE,
)


class Marked(msgspec.Struct, frozen=True):
    """A description with our line in it."""

    reference: str
    content: str
    """A digest of what it says, whatever the wording."""
    ours: str
    """What stands above the line."""
    intact: bool
    """Whether that is what we wrote."""
    theirs: str
    """What stands below the line."""


def marked(description: str | None) -> Marked | None:
    """The parts of a description; None where our line is not in it."""
    text = _normal(description)
    found = _LINE.search(text)
    if found is None:
        return None
    ours = text[: found.start()].strip()
    intact = found["text"] == _digest(ours)
    return Marked(found["reference"], found["content"], ours, intact, text[found.end() :].strip())


def description(ours: str, reference: str, content: str, theirs: str) -> str:
    """A description with our line in it."""
    ours = _normal(ours).strip()
    line = f"vendorgate reference {reference} content {content} text {_digest(ours)}"
    return "\n\n".join(filter(None, (ours, line, _normal(theirs).strip())))


def theirs_of(description: str | None) -> str:
    """What people wrote of an object: all of it, where our line is not in it."""
    found = marked(description)
    return _normal(description).strip() if found is None else found.theirs


def _normal(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

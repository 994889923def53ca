"""The changelog of a snapshot with a correction in it, credited to whoever gave it.

In: the text, the correction, the day. Out: the text with an entry more, below the heading of the day; everything else
as it was. What contributors write means nothing but itself there.
"""

from __future__ import annotations

import re
import textwrap
from typing import Final

from ....report.markup import markdown
from ....rewriting.edits import line_break
from .reading import Correction

_TITLE: Final = "# Changelog of the registry\n"
_WIDE: Final = 140
"""Characters of a line."""
_DAY: Final = re.compile(r"^## ", re.MULTILINE)
_IN_NO_ADDRESS: Final = re.compile(r"[^!-~]|[<>\"`\\\[\]{}|^]")
"""What no address has that stands between angle brackets."""


def entry(correction: Correction) -> str:
    """What the changelog says of a correction."""
    written, name = correction.written, correction.name
    credit = "" if written.credit is None else f" Corrected by {markdown(written.credit)}."
    why = markdown(written.why).rstrip()
    stop = "" if why.endswith((".", "!", "?")) else "."
    read = f"Source: {_address(written.source)}, read on {written.read_on}."
    words = f"`{name.dimension}` of {name.offering}: {why}{stop} {read}{credit}"
    wrapped = textwrap.wrap(words, _WIDE - 2, break_long_words=False, break_on_hyphens=False)
    return "- " + "\n  ".join(wrapped) + "\n"


def _address(source: str) -> str:
    """An address as a link, which is shown as it is."""
    return f"<{_IN_NO_ADDRESS.sub(_percent, source.strip())}>"


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8"))


def credited(text: str, correction: Correction, day: str) -> str:
    """The changelog with the entry below the heading of the day, which is made where it is not the last one."""
    ending = line_break(text)
    plain = text.replace("\r\n", "\n") if ending == "\r\n" else text
    if not plain.strip():
        plain = _TITLE
    made = _with_entry(plain, f"## {day}", entry(correction))
    return made.replace("\n", "\r\n") if ending == "\r\n" else made


def _with_entry(text: str, heading: str, line: str) -> str:
    first = _DAY.search(text)
    if first is None:
        return f"{text.rstrip()}\n\n{heading}\n\n{line}"
    begins, below = first.start(), text.find("\n", first.start()) + 1
    if text[begins:].split("\n", 1)[0].strip() != heading:
        return f"{text[:begins]}{heading}\n\n{line}\n{text[begins:]}"
    if not below:
        return f"{text}\n\n{line}"
    following = _DAY.search(text, below)
    end = len(text) if following is None else following.start()
    section = text[below:end].rstrip("\n")
    rest = "" if following is None else f"\n{text[end:]}"
    return f"{text[:below]}{section}\n{line}{rest}"

"""Names of which a reader does not see all: white space around them, characters that no font draws, other widths.

In: a name that was refused. Out: what is wrong with it, and how it is written. To a glob such as `gpt-*` the name
`gpt-audio` with a space after it is another model than `gpt-audio`, which an exclusion names.
"""

from __future__ import annotations

from typing import Final

from ..model.text import WIDE, is_blank, is_plain

_WIDER: Final = 0xFEE0
"""By how much the code of a wide character is more than that of the usual one."""


def not_plain(name: str) -> tuple[str, str]:
    """What is wrong with a name, and what to write instead."""
    return f"`{name}` is not what a reader takes it for: {_why(name)}", f"write {_meant(name)}"


def _why(name: str) -> str:
    if name != name.strip(" "):
        return "it begins or ends with a space"
    odd = next((one for one in name if one != " " and not is_plain(one)), None)
    if odd is None:
        return "it has several spaces in a row"
    if is_blank(odd):
        return f"it has white space or a character that nobody sees, U+{ord(odd):04X}"
    return f"it has the wide character U+{ord(odd):04X}"


def _meant(name: str) -> str:
    """The name without what is wrong with it."""
    meant = " ".join("".join(map(_seen, name)).split())
    return f"`{meant}`" if is_plain(meant) else "it as the vendor does"


def _seen(one: str) -> str:
    if WIDE[0] <= one <= WIDE[1]:
        return chr(ord(one) - _WIDER)
    return " " if one.isspace() else "" if is_blank(one) else one

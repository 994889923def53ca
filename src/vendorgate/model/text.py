"""What a text is: something that a reader can see. And what a name is, which a glob is not.

One type each, for every field of every file that holds one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Union

from msgspec import Meta

if TYPE_CHECKING:
    from msgspec import UnsetType

    from ..logic import Json

    Decoded = Union[Json, tuple[str, ...], UnsetType]
    """What a field of a file comes to, as far as rules can read it."""

LONGEST: Final = 10_000
"""Characters of a text, a key included."""
_UNSEEN_BUT_SPACE: Final = (
    "\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
_UNSEEN: Final = f"\x20{_UNSEEN_BUT_SPACE}"
"""White space, control characters, and what no font draws (Unicode's Default_Ignorable_Code_Point, the empty pattern of
Braille), in the Basic Multilingual Plane."""
_BEYOND: Final = "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
"""The same beyond that plane."""
SEEN: Final = f"(?=[^{_UNSEEN}{_BEYOND}])"
"""Before a character that a reader can see: Python compiles the characters twice where a pattern begins with them."""
_NAMING: Final = f"^(?![{_UNSEEN}{_BEYOND}]*$)[^*?]*$"
WIDE: Final = ("\uff01", "\uff5e")
"""From which to which character ASCII has the width of Chinese characters: to a program another name, and to a reader
the same."""
_WIDE: Final = "-".join(WIDE)
_PLAIN: Final = rf"^(?! )(?!.* (?: |$))[^{_UNSEEN_BUT_SPACE}{_BEYOND}{_WIDE}*?]+$(?!\n)"


def _escaped(characters: str) -> str:
    """Characters and ranges in a form that Python and ECMAScript read the same; Python takes three times as long."""
    return "".join(
        one if one == "-" else f"\\x{ord(one):02x}" if one < "\u0100" else f"\\u{ord(one):04x}" for one in characters
    )


_ESCAPED: Final = _escaped(_UNSEEN)
PUBLISHED: Final = {
    SEEN: f"[^{_ESCAPED}]",
    _NAMING: f"^(?![{_ESCAPED}]*$)[^*?]*$",
    _PLAIN: f"^(?! )(?!.* (?: |$))[^{_escaped(_UNSEEN_BUT_SPACE + _WIDE)}*?]+$(?!\\n)",
}
"""By what texts and names are held against: the patterns that schemas have. They leave out what is beyond the plane,
which ECMAScript writes otherwise."""
_UNPRINTED: Final = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
"""What would lead a reader astray in a path or an address."""
_ADDRESS: Final = rf"https://[^\s/?#@:\\{_UNPRINTED}]+(?::[0-9]+)?(?:[/?#][^\s{_UNPRINTED}]*)?"
"""Without a user and a password: it is shown."""
_BELOW: Final = (
    rf"(?!/)(?![^/\n]*:)(?!(?:[^\n]*/)?\.\.?(?:/|$))(?![^\n]*//)(?![^\n]*/$)(?=[^\n]*[^{_ESCAPED}])[^\\{_UNPRINTED}]+"
)
"""A path that leads down and nowhere else, on every system: no `..`, no drive, no scheme, no backslash."""
DOCUMENT: Final = rf"^(?:{_ADDRESS}|{_BELOW})$(?!\n)"
"""An address, or a path below a folder."""

Text = Annotated[
    str,
    Meta(
        min_length=1,
        pattern=SEEN,
    ),
]
"""A text that is not blank."""
Name = Annotated[
    str,
    Meta(
        min_length=1,
        pattern=_NAMING,
    ),
]
"""A text that is not blank and stands for one thing: it has neither `*` nor `?`."""
PlainName = Annotated[
    str,
    Meta(
        min_length=1,
        pattern=_PLAIN,
    ),
]
"""A name of which a reader sees all: with no white space but single spaces between its words, nothing that no font
draws and nothing in another width. What looks like an excluded name is then that name, or none."""
Texts = tuple[Text, ...]
TextsNotEmpty = Annotated[tuple[Text, ...], Meta(min_length=1)]
Names = tuple[PlainName, ...]
NamesNotEmpty = Annotated[tuple[PlainName, ...], Meta(min_length=1)]


def is_plain(text: str) -> bool:
    """Whether a text is a name of which a reader sees all."""
    return re.search(_PLAIN, text) is not None


def is_blank(text: str) -> bool:
    """Whether a text shows nothing."""
    return re.search(SEEN, text) is None

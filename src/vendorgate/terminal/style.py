"""Colours and weights, or none."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Look = Literal["error", "warning", "note", "pass", "bold", "dim", "frame"]

_CODES: Final[dict[Look, str]] = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "pass": "1;32",
    "bold": "1",
    "dim": "2",
    "frame": "1;34",
}


class Style(msgspec.Struct, frozen=True):
    """Paints text with ANSI SGR codes, or leaves it as it is."""

    colour: bool = False

    def paint(self, look: Look, text: str) -> str:
        return f"\x1b[{_CODES[look]}m{text}\x1b[0m" if self.colour else text


PLAIN: Final = Style()

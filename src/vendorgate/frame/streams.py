"""Standard output and standard error: what suits them. What becomes of one that cannot be written, `outlets` says."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final, TextIO

from ..terminal.style import Style

FORMAT: Final = "VENDORGATE_FORMAT"
"""What to print where `--format` does not say; like the next one it is about looks, and no other variable is."""
_COLOUR: Final = "VENDORGATE_COLOR"
_ASKED: Final[Mapping[str, bool]] = {"always": True, "never": False}
"""What that can be, beside anything that is as good as not said."""


def style_for(stream: TextIO) -> Style:
    """As VENDORGATE_COLOR has it (`always`, `never`), else colour on a terminal that has it, unless NO_COLOR
    (https://no-color.org) asks for none."""
    asked = _ASKED.get(os.environ.get(_COLOUR, ""))
    if asked is not None:
        return Style(asked)
    colour = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(colour)


def print_report(text: str) -> None:
    """Write to standard output, now; `outlets.closed` says what becomes of one that cannot be written."""
    sys.stdout.write(text)
    sys.stdout.flush()

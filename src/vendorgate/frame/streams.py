"""Standard output and standard error: what suits them. What becomes of one that cannot be written, `outlets` says."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from ..terminal.style import Style


def style_for(stream: TextIO) -> Style:
    """Colour on a terminal that has it, unless NO_COLOR (https://no-color.org) asks for none."""
    colour = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(colour)


def print_report(text: str) -> None:
    """Write to standard output, now; `outlets.closed` says what becomes of one that cannot be written."""
    sys.stdout.write(text)
    sys.stdout.flush()

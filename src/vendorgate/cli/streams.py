"""Standard output and standard error: what suits them, and what becomes of a reader who leaves early."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from ..errors import Problem, UsageError, reason_of
from ..terminal.style import Style


def style_for(stream: TextIO) -> Style:
    """Colour on a terminal that has it, unless NO_COLOR (https://no-color.org) asks for none."""
    colour = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(colour)


def print_report(text: str) -> None:
    """Write to standard output. A reader who has gone changes nothing: the verdict stands.

    Raises:
        UsageError: it cannot be written, because a disk is full for example.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer must go somewhere when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        reason = reason_of(error)
        raise UsageError([Problem(f"standard output cannot be written: {reason}", help="send it elsewhere")]) from None

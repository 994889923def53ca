"""Standard output and standard error: what suits them. What becomes of one that cannot be written, `outlets` says."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TextIO, Union

import msgspec

from ..errors import Problem, UsageError
from ..terminal.style import Style

FORMAT: Final = "VENDORGATE_FORMAT"
"""What to print where `--format` does not say; like the next one it is about looks, and no other variable is."""
Rendered = Union[str, bytes]
"""A report as it is written: text in UTF-8, or what a format that is no text has."""


class Pieces(msgspec.Struct, frozen=True):
    """A report that is too large to hold, in parts of its text."""

    made: Callable[[], Iterator[str]]
    """Makes them, one after the other, as often as somebody asks."""


Printable = Union[Rendered, Pieces]
"""The same of commands whose reports may be larger than what they are about."""
NOT_TEXT: Final = frozenset(("xlsx",))
"""Formats whose reports are bytes that no terminal shows."""
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


def refuse_terminal(format: str) -> None:
    """Nobody reads bytes at a terminal.

    Raises:
        UsageError: the format is no text, and standard output is a terminal.
    """
    if format in NOT_TEXT and sys.stdout.isatty():
        help = f"write it to a file: --output {format}=report.{format}, or > report.{format}"
        raise UsageError([Problem(f"--format {format}: not for a terminal", help=help)])


def print_report(rendered: Printable) -> None:
    """Write to standard output, now; `outlets.closed` says what becomes of one that cannot be written."""
    if isinstance(rendered, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered)
    else:
        sys.stdout.writelines((rendered,) if isinstance(rendered, str) else rendered.made())
    sys.stdout.flush()

"""Judge once, render many: an answer in every format that somebody asked for, files first.

In: what makes the answer, the formats of the command, what the command line asks for. Out: files, whole or not at all;
standard output; the answer, of which the command works out its exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ..load.files import Folder
from ..terminal.style import Style
from .streams import print_report, style_for

Made = TypeVar("Made")
Render = Callable[[Made, Style], str]
"""One format: with `PLAIN` for a file, with a style of its own for standard output."""


def answer(
    make: Callable[[], Made],
    formats: Mapping[str, Render[Made]],
    format: str,
    output: Iterable[str] = (),
    *,
    manifests: Iterable[str] = (),
    folders: Iterable[Folder] = (),
    before: Callable[[Made], None] | None = None,
) -> Made:
    """Make the answer, write the files, print.

    `output` holds words of the form FORMAT=PATH; manifests and folders are inputs, which no file may overwrite;
    `before` is called before anything stands on standard output.

    Raises:
        UsageError: a file cannot be written, which is found before anything is made.
    """
    if output:
        from .output import writing  # a plain check writes no file

        with writing(formats, output, manifests, folders) as write:
            found = make()
            write(found)
    else:
        found = make()
    if before is not None:
        before(found)
    show(found, formats[format])
    return found


def show(found: Made, render: Render[Made]) -> None:
    """An answer on standard output."""
    print_report(render(found, style_for(sys.stdout)))

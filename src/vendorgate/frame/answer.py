"""Judge once, render many: an answer in every format that somebody asked for, files first.

In: what makes the answer, the formats of the command, what the command line asks for. Out: files, whole or not at all;
standard output; the answer, of which the command works out its exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from ..errors import UsageError, VendorgateError
from ..load.files import Folder
from ..terminal.style import PLAIN, Style
from .mistakes import COMMAND
from .streams import print_report, style_for

if TYPE_CHECKING:
    from .output import Destination

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
        VendorgateError: nothing can be made; every file says why, and standard output unless it is for people.
    """
    try:
        found = _to_files(make, formats, format, output, manifests, folders) if output else _made(make, format)
    except VendorgateError as error:
        error.reported = True  # or it is about a report that cannot be written, in whose place nothing else can be
        raise
    if before is not None:
        before(found)
    show(found, formats[format])
    return found


def show(found: Made, render: Render[Made]) -> None:
    """An answer on standard output."""
    print_report(render(found, style_for(sys.stdout)))


def _made(make: Callable[[], Made], format: str, files: Iterable[Destination] = ()) -> Made:
    """The answer; where none can be made, every report that was asked for says why."""
    try:
        return make()
    except VendorgateError as error:
        from .problems import report_problems

        report_problems(error, COMMAND.get(), format, files)
        raise


def _to_files(
    make: Callable[[], Made],
    formats: Mapping[str, Render[Made]],
    format: str,
    output: Iterable[str],
    manifests: Iterable[str],
    folders: Iterable[Folder],
) -> Made:
    from .output import discard, possible_destinations  # a plain check writes none

    files, wrong = possible_destinations(output, formats, manifests, folders)

    def refused() -> Made:
        raise UsageError(wrong)

    try:
        found = _made(refused if wrong else make, format, files)
        for file in files:
            file.write(formats[file.format](found, PLAIN))
    finally:
        discard(files)
    return found

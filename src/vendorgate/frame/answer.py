"""Judge once, render many: an answer in every format that somebody asked for, files first.

In: what makes the answer, the formats of the command, what the command line asks for. Out: files, whole or not at all;
standard output; the answer, of which the command works out its exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from ..errors import Problem, UsageError, VendorgateError
from ..load.files import Folder
from ..terminal.style import PLAIN, Style
from .mistakes import running
from .streams import Printable, print_report, refuse_terminal, style_for

if TYPE_CHECKING:
    from .output import Destination

Made = TypeVar("Made")
Render = Callable[[Made, Style], Printable]
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
        VendorgateError: nothing can be made; every file says why, and standard output stays empty.
    """
    with answering(formats, format, output, manifests, folders) as write:
        refuse_terminal(format)
        found = make()
        write(found)
    if before is not None:
        before(found)
    show(found, formats[format])
    return found


def show(found: Made, render: Render[Made]) -> None:
    """An answer on standard output."""
    print_report(render(found, style_for(sys.stdout)))


@contextmanager
def answering(
    formats: Mapping[str, Render[Made]],
    format: str,
    output: Iterable[str],
    manifests: Iterable[str] = (),
    folders: Iterable[Folder] = (),
) -> Iterator[Callable[[Made], None]]:
    """What writes an answer to the files; where none can be made meanwhile, they say why.

    Raises:
        UsageError: a file cannot be written, which is found before anything else is done.
    """
    files, wrong = _opened(formats, output, manifests, folders) if output else ([], [])
    there_is_one = False

    def write(found: Made) -> None:
        nonlocal there_is_one
        there_is_one = True
        for file in files:
            file.write(formats[file.format](found, PLAIN))

    try:
        if wrong:
            raise UsageError(wrong)
        yield write
    except VendorgateError as error:
        if there_is_one:
            error.reported = True  # where it cannot be written, nothing else can
        else:
            _report(error, format, files)
        raise
    finally:
        for file in files:
            file.discard()


def _opened(
    formats: Iterable[str], output: Iterable[str], manifests: Iterable[str], folders: Iterable[Folder]
) -> tuple[list[Destination], list[Problem]]:
    from .output import destinations  # a plain check writes no file

    return destinations(output, formats, manifests, folders)


def _report(error: VendorgateError, format: str, files: Iterable[Destination]) -> None:
    from .problems import report_problems

    report_problems(error, running(), format, files)

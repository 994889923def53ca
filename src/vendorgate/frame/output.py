"""Reports to files: refused before anything is judged where they cannot be written, and never half written.

In: `FORMAT=PATH`. Out: files that appear at once, whole, or not at all.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from ..errors import Problem, UsageError, reason_of
from ..load.files import Folder
from ..logic.nearest import nearest
from .streams import Printable
from .writing import permissions

Shown = TypeVar("Shown")


class Destination:
    """A file that will be written; a temporary file beside it proves that it can be."""

    def __init__(self, given: str, format: str, path: Path, temporary: Path | None, handle: int | None = None) -> None:
        self.given = given
        self.format = format
        self.path = path
        self._temporary = temporary
        self._handle = handle
        """Of a device or a pipe, which is open from the start: nobody may be at its other end later."""

    def write(self, rendered: Printable) -> None:
        """Put the whole report in place at once; a device or a pipe, which nothing can replace, is written to.

        Raises:
            UsageError: it can no longer be written; what was there before is still there.
        """
        try:
            if self._temporary is None:
                self._write_on(_parts(rendered))
                return
            with self._temporary.open("wb") as file:
                file.writelines(_parts(rendered))
                file.flush()
                os.fsync(file.fileno())
            self._temporary.chmod(permissions(self.path))
            self._temporary.replace(self.path)
            self._temporary = None
        except OSError as error:
            raise UsageError([_unwritable(self.given, error)]) from None

    def _write_on(self, parts: Iterable[bytes]) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            os.set_blocking(handle, True)
            with os.fdopen(handle, "wb") as file:
                file.writelines(parts)

    def discard(self) -> None:
        """Leave nothing behind."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)
            self._temporary = None


def _parts(rendered: Printable) -> Iterable[bytes]:
    """A report as bytes, in one piece or in several."""
    if isinstance(rendered, bytes):
        return (rendered,)
    texts = (rendered,) if isinstance(rendered, str) else rendered.made()
    return (text.encode("utf-8", "backslashreplace") for text in texts)


def _unwritable(given: str, error: OSError) -> Problem:
    reason = reason_of(error)
    return Problem(
        f"--output {given}: cannot be written: {reason}", help="name a file in a folder that you may write to"
    )


def destinations(
    given: Iterable[str], formats: Iterable[str], manifests: Iterable[str], folders: Iterable[Folder]
) -> tuple[list[Destination], list[Problem]]:
    """The files to write, each proved to be writable and none of them an input; and what is wrong with the others."""
    inputs = {os.path.realpath(manifest) for manifest in manifests}
    roots = [Path(os.path.realpath(folder.path)) for folder in folders]
    known = tuple(formats)
    found: list[Destination] = []
    problems: list[Problem] = []
    for text in given:
        try:
            format, path = _parsed(text, known)
            _refuse_input(text, path, inputs, roots)
            if any(path == other.path for other in found):
                raise UsageError([Problem(f"--output {text}: named twice", help="give each report a file of its own")])
            found.append(_opened(text, format, path))
        except UsageError as error:
            problems.extend(error.problems)
    return found, problems


def _parsed(text: str, formats: tuple[str, ...]) -> tuple[str, Path]:
    format, _, path = text.partition("=")
    if format not in formats or not path or path == "-":
        meant = nearest(format, formats) if format not in formats and path else None
        help = f"did you mean `{meant}`?" if meant else f"write FORMAT=PATH, with a format of {', '.join(formats)}"
        raise UsageError([Problem(f"--output {text}: not a format and a file", help=help)])
    return format, Path(os.path.realpath(path))


def _refuse_input(text: str, path: Path, inputs: set[str], roots: list[Path]) -> None:
    if str(path) in inputs or any(path.is_relative_to(root) for root in roots):
        raise UsageError([Problem(f"--output {text}: would overwrite an input", help="name another file")])


def _opened(text: str, format: str, path: Path) -> Destination:
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "is a folder")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "permission denied")
        if path.exists() and not path.is_file():
            # A pipe that nobody reads is refused, and not waited for.
            return Destination(text, format, path, None, os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0)))
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
        os.close(handle)
        return Destination(text, format, path, Path(name))
    except OSError as error:
        raise UsageError([_unwritable(text, error)]) from None

"""The door of a command that reports: what it asks for in vain is said in its reports, too.

In: a command and what its command line says. Out: the command, whose mistakes stand in every report that was asked for.
Where inputs are known, `answer` says it; here it is said of what is wrong before that.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from ..errors import VendorgateError

if TYPE_CHECKING:
    from pathlib import Path  # a plain check does without

F = TypeVar("F", bound=Callable[..., Any])
_RUNNING: Final = ["vendorgate"]
"""The commands that run, each inside the one before, as somebody types them."""
_REPORTS: Final = ("format", "output")
_SEARCHED: Final = ("manifest", "manifests")
"""Words that name manifests; a folder among them is searched for some, and may hold reports."""
_SUFFIXES: Final = (".yaml", ".yml")
"""Of inputs; no report is written over such a file where the inputs are not known."""


def running() -> str:
    """The command that runs, as somebody types it."""
    return _RUNNING[-1]


@contextmanager
def reporting(command: str, options: Mapping[str, Any]) -> Iterator[None]:
    """Whatever mistake ends what is done meanwhile stands in each report that the options ask for."""
    _RUNNING.append(command)
    try:
        yield
    except VendorgateError as error:
        if not error.reported:
            with suppress(OSError):  # the working directory may be gone, and this error is the one that counts
                _report(error, command, options)
        raise
    finally:
        _RUNNING.pop()


def reporting_mistakes(command: F) -> F:
    """A function that click calls with what a command line says."""

    @wraps(command)
    def told(*arguments: Any, **options: Any) -> Any:
        import click

        with reporting(click.get_current_context().command_path, options):
            return command(*arguments, **options)

    return cast(F, told)


def _report(error: VendorgateError, command: str, options: Mapping[str, Any]) -> None:
    from .output import destinations
    from .problems import FORMATS, report_problems

    words = {name: value for name, value in options.items() if name not in _REPORTS}
    opened, _ = destinations(options.get("output") or (), FORMATS, (), ())
    try:
        files = [file for file in opened if _may_replace(file.path, words)]
        report_problems(error, command, options.get("format") or "text", files)
    finally:
        for file in opened:
            file.discard()


def _may_replace(path: Path, words: Mapping[str, Any]) -> bool:
    """Whether nothing speaks for a file being an input."""
    if (path.suffix in _SUFFIXES and path.exists()) or _is_named(path, words):
        return False
    return not any(path.is_relative_to(os.path.realpath(folder)) for folder in _folders(words))


def _is_named(path: Path, words: Mapping[str, Any]) -> bool:
    """Whether a word is the name of a file, or a glob that may fit it; no folder is searched, which may take long."""
    from fnmatch import fnmatchcase

    shown = (str(path), os.path.relpath(path))
    return any(
        os.path.realpath(word) == str(path)
        or any(fnmatchcase(name, glob) for name in shown for glob in (word, word.replace("**/", "")))
        for word in _texts(words.values())
        if "\0" not in word
    )


def _folders(words: Mapping[str, Any]) -> Iterator[str]:
    """What is named and no place to look for manifests, and what judges where nothing is named."""
    from ..load.nearby import nearest_bundle, nearest_registry

    for word in _texts(value for name, value in words.items() if name not in _SEARCHED):
        if os.path.isdir(word):
            yield word
    for found in (nearest_bundle(), nearest_registry()):
        if found.folder is not None:
            yield found.folder


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from _texts(value)

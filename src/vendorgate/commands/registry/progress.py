"""A file or a URL to bytes, with a progress bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...errors import InputError, Problem
from ...load.files import opened, unreadable
from ...source import Location

if TYPE_CHECKING:
    from ...remote.fetch import Fetched, Progress


def is_url(source: str) -> bool:
    """Whether a source is an address; everything else is a file."""
    return "://" in source


def read_file(source: str, most: int) -> bytes:
    """The bytes of a local file of at most so many.

    Raises:
        InputError: it cannot be read or is larger.
    """
    try:
        with opened(source) as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InputError([unreadable(error, source)]) from None
    if len(data) > most:
        raise InputError([Problem(f"a file of more than {most} bytes", Location(source, 1, 1), "give a snapshot")])
    return data


def fetched(url: str, etag: str | None = None) -> Fetched | None:
    """Fetch, and show on a terminal how far it is."""
    from ...remote.fetch import fetch

    with _progress() as progress:
        return fetch(url, etag, progress)


@contextmanager
def _progress() -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda done, whole: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)

"""The sources that somebody names: what each is, and what is wrong with the others.

In: paths as they were given. Out: sources, read lazily and in order: no more of one is in memory than a task has.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ....errors import InputError, Problem, UsageError, enough
from ....load.files import opened, shown_path, unreadable
from ....source import Location
from ..run.schema import ABOUT
from ..store.schema import FILE as STORE_FILE
from .json_lines import JsonLines
from .source import Source
from .tasks import Piece

_WANTED: Final = "name the folder of a store, a *.jsonl or a *.parquet"

_APART: Final = "gather both into one store, each with a name of its own in a list"


def sources_for(given: Iterable[str]) -> tuple[Source, ...]:
    """The sources that are meant.

    Raises:
        UsageError: none is named, or one is no source; it carries every problem.
        InputError: one cannot be read.
    """
    found: list[Source] = []
    problems: list[Problem] = []
    for name in given:
        try:
            found.append(_source_of(name))
        except (UsageError, InputError) as error:
            problems.extend(error.problems)
    problems.extend(_named_twice(found))
    if not found and not problems:
        problems.append(Problem("no source to check", help=_WANTED))
    if problems:
        raise UsageError(problems)
    return tuple(found)


def _source_of(name: str) -> Source:
    shown, path = shown_path(name), Path(name)
    where = Location(shown or ".", 1, 1)
    if not name:
        raise UsageError([Problem("a source without a name", None, _WANTED)])
    try:
        is_folder = path.is_dir()
        if not is_folder:
            opened(name).close()
    except OSError as error:
        raise InputError([unreadable(error, shown)]) from None
    if is_folder:
        if not (path / STORE_FILE).is_file():
            raise UsageError([Problem(f"a folder without {STORE_FILE}, and so no store", where, _instead(path, shown))])
        from .stored import Stored

        return Stored(path, shown)
    if path.suffix == ".jsonl":
        return JsonLines(name, shown)
    if path.suffix == ".parquet":
        from .parquet import Parquet

        return Parquet(name, shown)
    raise UsageError([Problem("a file that is neither *.jsonl nor *.parquet", where, _WANTED)])


def _instead(path: Path, shown: str) -> str:
    """What to do with a folder that is no store: mostly it has the repositories, or is a run."""
    if (path / ABOUT).is_file():
        return f"it is a run, which is read by: vendorgate fleet report {shown}; here {_WANTED}"
    return f"gather what is below it into one: vendorgate fleet gather {shown} --store STORE; or {_WANTED}"


def _named_twice(sources: Iterable[Source]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for one in sources:
        real = os.path.realpath(one.shown)
        if real in seen:
            yield Problem("named twice", Location(one.shown, 1, 1), f"{seen[real]} is the same; leave one out")
        seen.setdefault(real, one.shown)


def refuse_others_of_one_name(sources: Iterable[Source]) -> None:
    """Refuse stores that call two repositories the same, without regard to case: whoever binds by names must know which
    is meant. In one store the gather has read neither.

    Raises:
        UsageError: they do; it carries each such name.
        InputError: a store cannot be read.
    """
    found: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for source in sources:
        for one in source.repositories():
            first = found.setdefault(one.name.lower(), (one.origin, source.shown))
            if first[0] != one.origin and first[1] != source.shown and not enough(problems):
                title = f"{one.name} is {one.origin} here, and {first[0]} in {first[1]}"
                problems.append(Problem(title, Location(source.shown, 1, 1), _APART))
    if problems:
        raise UsageError(problems)


@contextmanager
def closing(sources: Iterable[Source]) -> Iterator[None]:
    """Let go of all, however the block ends."""
    try:
        yield
    finally:
        for one in sources:
            one.close()


def pieces_of(sources: Iterable[Source]) -> Iterator[Piece]:
    """The pieces of all, in order."""
    for one in sources:
        yield from one.pieces()

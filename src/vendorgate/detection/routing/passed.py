"""What is passed to a chain of calls: keywords, keys of objects, options, builders' steps, fields that are set later.

In: a chain, its file. Out: `Passed` arguments by their names without case and underscores, and those without a name.
What one language writes `base_url=`, others write `{baseURL}`, `option.WithBaseURL(…)`, `.baseUrl(…)` or
`config.BaseURL = …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

import msgspec

from ..catalogue.facts import words
from ..code import Call, Either, Made, Mapping, Path, Place, Reference, Value
from .chains import Chain, chain_of
from .project import Project
from .view import View, key_of

SPREAD: Final = "**"
"""The key under which readers tell of another mapping that is spread into one."""
_DEEPEST: Final = 4
_MOST: Final = 400
_HOLDERS: Final = words("holders")
"""Names of arguments that hold others."""
_OPTIONS: Final = re.compile(
    r"options|config|configuration|settings|httpoptions|\Awith|defaults?|credential|input\Z|params\Z|request\Z|builder|headers",
    re.IGNORECASE,
)
"""Classes and functions that only hold what a client is to know."""


class Argument(msgspec.Struct, frozen=True):
    """One thing that is passed."""

    name: str
    """In small letters without underscores; empty where it has none."""
    value: Value
    view: View
    place: Place
    conditional: bool = False
    """Whether it is only given in a branch."""


class Passed:
    """All that is passed to a chain."""

    def __init__(self, project: Project, view: View, chain: Chain, name: Path | None = None) -> None:
        self.all = tuple(islice(_passed(project, view, chain, name), _MOST))

    def get(self, *names: str) -> Argument | None:
        """The first of these names."""
        return next((one for name in names for one in self.all if one.name == name), None)

    def every(self, names: frozenset[str]) -> list[Argument]:
        """All of these names."""
        return [one for one in self.all if one.name in names]

    @property
    def unnamed(self) -> list[Argument]:
        """Those without a name, in their order."""
        return [one for one in self.all if not one.name]


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """A name without case and underscores; without `with` or `set` before it."""
    lowered = re.sub(r"[-_\s?!=]", "", name).lower()
    return re.sub(r"\A(?:with|set)(?=[a-z]{4})", "", lowered)


def _passed(project: Project, view: View, chain: Chain, name: Path | None) -> Iterator[Argument]:
    for at, call in enumerate(chain.calls):
        yield from _of(project, view, call, is_step=at > 0, depth=0)
    for path in dict.fromkeys(filter(None, (name, *(view.made.get(key_of(call)) for call in chain.calls)))):
        yield from _set_later(view, path)


def _of(project: Project, view: View, call: Call, *, is_step: bool, depth: int) -> Iterator[Argument]:
    if is_step and call.positional:
        yield Argument(plain(call.path[-1]), call.positional[0], view, call.place)
    for key, value in call.named:
        yield Argument(plain(key), value, view, call.place)
        if plain(key) in _HOLDERS:
            yield from _inside(project, view, value, call.place, depth + 1)
    for value in call.positional:
        if not is_step:
            yield Argument("", value, view, call.place)
        yield from _inside(project, view, value, call.place, depth + 1)


def _inside(project: Project, view: View, value: Value, at: Place, depth: int) -> Iterator[Argument]:
    """What a value holds that is passed: an object's keys, an options call, a variable of either."""
    if depth > _DEEPEST:
        return
    match value:
        case Mapping():
            yield from _of_mapping(project, view, value, at, depth)
        case Made():
            yield from _of_options(project, view, chain_of(value.call), depth)
        case Reference():
            for found in islice(project.lookup(view, value.path, at), 4):
                held = _member(found.value, found.rest)
                if held is not None and held != value:
                    yield from _inside(project, found.view, held, found.place, depth + 1)
                    yield from _set_later(view, value.path)
        case Either():
            for option in value.options:
                yield from _inside(project, view, option, at, depth + 1)
        case _:
            pass


def _of_mapping(project: Project, view: View, value: Mapping, at: Place, depth: int) -> Iterator[Argument]:
    """The keys of an object, and of what is spread into it; what is written after that counts instead."""
    for key, inner in value.entries:
        if key != SPREAD:
            yield Argument(plain(key), inner, view, at)
        if plain(key) in _HOLDERS:
            yield from _inside(project, view, inner, at, depth + 1)
    later: set[str] = set()
    for key, inner in reversed(value.entries):
        if key != SPREAD:
            later.add(plain(key))
            continue
        for one in _inside(project, view, inner, at, depth + 1):
            if one.name not in later:
                yield one


def _member(value: Value, steps: Path) -> Value | None:
    """What the steps lead to in an object that stands there."""
    for step in steps:
        if not isinstance(value, Mapping) or (inner := value.get(step)) is None:
            return None
        value = inner
    return value


def _of_options(project: Project, view: View, chain: Chain, depth: int) -> Iterator[Argument]:
    """What is passed to what only holds options, whose own name says an option, too: `WithBaseURL(…)`."""
    if not any(_OPTIONS.search(call.path[-1]) for call in (chain.root, chain.last)):
        return
    for step, call in enumerate(chain.calls):
        yield from _of(project, view, call, is_step=step > 0, depth=depth)
        if call.positional:
            yield Argument(plain(call.path[-1]), call.positional[0], view, call.place)


def _set_later(view: View, path: Path) -> Iterator[Argument]:
    """Fields of a variable that are set: `config.BaseURL = …`."""
    for one in view.below.get(path, ()):
        yield Argument(plain(one.path[-1]), one.value, view, one.place, one.conditional)

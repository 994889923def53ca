"""What reading comes to is remembered, so that not every test reads the whole registry anew.

The registry and the policies that ship are more than a megabyte, and most tests of commands read all of it, or a
copy. The first test of a process reads truly; what another gets is remembered by all that it depends on:

- what a text of YAML says, by the text, the limits and what is left out; the values are made anew for each, so that no
  test meets what another did to them;
- the offerings of a whole snapshot, by its folder, its SHA-256 (of every byte, and worked out each time), the words of
  its index and what is asked for: they are frozen;
- who is known to code, by the offerings.

Only what is without any fault is remembered. Tests of reading itself, of its limits and of its time read for
themselves.
"""

from __future__ import annotations

import marshal
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import pytest

from vendorgate import snapshots
from vendorgate.detection.catalogue.catalogue import Catalogue
from vendorgate.errors import Problem
from vendorgate.frame import detecting
from vendorgate.load import document
from vendorgate.load.bundle_files import BundleFiles
from vendorgate.load.reader import Reader
from vendorgate.load.snapshot import Index
from vendorgate.model.registry import Offering
from vendorgate.source import Source

ROOT: Final = Path(__file__).parent
READING: Final = ("load", "fuzz", "schema", "test_malformed.py")
"""Folders and files of `tests/` whose tests read for themselves."""
LONGEST: Final = 200_000
"""Characters of a text that is remembered; none that ships has nearly as many."""
Value = TypeVar("Value")


class Memory(Generic[Value]):
    """What was asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: Final[OrderedDict[Hashable, Value]] = OrderedDict()

    def recall(self, key: Hashable) -> Value | None:
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def keep(self, key: Hashable, value: Value) -> None:
        self._values[key] = value
        if len(self._values) > self._most:
            self._values.popitem(last=False)


_texts: Final = Memory[bytes](1_000)
_snapshots: Final = Memory[tuple[str | None, dict[str, Offering]]](20)
_catalogues: Final = Memory[tuple[object, Catalogue]](5)
_read_offerings: Final = vars(snapshots)["_offerings"]
_make_catalogue: Final[Callable[..., Catalogue]] = vars(detecting)["catalogue"]


class RememberingReader(Reader):
    """Reads a text as `Reader` does, once."""

    def __init__(self, source: Source, before: int, problems: list[Problem], most_nodes: int, *left_out: Any) -> None:
        super().__init__(source, before, problems, most_nodes, *left_out)
        self._asked = (source.text, most_nodes, *left_out)

    def read(self) -> bool:
        known = _texts.recall(self._asked)
        if known is not None:
            self.value = marshal.loads(known)
            return True
        has_value = super().read()
        if has_value and self.sound and len(self.source.text) <= LONGEST:
            _texts.keep(self._asked, marshal.dumps(self.value))
        return has_value


def remembering_offerings(
    index: Index, ids: list[str], problems: list[Problem], files: BundleFiles | None, *, rules: bool
) -> dict[str, Offering]:
    """The offerings of a snapshot; those to which a bundle adds, or whose rules it adds words to, are read."""
    if index.overlays is not None or (rules and files is not None):
        return dict(_read_offerings(index, ids, problems, files, rules=rules))
    asked = (index.folder.path, index.folder.shown, index.sha256, tuple(ids), rules)
    known = _snapshots.recall(asked)
    if known is not None and known[0] == index.index_sha256:
        return dict(known[1])
    before = len(problems)
    found = _read_offerings(index, ids, problems, files, rules=rules)
    if len(problems) == before:
        _snapshots.keep(asked, (index.index_sha256, found))
    return dict(found)


def remembering_catalogue(offerings: Iterable[Offering], shipped: Iterable[Offering] = ()) -> Catalogue:
    """Who is known by these very offerings, which are kept, so that no others take their places."""
    both = (tuple(offerings), tuple(shipped))
    asked = tuple(tuple(map(id, each)) for each in both)
    known = _catalogues.recall(asked)
    if known is None:
        known = (both, _make_catalogue(*both))
        _catalogues.keep(asked, known)
    return known[1]


class Remembering:
    """A plugin that has all tests but those of reading remember."""

    def __init__(self) -> None:
        self._patch = pytest.MonkeyPatch()
        self._remembers = False
        self._remember(True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._remember(not of_reading(item.path))
        return (yield)

    def _remember(self, wanted: bool) -> None:
        """Change where that changes anything: the tests of a file come one after another."""
        if wanted != self._remembers:
            self._remembers = wanted
            if wanted:
                self._patch.setattr(document, "Reader", RememberingReader)
                self._patch.setattr(snapshots, "_offerings", remembering_offerings)
                self._patch.setattr(detecting, "catalogue", remembering_catalogue)
            else:
                self._patch.undo()


def of_reading(path: Path) -> bool:
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in READING

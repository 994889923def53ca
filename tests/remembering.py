"""What a text of YAML says is remembered, so that not every test reads the whole registry anew.

The registry and the policies that ship are more than a megabyte, and most tests of commands read all of it, or a
copy. Of each text the first test of a process reads it truly. Another that reads the same text within the same limits
is given the same values, made anew, so that no test meets what another did to them. Only texts without any fault are
remembered; what the values come to and where they stand is worked out each time. Tests of reading itself, of its
limits and of its time read for themselves.
"""

from __future__ import annotations

import marshal
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from vendorgate.errors import Problem
from vendorgate.load import document
from vendorgate.load.reader import Reader
from vendorgate.source import Source

ROOT: Final = Path(__file__).parent
READING: Final = ("load", "fuzz", "schema", "test_malformed.py")
"""Folders and files of `tests/` whose tests read for themselves."""
MOST: Final = 1_000
"""Texts that are remembered: those that were asked for last."""
LONGEST: Final = 200_000
"""Characters of a text that is remembered; none that ships has nearly as many."""
_values: Final[OrderedDict[tuple[Any, ...], bytes]] = OrderedDict()
"""By text, limits and what is left out."""


class RememberingReader(Reader):
    """Reads a text as `Reader` does, once."""

    def __init__(self, source: Source, before: int, problems: list[Problem], most_nodes: int, *left_out: Any) -> None:
        super().__init__(source, before, problems, most_nodes, *left_out)
        self._asked = (source.text, most_nodes, *left_out)

    def read(self) -> bool:
        known = _values.get(self._asked)
        if known is not None:
            _values.move_to_end(self._asked)
            self.value = marshal.loads(known)
            return True
        has_value = super().read()
        if has_value and self.sound and len(self.source.text) <= LONGEST:
            _values[self._asked] = marshal.dumps(self.value)
            if len(_values) > MOST:
                _values.popitem(last=False)
        return has_value


class Remembering:
    """A plugin that has all tests but those of reading remember."""

    def __init__(self) -> None:
        self._patch = pytest.MonkeyPatch()
        self._remembers = False

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
            else:
                self._patch.undo()


def of_reading(path: Path) -> bool:
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in READING

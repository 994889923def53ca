"""PyYAML, imported for libyaml's parser alone.

Beside libyaml nobody needs the reader that PyYAML has of its own, and before Python 3.12 a tenth of a cold check went
into the pattern of that reader, of every character that YAML allows: here it is compiled when somebody uses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

_BEGINS: Final = "[^\t\n\r\x20-\x7e"
"""How that pattern begins; of a PyYAML whose pattern begins otherwise nothing is postponed."""


class _Postponed:
    """A pattern that is compiled when it is first used; in all else it is that pattern."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)


@contextmanager
def _postponing() -> Iterator[None]:
    """Meanwhile `re.compile` postpones that one pattern, and compiles every other as always."""
    compile: Any = re.compile

    def postponing(pattern: Any, flags: Any = 0) -> Any:
        is_slow = isinstance(pattern, str) and not flags and pattern.startswith(_BEGINS)
        return _Postponed(pattern) if is_slow else compile(pattern, flags)

    re.compile = postponing
    try:
        yield
    finally:
        re.compile = compile


with _postponing():
    import yaml

if TYPE_CHECKING:
    from typing import Protocol

    class Mark(Protocol):
        """A place in a text, from 0."""

        line: int
        column: int

    class Event(Protocol):
        """What libyaml's parser met; which of these it has, its class says."""

        start_mark: Mark
        end_mark: Mark
        anchor: str | None
        tag: str | None
        value: str
        implicit: tuple[bool, bool]


__all__ = ["yaml"]

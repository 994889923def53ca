"""Where every value came from.

In: the bytes of one input file, as text. Out: `Location`s, worked out only when somebody asks.
Refuses to know what the file means.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Union

import msgspec

if TYPE_CHECKING:
    from yaml.nodes import Node

Path = tuple[Union[str, int], ...]
"""Steps from the root of a document: a text for a mapping's key, a number for a list's index."""


class Location(msgspec.Struct, frozen=True):
    """A span on one line of a file."""

    path: str
    """The file as it was named, with forward slashes."""
    line: int
    """From 1."""
    column: int
    """From 1, in code points."""
    width: int = 1
    """Code points from `column` on; at least 1 and never past the end of the line."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Source:
    """One input file: its name, its text, and a way to find a value in it.

    `compose` turns the text into YAML nodes; it is called at most once, and only when a location is wanted,
    because most checks never need one.
    """

    __slots__ = ("_above", "_compose", "_keys", "_lines", "_root", "path", "text")

    def __init__(self, path: str, text: str, compose: Callable[[str], Node | None], above: Path = ()) -> None:
        self._above = above
        """What every path is below; the file is searched from its root."""
        self.path = path
        self.text = text
        self._compose = compose
        self._root: Node | None = None
        self._lines: list[str] | None = None
        self._keys: dict[Node, dict[str, tuple[Node, Node]]] = {}
        """The entries of mappings that were searched, by key."""

    @property
    def has_lines(self) -> bool:
        """Whether a line of it tells anybody where something stands."""
        return True

    def below(self, path: Path) -> Source:
        """The part of the file at a path, in which everything is found as if it were a file of its own."""
        return Source(self.path, self.text, self._compose, (*self._above, *path))

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its line break; empty where there is none."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines[number - 1].rstrip("\r") if 0 < number <= len(self._lines) else ""

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        """The span of the value at `path`, or of its key with `key=True`.

        A path that goes deeper than the document ends at the deepest value that exists, so that something
        missing is shown where it should have been.
        """
        steps = self._steps(path)
        if self._root is None:
            return Location(self.path, 1, 1)
        key_node, node = steps[-1] if steps else (None, self._root)
        return self._span(key_node if key and key_node is not None else node)

    def has(self, path: Path) -> bool:
        """Whether a value stands at `path`."""
        return len(self._steps(path)) == len(self._above) + len(path)

    def in_flow(self, path: Path) -> bool:
        """Whether the collection at `path` is written in braces or brackets."""
        steps = self._steps(path)
        return self.has(path) and bool(getattr(steps[-1][1] if steps else self._root, "flow_style", False))

    def _steps(self, path: Path) -> list[tuple[Node | None, Node]]:
        """The key and the value of each step of a path, as far as the document goes."""
        if self._root is None:
            self._root = self._compose(self.text)
        found: list[tuple[Node | None, Node]] = []
        node = self._root
        for step in (*self._above, *path):
            entry = None if node is None else self._child(node, step)
            if entry is None:
                break
            found.append(entry)
            node = entry[1]
        return found

    def locate_entry(self, path: Path) -> Location:
        """The span from the key at `path` to the end of its value, as far as both stand on one line."""
        value = self.locate(path)
        key = self.locate(path, key=True)
        if key.line != value.line or key.column > value.column:
            return key
        return Location(self.path, key.line, key.column, value.column + value.width - key.column)

    def _span(self, node: Node) -> Location:
        start, end = node.start_mark, node.end_mark
        stop = end.column if end.line == start.line else len(self.line(start.line + 1))
        return Location(self.path, start.line + 1, start.column + 1, max(1, stop - start.column))

    def _child(self, node: Node, step: str | int) -> tuple[Node | None, Node] | None:
        if isinstance(step, int):
            items = node.value
            if isinstance(items, list) and 0 <= step < len(items) and not isinstance(items[step], tuple):
                return None, items[step]
            return None
        if node not in self._keys:
            inner: list[object] = node.value if isinstance(node.value, list) else []
            pairs = [one for one in reversed(inner) if isinstance(one, tuple)]  # of two with one key the first
            self._keys[node] = {pair[0].value: pair for pair in pairs if isinstance(pair[0].value, str)}
        return self._keys[node].get(step)


class Place(msgspec.Struct, frozen=True):
    """Where something stands in a file, found when it is called: most places are never shown."""

    source: Source
    path: Path
    part: Literal["value", "key", "entry"] = "entry"
    """The value there, its key, or both."""

    def __call__(self) -> Location:
        if self.part == "entry":
            return self.source.locate_entry(self.path)
        return self.source.locate(self.path, key=self.part == "key")

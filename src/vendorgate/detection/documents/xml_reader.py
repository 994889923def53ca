"""XML with places, by expat, which loads nothing from outside.

In: a text. Out: its elements, as far as they can be read. A file that declares entities is read up to there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

import msgspec

from ..code import Place
from .node import MOST_LEVELS, MOST_NODES, Leaf


class Element(msgspec.Struct):
    """An element: its name and its attributes without their namespaces."""

    name: str
    place: Place
    attributes: dict[str, str]
    children: list[Element]
    said: str = ""
    """The text in it, without that of its children."""
    said_at: Place | None = None

    def child(self, *names: str) -> Element | None:
        """The element below these names, the first of each."""
        found: Element | None = self
        for name in names:
            if found is None:
                return None
            found = next((one for one in found.children if one.name == name), None)
        return found

    def text(self, *names: str) -> Leaf | None:
        """What is said in the element below these names, where it says anything."""
        found = self.child(*names)
        if found is None or not found.said.strip():
            return None
        return Leaf(found.said.strip(), found.said_at or found.place)

    def every(self, *names: str) -> Iterator[Element]:
        """The elements at the end of these names, of which each may stand several times."""
        if not names:
            yield self
            return
        for one in self.children:
            if one.name == names[0]:
                yield from one.every(*names[1:])


class _Stopped(Exception):
    """The file is not worth reading on."""


def read_xml(text: str) -> Element | None:
    """The root of a text; None where there is none."""
    reading = _Reading()
    with suppress(expat.ExpatError, _Stopped, ValueError):
        reading.parser.Parse(text.encode("utf-8", "replace").decode().lstrip("\ufeff"), True)
    return reading.root


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Reading:
    """Takes what expat tells."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.made = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.say
        self.parser.EntityDeclHandler = self.refuse

    def _place(self) -> Place:
        return Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.made += 1
        if self.made > MOST_NODES or len(self.open) >= MOST_LEVELS:
            raise _Stopped
        found = Element(_local(name), self._place(), {_local(key): value for key, value in attributes.items()}, [])
        if self.open:
            self.open[-1].children.append(found)
        elif self.root is None:
            self.root = found
        self.open.append(found)

    def end(self, name: str) -> None:
        """The innermost element ends."""
        self.open.pop()

    def say(self, said: str) -> None:
        """Text, in which a comment may leave a gap."""
        if not self.open or not said.strip():
            return
        inner = self.open[-1]
        if inner.said_at is None:
            inner.said_at = self._place()
        if len(inner.said) < 10_000:
            inner.said += said

    def refuse(self, *_declared: object) -> None:
        """An entity is declared."""
        raise _Stopped

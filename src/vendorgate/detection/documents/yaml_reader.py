"""YAML as it is found: several documents, tags, aliases, templates, and what is no YAML at all.

In: a text. Out: its documents. Where libyaml stops, what was read so far is kept, and reading goes on at the next line
that begins at the margin. Templates (`{{ … }}`, `{% … %}`) stand for values that are not known.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from ..code import Place
from .building import Building, Full
from .node import Branch, Leaf, Node

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_UNREADABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow."""
_TEMPLATES: Final = (("{{", "}}"), ("{%", "%}"))
_HOLE: Final = "\ue000"
"""Stands where a template was; in values it becomes `\\0`."""
_HOLES: Final = re.compile(f"{_HOLE}+")
_MARGIN: Final = re.compile(r"^(?=[^\s#\-}\])]|---|-\s)", re.MULTILINE)
_MOST_STARTS: Final = 20
_NAMES_OF_OTHERS: Final = frozenset(["!Ref", "!GetAtt", "!ImportValue"])
"""Tags of CloudFormation's that make a text the name of something."""


def read_yaml(text: str, first: int = 1) -> tuple[Node, ...]:
    """The documents of a text, as far as they can be read; keys that are merged (`<<`) are entries.

    Args:
        text: what is read.
        first: the line of the file at which it begins.
    """
    clean = _UNREADABLE.sub(" ", text)
    roots, stopped = _from(clean, first)
    if stopped is None:
        return tuple(roots)
    return _tolerantly(_without_templates(clean).replace("\t", " "), first)


def _tolerantly(text: str, first: int) -> tuple[Node, ...]:
    """Read on behind every mistake, at the margin."""
    found: list[Node] = []
    line, left = first, 3 * len(text)
    for _ in range(_MOST_STARTS):
        left -= len(text)
        roots, stopped = _from(text, line)
        _add(found, roots, joins=line > first)
        if stopped is None or left < 0:
            break
        at = _margin_after(text, stopped - line)
        if at is None:
            break
        line += text.count("\n", 0, at)
        text = text[at:]
    return tuple(found)


def _add(found: list[Node], roots: list[Node], *, joins: bool) -> None:
    """Add documents; the first goes on where the last one broke off."""
    last, first = found[-1] if found else None, roots[0] if roots else None
    if joins and isinstance(last, Branch) and isinstance(first, Branch):
        found[-1] = Branch((*last.entries, *first.entries), last.place)
        roots = roots[1:]
    found.extend(roots)


def _margin_after(text: str, lines: int) -> int | None:
    """Where the first line at the margin begins, after a number of lines and at least one."""
    at = 0
    for _ in range(max(lines, 0) + 1):
        at = text.find("\n", at) + 1
        if at == 0:
            return None
    found = _MARGIN.search(text, at)
    return None if found is None else found.start()


def _without_templates(text: str) -> str:
    """The text with templates made to holes of the same width; lines that are nothing else are empty."""
    for begin, end in _TEMPLATES:
        parts, at = [], 0
        while (start := text.find(begin, at)) >= 0 and (stop := text.find(end, start)) >= 0:
            hole = re.sub(r"[^\n]", _HOLE, text[start : stop + len(end)])
            parts += [text[at:start], hole]
            at = stop + len(end)
        text = "".join([*parts, text[at:]])
    return re.sub(rf"^[ \t]*{_HOLE}+[ \t]*$", "", text, flags=re.MULTILINE)


def _from(text: str, line: int) -> tuple[list[Node], int | None]:
    """The documents of a text that begins at a line, and the line at which it could not be read on."""
    reading = _Reading(line)
    loader = None
    try:
        loader = _LOADER(text)
        while True:
            event = loader.get_event()
            if type(event) is yaml.StreamEndEvent:
                return reading.building.finish(), None
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return reading.building.finish(), line + (mark.line if mark is not None else 0)
    except (yaml.YAMLError, UnicodeError, ValueError):
        return reading.building.finish(), line
    except Full:
        return reading.building.finish(), None
    finally:
        if loader is not None:
            loader.dispose()


class _Reading:
    """Takes libyaml's events."""

    def __init__(self, line: int) -> None:
        self.building = Building()
        self.anchors: dict[str, tuple[Node, int]] = {}
        self._line = line

    def take(self, event: Any) -> None:
        """Take one event."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.building.start(self._place(event), is_branch=kind is yaml.MappingStartEvent, anchor=event.anchor)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._end()
        elif kind is yaml.AliasEvent:
            self._alias(event)

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(mark.line + self._line, mark.column + 1)

    def _scalar(self, event: Any) -> None:
        value = event.value
        if _HOLE in value:
            value = _HOLES.sub("\0", value)
        if event.implicit[0] and value in {"null", "~", "Null", "NULL"}:
            value = ""
        leaf = Leaf(value, self._place(event), event.tag in _NAMES_OF_OTHERS)
        if event.anchor is not None:
            self.anchors[event.anchor] = leaf, 1
        self.building.put(leaf)

    def _end(self) -> None:
        ended = self.building.end()
        if ended is None:
            return
        was, node = ended
        if was.anchor is not None:
            self.anchors[was.anchor] = node, self.building.made - was.before
        if self.building.open and isinstance(node, Branch):
            _merge(self.building.open[-1].entries)

    def _alias(self, event: Any) -> None:
        node, size = self.anchors.get(event.anchor, (Leaf("", self._place(event)), 1))
        self.building.put(node, size)
        if self.building.open:
            _merge(self.building.open[-1].entries)


def _merge(entries: list[tuple[Leaf, Node]]) -> None:
    """Put what `<<` merges before the entries that stand there, which count more."""
    if entries and entries[-1][0].value == "<<" and isinstance(entries[-1][1], Branch):
        _, merged = entries.pop()
        assert isinstance(merged, Branch)
        entries[:0] = merged.entries

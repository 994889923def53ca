"""New entries behind the last one of a list, written as that one is, and nothing else changed: no comment, no quote.

In: a text that a strict reader takes, where a list in it begins, entries. Out: the edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ..logic import Json
from .edits import LOADER, Unclear, next_line
from .yaml_text import entry_lines, in_flow

_STEP: Final = {MappingStartEvent: 1, SequenceStartEvent: 1, MappingEndEvent: -1, SequenceEndEvent: -1}


class _Node(msgspec.Struct, frozen=True):
    """Where a list or an entry of it begins, and how it is written."""

    index: int
    column: int
    is_mapping: bool
    in_flow: bool
    """In brackets or braces."""


class _List(msgspec.Struct, frozen=True):
    """A list, as it stands in a file."""

    start: _Node
    entries: tuple[_Node, ...]
    end: int
    """Behind the last thing that is written in it."""
    as_json: bool
    """Whether the file is JSON."""


def appended(text: str, start: int, column: int | None, entries: Sequence[Json]) -> tuple[int, int, str]:
    """What to put in the place of what: the list that begins at `start` gets entries.

    `column` is that of its key; None where it stands in braces or brackets itself.

    Raises:
        Unclear: no list begins there.
    """
    found = _find(text, start)
    return _in_flow(text, found, column, entries) if found.start.in_flow else _in_block(text, found, entries)


def _find(text: str, start: int) -> _List:
    events: list[Any] = list(yaml.parse(text, Loader=LOADER))
    root = next(event for event in events if isinstance(event, MappingStartEvent))
    begins = [index for index, event in enumerate(events) if _begins(event, start)]
    if not begins:
        raise Unclear
    first, entries, depth = events[begins[0]], [], 1
    end: int = first.end_mark.index
    for event in events[begins[0] + 1 :]:
        if depth == 1 and isinstance(event, NodeEvent):
            entries.append(_node(event))
        depth += _STEP.get(type(event), 0)
        if depth == 0:
            break
        if event.end_mark.index > event.start_mark.index:  # the end of a block has no place of its own
            end = event.end_mark.index
    return _List(_node(first), tuple(entries), end, bool(root.flow_style))


def _begins(event: Any, start: int) -> bool:
    mark = getattr(event, "start_mark", None)
    return isinstance(event, SequenceStartEvent) and mark is not None and bool(mark.index == start)


def _node(event: Any) -> _Node:
    mark = event.start_mark
    return _Node(
        mark.index, mark.column, isinstance(event, MappingStartEvent), bool(getattr(event, "flow_style", False))
    )


def _in_flow(text: str, found: _List, column: int | None, entries: Sequence[Json]) -> tuple[int, int, str]:
    """In brackets, each on a line of its own where every other one is."""
    written = [in_flow(entry, as_json=found.as_json) for entry in entries]
    close = text.index("]", found.end) if not found.entries else 0
    if close and column is not None and not text[found.end : close].strip(" "):
        return _instead_of_nothing(text, found.start.index, close + 1, column, entries)
    if not found.entries:
        return found.end, found.end, ", ".join(written)
    before = [text[one.index - one.column : one.index] for one in found.entries]
    joint = ", " if any(map(str.strip, before)) else f",\n{before[-1]}"
    return found.end, found.end, "".join(joint + one for one in written)


def _instead_of_nothing(text: str, start: int, end: int, column: int, entries: Sequence[Json]) -> tuple[int, int, str]:
    """In the place of `[]`, one below the other; a comment behind it stays."""
    at, begin = next_line(text, end), len(text[:start].rstrip(" "))
    indent = " " * (column + 2)
    lines = "".join(f"{indent}{line}\n" for entry in entries for line in entry_lines(entry))
    return begin, at, f"{text[end:at].rstrip()}\n{lines}"


def _in_block(text: str, found: _List, entries: Sequence[Json]) -> tuple[int, int, str]:
    """Below the last one, with the comments that belong to it, as far indented as it is."""
    column, last = found.start.column, found.entries[-1]
    at = _below(text, found.end, column)
    indent, blank = " " * column, _stands_apart(text, found)
    new: list[str] = []
    for entry in entries:
        new.extend([""] * blank)
        if last.is_mapping and last.in_flow:
            new.append(f"{indent}- {in_flow(entry)}")
        else:
            new.extend(f"{indent}{line}" for line in entry_lines(entry, _beside(last, column)))
    joint = "\n" if at and text[at - 1] != "\n" else ""
    return at, at, joint + "".join(f"{line}\n" for line in new)


def _beside(last: _Node, column: int) -> int:
    """How far keys stand to the right of their dash."""
    return last.column - column if last.is_mapping and last.column > column + 1 else 2


def _below(text: str, end: int, column: int) -> int:
    """Where the line after the last entry begins; lines of comments that are indented further belong to it."""
    at = end if text[end - 1] == "\n" else next_line(text, end)
    while at < len(text):
        line = text[at : next_line(text, at)]
        content = line.lstrip(" ")
        if not content.startswith("#") or len(line) - len(content) <= column:
            break
        at = next_line(text, at)
    return at


def _stands_apart(text: str, found: _List) -> bool:
    """Whether a blank line stands between the last two, and one more would not become a part of a text."""
    if len(found.entries) < 2 or text[found.end - 1] == "\n":
        return False
    last = found.entries[-1]
    above = text[: last.index - last.column].rstrip(" ").split("\n")
    return len(above) > 1 and not above[-2].strip()

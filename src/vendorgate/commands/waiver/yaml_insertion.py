"""New waivers behind the last one of a file, and nothing else changed: no comment, no quote, no line break.

In: the text of a `waivers.yaml` that a strict reader takes, and waivers. Out: the text with them in it.
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

from ...load.reader import LOADER
from ...model.waiver import WaiverEntry
from .yaml_text import in_braces, lines

_STEP: Final = {MappingStartEvent: 1, SequenceStartEvent: 1, MappingEndEvent: -1, SequenceEndEvent: -1}
NEW_FILE: Final = "version: 1\nwaivers:\n"


class _Node(msgspec.Struct, frozen=True):
    """Where a list or an entry of it begins, and how it is written."""

    index: int
    column: int
    is_mapping: bool
    in_flow: bool
    """In brackets or braces."""


class _List(msgspec.Struct, frozen=True):
    """The list of waivers, as it stands in a file."""

    start: _Node
    entries: tuple[_Node, ...]
    end: int
    """Behind the last thing that is written in it."""
    as_json: bool
    """Whether the file is JSON."""


def appended(text: str | None, entries: Sequence[WaiverEntry]) -> str:
    """The text with the waivers behind its last one; without a text, that of a new file."""
    if text is None:
        return NEW_FILE + "".join(f"{line}\n" for entry in entries for line in lines(entry, "  "))
    found = _find(text)
    return _in_flow(text, found, entries) if found.start.in_flow else _in_block(text, found, entries)


def _find(text: str) -> _List:
    events: list[Any] = list(yaml.parse(text, Loader=LOADER))
    depth, index = 0, 0
    while depth != 1 or not isinstance(events[index], SequenceStartEvent):  # the only list that a strict reader takes
        depth += _STEP.get(type(events[index]), 0)
        index += 1
    root = next(event for event in events if isinstance(event, MappingStartEvent))
    start, entries, depth = events[index], [], 1
    end: int = start.end_mark.index
    for event in events[index + 1 :]:
        if depth == 1 and isinstance(event, NodeEvent):
            entries.append(_node(event))
        depth += _STEP.get(type(event), 0)
        if depth == 0:
            break
        if event.end_mark.index > event.start_mark.index:  # the end of a block has no place of its own
            end = event.end_mark.index
    return _List(_node(start), tuple(entries), end, bool(root.flow_style))


def _node(event: Any) -> _Node:
    mark = event.start_mark
    return _Node(
        mark.index, mark.column, isinstance(event, MappingStartEvent), bool(getattr(event, "flow_style", False))
    )


def _in_flow(text: str, found: _List, entries: Sequence[WaiverEntry]) -> str:
    """In brackets, each on a line of its own where the last one is."""
    written = [in_braces(entry, as_json=found.as_json) for entry in entries]
    close = text.index("]", found.end) if not found.entries else 0
    if close and not found.as_json and not text[found.end : close].strip(" "):
        return _instead_of_nothing(text, found.start.index, close + 1, entries)
    if not found.entries:
        return f"{text[: found.end]}{', '.join(written)}{text[found.end :]}"
    last = found.entries[-1]
    before = text[last.index - last.column : last.index]
    joint = ", " if before.strip() else f",{_line_break(text)}{before}"
    return f"{text[: found.end]}{''.join(joint + one for one in written)}{text[found.end :]}"


def _instead_of_nothing(text: str, start: int, end: int, entries: Sequence[WaiverEntry]) -> str:
    """In the place of `[]`, one below the other; a comment behind it stays."""
    at, ending = _next_line(text, end), _line_break(text)
    first = f"{text[:start].rstrip(' ')}{text[end:at].rstrip()}{ending}"
    return first + "".join(f"{line}{ending}" for entry in entries for line in lines(entry, "  ")) + text[at:]


def _in_block(text: str, found: _List, entries: Sequence[WaiverEntry]) -> str:
    """Below the last one, with the comments that belong to it, as far indented as it is."""
    column, last = found.start.column, found.entries[-1]
    at = _below(text, found.end, column)
    indent, blank = " " * column, _stands_apart(text, found)
    new: list[str] = []
    for entry in entries:
        new.extend([""] * blank)
        if last.is_mapping and last.in_flow:
            new.append(f"{indent}- {in_braces(entry, as_json=False)}")
        else:
            new.extend(lines(entry, indent, _beside(last, column)))
    ending = _line_break(text)
    joint = ending if at and text[at - 1] != "\n" else ""
    return f"{text[:at]}{joint}{''.join(line + ending for line in new)}{text[at:]}"


def _beside(last: _Node, column: int) -> int:
    """How far keys stand to the right of their dash."""
    return last.column - column if last.is_mapping and last.column > column + 1 else 2


def _below(text: str, end: int, column: int) -> int:
    """Where the line after the last waiver begins; lines of comments that are indented further belong to it."""
    at = end if text[end - 1] == "\n" else _next_line(text, end)
    while at < len(text):
        line = text[at : _next_line(text, at)]
        content = line.lstrip(" ")
        if not content.startswith("#") or len(line) - len(content) <= column:
            break
        at = _next_line(text, at)
    return at


def _next_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _stands_apart(text: str, found: _List) -> bool:
    """Whether a blank line stands between the last two, and one more would not become a part of a text."""
    if len(found.entries) < 2 or text[found.end - 1] == "\n":
        return False
    last = found.entries[-1]
    above = text[: last.index - last.column].rstrip(" ").split("\n")
    return len(above) > 1 and not above[-2].strip()


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"

"""A document of sections that shortens itself to fit.

In: sections, the most important first. Out: text of at most so many bytes, in which every section has its place and
says how much of it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

_LEFT_OUT: Final = 100
"""Bytes kept for the line that says what is missing."""


class Section(msgspec.Struct, frozen=True):
    """Blocks under a heading, made only as far as there is room for them."""

    heading: str
    """Always shown, even without any block; empty where the blocks belong to the section before."""
    blocks: Iterator[str]
    total: int
    """How many blocks there are."""
    joint: str = "\n"
    """Between two blocks."""
    left_out: str = "and {} more"
    """How it says that so many blocks are missing."""
    most: int = 1_000_000
    """Bytes that the blocks may take, so that something is left for the sections behind."""


def fitted(sections: Sequence[Section], room: int) -> str:
    """The document. A heading is never left out: together they must leave room."""
    parts: list[str] = []
    least = [size(section.heading) + _LEFT_OUT for section in sections]
    room -= sum(least)
    for section in sections:
        part, used = _part(section, min(room, section.most))
        parts.append(part)
        room -= used
    return "\n\n".join(part for part in parts if part) + "\n"


def _part(section: Section, room: int) -> tuple[str, int]:
    """The section, and the bytes that its blocks take."""
    found: list[str] = []
    used = 0
    for block in section.blocks:
        length = size(block) + len(section.joint)
        if used + length > room:
            break
        found.append(block)
        used += length
    parts = [section.joint.join([section.heading, *found] if section.heading else found)]
    if len(found) < section.total:
        words = section.left_out.format(section.total - len(found))
        parts.append(f"{words}, left out here; the JSON report has all of them")
    return "\n\n".join(part for part in parts if part), used


def size(text: str) -> int:
    """Bytes in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8"))

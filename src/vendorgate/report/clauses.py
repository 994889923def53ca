"""Clauses of plain English: sentences without a full stop, and headings over others, joined and laid out.

In: clauses. Out: one clause, one line, several lines, or JSON.
"""

from __future__ import annotations

from typing import Final

import msgspec


class Clause(msgspec.Struct, frozen=True):
    """A sentence without its full stop, or a heading over others."""

    text: str
    parts: tuple[Clause, ...] = ()


_SHORT: Final = 100
"""Characters up to which two clauses stand on one line."""


def joined(parts: list[Clause], every: bool) -> Clause:
    """Clauses of which every one is to hold, or at least one."""
    flat = [inner for part in parts for inner in (part.parts if part.parts and part.text == _head(every) else (part,))]
    plain = all(not part.parts for part in flat)
    word = " and " if every else " or "
    if len(flat) == 1:
        return flat[0]
    if plain and len(flat) == 2 and sum(len(part.text) for part in flat) <= _SHORT:
        return Clause(f",{word}".join(part.text for part in flat), ())
    return Clause(_head(every), tuple(flat))


def _head(every: bool) -> str:
    return "all of these hold:" if every else "at least one of these holds:"


def nested(start: str, then: Clause) -> Clause:
    """A clause behind the word that it follows on."""
    if then.parts:
        return Clause(f"{start}: {then.text}", then.parts)
    return Clause(f"{start}: {then.text}")


def inline(one: Clause) -> str:
    """A clause in one line, its parts in brackets where they have parts themselves."""
    if not one.parts:
        return one.text
    return f"{one.text} " + "; ".join(f"({inline(part)})" if part.parts else part.text for part in one.parts)


def lines(one: Clause, indent: int = 0) -> list[tuple[int, str]]:
    """A clause as lines with their depth."""
    found = [(indent, one.text)]
    for part in one.parts:
        found.extend(lines(part, indent + 1))
    return found


def plain(one: Clause) -> str | dict[str, tuple[object, ...]]:
    """A clause as JSON: a text, or a heading with its parts."""
    return one.text if not one.parts else {one.text.removesuffix(":"): tuple(map(plain, one.parts))}

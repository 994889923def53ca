"""Notices for people in a hurry: a line each, and of many of one kind the first.

In: notices. Out: lines of text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..model.result import Notice
from ..terminal.escape import escape
from ..terminal.style import Style

_MOST: Final = 3
"""Notices of one kind that are told."""
_MOST_THAT_BLOCK: Final = 20
"""The same of those that block, which are told first."""
_ALL: Final = frozenset(("policy-off",))
"""Kinds of notices of which every report has all."""


def by_kind(notices: Iterable[Notice]) -> Iterator[tuple[list[Notice], int]]:
    """Of each kind those that are told, and how many more there are."""
    kinds: dict[str, list[Notice]] = {}
    for notice in notices:
        kinds.setdefault(notice.id, []).append(notice)
    for id, alike in kinds.items():
        alike.sort(key=lambda notice: not notice.blocks)
        blocking = sum(notice.blocks for notice in alike)
        most = len(alike) if id in _ALL else max(_MOST, min(blocking, _MOST_THAT_BLOCK))
        yield alike[:most], len(alike[most:])


def notice_lines(notices: Iterable[Notice], style: Style, all: str = "--verbose") -> Iterator[str]:
    """A line each; of many of one kind the first, and how many more there are, with what tells them all."""
    for told, more in by_kind(notices):
        for notice in told:
            yield _notice(notice, style)
            if notice.blocks and notice.help is not None:
                yield f"   {style.paint('bold', '= help:')} {escape(notice.help)}"
        if more:
            yield f"{_id(told[0], style)}: and {more} more like these: {all}"


def _notice(notice: Notice, style: Style) -> str:
    at = "" if notice.location is None else f" ({notice.location})"
    return f"{_id(notice, style)}: {escape(notice.message + at)}"


def _id(notice: Notice, style: Style) -> str:
    return style.paint(notice.severity, f"{notice.severity}[{notice.id}]")

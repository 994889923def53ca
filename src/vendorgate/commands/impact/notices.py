"""What whoever decides must know beside the results; it never blocks.

In: both sides. Out: notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import UnsetType

from ...logic.wording import few
from ...model.result import Notice
from .preparing import PreparedSide

_MOST: Final = 3
"""Names that are written out."""


def notices(before: PreparedSide, after: PreparedSide, unreadable: tuple[str, ...]) -> Iterator[Notice]:
    """Every notice."""
    yield from _pin(before, "the registry of today, so that `check` would end with 2 now; it pins {pinned}")
    yield from _pin(after, "the registry that is to be adopted; to adopt it, pin {digest}")
    yield from _first(before)
    if unreadable:
        names = few([f"`{id}`" for id in unreadable], _MOST)
        message = f"not compared, because a side has a file that is not valid: {names}; no manifest here names it"
        yield Notice("invalid-offering", "note", message)


def _pin(side: PreparedSide, words: str) -> Iterator[Notice]:
    """Where the bundle pins a registry that is not the one of a side."""
    files, digest = side.gate.files, side.world.snapshot.sha256
    pinned, source = files.settings.registry.sha256, files.settings_source
    if not isinstance(pinned, UnsetType) and pinned != digest and source is not None:
        message = f"the bundle does not pin {words.format(pinned=pinned, digest=digest)}"
        yield Notice("pins-another-registry", "note", message, source.locate(("registry", "sha256")))


def _first(before: PreparedSide) -> Iterator[Notice]:
    """Usages that would be judged for the first time."""
    for (_, usage), problems in before.refused.items():
        message = f"usage `{usage}` cannot be judged now, so that all of its results are new: {problems[0].title}"
        yield Notice("not-judged-before", "note", message, problems[0].location)

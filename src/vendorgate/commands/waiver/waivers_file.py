"""The file of a bundle's waivers with new ones in it, or without some, read again before anybody writes it.

In: the bytes of a file, and waivers, or which of them are to go. Out: the text to write; a file that could not be read
as it should is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from ...errors import Problem, UsageError
from ...frame.changing import changed, shortened, values_of
from ...model.waiver import Waiver, WaiverEntry
from ...rewriting.changing import written
from ...rewriting.edits import Unclear
from ...source import Location
from .entries import plain

_WAIVERS: Final = "waivers"


class WaiversYaml(msgspec.Struct, frozen=True):
    """A `waivers.yaml` that a strict reader takes."""

    shown: str
    data: bytes | None
    """None where there is none yet."""


def filed(file: WaiversYaml, entries: Sequence[WaiverEntry]) -> str:
    """The text with the waivers behind its last one, and all else as it was.

    Raises:
        UsageError: nothing can be added without a change of the rest.
        InputError: the file would become too large.
    """
    added = [*map(plain, entries)]
    if file.data is None:
        return written({"version": 1, _WAIVERS: [*added]})
    before = values_of(file.shown, file.data)
    listed = before[_WAIVERS]
    assert isinstance(listed, list), "a strict reader takes nothing else"
    try:
        return changed(file.shown, file.data, {**before, _WAIVERS: [*listed, *added]}).decode("utf-8")
    except Unclear:
        title, help = "nothing can be added without a change of the rest", "add it by hand; --dry-run prints it"
        raise UsageError([Problem(title, Location(file.shown, 1, 1), help)]) from None


def unfiled(file: WaiversYaml, gone: Sequence[Waiver]) -> str:
    """The text without some of its waivers, and all else as it was: comments that stand beside them stay.

    Raises:
        UsageError: they cannot be taken out without a change of the rest; or the file is another one than they are of.
    """
    location = Location(file.shown, 1, 1)
    if file.data is None or any(_text(file.data) != one.source.text for one in gone):
        raise UsageError([Problem("somebody has changed it meanwhile", location, "look at it, and run this again")])
    try:
        return shortened(file.shown, file.data, _WAIVERS, {one.index for one in gone}).decode("utf-8")
    except Unclear:
        title, help = "nothing can be taken out without a change of the rest", "take it out by hand"
        raise UsageError([Problem(title, location, help)]) from None


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")

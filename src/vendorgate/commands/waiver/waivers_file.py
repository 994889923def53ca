"""The file of a bundle's waivers with new ones in it, read again before anybody writes it.

In: the bytes of a file, and waivers. Out: the text to write; a file that could not be read as it should is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ...errors import InputError, Problem, UsageError
from ...load.document import read_document
from ...model.waiver import WaiverEntry
from ...source import Location
from .yaml_insertion import appended
from .yaml_text import plain

_MARK = "\ufeff"


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
    before = None if file.data is None else file.data.decode("utf-8")
    mark = _MARK if before is not None and before.startswith(_MARK) else ""
    text = mark + appended(None if before is None else before.removeprefix(mark), entries)
    old = [] if file.data is None else _read(file.shown, file.data)
    if _read(file.shown, text.encode("utf-8")) != [*old, *map(plain, entries)]:
        title, help = "nothing can be added without a change of the rest", "add it by hand; --dry-run prints it"
        raise UsageError([Problem(title, Location(file.shown, 1, 1), help)])
    return text


def _read(shown: str, data: bytes) -> list[object]:
    """The waivers of a file, as they are written."""
    problems: list[Problem] = []
    document = read_document(shown, data, problems)
    if document is None or problems:
        raise InputError(problems)
    waivers = document.value["waivers"] if isinstance(document.value, dict) else []
    return [*waivers] if isinstance(waivers, list) else []

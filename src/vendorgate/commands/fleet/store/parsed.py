"""The bytes of a manifest to what a store keeps of them.

In: bytes. Out: `Reading`, which is the same wherever the bytes stand: nothing in it names a repository or a path.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ....errors import Problem
from ....load.document import read_document
from ....load.files import JUDGED
from ....load.manifest import ReadManifest, form_of, routes_of
from ....model.manifest import ManifestFile
from ....report.diagnostic import in_order
from ....report.unjudged import words
from ....source import Location
from ....version import VERSION

READER: Final = f"{VERSION}/2"
"""The version of vendorgate, and of what is below: another one reads all bytes anew."""


class Reading(msgspec.Struct, frozen=True):
    """What stands in a manifest."""

    written: bytes
    """Its values as JSON, in which every control character is written by its code; empty where there are problems."""
    lines: tuple[int, ...]
    """Of each route in the order of subjects the line that names its offering, from 1."""
    problems: tuple[str, ...]
    """Each in a line that begins with its place: `7:5: …`."""


def parsed(data: bytes, sha256: str) -> Reading:
    """What stands in bytes of that digest."""
    problems: list[Problem] = []
    document = read_document("", data, problems, limits=JUDGED)
    read = None if document is None else form_of(document, sha256, problems)
    if document is None or read is None or problems:
        return Reading(b"", (), tuple(map(placed, in_order(problems))))
    written = _in_codes(msgspec.json.encode(document.value))
    if msgspec.json.encode(msgspec.json.decode(written, type=ManifestFile)) != msgspec.json.encode(read.written):
        return Reading(b"", (), (placed(Problem("a value that JSON does not keep", help="write it as a text")),))
    return Reading(written, tuple(_lines(read)), ())


def _in_codes(written: bytes) -> bytes:
    """The same JSON with codes for what cannot be printed: a manifest may have a control character by its code alone.

    JSON has two codes for a character beyond the first 65,536, which YAML takes for two characters; none is a control.
    """
    text = written.decode()
    if text.isprintable():
        return written
    return "".join(one if one.isprintable() or one > "\uffff" else f"\\u{ord(one):04x}" for one in text).encode()


def placed(problem: Problem) -> str:
    """A problem with its place, in one line; one of the whole file stands at its beginning."""
    return words(msgspec.structs.replace(problem, location=problem.location or Location("", 1, 1)))


def _lines(read: ReadManifest) -> Iterator[int]:
    for index, usage in enumerate(read.written.usages):
        for place, route in routes_of(usage, ("usages", index)):
            yield read.source.locate(place if isinstance(route, str) else (*place, "offering")).line

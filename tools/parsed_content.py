"""The values of all YAML that ships, as a check asks for them, and what holding them against each other comes to.

In: the root of the repository. Out: the bytes of `content/parsed.msgpack`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from vendorgate.errors import Problem
from vendorgate.load.bundle_files import OUTLINE
from vendorgate.load.document import read_document
from vendorgate.load.parsed import WHOLE, Asked, encoded
from vendorgate.logic import Json

from .held_content import held_content

ASKED: Final = {
    "policies": (WHOLE, OUTLINE),
    "registry-snapshot": (WHOLE,),
}
"""What is read of the files of a folder."""


def parsed_content(root: Path) -> bytes:
    """The file for what ships; it knows nothing of files with a mistake."""
    return encoded((*_values(root), *held_content(root)))


def _values(root: Path) -> Iterator[tuple[bytes, Json]]:
    for folder, asked in ASKED.items():
        for path in sorted((root / folder).rglob("*.yaml")):
            yield from of_file(path.read_bytes(), asked)


def of_file(data: bytes, asked: Iterable[Asked]) -> Iterator[tuple[bytes, Json]]:
    """What one file comes to, under its keys; nothing where it has a mistake."""
    for one in asked:
        problems: list[Problem] = []
        document = read_document("", data, problems, one.leave_out, one.level)
        if document is not None and document.sound:
            yield one.key(data), document.value

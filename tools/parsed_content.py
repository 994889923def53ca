"""The values of all YAML that ships, as a check asks for them, and what holding them against each other comes to.

In: the root of the repository. Out: the bytes of `content/parsed.msgpack`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from vendorgate.errors import Problem
from vendorgate.load.bundle_files import OUTLINE
from vendorgate.load.document import read_document
from vendorgate.load.files import digest, sha256
from vendorgate.load.models import MODELS, Maker, key_of_model
from vendorgate.load.parsed import WHOLE, Asked, Rows, encoded
from vendorgate.logic import Json
from vendorgate.model.policy import BundleFile, PolicyFileOutline
from vendorgate.model.registry import ListedOfferingFile, SnapshotFile

from .held_content import held_content

ASKED: Final = {
    "policies": (WHOLE, OUTLINE),
    "registry-snapshot": (WHOLE,),
}
"""What is read of the files of a folder."""
MODELLED: Final = (ListedOfferingFile, SnapshotFile, BundleFile, PolicyFileOutline)
"""Models that are put together of values that are known; those that a check reads."""


def parsed_content(root: Path) -> bytes:
    """The file for what ships; it knows nothing of files with a mistake."""
    paths = (path for folder in ASKED for path in sorted((root / folder).rglob("*.yaml")))
    return encoded((*_values(root), *held_content(root)), (*(path.read_bytes() for path in paths), *_lines(root)))


def _lines(root: Path) -> Iterator[bytes]:
    """The lines of which the SHA-256 of the whole snapshot is made."""
    registry, made = root / "registry-snapshot", list[bytes]()
    paths = [registry / "snapshot.yaml", *(registry / "offerings").glob("*.yaml")]
    files = [(path.relative_to(registry).as_posix(), sha256(path.read_bytes())) for path in paths]

    def kept(lines: bytes) -> str:
        made.append(lines)
        return sha256(lines)

    digest(files, kept)
    yield from made


def _values(root: Path) -> Iterator[tuple[bytes, Json | Rows]]:
    for folder, asked in ASKED.items():
        for path in sorted((root / folder).rglob("*.yaml")):
            values = list(of_file(path.read_bytes(), asked))
            yield from values
            yield from models_of(values)


def models_of(values: Iterable[tuple[bytes, Json]]) -> Iterator[tuple[bytes, Rows]]:
    """Which models values are, that are put together without looking at each again, and come to the same."""
    for key, value in values:
        for type in MODELLED:
            try:
                decoded = msgspec.convert(value, type)
            except msgspec.ValidationError:
                continue
            if is_made_so(decoded, MODELS[type.__name__], value):
                yield key_of_model(type.__name__, key), ()


def is_made_so(decoded: object, make: Maker, value: Json) -> bool:
    """Whether a model comes to the same, to the type of each value: 1, 1.0 and true are equal in Python."""
    try:
        return repr(make(value)) == repr(decoded)
    except (TypeError, ValueError, AttributeError):  # of a field for which it is not meant
        return False


def of_file(data: bytes, asked: Iterable[Asked]) -> Iterator[tuple[bytes, Json]]:
    """What one file comes to, under its keys; nothing where it has a mistake."""
    for one in asked:
        problems: list[Problem] = []
        document = read_document("", data, problems, one.leave_out, one.level)
        if document is not None and document.sound:
            yield one.key(sha256(data)), document.value

"""What a sign-off covers: every file in force, and of `bundle.yaml` all but the lines with the sign-off.

In: the bytes of `bundle.yaml`, names and digests of files. Out: the digest that a sign-off has; mistakes in how it is
written. These lines are the only thing that a digest leaves out, and so must be lines of their own on which nothing
leans: what stands there can change no policy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from ..errors import Problem
from ..model.policy import BundleFile
from ..model.signoff import Signoff, SignoffEntry
from .document import Document, read_document
from .files import digest, sha256
from .packs import PackChoice

KEY: Final = "signoff"
BUNDLE: Final = "bundle.yaml"
_LINE: Final = f"{KEY}:".encode()


def unsigned(data: bytes) -> bytes:
    """A `bundle.yaml` without its sign-off: the line that begins with it, and those behind it that are indented.

    It is what `sed '/^signoff:/,/^[^ ]/{/^signoff:/d;/^ /d;}'` prints.
    """
    lines = data.removesuffix(b"\n").split(b"\n") if data else []
    return b"".join(line + b"\n" for line in _kept(lines))


def _kept(lines: Iterable[bytes]) -> Iterator[bytes]:
    signing = False
    for line in lines:
        if line.startswith(_LINE):
            signing = True
        elif not (signing and line.startswith(b" ")):
            signing = signing and not line
            yield line


def covered(digests: Iterable[tuple[str, str]], data: bytes) -> list[tuple[str, str]]:
    """Name and SHA-256 of each file that a sign-off covers, `bundle.yaml` without it."""
    others = (one for one in digests if one[0] != BUNDLE)
    return sorted((*others, (BUNDLE, sha256(unsigned(data)))))


def check_signoff(document: Document, data: bytes, problems: list[Problem]) -> None:
    """Report a sign-off that does not stand by itself, or on which something else leans."""
    stands = sum(line.startswith(_LINE) for line in data.split(b"\n"))
    if isinstance(document.value, dict) and document.sound and (stands != 1 or not _stands_alone(document, data)):
        title = "`signoff` does not stand by itself"
        help = "write it as `vendorgate policy signoff` prints it, from the first column, and refer to nothing in it"
        place = document.source.locate((KEY,), key=True)
        problems.append(Problem(title, place, help, document.source))


def _stands_alone(document: Document, data: bytes) -> bool:
    """Whether the rest of the file says without those lines what it says with them."""
    rest = unsigned(data)
    assert isinstance(document.value, dict)
    wanted = {name: value for name, value in document.value.items() if name != KEY}
    if not wanted:
        return all(not line.strip() or line.lstrip().startswith(b"#") for line in rest.split(b"\n"))
    met: list[Problem] = []
    found = read_document(document.source.path, rest, met)
    return found is not None and not met and json.dumps(found.value) == json.dumps(wanted)


def signoff(
    written: SignoffEntry,
    data: bytes,
    digests: Iterable[tuple[str, str]],
    settings: BundleFile,
    choice: PackChoice,
    names: Iterable[str],
) -> Signoff:
    """A sign-off held against the files in force; `names` are those of the bundle's own."""
    every = covered(digests, data)
    folders = {name.partition("/")[0] for name in names if "/" in name}
    kept = (*settings.packs, *(folders.difference(settings.optional_packs)))
    added = tuple(pack for pack in dict.fromkeys(choice.asked) if pack not in kept)
    own = (one for one in every if one[0].partition("/")[0] not in added)
    return Signoff(written, digest(every), digest(own), added)

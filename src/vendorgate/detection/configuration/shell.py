"""Commands of a shell: addresses that they call, packages that they install, variables that they set.

In: path and text, the catalogue. Out: sightings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..code import Place
from ..documents.node import Leaf
from ..documents.properties import read_variables
from ..sighting import Sighting
from .dockerfile import installed
from .environment import environment
from .telling import vendor_address

_CALLS: Final = re.compile(r"\b(?:curl|wget|http|https|xh|grpcurl|websocat|Invoke-RestMethod|Invoke-WebRequest)\s")
_ADDRESS: Final = re.compile(r"(?:https?|wss?)://[^\s\"'`<>\\|)]+")
_LONGEST_LINE: Final = 4_000
_MOST_LINES: Final = 5_000


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a script calls, installs and sets."""
    yield from environment(read_variables(text), catalogue)
    yield from commands(Leaf(text, Place(1, 1)), catalogue)


def commands(script: Leaf, catalogue: Catalogue) -> Iterator[Sighting]:
    """What the lines of a script call and install; the place of a text that begins further down is that of its line."""
    first = script.place.line + (1 if "\n" in script.value and script.place.column > 1 else 0)
    calls = False
    for number, line in enumerate(script.value.split("\n")[:_MOST_LINES], first):
        written = line[:_LONGEST_LINE]
        if written.lstrip().startswith("#"):
            continue
        calls = calls or bool(_CALLS.search(written))
        yield from installed(written, number, catalogue)
        for found in _ADDRESS.finditer(written) if calls else ():
            seen = vendor_address(catalogue, Leaf(_unknown(found[0]), Place(number, found.start() + 1)))
            if seen is not None:
                yield seen
        calls = calls and written.rstrip().endswith("\\")


def _unknown(address: str) -> str:
    """An address with variables in it, which nobody knows."""
    return re.sub(r"\$\{[^}]*\}|\$\w+", "\0", address)

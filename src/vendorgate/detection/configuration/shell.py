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
from .telling import model_name, region_of, vendor_address

_CLOUD: Final = re.compile(r"\b(az|gcloud)\s+((?:[a-z][\w.-]*\s+){1,6}[a-z][\w.-]*)")
_KIND: Final = re.compile(r"--kind[= ]\s*[\"']?(\w+)")
_AWS: Final = re.compile(r"\baws\s+(?:--\S+\s+\S+\s+)*bedrock(?:-[a-z-]+)?\s+([a-z][a-z-]+)")
_OPTION: Final = re.compile(r"--(model-id|region)[= ]\s*[\"']?([\w.:/-]+)")
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
        yield from clouds(written, number, catalogue)
        for found in _ADDRESS.finditer(written) if calls else ():
            seen = vendor_address(catalogue, Leaf(_unknown(found[0]), Place(number, found.start() + 1)))
            if seen is not None:
                yield seen
        calls = calls and written.rstrip().endswith("\\")


def clouds(line: str, number: int, catalogue: Catalogue) -> Iterator[Sighting]:
    """What tools of clouds set up or call: `az cognitiveservices account create`, `aws bedrock-runtime converse`."""
    for found in _CLOUD.finditer(line):
        words, kind = found[2].split(), _KIND.search(line)
        properties = {"kind": kind[1]} if kind is not None else {}
        for end in range(len(words), 0, -1):
            whose = catalogue.resource(found[1], " ".join(words[:end]), properties)
            if whose is not None:
                yield Sighting(whose, "iac", Place(number, found.start() + 1), token=" ".join(words[:end])[:200])
                break
    for found in _AWS.finditer(line):
        options = dict(_OPTION.findall(line))
        model = options.get("model-id")
        yield Sighting(
            "bedrock",
            "call",
            Place(number, found.start() + 1),
            endpoint=catalogue.endpoint("bedrock", (found[1].replace("-", "_"),)),
            model=model_name(model) if model is not None else None,
            region=options.get("region") or region_of(catalogue, "bedrock", model),
            token=f"aws bedrock {found[1]}"[:200],
        )


def _unknown(address: str) -> str:
    """An address with variables in it, which nobody knows."""
    return re.sub(r"\$\{[^}]*\}|\$\w+", "\0", address)

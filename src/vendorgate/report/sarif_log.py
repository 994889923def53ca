"""What every SARIF log of ours has: its frame, its places, and the limits of GitHub.

In: parts of a log. Out: the log, JSON within those limits.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ..model.vocabulary import Severity
from ..source import Location
from ..version import VERSION
from .ascii_json import dumps
from .sarif_rules import LEVEL
from .surroundings import Surroundings
from .uri import ROOT, artifact_location

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME: Final = "https://github.com/vendorgate/vendorgate"
NOTIFICATION: Final[dict[Severity, str]] = {**LEVEL, "error": "warning"}
"""No notice is an error: that would say that the run failed (section 3.20.21)."""
MOST_RESULTS: Final = 25_000
MOST_RULES: Final = 25_000
LARGEST: Final = 10_000_000
"""Bytes when compressed. These three are GitHub's limits for a run and a file."""
MOST_NOTICES: Final = 1_000
LONGEST: Final = 8_000
"""Characters of a message, so that hostile text does not crowd out the other results."""


def fitted(make: Callable[[int], dict[str, object]], most: int) -> str:
    """The log with as many results as fit; `make` makes it with so many, the most important of at most `most`."""
    kept = most
    while True:
        text = dumps(make(kept))
        size = _compressed(text)
        if size <= LARGEST or not kept:
            return text
        kept = min(kept - 1, kept * LARGEST // size * 9 // 10)


def _compressed(text: str) -> int:
    """No less than what gzip makes of it; a short text is not worth trying."""
    return len(text) if len(text) <= LARGEST else len(zlib.compress(text.encode("ascii"), 1))


def place(location: Location, surroundings: Surroundings, artifact: int | None = None) -> dict[str, object]:
    """SARIF's location (section 3.28); `artifact` is the index of its file among the artifacts."""
    file: dict[str, object] = {**artifact_location(location.path, surroundings)}
    if artifact is not None:
        file["index"] = artifact
    region = {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.line,
        "endColumn": location.column + location.width,
    }
    return {
        "physicalLocation": {
            "artifactLocation": file,
            "region": region,
        }
    }


def left_out(what: str, reason: str) -> dict[str, object]:
    """The notification that something is missing."""
    text = f"{what} were left out, the least important: {reason}; the JSON report has all of them."
    return {"descriptor": {"id": "left-out"}, "level": "warning", "message": {"text": text}}


def log(
    rules: Sequence[Mapping[str, object]],
    results: Sequence[Mapping[str, object]],
    invocation: Mapping[str, object],
    *,
    artifacts: Sequence[Mapping[str, object]] | None = None,
    properties: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """A log of one run."""
    driver = {"name": "vendorgate", "version": VERSION, "semanticVersion": VERSION, "informationUri": HOME}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {**driver, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
                "invocations": [invocation],
                **({} if artifacts is None else {"artifacts": artifacts}),
                "results": results,
                **({} if properties is None else {"properties": properties}),
            }
        ],
    }

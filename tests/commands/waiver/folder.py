"""A project in a folder, with a bundle and a registry, and `vendorgate waiver` run in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.command import Ended, vendorgate
from tests.world import OFFERING, SNAPSHOT

AS_OF = "2026-11-23"
INPUTS = ("--policies", "policies", "--registry", "registry", "--as-of", AS_OF)
WORDS = {
    "--policy": "needs-baa",
    "--usage": "notes",
    "--reason": "a pilot",
    "--approved-by": "ciso@example.org",
    "--expires": "2026-12-31",
}
WAIVERS = "policies/waivers.yaml"
NO: dict[str, Any] = {"value": "no", "verified": "2026-11-01", "confidence": "high"}
FILES: dict[str, Any] = {
    "registry/snapshot.yaml": SNAPSHOT,
    "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {"hipaa_baa": NO}},
    "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, "dimensions": {}},
    "registry/offerings/gamma.yaml": {
        "id": "gamma",
        **OFFERING,
        "dimensions": {"hipaa_baa": {**NO, "value": "yes_public"}},
    },
    "policies/bundle.yaml": {"name": "b"},
    "policies/agreements.yaml": {"version": 1, "agreements": []},
    "policies/rules.yaml": {
        "version": 1,
        "policies": [
            {"id": "needs-baa", "title": "A BAA", "require": [{"covered": "hipaa_baa"}]},
            {"id": "no-pci", "title": "No cards", "require": [{"!": {"in": ["pci", {"var": "usage.data"}]}}]},
            {"id": "only-pci", "title": "Cards", "when": {"in": ["pci", {"var": "usage.data"}]}, "require": [False]},
        ],
    },
    "vendorgate.yaml": {
        "version": 1,
        "project": "demo",
        "owner": "team@example.org",
        "usages": [
            {"id": "notes", "offering": "alpha", "data": ["phi"], "fallbacks": ["beta", "gamma"]},
            {"id": "other", "offering": "alpha", "data": ["phi"]},
        ],
    },
}


def write(folder: Path, **changes: Any) -> Path:
    """The files, some of them otherwise: as JSON, as text or bytes as they stand, or not at all where it is None."""
    for name, value in {**FILES, **changes}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(value, bytes):
            path.write_bytes(value)
        elif value is not None:
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return folder


def add(folder: Path, *more: str, **changes: str | None) -> Ended:
    """`waiver add` with the usual words, some of them otherwise or left out."""
    words = {**WORDS, **{f"--{name.replace('_', '-')}": value for name, value in changes.items()}}
    given = [part for name, value in words.items() if value is not None for part in (name, value)]
    return vendorgate("waiver", "add", "vendorgate.yaml", *given, *INPUTS, *more, folder=folder)


def check(folder: Path) -> dict[str, Any]:
    """The JSON report of a check."""
    report: dict[str, Any] = json.loads(vendorgate("check", *INPUTS, "--format", "json", folder=folder).stdout)
    return report

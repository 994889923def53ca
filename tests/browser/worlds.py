"""Worlds of two offerings that a page is made of: the least there can be, and names that are long and hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate.gate import Gate
from vendorgate.report.html import render

HOSTILE = "<b>bold</b> \u202egnp.exe `tick` | ]]> "
LONG_TEXT, LONG_SLUG = HOSTILE + "w" * 300, "s" * 300
CELL = {
    "value": "yes_public",
    "verified": "2026-07-05",
    "confidence": "high",
    "source": "https://alpha.example/" + "p" * 300,
    "note": LONG_TEXT,
}
RULES = [{"covered": "hipaa_baa"}, {"that": {"==": [{"var": "usage.settings.a"}, LONG_TEXT]}, "message": LONG_TEXT}]
LONG: dict[str, Any] = {
    "project": LONG_SLUG,
    "owner": LONG_TEXT,
    "policies": [
        {"id": LONG_SLUG, "title": LONG_TEXT, "remediation": LONG_TEXT, "references": [LONG_TEXT], "require": RULES},
        *(
            {"id": f"{number}-{LONG_SLUG[:40]}", "title": "T", "require": [{"covered": "hipaa_baa"}]}
            for number in range(21)
        ),
        {"id": "n", "title": LONG_TEXT, "when": {"in": ["pci", {"var": "usage.data"}]}, "require": RULES[:1]},
    ],
    "usages": [
        {
            "id": LONG_SLUG,
            "offering": "alpha",
            "account": LONG_SLUG,
            "data": ["phi"],
            "purpose": LONG_TEXT,
            "recipients": [{"offering": "unlisted", "vendor": f"Vendor {LONG_TEXT}"}],
        },
        {"id": "u", "offering": "beta", "data": ["phi"], "settings": {"a": LONG_TEXT}},
    ],
    "own": {"hipaa_baa": {**CELL, "value": "yes_contract", "agreement": LONG_TEXT[:150]}},
}
"""Names of 300 characters, a right-to-left override and markup wherever an input can have them; 22 policies."""


def write_manifests(home: Path, world: dict[str, Any]) -> None:
    """Write a bundle, a registry of two offerings and a manifest."""
    policies = world.get("policies", [{"id": "p", "title": "T", "require": [{"covered": "hipaa_baa"}]}])
    stated = {"hipaa_baa": {**CELL, "value": "no"}} if "own" in world else {}
    agreement = {"kind": "baa", "offerings": ["beta"], "status": "executed", "signed": "2025-01-01"}
    files: dict[str, Any] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": stated},
        "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, "dimensions": {"hipaa_baa": CELL}},
        "policies/p.yaml": {"version": 1, "policies": policies},
        "vendorgate.yaml": {"version": 1, "project": world.get("project", "p"), "usages": world["usages"]},
    }
    if "own" in world:
        files["vendorgate.yaml"]["owner"] = world["owner"]
        files["policies/offerings/beta.yaml"] = {"extends": "beta", "dimensions": world["own"]}
        register = [{**agreement, "reference": LONG_TEXT[:150]}]
        files["policies/agreements.yaml"] = {"version": 1, "agreements": register}
    for name, value in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(json.dumps(value), encoding="utf-8")


def judged(folder: Path, name: str) -> str:
    """Write the page of a world, and its name."""
    home = folder / name
    evaluation = Gate(home / "policies", home / "registry").check(home / "vendorgate.yaml", as_of=AS_OF)
    (folder / f"{name}.html").write_text(render(evaluation), encoding="utf-8")
    return name

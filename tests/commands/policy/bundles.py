"""Small bundles in a folder, for the commands of policies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.command import ROOT, Ended, vendorgate

REGISTRY = ROOT / "registry-snapshot"
PHI = {"in": ["phi", {"var": "usage.data"}]}
Part = dict[str, Any]


def policy(id: str = "example", **more: Any) -> Part:
    """A policy that no lint dislikes, with something of it replaced; None takes out."""
    whole = {
        "id": id,
        "title": "Example",
        "when": PHI,
        "require": [{"covered": "hipaa_baa"}],
        "remediation": "Sign a BAA",
        "references": ["45 CFR 164.504(e)"],
        "tests": [{"name": "it can fail", "usage": {"offering": "openai-api", "data": ["phi"]}, "expect": "fail"}],
        **more,
    }
    return {key: value for key, value in whole.items() if value is not None}


def write(folder: Path, files: dict[str, Any]) -> Path:
    """A bundle of these files, JSON being YAML; a text is written as it is."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder


def policies(*entries: Part) -> Part:
    return {"version": 1, "policies": list(entries)}


def run(*arguments: str, folder: Path) -> Ended:
    """`vendorgate policy …` against the registry that ships."""
    return vendorgate("policy", *arguments, "--registry", str(REGISTRY), folder=folder)

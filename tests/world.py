"""A small world in a folder: a registry of one offering, a bundle, a manifest of one usage."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from vendorgate import Gate
from vendorgate.model.evaluation import Evaluation

AS_OF = datetime.date(2026, 11, 23)
SNAPSHOT = {
    "version": 1,
    "name": "r",
    "generated": "2026-11-01",
    "license": "CC0-1.0",
    "attribution": "made for the tests",
    "dimensions": {"hipaa_baa": "Is there a BAA?"},
}
OFFERING = {"name": "Alpha", "developer": "A", "platform": "A", "category": "first_party"}
Part = dict[str, Any]


def judge(folder: Path, offering: Part, policy: Part, usage: Part, demands: Part | None = None) -> Evaluation:
    """Write the world and judge it, through files; `offering` says what it adds to `OFFERING`."""
    files = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, **offering},
        "policies/bundle.yaml": {"registry": demands or {}},
        "policies/p.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", **policy}]},
        "vendorgate.yaml": {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "alpha", **usage}]},
    }
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")  # JSON is YAML
    return Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF)

"""One world to change: two usages and three policies, so that of every outcome there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from tests.report.evaluations import judge
from vendorgate.model.evaluation import Evaluation

MANIFEST = "services/a/vendorgate.yaml"

PASSING: dict[str, Any] = {
    "version": 1,
    "policies": [{"id": "passes", "title": "P", "require": [{"in": ["phi", {"var": "usage.data"}]}]}],
}
"""Policies under which nothing fails."""


def world() -> dict[str, Any]:
    """Of `first`: a failure that blocks, an unknown that does not, a waived failure; of `second`: one pass."""
    return {
        "registry/snapshot.yaml": {
            "version": 1,
            "name": "r",
            "generated": "2026-11-01",
            "license": "x",
            "attribution": "x",
            "dimensions": {"hipaa_baa": "Is there a BAA?"},
        },
        "registry/offerings/alpha.yaml": {
            "id": "alpha",
            "name": "Alpha",
            "developer": "A",
            "platform": "A",
            "category": "first_party",
            "dimensions": {"hipaa_baa": {"value": "no", "verified": "2026-11-01", "confidence": "high"}},
        },
        "policies/bundle.yaml": {"name": "b"},
        "policies/p.yaml": {
            "version": 1,
            "policies": [
                {
                    "id": "unknown-but-passes",
                    "title": "T",
                    "on_unknown": "pass",
                    "require": [{"==": [{"var": "usage.settings.mode"}, "good"]}],
                },
                {"id": "needs-baa", "title": "A BAA", "require": [{"covered": "hipaa_baa"}], "tags": ["hipaa"]},
                {"id": "waived", "title": "W", "require": [{"covered": "hipaa_baa"}]},
                {
                    "id": "never-applies",
                    "title": "N",
                    "when": {"in": ["pci", {"var": "usage.data"}]},
                    "require": [{"covered": "hipaa_baa"}],
                },
                dict(PASSING["policies"][0]),
            ],
        },
        "policies/waivers.yaml": {
            "version": 1,
            "waivers": [{"policy": "waived", "reason": "pilot", "approved_by": "ciso", "expires": "2027-11-30"}],
        },
        MANIFEST: {
            "version": 1,
            "project": "notes",
            "usages": [{"id": "first", "offering": "alpha", "data": ["phi"]}],
        },
    }


def evaluation(folder: Path, **changes: Any) -> Evaluation:
    """The world judged; a change replaces the file of that path, or takes it away where it is None."""
    files = {**world(), **changes}
    return judge({name: value for name, value in files.items() if value is not None}, folder)


def repeated(found: Evaluation, times: int) -> Evaluation:
    """The same results many times over."""
    return msgspec.structs.replace(found, results=found.results * times)

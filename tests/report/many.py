"""Many manifests: a registry and policies under which most of them fall short of the same few things."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.report.evaluations import judge
from vendorgate.model.evaluation import Evaluation

_FINE: Final = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01", "source": "https://v.example"}
_CELLS: Final[tuple[dict[str, Any], ...]] = (
    {**_FINE},
    {**_FINE, "scope": {"endpoints": {"only": ["chat"]}}},
    {**_FINE, "value": "unclear"},
    {**_FINE, "verified": "2024-01-01"},
    {**_FINE, "tier": "enterprise"},
    {**_FINE, "conditions": [{"agreement": "baa"}]},
)
"""One an offering, and again."""
OFFERINGS: Final = 24


def _offering(number: int) -> dict[str, Any]:
    return {
        "id": f"o{number}",
        "name": f"O {number}",
        "developer": "D",
        "platform": "P",
        "category": "first_party",
        "endpoints": ["chat", "batch"],
        "dimensions": {"hipaa_baa": _CELLS[number % len(_CELLS)], "gdpr_dpa": _FINE},
    }


def _policy(number: int) -> dict[str, Any]:
    rules: list[Any] = [
        {"==": [{"var": "usage.settings.data_sharing"}, False]},
        {"covered": "hipaa_baa"},
        {"covered": "gdpr_dpa"},
        {"in": ["us", {"var": "usage.subjects"}]},
        {"agreement": "dpa"},
    ]
    policy: dict[str, Any] = {"id": f"p{number}", "title": f"P {number}", "require": [rules[number % len(rules)]]}
    if number % 7 == 3:
        policy |= {"severity": "warning"}
    if number % 7 == 5:
        policy |= {"when": {"in": ["us", {"var": "usage.subjects"}]}}
    return policy


def _usage(number: int) -> dict[str, Any]:
    own: dict[str, Any] = {"id": f"u{number}", "offering": f"o{number % OFFERINGS}", "data": ["pii"]}
    if number % 3:
        own["settings"] = {"data_sharing": False, f"unread-{number}": 1}
    if number % 5:
        own |= {"subjects": ["us"], "agreements": ["dpa"]}
    if number % 4:
        own["endpoints"] = ["batch" if number % 8 == 1 else "chat"]
    return own


@cache
def evaluation(manifests: int = 300, usages: int = 740, policies: int = 21) -> Evaluation:
    """So many manifests with so many usages, spread as evenly as it goes."""
    files: dict[str, Any] = {
        "registry/snapshot.yaml": {
            "version": 1,
            "name": "r",
            "generated": "2026-11-01",
            "license": "x",
            "attribution": "x",
            "dimensions": {"hipaa_baa": "?", "gdpr_dpa": "?"},
        },
        **{f"registry/offerings/o{number}.yaml": _offering(number) for number in range(OFFERINGS)},
        "policies/p.yaml": {"version": 1, "policies": [_policy(number) for number in range(policies)]},
    }
    for number in range(manifests):
        own = [_usage(one) for one in range(number, usages, manifests)]
        files[f"m{number}/vendorgate.yaml"] = {"version": 1, "project": f"m{number}", "usages": own}
    with tempfile.TemporaryDirectory() as folder:
        return judge(files, Path(folder))

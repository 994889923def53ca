"""A small world in a folder: a registry of one offering, a bundle, a manifest of one usage."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vendorgate import Gate
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.facts import LISTINGS
from vendorgate.model.vocabulary import FailOn

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
WAIVER = {"policy": "p", "reason": "r", "approved_by": "a", "expires": "2026-12-31"}
Part = dict[str, Any]


def elsewhere(*rules: Any) -> Part:
    """Another offering, which states every fact that rules read: each exists, whatever a test takes away."""
    dimensions: Part = {}
    for dimension, path in re.findall(r"registry\.(\w+)\.facts\.([\w.]+)", json.dumps(rules)):
        facts = dimensions.setdefault(dimension, {"value": "unclear", "facts": {}})["facts"]
        *outer, last = path.split(".")
        if (outer or [last])[0] in LISTINGS:
            facts[(outer or [last])[0]] = {"names": []}
            continue
        for name in outer:
            facts = facts[name] if isinstance(facts.get(name), dict) else facts.setdefault(name, {})
        facts.setdefault(last, 1)
    return {"id": "elsewhere", **OFFERING, "dimensions": dimensions}


def judge(
    folder: Path,
    offering: Part,
    policy: Part,
    usage: Part,
    demands: Part | None = None,
    *,
    agreements: list[Part] | None = None,
    waivers: Sequence[Part] = (),
    fail_on: FailOn = "error",
    full: bool = False,
    rules: Part | None = None,
    owner: str | None = None,
    as_of: datetime.date = AS_OF,
    snapshot: Part | None = None,
    others: dict[str, Part] | None = None,
    bundle: Part | None = None,
    overlays: dict[str, Part] | None = None,
    observations: dict[str, Part] | None = None,
    accounts: list[Part] | None = None,
) -> Evaluation:
    """Write the world and judge it, through files; `offering` says what it adds to `OFFERING`.

    Without `agreements` there is no register; `fail_on` is the bundle's; `full` gives the reasons of what passes, too;
    `rules` are those for waivers, `owner` is the project's; `snapshot` adds to `SNAPSHOT`, `others` has more offerings,
    `bundle` adds to `bundle.yaml`, `overlays` are files of the bundle's `offerings/`, `observations` those of the other
    folder (of alpha and of the day, unless they say otherwise), and `accounts` are those of `accounts.yaml`.
    """
    manifest: Part = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "alpha", **usage}]}
    files: dict[str, Part] = {
        "registry/snapshot.yaml": {**SNAPSHOT, **(snapshot or {})},
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, **offering},
        "registry/offerings/elsewhere.yaml": elsewhere(
            policy, offering, *(others or {}).values(), *(overlays or {}).values()
        ),
        "policies/bundle.yaml": {
            "registry": demands or {},
            "fail_on": fail_on,
            "waivers": rules or {},
            **(bundle or {}),
        },
        "policies/p.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", **policy}]},
        "vendorgate.yaml": manifest if owner is None else {**manifest, "owner": owner},
    }
    for id, other in (others or {}).items():
        files[f"registry/offerings/{id}.yaml"] = {"id": id, **OFFERING, **other}
    for name, overlay in (overlays or {}).items():
        files[f"policies/offerings/{name}.yaml"] = overlay
    for name, observation in (observations or {}).items():
        seen = {"version": 1, "offering": "alpha", "observed": as_of.isoformat(), **observation}
        files[f"policies/observations/{name}.yaml"] = seen
    if accounts is not None:
        files["policies/accounts.yaml"] = {"version": 1, "accounts": accounts}
    if agreements is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": agreements}
    if waivers:
        files["policies/waivers.yaml"] = {"version": 1, "waivers": [{**WAIVER, **waiver} for waiver in waivers]}
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")  # JSON is YAML
    return Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=as_of, full=full)

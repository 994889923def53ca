"""Usages judged by the registry that ships, all at once, by a policy for each rule."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.command import ROOT
from vendorgate import Gate

REGISTRY: Final = ROOT / "registry-snapshot"
AS_OF: Final = datetime.date(2026, 11, 28)
Part = Mapping[str, Any]


def outcomes(folder: Path, usages: Mapping[str, Part], rules: Mapping[str, Part]) -> dict[tuple[str, str], str]:
    """What comes of each usage under each rule, both by name."""
    policies = [
        {"id": f"r{index}", "title": name, "require": [rule]} for index, (name, rule) in enumerate(rules.items())
    ]
    written = [{"id": f"u{index}", "data": ["internal"], **usage} for index, usage in enumerate(usages.values())]
    (folder / "policies").mkdir()
    (folder / "policies/p.yaml").write_text(json.dumps({"version": 1, "policies": policies}), encoding="utf-8")
    manifest = folder / "vendorgate.yaml"
    manifest.write_text(json.dumps({"version": 1, "project": "p", "usages": written}), encoding="utf-8")
    names = {f"u{index}": name for index, name in enumerate(usages)} | {f"r{i}": name for i, name in enumerate(rules)}
    checked = Gate(folder / "policies", REGISTRY).check(manifest, as_of=AS_OF)
    return {(names[one.subject.usage], names[one.policy.id]): one.outcome for one in checked.results}

"""Usages judged by the registry that ships, all at once, by a policy for each rule."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from tests.command import ROOT
from vendorgate import Gate

REGISTRY: Final = ROOT / "registry-snapshot"
AS_OF: Final = datetime.date(2026, 11, 28)
_VERIFIED: Final = re.compile(r"^    verified: .*\n", re.MULTILINE)
_GRADE: Final = re.compile(r"^    value: .*\n", re.MULTILINE)
Part = Mapping[str, Any]


def outcomes(
    folder: Path, usages: Mapping[str, Part], rules: Mapping[str, Part], registry: Path = REGISTRY
) -> dict[tuple[str, str], str]:
    """What comes of each usage by its own route under each rule, both by name."""
    judged = by_route(folder, usages, rules, registry)
    return {(usage, rule): found for (usage, rule, route, _), found in judged.items() if route == "primary"}


def by_route(
    folder: Path, usages: Mapping[str, Part], rules: Mapping[str, Part], registry: Path = REGISTRY
) -> dict[tuple[str, str, str, str], str]:
    """What comes of each usage under each rule, both by name, on each route, with the offering at its end."""
    policies = [
        {"id": f"r{index}", "title": name, "require": [rule]} for index, (name, rule) in enumerate(rules.items())
    ]
    written = [{"id": f"u{index}", "data": ["internal"], **usage} for index, usage in enumerate(usages.values())]
    (folder / "policies").mkdir()
    (folder / "policies/p.yaml").write_text(json.dumps({"version": 1, "policies": policies}), encoding="utf-8")
    manifest = folder / "vendorgate.yaml"
    manifest.write_text(json.dumps({"version": 1, "project": "p", "usages": written}), encoding="utf-8")
    names = {f"u{index}": name for index, name in enumerate(usages)} | {f"r{i}": name for i, name in enumerate(rules)}
    checked = Gate(folder / "policies", registry).check(manifest, as_of=AS_OF)
    return {
        (names[one.subject.usage], names[one.policy.id], str(one.subject.route), one.subject.offering.id): one.outcome
        for one in checked.results
    }


def as_if_read(folder: Path, ids: Iterable[str]) -> Path:
    """The registry with these offerings alone, as it will be once all of their sources are read: what scopes and
    conditions say must hold then, too."""
    (folder / "offerings").mkdir(parents=True)
    (folder / "snapshot.yaml").write_bytes((REGISTRY / "snapshot.yaml").read_bytes())
    for id in ids:
        text = _VERIFIED.sub("", (REGISTRY / "offerings" / f"{id}.yaml").read_text(encoding="utf-8"))
        (folder / "offerings" / f"{id}.yaml").write_text(_GRADE.sub(rf"\g<0>    verified: {AS_OF}\n", text), "utf-8")
    return folder

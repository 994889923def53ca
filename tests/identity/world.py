"""A folder of manifests, judged from there by a bundle that may bind projects."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.world import OFFERING, SNAPSHOT, WAIVER
from vendorgate import Gate
from vendorgate.model.evaluation import Evaluation

AS_OF = datetime.date(2026, 11, 23)
Part = dict[str, Any]
USAGE: Part = {"id": "u", "offering": "alpha", "data": ["phi"]}
ASKS: Part = {"id": "p", "title": "P", "require": [{"agreement": "baa"}]}
FAILS: Part = {"id": "p", "title": "P", "require": [False]}


def baa(*projects: str) -> Part:
    """An agreement in force, for some projects or for all."""
    entry: Part = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}
    return {**entry, "projects": list(projects)} if projects else entry


def written(
    folder: Path,
    projects: Sequence[Part] | None,
    manifests: Mapping[str, str | Part],
    *,
    policies: Sequence[Part] = (ASKS,),
    agreements: Sequence[Part] | None = None,
    waivers: Sequence[Part] = (),
    rules: Part | None = None,
) -> None:
    """Write it; of a manifest that is a text, only the project is said."""
    files: dict[str, Any] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/bundle.yaml": {"waivers": rules or {}, **({} if projects is None else {"projects": list(projects)})},
        "policies/p.yaml": {"version": 1, "policies": list(policies)},
    }
    for path, one in manifests.items():
        said = {"project": one} if isinstance(one, str) else one
        files[path] = {"version": 1, "usages": [USAGE], **said}
    if agreements is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": list(agreements)}
    if waivers:
        files["policies/waivers.yaml"] = {"version": 1, "waivers": [{**WAIVER, **one} for one in waivers]}
    for name, value in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value), encoding="utf-8")


def judged(
    folder: Path,
    projects: Sequence[Part] | None,
    manifests: Mapping[str, str | Part],
    *,
    repository: str | None = None,
    **more: Any,
) -> Evaluation:
    """Write it and judge it, from the folder."""
    written(folder, projects, manifests, **more)
    before = Path.cwd()
    os.chdir(folder)
    try:
        return Gate("policies", "registry").check(list(manifests), as_of=AS_OF, repository=repository)
    finally:
        os.chdir(before)

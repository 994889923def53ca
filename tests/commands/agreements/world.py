"""A world for agreements: three offerings, a bundle, manifests of several projects, and a register, through files."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tests.command import Ended, vendorgate
from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate import Gate
from vendorgate.commands.agreements.findings import check
from vendorgate.commands.agreements.model import AgreementFinding
from vendorgate.evaluate import Program, evaluate
from vendorgate.load.files import Folder
from vendorgate.model.agreement import Agreement
from vendorgate.model.evaluation import Evaluation
from vendorgate.resolve import resolve

Part = dict[str, Any]
CLEAN: Final = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
OFFERINGS: Final[Mapping[str, Part]] = {
    "alpha": {
        "dimensions": {
            "hipaa_baa": {**CLEAN, "conditions": [{"agreement": "baa"}, {"covered": "retention_zdr"}]},
            "retention_zdr": {**CLEAN, "conditions": [{"agreement": "zdr"}]},
            "gdpr_dpa": {**CLEAN, "conditions": [{"or": [{"agreement": "dpa"}, {"agreement": "enterprise"}]}]},
        }
    },
    "alpha-eu": {
        "dimensions": {
            "gdpr_dpa": {**CLEAN, "conditions": [{">": [{"days_until": {"var": "agreements.dpa.expires"}}, 0]}]},
            "retention_zdr": CLEAN,
        }
    },
    "beta": {"dimensions": {"hipaa_baa": {**CLEAN, "conditions": [{"agreement": "baa"}]}}},
}
NEEDS_BAA: Final = {"id": "needs-baa", "title": "T", "require": [{"agreement": "baa"}]}
USAGE: Final = {"id": "u", "offering": "alpha", "data": ["phi"]}


def agreement(kind: str = "baa", **fields: Any) -> Part:
    """An agreement in force with alpha for every project; None takes a field away."""
    written = {"kind": kind, "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01", **fields}
    return {name: value for name, value in written.items() if value is not None}


def manifest(project: str = "p", *usages: Part) -> Part:
    return {"version": 1, "project": project, "usages": [{**USAGE, **usage} for usage in usages or ({},)]}


def write(
    folder: Path,
    register: Sequence[Part] | None,
    policies: Sequence[Part] = (NEEDS_BAA,),
    manifests: Sequence[Part] | None = None,
) -> None:
    """The files; manifests are `0.yaml`, `1.yaml` and so on."""
    files: dict[str, Any] = {
        "registry/snapshot.yaml": {**SNAPSHOT, "former": {"old-api": {"instead": "alpha"}}},
        "policies/p.yaml": {"version": 1, "policies": list(policies)},
        **{f"registry/offerings/{id}.yaml": {"id": id, **OFFERING, **one} for id, one in OFFERINGS.items()},
        **{f"{place}.yaml": one for place, one in enumerate(manifests or [manifest()])},
    }
    if register is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": list(register)}
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, indent=1), encoding="utf-8")  # JSON is YAML


def judged(folder: Path, *world: Any, as_of: datetime.date = AS_OF) -> Evaluation:
    """The evaluation of a world, which is written first."""
    write(folder, *world)
    paths = sorted(folder.glob("[0-9]*.yaml"))
    return Gate(folder / "policies", folder / "registry").check(paths, as_of=as_of)


def anew(evaluation: Evaluation, kept: Sequence[Agreement]) -> Evaluation:
    """The same world judged with another register, by nothing but what a check does."""
    register = evaluation.bundle.register
    assert register is not None
    bundle = msgspec.structs.replace(evaluation.bundle, register=msgspec.structs.replace(register, agreements=kept))
    snapshot = evaluation.snapshot
    subjects = tuple(
        one for each in evaluation.manifests for one in resolve(each, snapshot, bundle.register, bundle.projects)
    )
    return evaluate(evaluation.manifests, subjects, snapshot, Program(bundle), evaluation.as_of)


def found(folder: Path, *world: Any, within: int = 30, every: bool = False) -> list[AgreementFinding]:
    """What a check of the register finds; without `every`, entries that say little are no finding."""
    evaluation = judged(folder, *world)
    bundle = Folder(str(folder / "policies"), "policies")
    told = check(evaluation, within, "error", review_within=365, folder=bundle).findings
    return [one for one in told if every or one.id != "incomplete-entry"]


def lines(findings: Sequence[AgreementFinding]) -> list[str]:
    """A line a finding."""
    return [f"{one.severity} {one.id}: {one.message}" for one in findings]


def run(folder: Path, command: str, *arguments: str) -> Ended:
    """`vendorgate agreements` on the world in a folder."""
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", AS_OF.isoformat())
    return vendorgate("agreements", command, *inputs, *arguments, folder=folder)

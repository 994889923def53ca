"""Alternatives over all offerings and repairs, against one usage's check; and the shape of their growth.

All of them begin with the same folders and end with an answer in memory: bundle and registry are read each time, as a
command does. What grows is the number of offerings and of policies, which are copies under other ids, and of models
that a usage declares. In one process, interleaved, by processor time.
"""

from __future__ import annotations

import datetime
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from large_registry import write_copies
from timing import Limit, Seconds, interleaved, judged, processor, ratio, show
from vendorgate import Gate
from vendorgate.commands.repair.alternatives import alternatives
from vendorgate.lifting.repairs import judges_for, repairs_of, trial_of
from vendorgate.lifting.search import Bounds

ROOT = Path(__file__).parent.parent
POLICIES, REGISTRY = ROOT / "policies", ROOT / "registry-snapshot"
AS_OF = datetime.date(2026, 11, 24)
ROUNDS = 7
MOST_OF_A_CHECK, MOST_GROWTH = 30.0, 2.4
USAGES = {
    "clinic": (ROOT / "examples" / "clinic" / "vendorgate.yaml", "visit-summaries"),
    "eu-support-bot": (ROOT / "examples" / "eu-support-bot" / "vendorgate.yaml", "translate-tickets"),
}


def check(manifest: Path) -> None:
    Gate(POLICIES, REGISTRY).check(manifest, as_of=AS_OF)


def repair(manifest: Path, usage: str, policies: Path = POLICIES) -> None:
    evaluation = Gate(policies, REGISTRY).check(manifest, as_of=AS_OF)
    repairs_of(trial_of(evaluation, usage, judges_for(evaluation, evaluation.snapshot, None)), Bounds())


def others(manifest: Path, usage: str, policies: Path = POLICIES, registry: Path = REGISTRY) -> None:
    gate = Gate(policies, registry)
    evaluation = gate.check(manifest, as_of=AS_OF)
    trial = trial_of(evaluation, usage, judges_for(evaluation, gate.snapshot(evaluation.snapshot.ids), None))
    alternatives(trial, trial.subjects[0])


def against_a_check(name: str) -> list[Limit]:
    """Both commands against a check of the same usage alone."""
    source, usage = USAGES[name]
    with tempfile.TemporaryDirectory() as folder:
        manifest = _alone(source, usage, Path(folder))
        calls: dict[str, Callable[[], object]] = {
            "check": partial(check, manifest),
            "repair": partial(repair, manifest, usage),
            "alternatives": partial(others, manifest, usage),
        }
        seconds: Seconds = interleaved(calls, ROUNDS, clock=processor)
    show(f"{name}, the registry and policies that ship", seconds, "check")
    return [
        Limit(f"{command} to a check, {name}", ratio(seconds, command, "check"), MOST_OF_A_CHECK)
        for command in ("repair", "alternatives")
    ]


def _alone(source: Path, usage: str, folder: Path) -> Path:
    """A manifest of one usage of another."""
    written = yaml.safe_load(source.read_text(encoding="utf-8"))
    written["usages"] = [one for one in written["usages"] if one["id"] == usage]
    return _written(folder / "vendorgate.yaml", written)


def _written(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def growth() -> list[Limit]:
    """Twice as many offerings, policies or declared models against once."""
    source, usage = USAGES["clinic"]
    limits = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        calls: dict[str, Callable[[], object]] = {}
        for factor in (1, 2):
            manifest = folder / f"models-{factor}.yaml"
            _written(manifest, _with_models(100 * factor))
            registry = folder / f"registry-{factor}"
            write_copies(registry, 80 * factor)
            policies = _copies_of_policies(folder / f"policies-{factor}", 2 * factor)
            calls[f"alternatives, {80 * factor} offerings"] = partial(others, source, usage, registry=registry)
            calls[f"alternatives, {42 * factor} policies"] = partial(others, source, usage, policies=policies)
            calls[f"repair, {100 * factor} models"] = partial(repair, manifest, "u")
        seconds = interleaved(calls, 5, clock=processor)
    show("twice as much", seconds, next(iter(calls)))
    for one, two in (
        ("alternatives, 80 offerings", "alternatives, 160 offerings"),
        ("alternatives, 42 policies", "alternatives, 84 policies"),
        ("repair, 100 models", "repair, 200 models"),
    ):
        limits.append(Limit(f"{two} to {one.split(', ')[1]}", ratio(seconds, two, one), MOST_GROWTH))
    return limits


def _with_models(count: int) -> dict[str, Any]:
    usage = {
        "id": "u", "offering": "openai-api", "data": ["phi"], "purpose": "To measure", "subjects": ["us"],
        "endpoints": ["assistants"], "models": [f"gpt-5.{number}" for number in range(count)], "region": "us",
        "settings": {"data_sharing": False}, "agreements": ["dpa"],
    }  # fmt: skip
    return {"version": 1, "project": "p", "usages": [usage]}


def _copies_of_policies(folder: Path, count: int) -> Path:
    """The policies that ship, several times over under other ids."""
    shutil.copytree(POLICIES, folder)
    for path in sorted(folder.glob("*/*.yaml")):
        if path.name.endswith(".test.yaml"):
            path.unlink()
            continue
        written = yaml.load(path.read_text(encoding="utf-8"), yaml.SafeLoader)
        for number in range(1, count):
            copies = [{**one, "id": f"{one['id']}-{number}"} for one in written["policies"]]
            text = json.dumps({"version": 1, "policies": copies}, default=str)
            (path.parent / f"{path.stem}-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    return judged([limit for name in USAGES for limit in against_a_check(name)] + growth())


if __name__ == "__main__":
    sys.exit(main())

"""Rules over a run see the usages that a check sees: path by path, value by value, type by type."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import ROOT
from tests.commands.fleet.runs import DAY, checked
from vendorgate import Gate
from vendorgate.commands.fleet.policy.usages import fleet_of
from vendorgate.commands.fleet.run.reading import run_in
from vendorgate.evaluate import Program
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.fleet import Member
from vendorgate.load.fleet_language import OF_OFFERINGS
from vendorgate.logic import Unknown
from vendorgate.model.vocabulary import NO_GROUPS

AS_OF = datetime.date.fromisoformat(DAY)
LISTS = ("data", "subjects", "endpoints", "models", "features", "fallbacks", "recipients", "agreements")
FIELDS = ("offering", "vendor", "account", "route", "region", "cloud_region", "tier", "environment", "lifecycle", "via")
PATHS = (
    *(f"usage.{name}" for name in (*FIELDS, *LISTS)),
    *("usage.settings.zone", "usage.settings.zero_data_retention", "usage.attributes.dpia"),
    *(f"offering.{name}" for name in OF_OFFERINGS),
    *(f"primary.{name}" for name in ("offering", "platform", "developer", "region")),
    *("project.name", "project.owner", "project.bound"),
)
TYPED = {"offering": "openai-api", "data": ["phi"]}
VALUES: tuple[Any, ...] = (True, 1, 1.0, "1", "true", False, 0, 0.1)
HOSTILE = "<b>|]]>%0A`x`"


def manifests() -> list[Any]:
    """The examples, and usages of values that a careless reader would take for each other."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/*/vendorgate.yaml"))]
    found = [one for one in map(yaml.safe_load, texts) if _is_of_the_contract(one)]
    usages = [
        {**TYPED, "id": f"u{n}", "settings": {"zone": value}, "attributes": {"dpia": HOSTILE}}
        for n, value in enumerate(VALUES)
    ]
    unlisted = [
        {"id": "a", "offering": "unlisted", "vendor": HOSTILE, "data": ["phi"], "account": "x"},
        {"id": "b", "offering": "azure-openai", "data": ["phi"], "region": "eu", "cloud_region": "eastus"},
        {"id": "c", "offering": "openai-api", "data": ["pii"], "fallbacks": ["claude-bedrock"], "via": "openrouter"},
    ]
    odd = {"version": 1, "project": "odd", "owner": HOSTILE, "usages": unlisted}
    return [*found, {"version": 1, "project": "typed", "usages": usages}, odd]


def _is_of_the_contract(manifest: Any) -> bool:
    """Whether it needs no words of a bundle of its own."""
    return "letters" not in json.dumps(manifest["usages"])


def seen(members: Iterable[Member]) -> Counter[str]:
    """How many usages state the same, whatever the order in which they are met."""
    counted: Counter[str] = Counter()
    for one in members:
        stated = {path: value for path, value in one.stated.items() if path in PATHS}
        known = {path: [type(one).__name__, one] for path, one in stated.items() if not isinstance(one, Unknown)}
        counted[json.dumps(known, sort_keys=True)] += one.times
    return counted


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that binds a project, and rules that read settings and attributes as nothing else does."""
    folder = tmp_path_factory.mktemp("policies")
    body = {"and": [{"var": f"usage.{name}"} for name in ("settings.zone", "settings.zero_data_retention")]}
    dpia = {"==": [{"var": "usage.attributes.dpia"}, "x"]}
    require = [{"none": [{"var": "usages"}, one]} for one in (body, dpia)]
    files = {
        "bundle.yaml": {"projects": [{"project": "typed", "repositories": ["acme/*"], "owner": "bound"}]},
        "p.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", "require": [{"documented": "hipaa_baa"}]}]},
        "fleet.yaml": {"version": 1, "fleet_policies": [{"id": "f", "title": "F", "require": require}]},
    }
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    return folder


def test_a_run_keeps_of_usages_what_a_check_knows_of_them(policies: Path, tmp_path: Path) -> None:
    listed = manifests()
    rows = (json.dumps({"path": f"m{n}/vendorgate.yaml", "manifest": one}) for n, one in enumerate(listed))
    (tmp_path / "rows.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    ended = checked(tmp_path, "rows.jsonl", policies=str(policies), registry=str(ROOT / "registry-snapshot"))
    assert ended.code in (0, 1), ended.stderr + ended.stdout
    with run_in(tmp_path / "run") as run:
        kept = fleet_of(run.database, PATHS, AS_OF, NO_GROUPS)
        single = [fleet_of(run.database, [path], AS_OF, NO_GROUPS) for path in PATHS]
    gate = Gate(policies, ROOT / "registry-snapshot")
    members: list[Member] = []
    for number, manifest in enumerate(listed):
        path = tmp_path / f"m{number}.yaml"
        path.write_text(json.dumps(manifest), encoding="utf-8")
        evaluation = gate.check(path, as_of=AS_OF)
        program = Program(evaluation.bundle)
        members.extend(Member(Case(one, program, AS_OF).stated, 1, 0) for one in evaluation.subjects)
    assert len(members) > 20
    assert seen(kept.members) == seen(members)
    for name, one in zip(PATHS, single, strict=True):
        alone = (Member({name: each.stated[name]} if name in each.stated else {}, 1, 0) for each in members)
        assert seen(one.members) == seen(alone), name

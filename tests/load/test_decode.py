"""What decodes and what is diagnosed are the same: a document has problems if and only if it does not decode."""

from __future__ import annotations

import copy
import json
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import ROOT
from tests.thoroughness import share
from vendorgate.errors import Problem
from vendorgate.load.decode import decode
from vendorgate.load.document import read_document
from vendorgate.model.agreement import AgreementsFile
from vendorgate.model.manifest import ManifestFile
from vendorgate.model.policy import BundleFile
from vendorgate.model.policy_file import PolicyFile
from vendorgate.model.registry import OfferingFile, SnapshotFile
from vendorgate.model.waiver import WaiversFile

GOOD = ROOT / "tests" / "malformed" / "good"
MODELS: dict[str, tuple[type, str]] = {
    "manifest": (ManifestFile, "vendorgate.yaml"),
    "policy": (PolicyFile, "policies/policy.yaml"),
    "bundle": (BundleFile, "policies/bundle.yaml"),
    "agreements": (AgreementsFile, "policies/agreements.yaml"),
    "waivers": (WaiversFile, "policies/waivers.yaml"),
    "snapshot": (SnapshotFile, "registry/snapshot.yaml"),
    "offering": (OfferingFile, "registry/offerings/alpha.yaml"),
}
VALUES: list[Any] = [None, True, False, 0, 1, -1, 2.5, "", "x", "us", "A b", "2026-02-30", "2026-02-28", [], [""], {}]
VALUES += [["x", 1], {"x": 1}, {"only": ["x"]}, {"offering": "beta"}, [None], "yes_public", "enterprise", {"": None}]
VALUES += [" ", "\u200b", "\U000e0041", "a*", ["a?"], {" ": 1}, {"\u3000": ["x"]}]


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in inner:
        found.extend(places(entry, (*path, key)))
    return found


@st.composite
def mutated(draw: st.DrawFn, kind: str) -> Any:
    value = yaml.load(
        (GOOD / MODELS[kind][1]).read_text(encoding="utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    )
    value = json.loads(json.dumps(value).replace('"1"', "1").replace('"false"', "false").replace('"365"', "365"))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(value)))
        place = value
        for step in path[:-1]:
            place = place[step]
        change = draw(st.sampled_from(["replace", "drop", "add"]))
        if change == "replace":
            place[path[-1]] = copy.deepcopy(draw(st.sampled_from(VALUES)))
        elif change == "drop":
            del place[path[-1]]
        elif isinstance(place, dict):
            place[draw(st.sampled_from(["extra", "note", "tier", "scope"]))] = copy.deepcopy(
                draw(st.sampled_from(VALUES))
            )
        if not places(value):
            break
    return value


@pytest.mark.parametrize("kind", MODELS)
@settings(max_examples=share(150), deadline=None)
@given(data=st.data())
def test_problems_are_reported_exactly_where_decoding_fails(kind: str, data: st.DataObject) -> None:
    value = data.draw(mutated(kind))
    problems: list[Problem] = []
    document = read_document("a.yaml", json.dumps(value).encode(), problems)
    if document is None:
        assert value == {} or problems
        return
    model = MODELS[kind][0]
    read = decode(document, model, problems)
    try:
        expected: object = msgspec.convert(value, model)
    except msgspec.ValidationError:
        assert problems
        assert all(problem.location is not None and problem.help for problem in problems)
        assert read is None or isinstance(read, model)
    else:
        assert problems == []
        assert read == expected


@pytest.mark.parametrize("kind", MODELS)
def test_an_unreadable_scalar_is_reported_once_and_the_rest_is_read(kind: str) -> None:
    text = (GOOD / MODELS[kind][1]).read_text(encoding="utf-8").replace("demo", "yes").replace("alpha", "on", 1)
    problems: list[Problem] = []
    document = read_document("a.yaml", text.encode(), problems)
    assert document is not None
    before = list(problems)
    assert isinstance(decode(document, MODELS[kind][0], problems), MODELS[kind][0])
    assert problems == before


def test_more_than_a_hundred_mistakes_are_not_looked_for() -> None:
    problems: list[Problem] = []
    text = "version: 1\nproject: demo\nusages:\n" + "  - {}\n" * 3000
    document = read_document("a.yaml", text.encode(), problems)
    assert document is not None
    assert decode(document, ManifestFile, problems) is None
    assert len(problems) == 100

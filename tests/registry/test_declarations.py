"""What the snapshot that ships says of names: each agrees with a usage that says the same, and contradicts any other.

The tables are the registry's own `implies` and `clouds`, so that a row that is added is tried, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.registry.shipped import REGISTRY, outcomes
from vendorgate.load.files import folder
from vendorgate.logic.functions import is_glob
from vendorgate.logic.globs import names_any
from vendorgate.model.registry import Implication, Offering
from vendorgate.model.vocabulary import EU_MEMBERS, REGIONS
from vendorgate.snapshots import read_snapshot

SNAPSHOT = read_snapshot(folder(REGISTRY))
CLOUDS = SNAPSHOT.written.clouds or {}
AXES: Final = ("models", "endpoints", "features")
Part = dict[str, Any]

OTHERWISE: Final[Mapping[str, Any]] = {
    "lifecycle": {"preview": "ga", "ga": "preview"},
    "region": {"us": "eu", "global": "eu"},
}
"""What contradicts a value of a field; of a region any other place, here the US."""


def spelled(glob: str, listed: Iterable[str] | None) -> str:
    """A name that a glob fits, one that the offering lists where there is one."""
    fitting = (name for name in listed or () if not is_glob(name) and names_any(name, (glob,)))
    return next(fitting, glob.replace("*", "x").replace("?", "0"))


def named(offering: Offering, axis: str, name: str) -> Part:
    """A usage that declares a name and all that it says by itself."""
    usage: Part = {axis: [name]}
    for entry in offering.written.implies or ():
        if names_any(name, getattr(entry, axis) or ()):
            for field, value in entry.set.items():
                usage = stated(usage, field, value)
    return usage


def stated(usage: Part, field: str, value: Any) -> Part:
    """A usage that declares a field, and of a list what it has besides."""
    if field == "features":
        return {**usage, "features": [*usage.get("features", ()), *value]}
    top, _, below = field.partition(".")
    return {**usage, top: {**usage.get(top, {}), below: value} if below else value}


def otherwise(usage: Part, field: str, value: Any) -> Part:
    """The same usage with another value of one field."""
    if field == "features":
        return {**usage, "features": [name for name in usage["features"] if name not in value]}
    if field in OTHERWISE:
        return stated(usage, field, OTHERWISE[field].get(value, "us"))
    return stated(usage, field, not value if isinstance(value, bool) else f"no-{value}")


def rows(offering: Offering) -> Iterator[tuple[str, str, Any, Implication]]:
    """Each name of each entry: its axis and how it is written, with the entry."""
    for entry in offering.written.implies or ():
        for axis in AXES:
            for glob in getattr(entry, axis) or ():
                yield axis, glob, spelled(glob, getattr(offering.written, axis)), entry


def read(path: str) -> Part:
    """A rule that holds wherever a path can be read."""
    if path == "usage.features":
        return {"disjoint": [{"var": path}, []]}
    return {"==": [{"var": path}, {"var": path}]}


@pytest.mark.parametrize("id", [one.id for one in SNAPSHOT.offerings.values() if one.written.implies])
def test_what_a_name_implies_agrees_with_itself_and_contradicts_all_else(id: str, tmp_path: Path) -> None:
    offering = SNAPSHOT.offerings[id]
    usages: dict[str, Part] = {}
    expected: dict[tuple[str, str], str] = {}
    for number, (axis, glob, name, entry) in enumerate(rows(offering)):
        if axis != "models" and is_glob(glob):
            continue
        agreeing = named(offering, axis, name)
        usages[f"agrees-{number}"] = agreeing
        for field, value in entry.set.items():
            contradicting = f"contradicts-{number}-{field.replace('.', '-').replace('_', '-')}"
            usages[contradicting] = otherwise(agreeing, field, value)
            expected[f"agrees-{number}", f"usage.{field}"] = "pass"
            expected[contradicting, f"usage.{field}"] = "unknown"
    served = {name: {"offering": id, **usage} for name, usage in usages.items()}
    found = outcomes(tmp_path, served, {path: read(path) for _, path in expected})
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("cloud", sorted(CLOUDS))
def test_a_clouds_region_lies_in_its_place_and_contradicts_any_other(cloud: str, tmp_path: Path) -> None:
    offering = next(one.id for one in SNAPSHOT.offerings.values() if one.written.cloud == cloud)
    usages: dict[str, Part] = {"nowhere": {"region": "eu", "cloud_region": "atlantis-1"}}
    expected = {"nowhere": "unknown"}
    for number, (name, place) in enumerate(CLOUDS[cloud].items()):
        around = ("eu", "eea") if place in EU_MEMBERS else ()
        elsewhere = "jp" if place == "us" else "us"
        for region in (place, "global", *around, elsewhere):
            usages[f"r{number}-{region}"] = {"region": region, "cloud_region": name}
            expected[f"r{number}-{region}"] = "unknown" if region == elsewhere else "pass"
        usages[f"r{number}-said-aloud"] = {"region": place, "cloud_region": name.upper().replace("-", " ")}
        expected[f"r{number}-said-aloud"] = "pass"
    paths = ("usage.region", "usage.cloud_region")
    served = {name: {"offering": offering, **usage} for name, usage in usages.items()}
    found = outcomes(tmp_path, served, {path: read(path) for path in paths})
    assert found == {(usage, path): outcome for usage, outcome in expected.items() for path in paths}


def test_every_cloud_is_some_offerings_and_every_place_a_region() -> None:
    assert set(CLOUDS) == {one.written.cloud for one in SNAPSHOT.offerings.values()} - {None}
    assert {place for places in CLOUDS.values() for place in places.values()} <= REGIONS


@pytest.mark.parametrize("id", sorted(SNAPSHOT.offerings))
def test_a_model_whose_name_says_preview_implies_it(id: str) -> None:
    offering = SNAPSHOT.offerings[id]
    said = [name for name in offering.written.models or () if "-preview" in name and not name.endswith("*-preview")]
    entries = [entry for entry in offering.written.implies or () if entry.set.get("lifecycle") == "preview"]
    assert [name for name in said if not any(names_any(name, entry.models or ()) for entry in entries)] == []


@pytest.mark.parametrize("id", [one.id for one in SNAPSHOT.offerings.values() if one.written.platform == "AWS Bedrock"])
def test_an_inference_profile_is_implied_by_every_id_that_names_one(id: str) -> None:
    offering = SNAPSHOT.offerings[id]
    listed = [name for name in offering.written.models or () if re.match(r"[a-z-]+\.[a-z]+\.", name)]
    assert listed
    for name in (*listed, *(f"arn:aws:bedrock:us-east-1:123456789012:inference-profile/{name}" for name in listed)):
        implied = [entry.set for entry in offering.written.implies or () if names_any(name, entry.models or ())]
        profile = name.rpartition("/")[2].partition(".")[0]
        assert [one["settings.inference_profile"] for one in implied if "settings.inference_profile" in one] == [
            profile
        ]


@pytest.mark.parametrize("id", sorted(SNAPSHOT.offerings))
def test_facts_of_retention_name_no_period_where_an_endpoint_is_kept_until_deleted(id: str) -> None:
    cell = SNAPSHOT.offerings[id].cells["retention_zdr"].written
    for entry in cell.scoped_facts or ():
        if entry.facts.get("state") == "until_deleted":
            assert entry.facts["retention_days"] is None

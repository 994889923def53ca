"""`registry due`: one entry a page, what stops counting first first, and what rests on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, Ended, vendorgate
from tests.commands.review.repository import AUDITED, BAA, Repository, manifest, offering, policies, usage
from vendorgate.commands.registry.due.queue import queue
from vendorgate.load.files import Folder
from vendorgate.model.policy import RegistryDemands
from vendorgate.snapshots import read_snapshot

DAY = "2026-11-23"
PAGE = "https://vendor.example/legal"


def cell(verified: str | None, source: str | None, **more: Any) -> dict[str, Any]:
    stated = {"value": "yes_public", "confidence": "high", "verified": verified, "source": source}
    return {name: value for name, value in {**stated, **more}.items() if value is not None}


SNAPSHOT = {
    "version": 1,
    "name": "r",
    "generated": "2026-11-01",
    "license": "CC0-1.0",
    "attribution": "made for the tests",
    "dimensions": {"hipaa_baa": "Is there a BAA?"},
}
FILES = {
    "registry-snapshot/snapshot.yaml": SNAPSHOT,
    "registry-snapshot/offerings/alpha.yaml": offering(
        "alpha",
        hipaa_baa=cell("2026-03-01", f"{PAGE}#baa"),
        soc2_type2=cell("2026-01-05", "https://trust.example/"),
        iso_27001=cell(None, "https://trust.example/iso"),
        gdpr_dpa=cell("2026-11-01", "https://vendor.example/dpa"),
        trust_center=cell(None, None, value="no_public_evidence"),
    ),
    "registry-snapshot/offerings/beta.yaml": offering(
        "beta",
        hipaa_baa=cell("2025-12-10", f"{PAGE}#more"),
        soc2_type2=cell("2026-01-05", "https://audits.example/"),
        gdpr_dpa=cell("2026-11-01", "https://vendor.example/beta", valid_until="2026-11-30"),
        iso_27001=cell(None, PAGE),
        trust_center=cell(None, None, value="no_public_evidence"),
    ),
    "policies/rules.yaml": policies(BAA, AUDITED),
    "vendorgate.yaml": manifest(usage("notes", "alpha"), usage("letters", "alpha", "internal"), usage("old", "beta")),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Repository(tmp_path).write(FILES)
    return tmp_path


def due(folder: Path, *arguments: str) -> Ended:
    return vendorgate("registry", "due", "--as-of", DAY, *arguments, folder=folder)


def document(folder: Path, *arguments: str) -> Any:
    ended = due(folder, "--format", "json", *arguments)
    assert ended.code == 0, ended.stderr
    return json.loads(ended.stdout)


def sources(entries: list[dict[str, Any]]) -> list[str | None]:
    return [one["source"] for one in entries]


def cells(entry: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(one["offering"], one["dimension"], one["last_day"]) for one in entry["cells"]]


def test_one_page_is_one_entry_whatever_part_of_it_cells_cite(folder: Path) -> None:
    first, *_ = [one for one in document(folder)["due"] if one["source"] == PAGE]
    assert cells(first) == [
        ("beta", "hipaa_baa", "2026-12-10"),
        ("alpha", "hipaa_baa", "2027-03-01"),
        ("beta", "iso_27001", None),
    ]
    assert (first["last_read"], first["last_day"]) == ("2026-03-01", "2026-12-10")
    assert [one["source"] for one in first["cells"]] == [f"{PAGE}#more", f"{PAGE}#baa", PAGE]


def test_what_stops_counting_first_comes_first_an_announced_end_included(folder: Path) -> None:
    assert sources(document(folder)["due"]) == ["https://vendor.example/beta", PAGE]
    wide = document(folder, "--within", "60d")
    assert sources(wide["due"])[:2] == ["https://vendor.example/beta", PAGE]
    assert wide["later"] == 1


def test_soon_is_until_the_last_of_so_many_days_as_verify_has_it(folder: Path) -> None:
    for within, listed in (("7d", []), ("8d", ["https://vendor.example/beta"])):
        assert sources(document(folder, "--within", within)["due"]) == listed
        ended = vendorgate("registry", "verify", "--as-of", DAY, "--within", within, folder=folder)
        assert ("counts until 2026-11-30" in ended.stdout) == bool(listed)


def test_of_one_day_that_comes_first_on_which_most_usages_rest(folder: Path) -> None:
    trust, audits = "https://trust.example/", "https://audits.example/"
    assert sources(document(folder, "--within", "60d")["due"])[2:] == [audits, trust]
    counted = document(folder, "vendorgate.yaml", "--within", "60d")["due"]
    assert sources(counted)[2:] == [trust, audits]
    assert [one["usage"] for one in counted[2]["usages"]] == ["letters", "notes"]


def test_usage_rests_on_what_the_policies_that_apply_ask_for(folder: Path) -> None:
    found = document(folder, "vendorgate.yaml", "--within", "60d")["due"]
    assert [(one["source"], len(one["usages"])) for one in found[:2]] == [("https://vendor.example/beta", 0), (PAGE, 2)]
    of_page = {(one["offering"], one["dimension"]): one["usages"] for one in found[1]["cells"]}
    assert of_page == {("beta", "hipaa_baa"): 1, ("alpha", "hipaa_baa"): 1, ("beta", "iso_27001"): 0}


def test_without_manifests_no_usage_is_counted_and_that_is_said(folder: Path) -> None:
    found = document(folder)
    assert (found["manifests"], found["due"][0]["usages"], found["due"][0]["cells"][0]["usages"]) == (None, None, None)
    assert "no manifest is given, so that no usage is counted" in due(folder).stdout


def test_cells_without_a_day_are_a_group_of_their_own(folder: Path) -> None:
    never = document(folder)["never_read"]
    assert [(one["source"], cells(one)) for one in never] == [
        ("https://trust.example/iso", [("alpha", "iso_27001", None)]),
        (None, [("alpha", "trust_center", None)]),
        (None, [("beta", "trust_center", None)]),
    ]


def test_undated_cell_of_a_page_that_has_time_is_not_passed_over(folder: Path) -> None:
    found = document(folder, "--as-of", "2026-03-02", "--within", "1d")
    assert PAGE not in sources(found["due"])
    assert PAGE in sources(found["never_read"])


def test_limits_are_the_bundles(folder: Path) -> None:
    demands = {"registry": {"max_evidence_age_days": {"default": 365, "gdpr_dpa": 10}}}
    (folder / "policies" / "bundle.yaml").write_text(json.dumps(demands), encoding="utf-8")
    assert sources(document(folder)["due"])[0] == "https://vendor.example/beta"
    assert cells(document(folder)["due"][1]) == [("alpha", "gdpr_dpa", "2026-11-11")]


def test_pin_of_another_snapshot_keeps_nobody_from_reading_sources(folder: Path) -> None:
    pinned = {"registry": {"sha256": "0" * 64}}
    (folder / "policies" / "bundle.yaml").write_text(json.dumps(pinned), encoding="utf-8")
    assert sources(document(folder, "vendorgate.yaml")["due"])


def test_cell_of_the_bundle_is_in_the_queue_as_its_own(folder: Path) -> None:
    own = {"extends": "alpha", "dimensions": {"soc2_type2": cell("2025-12-01", "https://trust.example/own")}}
    path = folder / "policies" / "offerings" / "alpha.yaml"
    path.parent.mkdir()
    path.write_text(json.dumps(own), encoding="utf-8")
    found = document(folder, "--within", "60d")["due"]
    whose = {one["source"]: one["cells"][0]["from"] for one in found}
    assert whose["https://trust.example/own"] == "bundle"
    assert "https://trust.example/" not in whose
    assert "alpha soc2_type2 (the organization's own)" in due(folder).stdout


def test_scheduled_job_can_fail_where_anything_is_due_and_not_for_what_nobody_ever_read(folder: Path) -> None:
    assert due(folder).code == 0
    assert due(folder, "--fail-when", "any").code == 1
    nothing = due(folder, "--fail-when", "any", "--within", "0d")
    assert nothing.code == 0
    assert "Never read" in nothing.stdout


def test_manifest_that_cannot_be_judged_is_said_and_ends_with_2(folder: Path) -> None:
    (folder / "bad.yaml").write_text("version: 1\nproject: p\nusages: [{}]\n", encoding="utf-8")
    ended = due(folder, "vendorgate.yaml", "bad.yaml", "--format", "json")
    assert ended.code == 2
    found = json.loads(ended.stdout)
    assert [one["path"] for one in found["not_judged"]] == ["bad.yaml"]
    assert sources(found["due"])
    assert "bad.yaml" in due(folder, "vendorgate.yaml", "bad.yaml", "--format", "csv").stdout
    assert "### Not judged" in due(folder, "vendorgate.yaml", "bad.yaml", "--format", "markdown").stdout


def test_in_an_empty_folder_the_shipped_snapshot_is_looked_at(tmp_path: Path) -> None:
    ended = vendorgate("registry", "due", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert "the registry-snapshot that came with vendorgate" in ended.stderr
    assert "vendorgate registry confirm SOURCE --on DATE" in ended.stdout


def test_every_cell_of_the_shipped_snapshot_is_in_one_entry_or_has_time() -> None:
    snapshot = read_snapshot(Folder(str(ROOT / "registry-snapshot"), "r"), rules=False)
    as_of = snapshot.written.generated
    found = queue(snapshot, RegistryDemands(), as_of, 36_525, None)
    every = [one for source in (*found.due, *found.never_read) for one in source.cells]
    assert found.later == 0
    assert len(every) == len({(one.offering.id, one.cell.dimension) for one in every})
    assert len(every) == sum(len(offering.cells) for offering in snapshot.offerings.values())
    named = [one.source for one in (*found.due, *found.never_read) if one.source is not None]
    assert len(named) == len(set(named))

"""The snapshot that ships: every cell against its schema, its vocabulary and its source."""

from __future__ import annotations

import datetime
import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from tests.command import ROOT
from tests.yaml_text import value_of
from vendorgate.load.document import read_document
from vendorgate.load.files import folder
from vendorgate.model.registry import OfferingFile, SnapshotFile
from vendorgate.model.vocabulary import DIMENSIONS, GRADES
from vendorgate.snapshots import read_snapshot

REGISTRY = ROOT / "registry-snapshot"
SNAPSHOT = read_snapshot(folder(REGISTRY))
CELLS = [(offering, cell) for offering in SNAPSHOT.offerings.values() for cell in offering.cells.values()]
UPSTREAM = "aiprovidertrust.com"
# What facts were called that mean the same as others.
RETIRED = {
    "clauses": "clause",
    "contract_clause": "clause",
    "deletion_days_after_end": "deletion_after_termination_days",
    "eu_data_zone_means": "eu_means",
    "eu_us_dpf": "dpf",
    "headquarters_note": "headquarters_country_note",
    "must_be_executed": "signature_needed",
    "named_service": "services_in_scope",
    "no_training_by_default": "trains_by_default",
    "opt_in_programme": "opt_in_program",
    "opt_out_where": "opt_out_by",
    "price_multiplier": "uplift_percent",
    "related_certs": "certifications_listed",
    "service_in_scope": "services_in_scope",
    "service_scope_public": "scope_public",
    "subprocessor_notice_note": "subprocessor_notice_days_note",
    "tos_updated": "terms_updated",
    "zdr_level": "zdr_scope",
}


def plain(path: Path) -> Any:
    document = read_document(path.name, path.read_bytes(), [])
    assert document is not None
    return document.value


@pytest.mark.parametrize("path", sorted((REGISTRY / "offerings").glob("*.yaml")), ids=lambda path: path.stem)
def test_offering_is_valid_by_the_published_schema(path: Path) -> None:
    schema = msgspec.json.schema(OfferingFile)
    jsonschema_rs.validator_for(schema).validate(plain(path))
    broken = {**plain(path), "typo": 1}
    assert not jsonschema_rs.validator_for(schema).is_valid(broken)


def test_snapshot_is_valid_by_the_published_schema() -> None:
    jsonschema_rs.validator_for(msgspec.json.schema(SnapshotFile)).validate(plain(REGISTRY / "snapshot.yaml"))


def test_every_offering_has_eleven_cells() -> None:
    assert len(SNAPSHOT.offerings) >= 24
    assert all(tuple(offering.cells) == DIMENSIONS for offering in SNAPSHOT.offerings.values())
    assert set(SNAPSHOT.written.dimensions) == set(DIMENSIONS)


@pytest.mark.parametrize(("offering", "cell"), CELLS, ids=lambda one: getattr(one, "id", None) or one.dimension)
def test_cell_is_graded_dated_and_sourced(offering: Any, cell: Any) -> None:
    written = cell.written
    assert written.value in GRADES
    assert written.confidence is not None
    assert written.verified is None or written.verified <= SNAPSHOT.written.generated
    if written.value not in ("no_public_evidence", "unclear"):
        assert written.source is not None
    for address in filter(None, (written.source, written.archived)):
        assert address.startswith("https://")
        assert UPSTREAM not in address, "the primary source is known"
    assert written.note is None or len(written.note) < 400


def test_a_partial_grade_is_computable_or_says_why_not() -> None:
    for offering, cell in CELLS:
        if cell.written.value == "partial" and cell.written.scope is None:
            assert cell.written.note, f"{offering.id} {cell.dimension}"


def test_no_offering_takes_any_word_for_a_feature() -> None:
    assert {id for id, offering in SNAPSHOT.offerings.items() if not offering.written.features} == set()


def test_facts_that_mean_the_same_have_one_name() -> None:
    used = {
        (offering.id, cell.dimension, name)
        for offering, cell in CELLS
        for facts in (cell.written.facts or {}, *(one.facts for one in cell.written.scoped_facts or ()))
        for name in facts
    }
    assert {place: RETIRED[place[2]] for place in used if place[2] in RETIRED} == {}


def test_licence_and_attribution_stand_in_the_snapshot() -> None:
    assert UPSTREAM in SNAPSHOT.written.attribution
    assert "attribution" in SNAPSHOT.written.license
    assert SNAPSHOT.written.disclaimer


def judged_in_tables() -> Iterator[tuple[str, str]]:
    """Offerings and outcomes of the tables beside this file, which say so in `JUDGED`."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        yield from getattr(importlib.import_module(f"tests.registry.{path.stem}"), "JUDGED", ())


def test_every_offering_is_seen_to_pass_to_fail_and_to_stay_unknown() -> None:
    """In a case of its own, or as a row of a table that judges many at once."""
    seen: dict[str, set[str]] = {id: set() for id in SNAPSHOT.offerings}
    for path in (ROOT / "tests" / "cases").glob("*/case.json"):
        case = json.loads(path.read_text(encoding="utf-8"))
        if "../../../registry-snapshot" in case["arguments"]:
            manifest = value_of((path.parent / "vendorgate.yaml").read_text(encoding="utf-8"))
            seen[manifest["usages"][0]["offering"]].update(row["outcome"] for row in case["report"]["results"])
    for id, outcome in judged_in_tables():
        seen[id].add(outcome)
    assert {id: outcomes for id, outcomes in seen.items() if outcomes != {"pass", "fail", "unknown"}} == {}


def test_changelog_names_the_day_of_the_snapshot() -> None:
    changelog = (REGISTRY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert isinstance(SNAPSHOT.written.generated, datetime.date)
    assert f"## {SNAPSHOT.written.generated}" in changelog

"""What a newcomer sees: the default bundle on public data is green without a word, and nothing in it hits every use."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import ROOT
from tests.yaml_text import value_of
from vendorgate import Gate, InputError
from vendorgate.load.packs import PackChoice

AS_OF: Final = datetime.date(2026, 11, 28)
REGISTRY: Final = ROOT / "registry-snapshot"
DEFAULT: Final = Gate(ROOT / "policies", REGISTRY)
EVERYTHING: Final = Gate(ROOT / "policies", REGISTRY, PackChoice(beside="everything"))
SELF_DECLARED: Final = "self-declared"
"""That the bundle has no register, which every report says until it has one."""


def model_of(offering: dict[str, Any]) -> str:
    return next((name for name in offering.get("models") or () if "*" not in name and "?" not in name), "any")


def usages(**more: Any) -> list[dict[str, Any]]:
    """A usage of each offering of the registry that could be somebody's first."""
    read = (value_of(path.read_text(encoding="utf-8")) for path in sorted((REGISTRY / "offerings").glob("*.yaml")))
    return [
        {"id": one["id"], "purpose": "Answer", "offering": one["id"], "models": [model_of(one)], **more} for one in read
    ]


def manifest(folder: Path, found: list[dict[str, Any]]) -> Path:
    path = folder / "vendorgate.yaml"
    path.write_text(json.dumps({"version": 1, "project": "p", "usages": found}), encoding="utf-8")
    return path


def test_public_data_is_green_without_a_word_at_every_offering(tmp_path: Path) -> None:
    checked = DEFAULT.check(manifest(tmp_path, usages(data=["public"])), as_of=AS_OF)
    told = [(one.subject.usage, one.policy.id) for one in checked.results if one.outcome in ("fail", "unknown")]
    assert told == []
    assert {notice.id for notice in checked.notices} <= {SELF_DECLARED}


def test_no_policy_of_the_default_bundle_hits_every_use(tmp_path: Path) -> None:
    found = usages(data=["internal"], region="us")
    checked = DEFAULT.check(manifest(tmp_path, found), as_of=AS_OF)
    hit: dict[str, int] = {}
    for one in checked.results:
        if one.outcome in ("fail", "unknown"):
            hit[one.policy.id] = hit.get(one.policy.id, 0) + 1
    assert {policy for policy, count in hit.items() if count == len(found)} == set()


REFUSED: Final[dict[str, dict[str, Any]]] = {
    "a near word": {"consent": "Parent"},
    "a word in another language": {"consent": "Eltern"},
    "a blank": {"consent": " "},
    "nothing": {"consent": None},
    "false as a text": {"ai_literacy": "false"},
    "true as a text": {"people_informed": "true"},
    "a day that is none": {"transfer_assessment": "last spring"},
    "a number as a text": {"logs_kept_days": "365"},
    "a list of both": {"financial_regime": ["none", "dora"]},
}


@pytest.mark.parametrize("attributes", REFUSED.values(), ids=REFUSED.keys())
def test_attributes_that_only_look_like_an_answer_are_refused(attributes: dict[str, Any], tmp_path: Path) -> None:
    written = {"id": "u", "purpose": "P", "offering": "openai-api", "data": ["children"], "attributes": attributes}
    with pytest.raises(InputError):
        EVERYTHING.check(manifest(tmp_path, [written]), as_of=AS_OF)


EVASIONS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "no people named": ("data-of-eu-people-leaves-under-chapter-v", {"data": ["pii"]}),
    "people everywhere": ("data-of-eu-people-leaves-under-chapter-v", {"data": ["pii"], "subjects": ["global"]}),
    "one of them in the EEA": ("data-of-eu-people-leaves-under-chapter-v", {"data": ["pii"], "subjects": ["us", "no"]}),
    "records of students without `pii`": ("personal-data-needs-dpa", {"data": ["student_records"]}),
    "offences without `pii`": ("personal-data-needs-dpa", {"data": ["criminal_offences"]}),
    "public data beside PHI": ("phi-needs-baa-and-zdr", {"data": ["public", "phi"]}),
    "de-identified beside PHI": ("phi-needs-baa-and-zdr", {"data": ["deidentified", "phi"]}),
    "a claim for a DPA where a BAA is asked": ("phi-needs-baa-and-zdr", {"data": ["phi"], "agreements": ["dpa"]}),
    "a claim without a day": ("cardholder-data-needs-an-attestation", {"data": ["pci"], "agreements": ["aoc"]}),
    "a report for an attestation": (
        "cardholder-data-needs-an-attestation",
        {"data": ["pci"], "agreements": ["soc2_report"]},
    ),
    "no risk class": ("ai-use-is-no-prohibited-practice", {"data": ["public"]}),
    "no regime": ("ict-service-stands-in-the-register", {"data": ["internal"]}),
    "the region `global`": ("no-host-in-a-country-of-concern", {"data": ["internal"], "region": "global"}),
    "no region": ("personal-data-stays-in-the-region-of-its-people", {"data": ["pii"], "subjects": ["gb"]}),
    "facts about a use as settings": (
        "childrens-data-has-a-consent",
        {"data": ["children"], "settings": {"consent": "parent"}},
    ),
    "the manifest's day of a review": (
        "supplier-review-is-not-overdue",
        {"data": ["internal"], "settings": {"last_review": "2026-11-01"}, "agreements": ["supplier_review"]},
    ),
}


def test_no_way_around_a_policy_passes(tmp_path: Path) -> None:
    written = [
        {"id": f"u{index}", "purpose": "P", "offering": "openai-api", "models": ["gpt-5.2"], **usage}
        for index, (_, usage) in enumerate(EVASIONS.values())
    ]
    checked = EVERYTHING.check(manifest(tmp_path, written), as_of=AS_OF)
    outcomes = {(one.subject.usage, one.policy.id): one.outcome for one in checked.results}
    passed = [
        name
        for index, (name, (policy, _)) in enumerate(EVASIONS.items())
        if outcomes[f"u{index}", policy] not in ("fail", "unknown")
    ]
    assert passed == []

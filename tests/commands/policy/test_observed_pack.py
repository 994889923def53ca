"""The pack `observed` is held to the registry and to the readers: it leaves no switch that matters to a claim."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import ROOT, vendorgate
from tests.commands.policy.bundles import REGISTRY, write
from tests.yaml_text import value_of
from vendorgate.commands.observe.readers.table import OFFERINGS, reader_of
from vendorgate.logic import parse
from vendorgate.logic.paths import words_of
from vendorgate.model.asking import settings_of
from vendorgate.model.observable import SETTINGS

PACK: Final = {
    policy["id"]: policy
    for policy in value_of((ROOT / "policies" / "observed" / "observed.yaml").read_text(encoding="utf-8"))["policies"]
}
COVERING: Final = ("yes_public", "yes_sales_gated", "partial")
BY_REQUEST: Final = frozenset(
    (
        *("store", "session_resumption", "mip_opt_out", "enable_logging"),
        *("endpoint_location", "inference_profile"),
        *("api_provider", "force_login_zdr_organization"),
    )
)
"""What each request says, which host or profile the code calls, how a program on a developer's machine is set up."""


@cache
def offerings() -> dict[str, Any]:
    """Those of the registry that ships, by id."""
    paths = (ROOT / "registry-snapshot" / "offerings").glob("*.yaml")
    return {path.stem: value_of(path.read_text(encoding="utf-8")) for path in paths}


def switches(offering: Any, dimension: str) -> set[str]:
    """The settings that the cell of a dimension asks for."""
    return set(settings_of(parse(rule) for rule in offering["dimensions"][dimension].get("conditions") or ()))


def asked(policy: str) -> set[str]:
    """The settings that a policy asks to be observed."""
    rules = [one.get("that", one) for one in PACK[policy]["require"]]
    found = {path for rule in rules for path in words_of(parse(rule), "observed")}
    return {path.removeprefix(SETTINGS) for path in found if path.startswith(SETTINGS)}


def test_every_switch_of_zero_retention_of_a_vendor_with_a_baa_must_be_observed() -> None:
    needed: set[str] = set()
    for offering in offerings().values():
        cells = offering["dimensions"]
        if cells["hipaa_baa"]["value"] in COVERING and cells["retention_zdr"]["value"] in COVERING:
            needed |= switches(offering, "retention_zdr")
    assert needed
    assert needed - BY_REQUEST <= asked("phi-zero-retention-is-observed")


@pytest.mark.parametrize(
    ("policy", "dimension"),
    [
        ("phi-zero-retention-is-observed", "retention_zdr"),
        ("sharing-is-observed-to-be-off", "training_on_customer_data"),
        ("regulated-region-is-observed", "data_residency"),
    ],
)
def test_every_switch_that_a_reader_tells_must_be_observed(policy: str, dimension: str) -> None:
    readable: set[str] = set()
    for name in OFFERINGS:
        reader = reader_of(name)
        assert reader is not None
        readable |= switches(offerings()[name], dimension) & set(reader.tells)
    assert readable
    assert readable - BY_REQUEST <= asked(policy)


def test_where_a_platform_tells_its_own_name_of_a_place_the_registry_knows_where_that_lies() -> None:
    """Or an observed `cloud_region` would not contradict a claimed `region`."""
    telling = [name for name in OFFERINGS if (reader := reader_of(name)) is not None and "cloud_region" in reader.tells]
    assert telling
    assert [name for name in telling if "cloud" not in offerings()[name]] == []


def test_a_switch_that_is_stated_passes_by_nothing_but_an_observation() -> None:
    for policy in PACK.values():
        for requirement in policy["require"]:
            (rule,) = [requirement["that"]] if "that" in requirement else [requirement]
            paths = words_of(parse(rule), "observed")
            if len(paths) == 1:
                assert rule == {"or": [{"observed": paths[0]}, {"!": {"known": paths[0]}}]}


CLINIC: Final = {
    "version": 1,
    "project": "clinic",
    "usages": [
        {
            "id": "summaries",
            "offering": "openai-api",
            "account": "prod",
            "endpoints": ["responses"],
            "models": ["gpt-5.2"],
            "data": ["phi"],
            "purpose": "summaries",
            "settings": {"zero_data_retention": True},
        }
    ],
}
READ: Final = {
    "version": 1,
    "offering": "openai-api",
    "account": "prod",
    "observed": "2026-11-20",
    "settings": {"zero_data_retention": True},
}
ATTESTED: Final = {"attested": {"by": "a", "evidence": "console.png"}, "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("read", "rules", "expected"),
    [
        (READ, {}, "pass"),
        (None, {}, "fail"),
        ({**READ, "settings": {"zero_data_retention": False}}, {}, "fail"),
        ({**READ, "observed": "2026-09-01"}, {}, "fail"),
        ({**READ, "account": "other"}, {}, "fail"),
        ({**READ, **ATTESTED}, {}, "fail"),
        ({**READ, **ATTESTED}, {"attested": True}, "pass"),
        (None, {"required": ["openai-api"]}, "unknown"),
        (READ, {"required": ["openai-api"]}, "pass"),
    ],
)
def test_the_pack_judges_a_claim_by_what_was_observed(read: Any, rules: Any, expected: str, tmp_path: Path) -> None:
    agreed = {"offerings": ["openai-*"], "status": "executed", "signed": "2026-01-01"}
    files: dict[str, Any] = {
        "vendorgate.yaml": CLINIC,
        "policies/bundle.yaml": {"packs": ["observed"], "observations": rules},
        "policies/agreements.yaml": {"version": 1, "agreements": [{"kind": kind, **agreed} for kind in ("baa", "zdr")]},
        **({} if read is None else {"policies/observations/openai.yaml": read}),
    }
    write(tmp_path, files)
    given = ("--registry", str(REGISTRY), "--as-of", "2026-11-24", "--format", "json")
    ended = vendorgate("check", *given, folder=tmp_path)
    results = {one["policy"]: one["outcome"] for one in json.loads(ended.stdout)["results"]}
    assert results["phi-zero-retention-is-observed"] == expected
    assert ended.code == 1  # that nothing is shared nobody has observed

"""A change that moves a usage to another account, of which nothing was observed or something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.review.repository import changed, manifest, notices, policies, usage

ZDR = {
    "id": "zdr",
    "title": "Nothing is kept",
    "require": [{"==": [{"var": "usage.settings.zdr"}, True]}],
}
CLAIM = {"settings": {"zdr": True}}
EU: dict[str, Any] = {**CLAIM, "account": "eu"}
BEFORE = "before the change it used the account `eu` of alpha, observed on 2026-11-20"
NOTHING = "nothing that is claimed of its settings"
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], str | None]] = {
    "to an account that nobody observed": (
        {},
        EU,
        {**EU, "account": "us"},
        f"usage `u` uses the account `us` of alpha, not observed, so that what is claimed of it counts; {BEFORE}",
    ),
    "to no account": (
        {},
        EU,
        CLAIM,
        f"usage `u` uses the account of alpha, not observed, so that what is claimed of it counts; {BEFORE}",
    ),
    "where it must be observed": (
        {"required": ["alpha"]},
        EU,
        CLAIM,
        f"usage `u` uses the account of alpha, not observed, so that {NOTHING} counts; {BEFORE}",
    ),
    "to an account that was observed": (
        {},
        EU,
        {**EU, "account": "ch"},
        f"usage `u` uses the account `ch` of alpha, observed on 2026-11-21; {BEFORE}",
    ),
    "from one whose observation is too old": ({"max_age_days": 1}, EU, {**EU, "account": "us"}, None),
    "to another as well": ({}, EU, {**EU, "fallbacks": [{"offering": "alpha", "account": "us"}]}, None),
    "nowhere": ({}, EU, {**EU, "purpose": "another"}, None),
}


@pytest.mark.parametrize(("rules", "before", "after", "message"), CASES.values(), ids=CASES)
def test_another_account_is_told(
    rules: dict[str, Any], before: dict[str, Any], after: dict[str, Any], message: str | None, tmp_path: Path
) -> None:
    seen = {"version": 1, "offering": "alpha", "settings": {"zdr": False}}
    files = {
        "policies/rules.yaml": policies(ZDR),
        "policies/bundle.yaml": {"observations": rules},
        "policies/observations/eu.yaml": {**seen, "account": "eu", "observed": "2026-11-20"},
        "policies/observations/ch.yaml": {**seen, "account": "ch", "observed": "2026-11-21"},
        "vendorgate.yaml": manifest(usage("u", "alpha", **before)),
    }
    repository = changed(tmp_path, files, {"vendorgate.yaml": manifest(usage("u", "alpha", **after))})
    report = repository.report()
    assert notices(report).get("another-account") == message
    severities = {one["severity"] for one in report["report"]["notices"] if one["id"] == "another-account"}
    assert severities == (set() if message is None else {"note" if "observed on 2026-11-21" in message else "warning"})

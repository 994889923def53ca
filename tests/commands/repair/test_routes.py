"""Ways out of routes that only an account or a vendor tells apart, and of recipients."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate
from tests.lifting.worlds import Document, written

OPTIONS = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
GOOD = {"value": "yes_public", "confidence": "high", "verified": "2026-10-01"}
USAGE: Document = {"id": "u", "offering": "alpha", "account": "first", "data": ["phi"], "region": "de"}
UNLISTED: Document = {"offering": "unlisted", "vendor": "Acme"}


def run(folder: Path, usage: Document, rule: Any, *command: str, register: list[Document] | None = None) -> Ended:
    offering = {"dimensions": {"hipaa_baa": GOOD}}
    world = {
        "alpha": offering,
        "beta": offering,
        "policies": [{"title": "P", "require": [rule]}],
        "usage": {**USAGE, **usage},
        "register": register,
    }
    written(folder, world)
    return vendorgate(*command, "vendorgate.yaml", "--usage", "u", *OPTIONS, folder=folder)


def changes(folder: Path, usage: Document, rule: Any, **more: Any) -> list[list[tuple[Any, ...]]]:
    ended = run(folder, usage, rule, "repair", "--format", "json", **more)
    fields = ("offering", "account", "vendor", "route", "field", "new")
    found = json.loads(ended.stdout)["repairs"]
    return [[tuple(change[field] for field in fields) for change in one["changes"]] for one in found]


def test_change_is_of_the_account_that_fails(tmp_path: Path) -> None:
    usage = {"fallbacks": [{"offering": "alpha", "account": "second", "region": "fr"}]}
    found = changes(tmp_path, usage, {"==": [{"var": "usage.region"}, "de"]})
    assert [("alpha", "second", None, "fallback", "region", "de")] in found


@pytest.mark.parametrize(
    ("field", "route"), [("fallbacks", "fallback"), ("via", "gateway"), ("recipients", "recipient")]
)
def test_route_to_an_unlisted_vendor_can_be_gone_without(field: str, route: str, tmp_path: Path) -> None:
    usage = {field: UNLISTED if field == "via" else [UNLISTED]}
    assert changes(tmp_path, usage, {"covered": "hipaa_baa"}) == [
        [("unlisted", None, "Acme", route, field, None)],
    ]


@pytest.mark.parametrize("register", [None, []])
def test_no_agreement_is_proposed_with_an_unlisted_vendor(register: list[Document] | None, tmp_path: Path) -> None:
    assert changes(tmp_path, {**UNLISTED, "account": None}, {"agreement": "baa"}, register=register) == []


def test_recipient_is_repaired_by_its_own_declarations(tmp_path: Path) -> None:
    usage = {"recipients": [{"offering": "beta", "settings": {"log": True}}], "settings": {"log": False}}
    found = changes(tmp_path, usage, {"==": [{"var": "usage.settings.log"}, False]})
    assert found[0] == [("beta", None, None, "recipient", "settings.log", False)]


def test_agreement_is_for_the_offering_of_every_account(tmp_path: Path) -> None:
    usage = {"fallbacks": [{"offering": "alpha", "account": "second"}]}
    ended = run(tmp_path, usage, {"agreement": "baa"}, "repair", register=[])
    assert "that names alpha and project `p`" in ended.stdout


def test_another_offering_takes_the_place_of_an_unlisted_vendor(tmp_path: Path) -> None:
    ended = run(tmp_path, {**UNLISTED, "account": None}, {"covered": "hipaa_baa"}, "alternatives", "--format", "json")
    found = json.loads(ended.stdout)
    assert (found["offering"], found["vendor"], found["answer"]) == ("unlisted", "Acme", "alternatives")
    assert [one["offering"] for one in found["alternatives"] if one["passes"]] == ["alpha", "beta"]


def test_recipient_can_be_replaced(tmp_path: Path) -> None:
    usage = {"recipients": [UNLISTED]}
    ended = run(tmp_path, usage, {"covered": "hipaa_baa"}, "alternatives", "--format", "json")
    found = json.loads(ended.stdout)
    assert (found["route"], found["vendor"]) == ("recipient", "Acme")
    assert [one["offering"] for one in found["alternatives"] if one["passes"]] == ["beta"]


def test_route_is_named_by_its_account_where_its_offering_stands_twice(tmp_path: Path) -> None:
    usage = {"fallbacks": [{"offering": "alpha", "account": "second", "region": "fr"}, "beta"]}
    rule = {"==": [{"var": "usage.region"}, "de"]}
    named = run(tmp_path, usage, rule, "alternatives", "--route", "alpha (account second)")
    assert "offerings in the place of alpha (account second) (fallback):" in named.stdout
    refused = run(tmp_path, usage, rule, "alternatives", "--route", "alpha")
    assert refused.code == 2
    assert "alpha (account" in refused.stderr
    assert "in the place of beta (fallback):" in run(tmp_path, usage, rule, "alternatives", "--route", "beta").stdout

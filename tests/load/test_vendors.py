"""What a manifest may call an unlisted vendor, and how many of them a usage may have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.world import Part, judge
from vendorgate.errors import InputError

ALPHA: Part = {"name": "Alpha Voices", "platform": "Cloud of Alpha", "developer": "Alpha Inc", "aliases": ["Alfie"]}
OTHER: Part = {"name": "Omega", "platform": "Cloud of Alpha", "dimensions": {}}
WAIVER: Part = {"policy": "p", "offering": "unlisted"}


def refused(folder: Path, usage: Part, **more: Any) -> list[tuple[str, str, int]]:
    """The problems of a usage: title, advice, line; the files are JSON on one line, so that columns tell places."""
    offering: Part = {**ALPHA, "dimensions": {}}
    rule: Part = {"require": [{"known": "usage.data"}]}
    with pytest.raises(InputError) as raised:
        judge(folder, offering, rule, {"data": ["public"], **usage}, others={"omega": OTHER}, **more)
    found = raised.value.problems
    return [(one.title, one.help or "", 0 if one.location is None else one.location.column) for one in found]


@pytest.mark.parametrize("vendor", ["Alpha Voices", "alpha voices", "ALPHA INC", " Alfie ", "alfie\u3000"], ids=repr)
def test_listed_vendor_is_told_with_its_offering(vendor: str, tmp_path: Path) -> None:
    ((title, help, _),) = refused(tmp_path, {"offering": "unlisted", "vendor": vendor})
    assert title.startswith(f"the registry lists `{vendor}`")
    assert help == "write `offering: alpha` instead"


def test_id_of_an_offering_is_no_unlisted_vendor(tmp_path: Path) -> None:
    ((_, help, _),) = refused(tmp_path, {"offering": "unlisted", "vendor": "OMEGA"})
    assert help == "write `offering: omega` instead"


def test_platform_of_several_offerings_names_them(tmp_path: Path) -> None:
    ((_, help, _),) = refused(tmp_path, {"offering": "unlisted", "vendor": "cloud of alpha"})
    assert help == "write the one that is meant instead: `offering: alpha`, `offering: omega`"


def test_fallback_and_gateway_are_held_to_it(tmp_path: Path) -> None:
    usage: Part = {"fallbacks": [{"offering": "unlisted", "vendor": "Alfie"}], "via": {"offering": "unlisted"}}
    titles = [title for title, _, _ in refused(tmp_path, usage)]
    assert titles == [
        "the registry lists `Alfie`: an unlisted vendor is one that it does not have",
        "`unlisted` without a `vendor`",
    ]


def test_vendor_beside_an_offering_is_refused(tmp_path: Path) -> None:
    ((title, help, _),) = refused(tmp_path, {"vendor": "Somebody"})
    assert title == "a `vendor` beside the offering `alpha`"
    assert "take it out" in help


def test_one_vendor_stands_once_in_a_usage(tmp_path: Path) -> None:
    other = {"offering": "unlisted", "vendor": "ACME ", "account": "second"}
    ((title, help, _),) = refused(tmp_path, {"offering": "unlisted", "vendor": "Acme", "fallbacks": [other]})
    assert title == "the offering `unlisted (ACME , account second)` stands twice in this usage"
    assert help == "line 1 has it already; leave one out"


def test_one_account_stands_once_in_a_usage(tmp_path: Path) -> None:
    other = {"offering": "alpha", "account": "eu"}
    ((title, help, _),) = refused(tmp_path, {"account": "eu", "fallbacks": [other]})
    assert title == "the offering `alpha (account eu)` stands twice in this usage"
    assert help.endswith("give each its own `account`")


@pytest.mark.parametrize("vendor", [{}, {"vendor": "*"}, {"vendor": "Acm?"}], ids=str)
def test_waiver_of_unlisted_vendors_says_which_one(vendor: Part, tmp_path: Path) -> None:
    ((title, help, _),) = refused(tmp_path, {}, waivers=[{**WAIVER, **vendor}])
    assert title == "a waiver of `unlisted` that names no vendor, and would be for whoever comes next"
    assert help.startswith("add `vendor`")


def test_no_offering_is_called_unlisted(tmp_path: Path) -> None:
    found = refused(tmp_path, {}, snapshot={"former": {"unlisted": {"note": "gone"}}})
    assert [title for title, _, _ in found] == [
        "`unlisted` is what a manifest calls a vendor that is not in the registry, and no offering"
    ]
    (tmp_path / "registry/offerings/unlisted.yaml").write_text("id: unlisted\n", encoding="utf-8")
    assert ("give it another id", 1) in [(help, column) for _, help, column in refused(tmp_path, {})]


def test_file_that_cannot_be_read_hides_no_vendor(tmp_path: Path) -> None:
    refused(tmp_path, {"offering": "unlisted", "vendor": "Alfie"})
    (tmp_path / "registry/offerings/broken.yaml").write_text("id: [\n", encoding="utf-8")
    assert len(refused(tmp_path, {"offering": "unlisted", "vendor": "Nobody"})) == 1


def test_offering_of_the_bundle_and_its_aliases_are_listed_too(tmp_path: Path) -> None:
    added = tmp_path / "policies/offerings"
    added.mkdir(parents=True)
    own = {"id": "scribe", **OTHER, "name": "Scribe", "developer": "Us", "platform": "Ours", "category": "internal"}
    (added / "scribe.yaml").write_text(json.dumps(own), encoding="utf-8")
    (added / "omega.yaml").write_text(json.dumps({"extends": "omega", "aliases": ["The Last"]}), encoding="utf-8")
    for vendor, id in (("ours", "scribe"), ("the last", "omega")):
        ((_, help, _),) = refused(tmp_path, {"offering": "unlisted", "vendor": vendor})
        assert help == f"write `offering: {id}` instead"

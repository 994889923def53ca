"""What fails already is worse where its usage is wider or falls short for more reasons, and for nothing else."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.review.repository import (
    REGISTRY,
    Content,
    cell,
    changed,
    kinds,
    manifest,
    offering,
    policies,
    rows,
    usage,
)
from tests.world import judge
from vendorgate.comparison.results import change, comparison_of
from vendorgate.comparison.widening import FIELDS
from vendorgate.model.manifest import Route, UsageDraft
from vendorgate.model.result import Result

M = "vendorgate.yaml"
Part = dict[str, Any]
NEVER: Part = {"id": "never", "title": "Nobody passes", "require": [{"covered": "hipaa_baa"}]}
RULES: Mapping[str, Content] = {**REGISTRY, "policies/rules.yaml": policies(NEVER)}
WHOLE: Part = {
    "purpose": "Rewrite headlines",
    "subjects": ["de", "us"],
    "environment": "staging",
    "endpoints": ["chat", "files"],
    "models": ["m-1", "m-2"],
    "features": ["search"],
    "region": "de",
    "cloud_region": "eu-central-1",
    "tier": "self_serve",
    "settings": {"sharing": False},
    "agreements": ["baa", "dpa"],
    "fallbacks": ["alpha"],
}
WIDER: Mapping[str, tuple[Part, str]] = {
    "data grows": ({"data": ["phi", "pii"]}, "`data` gains pii"),
    "data is other data": ({"data": ["pii"]}, "`data` gains pii"),
    "endpoints grow": ({"endpoints": ["chat", "files", "batch"]}, "`endpoints` gains batch"),
    "endpoints are not told any more": ({"endpoints": None}, "`endpoints` is not declared any more"),
    "models grow": ({"models": ["m-2", "m-1", "m-3"]}, "`models` gains m-3"),
    "models are not told any more": ({"models": None}, "`models` is not declared any more"),
    "features grow": ({"features": ["search", "memory"]}, "`features` gains memory"),
    "another purpose": ({"purpose": "Score loans"}, "`purpose` changes"),
    "no purpose any more": ({"purpose": None}, "`purpose` is not declared any more"),
    "more people": ({"subjects": ["us", "de", "jp"]}, "`subjects` gains jp"),
    "people of a wider place": ({"subjects": ["us", "eu"]}, "`subjects` gains eu"),
    "another region": ({"region": "us"}, "`region` changes from de to us"),
    "a wider region": ({"region": "eu"}, "`region` changes from de to eu"),
    "no region any more": ({"region": None}, "`region` is not declared any more"),
    "another region of the cloud": (
        {"cloud_region": "us-east-1"},
        "`cloud_region` changes from eu-central-1 to us-east-1",
    ),
    "production": ({"environment": "production"}, "`environment` changes from staging to production"),
    "a preview": ({"lifecycle": "preview"}, "`lifecycle` changes from ga to preview"),
    "a lower tier": ({"tier": "free"}, "`tier` changes from self_serve to free"),
    "another fallback": ({"fallbacks": ["alpha", "gamma"]}, "`fallbacks` gains gamma"),
    "a gateway": ({"via": "gamma"}, "`via` changes from nothing to gamma"),
    "an agreement goes": ({"agreements": ["dpa"]}, "`agreements` loses baa"),
}
NO_WIDER: Mapping[str, Part] = {
    "data shrinks": {"data": ["phi"]},
    "other order": {
        "data": ["pii", "phi"],
        "models": ["m-2", "m-1"],
        "subjects": ["us", "de"],
        "endpoints": ["files", "chat"],
    },
    "endpoints shrink": {"endpoints": ["chat"]},
    "one name in the place of another": {
        "endpoints": ["batch", "files"],
        "models": ["m-2", "m-3"],
        "features": ["memory"],
    },
    "spaces in the purpose": {"purpose": "  Rewrite \n headlines "},
    "fewer people": {"subjects": ["us"]},
    "a name of the cloud written otherwise": {"cloud_region": "EU Central 1"},
    "development": {"environment": "development"},
    "a higher tier": {"tier": "enterprise"},
    "a fallback less": {"fallbacks": []},
    "an agreement more": {"agreements": ["zdr", "dpa", "baa"]},
    "a setting that nothing reads": {"settings": {"sharing": True, "other": 1}},
}


def declared(*data: str, **more: Any) -> Part:
    """A usage that declares everything; None takes a field away."""
    whole = usage("u", "beta", *data, **WHOLE)
    return {key: value for key, value in {**whole, **more}.items() if value is not None}


@pytest.mark.parametrize("name", WIDER)
def test_failing_usage_that_is_wider_is_worse_and_blocks(name: str, tmp_path: Path) -> None:
    edit, words = WIDER[name]
    repository = changed(tmp_path, {M: manifest(declared())}, {M: manifest(declared(**edit))}, RULES)
    report = repository.report("--new-only")
    worse = [one for one in report["changes"] if one["change"] == "worse"]
    assert ("beta", "never", [words], ["manifest"]) in [
        (one["offering"], one["policy"], one["wider"], one["causes"]) for one in worse
    ]
    assert report["verdict"] == "fail"


def test_reviewer_reads_what_is_wider(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(declared())}, {M: manifest(declared("phi", "pii"))}, RULES)
    ended = repository.review("--new-only")
    assert ended.code == 1
    assert re.search(r"^worse: error: .*\n(?:.+\n)* +. policy: never: ", ended.stdout, re.MULTILINE)
    assert "= change: fail -> fail, because of: manifest; `data` gains pii" in ended.stdout
    markdown = repository.review("--new-only", "--format", "markdown").stdout
    assert "because of: manifest; `data` gains pii" in markdown


def test_another_name_for_which_a_rule_fails_is_worse(tmp_path: Path) -> None:
    """Whether one name or the other stands there, it is outside; but it is another finding."""
    scoped = offering("beta", hipaa_baa=cell(scope={"endpoints": {"only": ["chat"]}}))
    world = {**RULES, "registry-snapshot/offerings/beta.yaml": scoped}
    before, after = (manifest(usage("u", "beta", endpoints=[name])) for name in ("files", "batch"))
    (found,) = changed(tmp_path, {M: before}, {M: after}, world).report("--new-only")["changes"]
    assert (found["change"], found["wider"]) == (
        "worse",
        ["falls short, too: endpoint `batch` is outside the documented scope"],
    )


@pytest.mark.parametrize("name", NO_WIDER)
def test_failing_usage_that_is_no_wider_is_unchanged(name: str, tmp_path: Path) -> None:
    before, after = (manifest(declared("phi", "pii", **edit)) for edit in ({}, NO_WIDER[name]))
    report = changed(tmp_path, {M: before}, {M: after}, RULES).report("--new-only")
    assert not {"new", "worse"} & kinds(report).keys()
    assert report["verdict"] == "pass"


def test_comments_places_and_moves_are_unchanged(tmp_path: Path) -> None:
    lines = (
        "version: 1\nproject: p\nusages:\n"
        "  - {id: u, purpose: Rewrite headlines for all, offering: beta, data: [phi, pii], models: [m-1, m-2]}\n"
        "  - {id: v, purpose: Rewrite letters for everybody else, offering: alpha, data: [pii], models: [m-1]}\n"
    )
    head, u, v = lines.partition("  - {id: u")[0], *lines.splitlines(keepends=True)[3:]
    other = f"# moved\n{head}{v}  # the one that fails\n{u.replace('[phi, pii]', '[ pii, phi ]')}"
    repository = changed(tmp_path, {"a/vendorgate.yaml": lines}, {"a/vendorgate.yaml": other}, RULES)
    (tmp_path / "b").mkdir()
    repository.git("mv", "a/vendorgate.yaml", "b/vendorgate.yml")
    repository.commit()
    report = repository.report("--new-only")
    assert rows(report) == [("unchanged", "u beta never", "fail", "fail")]


def test_usage_that_hides_what_it_declared_is_worse_though_less_is_known(tmp_path: Path) -> None:
    """Fail to unknown: less bad by itself, if nothing were hidden."""
    scoped = offering("beta", hipaa_baa=cell(scope={"endpoints": {"only": ["chat"]}}))
    world = {**RULES, "registry-snapshot/offerings/beta.yaml": scoped}
    before, after = (manifest(usage("u", "beta", **more)) for more in ({"endpoints": ["files"]}, {}))
    report = changed(tmp_path, {M: before}, {M: after}, world).report("--new-only")
    assert rows(report) == [("worse", "u beta never", "fail", "unknown", "manifest")]
    assert report["verdict"] == "fail"


def test_usage_that_narrows_and_falls_less_short_is_better(tmp_path: Path) -> None:
    scoped = offering("beta", hipaa_baa=cell(scope={"endpoints": {"only": ["chat"]}, "models": {"only": ["m"]}}))
    world = {**RULES, "registry-snapshot/offerings/beta.yaml": scoped}
    before, after = (
        manifest(usage("u", "beta", endpoints=endpoints, models=["x"])) for endpoints in (["files", "batch"], ["files"])
    )
    assert kinds(changed(tmp_path / "a", {M: before}, {M: after}, world).report("--new-only")) == {}
    mended = manifest(usage("u", "beta", endpoints=["chat"], models=["x"]))
    assert kinds(changed(tmp_path / "b", {M: before}, {M: mended}, world).report("--new-only")) == {}


SETTINGS: list[tuple[Part, Part, str]] = [
    ({"keep": 10}, {"keep": 10, "share": False}, "unchanged"),
    ({"keep": 10}, {"keep": 10, "share": True}, "worse"),
    ({"keep": 90, "share": False}, {"keep": 90, "share": True}, "worse"),
    ({"keep": 90, "share": True}, {"keep": 90, "share": False}, "unchanged"),
    ({"keep": 90, "other": 1}, {"keep": 90, "other": 2}, "unchanged"),
    ({"keep": 90}, {"keep": 400}, "worse"),
]


@pytest.mark.parametrize(("before", "after", "kind"), SETTINGS)
def test_settings_count_where_something_that_falls_short_reads_them(
    before: Part, after: Part, kind: str, tmp_path: Path
) -> None:
    """In one requirement, which fails before and after."""
    read = {"and": [{"<": [{"var": "usage.settings.keep"}, 5]}, {"==": [{"var": "usage.settings.share"}, False]}]}
    world = {**REGISTRY, "policies/rules.yaml": policies({**NEVER, "require": [read]})}
    old, new = (manifest(usage("u", "alpha", settings=one)) for one in (before, after))
    found = changed(tmp_path, {M: old}, {M: new}, world).report("--new-only")["changes"]
    assert [one["change"] for one in found] == [kind]
    assert all("falls short, too: " in words for one in found for words in one["wider"])


def test_claims_do_not_count_where_the_bundle_has_a_register(tmp_path: Path) -> None:
    world = {**RULES, "policies/agreements.yaml": {"version": 1, "agreements": []}}
    before, after = (manifest(usage("u", "beta", agreements=claims)) for claims in (["baa"], []))
    assert kinds(changed(tmp_path, {M: before}, {M: after}, world).report("--new-only")) == {}


def test_waived_usage_that_is_wider_is_told_and_blocks_nothing(tmp_path: Path) -> None:
    waiver = {"policy": "never", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
    world = {**RULES, "policies/waivers.yaml": {"version": 1, "waivers": [waiver]}}
    before, after = (manifest(usage("u", "beta", *data)) for data in (("pii",), ("pii", "phi")))
    repository = changed(tmp_path, {M: before}, {M: after}, world)
    assert rows(repository.report()) == [("worse", "u beta never", "waived", "waived", "manifest")]
    assert repository.review("--new-only").code == 0


def test_every_field_of_a_usage_has_a_direction() -> None:
    assert FIELDS.keys() == {*UsageDraft.__struct_fields__, *Route.__struct_fields__, "id"}


# Laws

NAMES = ("a", "b", "c", "d")
LISTS = {
    "data": ("phi", "pii", "pci", "public"),
    "subjects": ("us", "jp", "de", "fr"),
    "endpoints": NAMES,
    "models": NAMES,
    "features": NAMES,
}
ORDERED = {
    "tier": ("enterprise", "self_serve", "free"),
    "environment": ("development", "staging", "production"),
    "lifecycle": ("ga", "preview"),
}
PLACES = ("de", "us", "eu", "jp")
POLICY: Part = {
    "require": [
        {"covered": "hipaa_baa"},
        {"disjoint": [{"var": "usage.data"}, ["phi", "pii", "pci", "public"]]},
        {"and": [{"==": [{"var": "usage.region"}, "gb"]}, {"subset": [{"var": "usage.models"}, ["z"]]}]},
        {"==": [{"var": "usage.settings.s"}, 7]},
    ]
}
ALPHA: Part = {
    "dimensions": {
        "hipaa_baa": {
            "value": "yes_public",
            "confidence": "high",
            "verified": "2026-11-01",
            "scope": {"endpoints": {"only": ["z"]}, "regions": {"only": ["gb"]}, "features": {"except": ["a", "b"]}},
            "conditions": [{"agreement": "zdr"}, {"==": [{"var": "usage.settings.s"}, 7]}],
        }
    }
}


@st.composite
def usages(draw: st.DrawFn) -> Part:
    """A usage that declares all; it fails each requirement whatever it declares."""
    lists = {
        field: draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        for field, names in LISTS.items()
    }
    ordered = {field: draw(st.sampled_from(names)) for field, names in ORDERED.items()}
    region = draw(st.sampled_from(PLACES))
    return {**lists, **ordered, "region": region, "agreements": ["baa", "dpa"], "settings": {"s": 1}, "purpose": "P q"}


@st.composite
def wider(draw: st.DrawFn, before: Part) -> Part:
    """The same usage, wider in one field at least."""
    ways = [
        *((field, "more") for field, names in LISTS.items() if set(names) - set(before[field])),
        *((field, "gone") for field in ("subjects", "endpoints", "models", "region", "purpose")),
        *((field, "further") for field, names in ORDERED.items() if before[field] != names[-1]),
        ("region", "other"),
        ("purpose", "other"),
        ("agreements", "less"),
    ]
    after = dict(before)
    for field, how in draw(st.lists(st.sampled_from(ways), min_size=1, max_size=2, unique_by=lambda way: way[0])):
        if how == "more":
            after[field] = [*before[field], draw(st.sampled_from(sorted(set(LISTS[field]) - set(before[field]))))]
        elif how == "gone":
            del after[field]
        elif how == "further":
            names = ORDERED[field]
            after[field] = draw(st.sampled_from(names[names.index(before[field]) + 1 :]))
        elif how == "less":
            after[field] = before[field][:1]
        else:
            others = {
                "region": [one for one in (*PLACES, "br") if one not in (before["region"], "de")],
                "purpose": ["Q"],
            }
            after[field] = draw(st.sampled_from(others[field]))
    return after


def judged(before: Part, after: Part) -> tuple[Result, Result]:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        (old,) = judge(Path(one), ALPHA, POLICY, before).results
        (new,) = judge(Path(two), ALPHA, POLICY, after).results
        return old, new


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_widening_is_always_worse_and_narrowing_never(data: st.DataObject) -> None:
    before = data.draw(usages())
    after = data.draw(wider(before))
    old, new = judged(before, after)
    assert old.blocks
    assert new.blocks
    assert change(old, new).kind == "worse"
    only = {key: value for key, value in after.items() if key != "agreements"} | {"agreements": before["agreements"]}
    if (
        all(key in after for key in before)
        and after["region"] == before["region"]
        and after["purpose"] == before["purpose"]
    ):
        wide, narrow = judged(only, before)
        assert comparison_of(wide, narrow).way <= 0


@settings(max_examples=15, deadline=None)
@given(before=usages(), seed=st.integers(0, 1000))
def test_order_never_counts(before: Part, seed: int) -> None:
    source = random.Random(seed)
    keys = source.sample(list(before), len(before))
    after = {
        key: source.sample(before[key], len(before[key])) if isinstance(before[key], list) else before[key]
        for key in keys
    }
    old, new = judged(before, after)
    assert (comparison_of(old, new).way, comparison_of(old, new).wider) == (0, ())
    assert change(old, new).kind == "unchanged"

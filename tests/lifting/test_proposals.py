"""What a proposal says in worlds of one or two rules, and how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import ROOT
from tests.lifting.pasting import blocked, judged, pasted, text_of
from tests.lifting.test_cases import BAA, COVERED, EU_PEOPLE, FLAG, world
from tests.lifting.test_proposal_laws import TODAY, assert_holds
from tests.lifting.worlds import AS_OF, Document, written
from tests.yaml_text import value_of
from vendorgate import Gate
from vendorgate.lifting.proposals import proposals
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.proposal import Proposal
from vendorgate.report.proposal_yaml import proposal_yaml

KNOWN = {"known": "usage.region"}
B_IS_TRUE = {"===": [{"var": "usage.attributes.b"}, True]}
CASES: dict[str, tuple[Document, dict[str, Any]]] = {
    "a setting": (world([FLAG]), {"alpha settings.a": True}),
    "a setting that is no blank text": (
        world([{"or": [*({"===": [{"var": "usage.settings.a"}, one]} for one in ("", " ", "\u200b", "x"))]}]),
        {"alpha settings.a": "x"},
    ),
    "a model of whose name a reader sees all": (
        world([{"all": [{"var": "usage.models"}, {"in": [{"var": ""}, ["n-2 ", "n-2\u200b", "n-\uff12", "n-2"]]}]}]),
        {"alpha models": ("n-2",)},
    ),
    "people whom a policy is not about": (world([BAA], when=EU_PEOPLE), {"alpha subjects": ("us",)}),
    "a purpose in any words": (world([{"known": "usage.purpose"}]), {"alpha purpose": "<what it is used for>"}),
    "an attribute that a rule names": (world([B_IS_TRUE]), {"alpha attributes.b": True}),
    "an endpoint within a scope": (
        world(COVERED, cell={"scope": {"endpoints": {"only": ["files", "chat"]}}}),
        {"alpha endpoints": ("chat",)},
    ),
    "a model within a scope": (
        world(COVERED, cell={"scope": {"models": {"only": ["m-2*"]}}}),
        {"alpha models": ("m-2",)},
    ),
    "on the route that does not declare it": (
        world([FLAG], {"settings": {"a": True}, "fallbacks": ["beta"]}),
        {"beta settings.a": True},
    ),
    "once for two routes that share it": (world([KNOWN], {"fallbacks": ["beta"]}), {"alpha region": "global"}),
    "beside what stays as it is": (
        world([FLAG, {"or": [BAA, B_IS_TRUE]}], {"attributes": {"a": "x"}}),
        {"alpha settings.a": True, "alpha attributes.b": True},
    ),
}


def judged_world(folder: Path, given: Document) -> Evaluation:
    manifest, _ = written(folder, given)
    return judged(Gate(folder / "policies", folder / "registry"), text_of(manifest), AS_OF)


def said(found: tuple[Proposal, ...]) -> dict[str, Any]:
    return {f"{declared.name} {declared.field}": declared.value for one in found for declared in one.declarations}


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES)
def test_a_proposal_declares(given: Document, expected: dict[str, Any], tmp_path: Path) -> None:
    manifest, _ = written(tmp_path, given)
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    assert said(proposals(judged(gate, text_of(manifest), AS_OF))) == expected
    found = assert_holds(gate, manifest, AS_OF)
    assert found is not None
    assert not found.left


NONE: dict[str, Document] = {
    "what passes": world([FLAG], {"settings": {"a": True}}),
    "a setting that is declared otherwise": world([FLAG], {"settings": {"a": False}}),
    "an agreement that is not claimed": world([BAA]),
    "whose data it is, where that is declared": world([BAA], {"subjects": ["de"]}, when=EU_PEOPLE),
    "what a vendor does not document": world(COVERED, cell={"value": "no"}),
    "a tier, which is stated by default": world(COVERED, cell={"tier": "enterprise"}),
    "a lifecycle, which is stated by default": world([{"==": [{"var": "usage.lifecycle"}, "preview"]}]),
    "a feature: without any is a statement, too": world([{"in": ["web", {"var": "usage.features"}]}]),
    "what is sent": world([{"disjoint": [{"var": "usage.data"}, ["phi"]]}]),
    "a region that the usage pins for its routes": world(
        [{"or": [{"==": [{"var": "usage.offering"}, "alpha"]}, {"==": [{"var": "usage.region"}, "us"]}]}],
        {"region": "de", "fallbacks": ["beta"]},
    ),
    "a model of which only a pattern is known": world(COVERED, cell={"scope": {"models": {"only": ["n-*"]}}}),
}


@pytest.mark.parametrize("given", NONE.values(), ids=NONE)
def test_nothing_is_proposed_for(given: Document, tmp_path: Path) -> None:
    assert proposals(judged_world(tmp_path, given)) == ()


def test_what_no_declaration_lifts_is_left_and_hides_nothing(tmp_path: Path) -> None:
    given = world([FLAG])
    given["policies"].append({"title": "Q", "require": [BAA]})
    (found,) = proposals(judged_world(tmp_path, given))
    assert said((found,)) == {"alpha settings.a": True}
    assert [one.policy.id for one in found.lifts] == ["p0"]
    assert [one.policy.id for one in found.left] == ["p1"]


def test_of_two_results_that_cannot_be_lifted_together_one_is(tmp_path: Path) -> None:
    given = world([FLAG])
    given["policies"].append({"title": "Q", "require": [{"===": [{"var": "usage.settings.a"}, False]}]})
    (found,) = proposals(judged_world(tmp_path, given))
    assert (len(found.lifts), len(found.left)) == (1, 1)


def test_a_declaration_with_which_something_else_would_block_is_not_proposed(tmp_path: Path) -> None:
    given = world([FLAG])
    switched = {"===": [{"var": ["usage.settings.a", False]}, True]}
    given["policies"].append({"title": "Q", "when": switched, "require": [BAA]})
    assert proposals(judged_world(tmp_path, given | {"register": []})) == ()


def test_whoever_asks_says_which_usages(tmp_path: Path) -> None:
    manifest, _ = written(tmp_path, world([FLAG]))
    manifest["usages"].append({**manifest["usages"][0], "id": "v"})
    evaluation = judged(Gate(tmp_path / "policies", tmp_path / "registry"), text_of(manifest), AS_OF)
    assert [one.usage for one in proposals(evaluation)] == ["u", "v"]
    assert [one.usage for one in proposals(evaluation, {("vendorgate.yaml", "v")})] == ["v"]
    assert proposals(evaluation, ()) == ()


def test_a_stricter_threshold_is_what_is_lifted_by(tmp_path: Path) -> None:
    manifest, _ = written(tmp_path, world([FLAG], severity="warning"))
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    assert proposals(judged(gate, text_of(manifest), AS_OF)) == ()
    assert said(proposals(judged(gate, text_of(manifest), AS_OF, "warning"))) == {"alpha settings.a": True}


def test_an_attribute_has_a_value_of_its_type(tmp_path: Path) -> None:
    rules = {
        "flag": {"type": "flag"},
        "day": {"type": "day"},
        "count": {"type": "number"},
        "text": {"type": "text"},
        "word": {"one_of": ["samples", "none"]},
    }
    written(tmp_path, world([{"known": f"usage.attributes.{name}"} for name in rules]))
    (tmp_path / "policies" / "bundle.yaml").write_text(yaml.safe_dump({"version": 1, "attributes": rules}))
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    manifest = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "alpha", "data": ["phi"]}]}
    found = assert_holds(gate, manifest, AS_OF)
    assert found is not None
    values = {one.field.partition(".")[2]: one.value for one in found.declarations}
    assert values == {"flag": True, "day": "2026-11-23", "count": 1, "text": "<text>", "word": "samples"}


def test_what_is_written_goes_where_it_belongs(tmp_path: Path) -> None:
    usage = {"settings": {"b": 1}, "fallbacks": ["beta"]}
    (found,) = proposals(judged_world(tmp_path, world([FLAG, {"known": "usage.purpose"}], usage)))
    assert [(one.words, one.text) for one in proposal_yaml(found)] == [
        ("usage `u`", 'purpose: "<what it is used for>"  # in your own words\n'),
        ("usage `u`, under `settings`", "a: true\n"),
        ("in the place of fallback `beta` of usage `u`", "- offering: beta\n  settings:\n    a: true\n"),
    ]


def test_what_is_written_in_brackets_is_added_to_in_brackets(tmp_path: Path) -> None:
    usage = {"settings": {"b": 1}, "fallbacks": ["beta"], "attributes": {}}
    manifest, _ = written(tmp_path, world([FLAG, B_IS_TRUE], usage))
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    (found,) = proposals(judged(gate, text_of(manifest, "brackets"), AS_OF))
    assert [(one.words, one.text) for one in proposal_yaml(found)] == [
        ("in the place of `settings` of usage `u`", "settings: {b: 1, a: true}\n"),
        ("in the place of `attributes` of usage `u`", "attributes: {b: true}\n"),
        ("in the place of fallback `beta` of usage `u`", "{offering: beta, settings: {a: true}}\n"),
    ]
    manifest["usages"][0].pop("settings")
    (found,) = proposals(judged(gate, text_of(manifest, "one line"), AS_OF))
    assert next(one.text for one in proposal_yaml(found)) == "settings: {a: true}\n"


def test_a_gateway_that_is_only_named_becomes_a_mapping(tmp_path: Path) -> None:
    (found,) = proposals(judged_world(tmp_path, world([FLAG], {"settings": {"a": True}, "via": "beta"})))
    (one,) = proposal_yaml(found)
    assert (one.instead, one.text) == (True, "via:\n  offering: beta\n  settings:\n    a: true\n")


HOSTILE = [
    "a: b # c",
    'x"\n- id: evil',
    "\x1b[31mred",
    "right\u202eleft",
    "##vso[task.setvariable]",
    "::error::x",
    "no",
    "1e3",
    "2026-11-23",
    "~",
    "[a, b]",
    "&anchor",
    "é ü 漢字",
    "x" * 300,
]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_of_a_rule_is_anything_but_a_value(value: str, tmp_path: Path) -> None:
    rule = {"in": [{"var": "usage.settings.a"}, [value, f"{value}2"]]}
    manifest, _ = written(tmp_path, world([rule]))
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    assert assert_holds(gate, manifest, AS_OF) is not None
    (found,) = proposals(judged(gate, text_of(manifest), AS_OF))
    (one,) = proposal_yaml(found)
    assert all(character.isprintable() for character in one.text.replace("\n", ""))
    assert one.text.count("\n") == 2
    assert "##" not in one.text
    new = value_of(pasted(text_of(manifest), [one]))
    assert new["usages"][0]["settings"] == {"a": value}


@pytest.mark.parametrize("name", ["no", "a: b", "x.y", "a # b", "x\u202ey"])
def test_no_name_of_a_setting_is_anything_but_a_name(name: str, tmp_path: Path) -> None:
    manifest, _ = written(tmp_path, world([{"===": [{"var": f"usage.settings.{name}"}, True]}]))
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    found = assert_holds(gate, manifest, AS_OF)
    assert found is not None
    new = value_of(pasted(text_of(manifest), proposal_yaml(found)))
    assert new["usages"][0]["settings"] == {name: True}


def test_the_first_run_of_a_newcomer_learns_what_to_write() -> None:
    gate = Gate(ROOT / "policies", ROOT / "registry-snapshot")
    usage = {"id": "visit-summaries", "offering": "openai-api", "endpoints": ["responses"], "data": ["phi"]}
    manifest = {"version": 1, "project": "clinic", "usages": [{**usage, "agreements": ["baa", "dpa", "zdr"]}]}
    evaluation = judged(gate, text_of(manifest), TODAY)
    (found,) = proposals(evaluation)
    (one,) = proposal_yaml(found)
    declared = value_of(one.text)
    assert declared["settings"] == {"data_sharing": False, "zero_data_retention": True}
    assert declared["subjects"] == ["us"]
    assert "models" in declared
    assert not blocked(judged(gate, pasted(text_of(manifest), [one]), TODAY))


def test_a_group_of_regions_tells_people_and_places_apart(tmp_path: Path) -> None:
    people = {"some": [{"var": "usage.subjects"}, {"within": [{"var": ""}, "adequate"]}]}
    given = world([{"within": [{"var": "usage.region"}, "adequate"]}, people])
    written(tmp_path, given)
    groups = {"version": 1, "region_groups": {"adequate": ["ch", "jp"]}}
    (tmp_path / "policies" / "bundle.yaml").write_text(yaml.safe_dump(groups))
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    manifest = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "alpha", "data": ["phi"]}]}
    found = assert_holds(gate, manifest, AS_OF)
    assert found is not None
    assert said((found,)) == {"alpha region": "ch", "alpha subjects": ("ch",)}
    assert not found.left

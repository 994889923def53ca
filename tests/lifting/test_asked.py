"""What a search remembers of rules is what each rule says, looked at anew; and it judges with what judged."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import example, given

from tests.command import ROOT
from tests.evaluate import law_worlds
from tests.lifting.test_cases import world
from tests.lifting.test_proposals import judged_world
from tests.lifting.worlds import AS_OF, RULES
from vendorgate import Gate
from vendorgate.evaluate.reading import atoms_of, leaves_of
from vendorgate.evaluate.resting import program_of
from vendorgate.lifting.asked import Asking
from vendorgate.lifting.judges import Judges
from vendorgate.lifting.repairs import judges_for
from vendorgate.lifting.rules import OfferingRules, RulesOfOfferings
from vendorgate.lifting.trial import Trial
from vendorgate.logic import Node, Operation, parse, walk
from vendorgate.logic.paths import KNOWLEDGE, reads, words_of
from vendorgate.model.asking import OBSERVED, dimensions_of, kinds_of
from vendorgate.model.registry import Offering

PATH = "usage.region"
ODD: list[Any] = [
    True,
    [],
    {"covered": []},
    {"var": ""},
    {"var": "registry"},
    {"var": "agreements"},
    {"var": ["usage.region", {"var": "usage.tier"}]},
    {"missing": [["usage.region", "usage.tier"]]},
    {"missing_some": [1, ["usage.region", {"var": "usage.tier"}]]},
    {"!": {"known": "agreements.baa.expires"}},
    {"and": [{"observed": "usage.settings.a"}, {"agreement": "baa"}, {"documented": "hipaa_baa"}]},
    {"all": [{"var": "agreements.baa.all"}, {"<": [{"var": "signed"}, {"var": "today"}]}]},
    {"if": [{"covered": "hipaa_baa"}, {"in": [{"var": PATH}, ["eu"]]}, {"var": "registry.hipaa_baa.facts.days"}]},
]


def _law_rules() -> list[Any]:
    found = []
    for seed in range(40):
        policy = law_worlds.observed_world(Random(seed))["policy"]
        found.extend([*policy["require"], *([policy["when"]] if "when" in policy else [])])
    return found


def assert_told(tree: Node, asking: Asking) -> None:
    asked = asking.of(tree)
    assert asking.of(tree) is asked
    assert asked.paths == {*reads(tree)}
    assert asked.observed == {*words_of(tree, OBSERVED)}
    assert asked.kinds == {*kinds_of(tree)}
    assert asked.dimensions == asking.dimensions(tree) == {*dimensions_of(tree)}
    knowing = [one for one in walk(tree) if isinstance(one, Operation) and one.name in KNOWLEDGE]
    assert asked.whether_known == {path for one in knowing for path in reads(one)}
    assert asking.observed([tree]) == asking.observed([tree, tree]) == asked.observed
    for path in (*asked.paths, PATH):
        assert asking.leaves([tree], path) == [leaf for leaf in leaves_of(tree) if path in reads(leaf)]


@given(RULES)
@example({"observed": "usage.region"})
def test_what_is_remembered_of_a_rule_is_what_it_asks_for(rule: Any) -> None:
    assert_told(parse(rule), Asking())


@pytest.mark.parametrize("rule", [*ODD, *_law_rules()], ids=str)
def test_what_is_remembered_of_an_odd_rule_is_what_it_asks_for(rule: Any) -> None:
    tree, asking = parse(rule), Asking()
    for part in walk(tree):
        assert_told(part, asking)


def test_conditions_by_path_are_those_of_an_index_of_all_rules() -> None:
    evaluation = Gate(ROOT / "policies", ROOT / "registry-snapshot").check(
        ROOT / "benchmarks/nine-usages.yaml", as_of=AS_OF
    )
    judges = judges_for(evaluation, evaluation.snapshot, None)
    known = RulesOfOfferings(judges)
    for offering in evaluation.snapshot.offerings.values():
        rules = known.of(offering)
        assert known.of(offering) is rules
        _assert_same_as_an_index(rules, offering, judges)


def _assert_same_as_an_index(rules: OfferingRules, offering: Offering, judges: Judges) -> None:
    trees = [condition.tree for cell in offering.cells.values() for condition in cell.conditions]
    for policy in judges.program.bundle.policies:
        trees.extend([] if policy.when is None else [policy.when])
        trees.extend(one.tree for one in policy.require)
    by_path: dict[str, list[Node]] = {}
    linked: dict[str, set[str]] = {}
    for leaf in (leaf for tree in trees for leaf in leaves_of(tree)):
        for path in reads(leaf):
            by_path.setdefault(path, []).append(leaf)
            linked.setdefault(path, set()).update(atoms_of(leaf) - {path})
    assert by_path
    for path, leaves in by_path.items():
        assert [*map(id, rules.reading(path))] == [*map(id, leaves)]
        assert rules.linked(path) == sorted(one for one in linked[path] if one.startswith("usage."))
    assert rules.reading("usage.settings.of_nobody") == []
    asked = {path for tree in trees for path in words_of(tree, OBSERVED)}
    for path in {*by_path, *asked} - {PATH}:
        assert rules.asks_whether_observed(path) is (path in asked)


def test_what_judged_is_asked_again_unless_it_is_of_another_bundle(tmp_path: Path) -> None:
    evaluation = judged_world(tmp_path, world([{"known": PATH}]))
    program = program_of(evaluation)
    assert program_of(evaluation) is program
    assert program.bundle is evaluation.bundle
    other = msgspec.structs.replace(evaluation, bundle=msgspec.structs.replace(evaluation.bundle, waivers=()))
    assert program_of(other) is not program
    assert program_of(other).bundle is other.bundle
    nobody = msgspec.structs.replace(evaluation, results=())
    assert program_of(nobody) is not program
    results = tuple(msgspec.structs.replace(one, resting=None) for one in evaluation.results)
    assert program_of(msgspec.structs.replace(evaluation, results=results)) is not program


def test_usage_without_changes_is_the_one_that_was_judged(tmp_path: Path) -> None:
    evaluation = judged_world(tmp_path, world([{"known": PATH}], {"fallbacks": ["beta"]}))
    trial = Trial(judges_for(evaluation, evaluation.snapshot, None), evaluation.manifests[0], 0)
    routes = trial.tried(())
    assert routes is not None
    assert [one.subject for one in routes] == [*trial.subjects] == [*(trial.changed(()) or ())]
    assert all(one.is_as_before for one in routes)
    found = [(one.case.subject.name, one.compiled.policy.id) for one in trial.blocked(routes) or ()]
    blocking = [(one.subject.name, one.policy.id) for one in evaluation.results if one.blocks]
    assert found == blocking
    assert trial.passes(routes) is not bool(blocking)

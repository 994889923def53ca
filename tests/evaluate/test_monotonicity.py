"""The laws of the contract: take any fact or declaration away, or have the registry say what names imply, and no
blocking result becomes a passing one.

Random registries, manifests and rules; something is taken away or added; both are judged by the whole gate, through
files. Left out, as the contract has it: `known`, `var` defaults, negated agreements, also those behind a `covered`,
models that the offering does not list, and one of two declarations that contradict each other.
"""

from __future__ import annotations

import copy
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.subject import Contradiction

DIMENSIONS = ["soc2_type2", "hipaa_baa", "retention_zdr", "data_residency"]
GRADES = ["yes_public", "yes_sales_gated", "partial", "no", "unclear", "no_public_evidence", "new_in_2030"]
MODELS = ["m-1", "m-2", "n-1"]
FEATURES = ["search", "memory"]
SNAPSHOT: dict[str, Any] = {"clouds": {"acme": {"us-1": "us", "de-1": "de", "eu": "eu"}}}
ENDPOINTS = ["chat", "batch"]
REGIONS = ["us", "de", "eu"]
CLOUD_REGIONS = ["us-1", "DE 1", "eu", "nowhere-1"]
DAYS = ["2026-11-23", "2026-01-01", "2025-11-01", "2027-01-01"]
DECLARATIONS = ("models", "endpoints", "subjects", "region", "cloud_region", "settings")
"""Those without a stated default."""
EXAMPLES = int(os.environ.get("VENDORGATE_EXAMPLES", "200"))
"""Of each law; more of them are tried by hand: `VENDORGATE_EXAMPLES=100000`."""
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
Rule = Any


def reach(names: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    chosen = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    return st.one_of(st.fixed_dictionaries({"only": chosen}), st.fixed_dictionaries({"except": chosen}))


def atoms(agreements: bool) -> st.SearchStrategy[Rule]:
    dimension = st.sampled_from(DIMENSIONS)
    days = st.integers(0, 400)
    options = [
        dimension.map(lambda d: {"documented": d}),
        dimension.map(lambda d: {"covered": d}),
        st.booleans().map(lambda b: {"==": [{"var": "usage.settings.retention"}, b]}),
        st.sampled_from(["usage.settings.sharing", "usage.settings.mode"]).map(lambda p: {"!!": {"var": p}}),
        st.tuples(dimension, days).map(lambda p: {"<=": [{"var": f"registry.{p[0]}.facts.days"}, p[1]]}),
        st.tuples(dimension, days).map(lambda p: {">": [{"days_since": {"var": f"registry.{p[0]}.verified"}}, p[1]]}),
        st.tuples(dimension, st.sampled_from(GRADES[:6])).map(
            lambda p: {"!=": [{"var": f"registry.{p[0]}.value"}, p[1]]}
        ),
        st.sampled_from(REGIONS).map(lambda r: {"within": [{"var": "usage.region"}, r]}),
        st.sampled_from(REGIONS).map(lambda r: {"in": [r, {"var": "usage.subjects"}]}),
        st.sampled_from(["all", "some", "none"]).map(
            lambda name: {name: [{"var": "usage.models"}, {"matches": [{"var": ""}, "m-*"]}]}
        ),
        st.sampled_from(["subset", "disjoint"]).map(lambda name: {name: [{"var": "usage.endpoints"}, ["chat"]]}),
        st.just({"==": [{"var": "usage.cloud_region"}, {"var": "usage.region"}]}),
        st.just({"==": [{"var": "usage.lifecycle"}, "ga"]}),
        st.just({"disjoint": [{"var": "usage.features"}, ["memory"]]}),
        st.sampled_from(REGIONS).map(lambda r: {"==": [{"var": "primary.region"}, r]}),
        st.just({">": [{"+": [{"var": "usage.settings.mode"}, 1]}, 1]}),
    ]
    if agreements:
        options.append(st.sampled_from(["baa", "zdr"]).map(lambda kind: {"agreement": kind}))
    return st.one_of(options)


def rules(agreements: bool) -> st.SearchStrategy[Rule]:
    """Rules with agreements and without negation, or the other way round."""

    def larger(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        several = st.lists(inner, min_size=1, max_size=3)
        options = [several.map(lambda these: {"and": these}), several.map(lambda these: {"or": these})]
        if not agreements:
            options.append(inner.map(lambda one: {"!": one}))
            options.append(st.tuples(inner, inner, inner).map(lambda these: {"if": list(these)}))
        return st.one_of(options)

    return st.recursive(atoms(agreements), larger, max_leaves=5)


def conditions(agreements: bool, dimension: str) -> st.SearchStrategy[list[Rule]]:
    """Conditions of a cell; only later dimensions may be asked for, so that there is no circle."""
    later = DIMENSIONS[DIMENSIONS.index(dimension) + 1 :]

    def fits(rule: Rule) -> bool:
        text = repr(rule)
        return not any(f"'covered': '{name}'" in text for name in DIMENSIONS if name not in later)

    return st.lists(rules(agreements).filter(fits), max_size=2)


def scoped_facts() -> st.SearchStrategy[dict[str, Any]]:
    axes = {"endpoints": ENDPOINTS, "models": MODELS, "features": FEATURES}
    scope = st.sampled_from(sorted(axes)).flatmap(
        lambda axis: st.lists(st.sampled_from(axes[axis]), min_size=1, unique=True).map(
            lambda names: {axis: {"only": names}}
        )
    )
    facts = st.one_of(st.none(), st.integers(0, 400)).map(lambda days: {"days": days})
    return st.fixed_dictionaries({"scope": scope, "facts": facts})


def implications() -> st.SearchStrategy[list[dict[str, Any]]]:
    """What the names of an offering say by themselves."""
    names = st.one_of(
        st.sampled_from([*MODELS, "m-*"]).map(lambda name: {"models": [name]}),
        st.sampled_from(ENDPOINTS).map(lambda name: {"endpoints": [name]}),
        st.sampled_from(FEATURES).map(lambda name: {"features": [name]}),
    )
    fields: dict[str, st.SearchStrategy[Any]] = {
        "settings.retention": st.booleans(),
        "settings.mode": st.integers(0, 2),
        "features": st.lists(st.sampled_from(FEATURES), min_size=1, unique=True),
        "lifecycle": st.sampled_from(["ga", "preview"]),
        "region": st.sampled_from(REGIONS),
    }
    implied = st.fixed_dictionaries({}, optional=fields).filter(bool)
    return st.lists(st.builds(lambda name, said: {**name, "set": said}, names, implied), max_size=3)


@st.composite
def cells(draw: st.DrawFn, dimension: str, agreements: bool) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "value": draw(st.sampled_from(GRADES)),
        "conditions": draw(conditions(agreements, dimension)),
    }
    optional = {
        "confidence": st.sampled_from(["high", "low"]),
        "verified": st.sampled_from(DAYS),
        "facts": st.fixed_dictionaries({"days": st.integers(0, 400)}),
        "tier": st.sampled_from(["self_serve", "enterprise"]),
        "scoped_facts": st.lists(scoped_facts(), max_size=2),
        "valid_until": st.sampled_from(DAYS),
        "scope": st.fixed_dictionaries(
            {},
            optional={
                "models": reach(MODELS),
                "endpoints": reach(ENDPOINTS),
                "regions": reach(REGIONS),
                "cloud_regions": reach(CLOUD_REGIONS),
                "features": reach(FEATURES),
                "lifecycle": reach(["ga", "preview"]),
            },
        ),
    }
    cell.update(draw(st.fixed_dictionaries({}, optional=optional)))
    if not cell.get("scope"):
        cell.pop("scope", None)
    return cell


USAGES = st.fixed_dictionaries(
    {"data": st.just(["internal"])},
    optional={
        "models": st.lists(st.sampled_from([*MODELS, "unheard-of"]), min_size=1, max_size=2, unique=True),
        "endpoints": st.lists(st.sampled_from(ENDPOINTS), min_size=1, unique=True),
        "subjects": st.lists(st.sampled_from(REGIONS), min_size=1, unique=True),
        "region": st.sampled_from(REGIONS),
        "cloud_region": st.sampled_from(CLOUD_REGIONS),
        "features": st.lists(st.sampled_from(FEATURES), unique=True),
        "lifecycle": st.sampled_from(["ga", "preview"]),
        "agreements": st.lists(st.sampled_from(["baa", "zdr"]), unique=True),
        "settings": st.dictionaries(
            st.sampled_from(["retention", "sharing", "mode"]), st.one_of(st.booleans(), st.integers(0, 2)), max_size=3
        ),
    },
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, Any], bool]:
    agreements = draw(st.booleans())
    offering = {
        "models": ["m-*", "n-1"],
        "endpoints": ENDPOINTS,
        "features": FEATURES,
        "implies": draw(implications()),
        **draw(st.sampled_from([{}, {"cloud": "acme"}])),
        "dimensions": {name: draw(cells(name, agreements)) for name in draw(st.sets(st.sampled_from(DIMENSIONS)))},
    }
    require = [draw(rules(agreements)) for _ in range(draw(st.integers(1, 2)))]
    policy: dict[str, Any] = {"require": require}
    return {"offering": offering, "usage": draw(USAGES), "policy": policy}, agreements


def removals(world: dict[str, Any], agreements: bool) -> list[tuple[str | int, ...]]:
    """Everything that can be taken away, as paths."""
    usage, dimensions = world["usage"], world["offering"]["dimensions"]
    found: list[tuple[str | int, ...]] = []
    for name, cell in dimensions.items():
        facts = [key for key in ("verified", "confidence", "facts") if key in cell]
        found.append(("offering", "dimensions", name))
        found.extend(("offering", "dimensions", name, key) for key in facts)
    declared = [key for key in DECLARATIONS if key in usage]
    found.extend(("usage", key) for key in declared if key != "models" or "unheard-of" not in usage[key])
    found.extend(("usage", "settings", key) for key in usage.get("settings", {}))
    if agreements:
        found.extend(("usage", "agreements", index) for index in range(len(usage.get("agreements", ()))))
    return found


def without(world: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    less = copy.deepcopy(world)
    place: Any = less
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return less


def judged(world: dict[str, Any], folder: Path) -> Evaluation:
    return judge(folder, world["offering"], world["policy"], world["usage"], snapshot=SNAPSHOT)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(worlds(), st.data())
def test_nothing_that_is_taken_away_turns_blocking_into_passing(
    drawn: tuple[dict[str, Any], bool], data: st.DataObject
) -> None:
    world, agreements = drawn
    possible = removals(world, agreements)
    with tempfile.TemporaryDirectory() as folder:
        before = judged(world, Path(folder, "before"))
        if not possible:
            return
        contradicted = {name for one in before.subjects[0].contradictions for name in _of(one)}
        path = data.draw(st.sampled_from(possible))
        if path[0] == "usage" and path[-1] in contradicted:
            return
        after = judged(without(world, path), Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        if earlier.blocks:
            assert later.blocks, f"without {path}: {earlier.outcome} became {later.outcome}"


def _of(one: Contradiction) -> Iterator[str]:
    """The declarations of a contradiction, and what holds one of them."""
    yield from one.path.split(".")
    yield from ("region", "cloud_region") if one.axis == "cloud_regions" else (one.axis,)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(worlds(), st.sampled_from(["fail", "warn", "pass"]))
def test_nothing_that_a_name_implies_turns_blocking_into_passing(
    drawn: tuple[dict[str, Any], bool], on_unknown: str
) -> None:
    world, _ = drawn
    world["policy"]["on_unknown"] = on_unknown
    silent = {**world, "offering": {key: part for key, part in world["offering"].items() if key not in IMPLYING}}
    with tempfile.TemporaryDirectory() as folder:
        before = judged(silent, Path(folder, "before"))
        after = judged(world, Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        if earlier.blocks:
            assert later.blocks, f"{earlier.outcome} became {later.outcome}"
        assert later.outcome != "pass" or earlier.outcome == "pass"


IMPLYING = ("implies", "cloud")

"""What holds of every proposal in every world: pasted into the manifest it lifts what it says, and no less does."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, currently_in_test_context, event, given, note, settings
from hypothesis import strategies as st

from tests.command import ROOT
from tests.lifting.pasting import Style, blocked, judged, named, pasted, proposal_for, proposal_yaml, text_of
from tests.lifting.worlds import AS_OF, NAMING_WORLDS, WORLDS, Document, observing_worlds, sets_of, written
from tests.thoroughness import share
from tests.yaml_text import value_of
from vendorgate import Gate
from vendorgate.model.proposal import Declaration, Proposal

QUIET = settings(max_examples=share(400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
TODAY = datetime.date(2026, 11, 24)
PACKS = ("residency", "public-sector", "iso-42001-suppliers")


def assert_holds(
    gate: Gate, manifest: Document, as_of: datetime.date, fail_on: Any = None, style: Style = "lines"
) -> Proposal | None:
    """That the proposal for the only usage of a manifest does what it says, and changes nothing that is declared."""
    text = text_of(manifest, style)
    before = judged(gate, text, as_of, fail_on)
    found = proposal_for(before)
    if currently_in_test_context() and found is not None:
        note(pasted(text, proposal_yaml(found)))
    if found is None:
        return None
    assert found.declarations
    assert found.lifts
    assert named(found.lifts) | named(found.left) == blocked(before)
    after = blocked_with(gate, text, found, as_of, fail_on)
    assert after == named(found.left)
    for index, one in enumerate(found.declarations):
        rest = (*found.declarations[:index], *found.declarations[index + 1 :])
        needing = blocked_with(gate, text, msgspec.structs.replace(found, declarations=rest), as_of, fail_on)
        assert needing - after
        assert needing & named(found.lifts) == named(one.lifts)
        for other in one.others:
            declared = (*found.declarations[:index], with_value(one, other), *found.declarations[index + 1 :])
            instead = msgspec.structs.replace(found, declarations=declared)
            assert not blocked_with(gate, text, instead, as_of, fail_on) & named(found.lifts), (one, other)
    assert_only_adds(manifest, value_of(pasted(text, proposal_yaml(found))))
    return found


def blocked_with(
    gate: Gate, text: str, found: Proposal, as_of: datetime.date, fail_on: Any = None
) -> set[tuple[str, str]]:
    """What blocks once a proposal has been pasted."""
    new = pasted(text, proposal_yaml(found))
    return blocked(judged(gate, new, as_of, fail_on))


def with_value(one: Declaration, value: Any) -> Declaration:
    return msgspec.structs.replace(one, value=(value,) if isinstance(one.value, tuple) else value, others=())


def assert_only_adds(old: Any, new: Any) -> None:
    """That all which was declared is declared as it was; a route that was only named may have a mapping."""
    if isinstance(old, dict):
        assert isinstance(new, dict)
        for key, value in old.items():
            assert_only_adds(value, new[key])
    elif isinstance(old, list):
        assert len(old) == len(new)
        for one, other in zip(old, new, strict=True):
            assert_only_adds(one, other)
    elif isinstance(new, dict):
        assert new["offering"] == old
    else:
        assert (type(old), old) == (type(new), new)


def routed(world: Document, way: str) -> Document:
    """The world with its fallback as another route."""
    usage = {**world["usage"]}
    routes = usage.pop("fallbacks", [])
    if routes:
        usage[way] = routes[0] if way == "via" else routes
    return {**world, "usage": usage}


STYLES: st.SearchStrategy[Style] = st.sampled_from(["lines", "brackets", "one line"])
ROUTED = st.tuples(
    st.one_of(WORLDS, NAMING_WORLDS, observing_worlds(scoped=True)), st.sampled_from(["fallbacks", "via", "recipients"])
).map(lambda pair: routed(*pair))


@QUIET
@given(world=ROUTED, fail_on=st.sampled_from([None, "warning", "note"]), style=STYLES)
def test_every_proposal_pasted_lifts_exactly_what_it_names(world: Document, fail_on: Any, style: Style) -> None:
    with tempfile.TemporaryDirectory() as name:
        manifest, _ = written(Path(name), world)
        gate = Gate(Path(name) / "policies", Path(name) / "registry")
        found = assert_holds(gate, manifest, AS_OF, fail_on, style)
        event("none" if found is None else f"{len(found.declarations)} declarations, {len(found.left)} left")


@pytest.fixture(scope="module")
def real() -> Gate:
    return Gate(ROOT / "policies", ROOT / "registry-snapshot", PACKS)


FILES = ROOT / "registry-snapshot" / "offerings"


@cache
def real_offering(offering: str) -> Document:
    text = (FILES / f"{offering}.yaml").read_text(encoding="utf-8")
    read: Document = value_of(text)
    return read


def account(offering: str) -> st.SearchStrategy[Document]:
    """Declarations of a real offering's account, each of them or not."""
    written = real_offering(offering)
    models = [name for name in written.get("models") or () if "*" not in name and "?" not in name] or ["any"]
    switches = st.sampled_from([True, False, "none", "in_region", 30])
    names = ["data_sharing", "zero_data_retention", "content_logging", "data_retention_mode", "inference_profile"]
    table = st.dictionaries(st.sampled_from(names), switches, min_size=1, max_size=3)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "models": st.lists(st.sampled_from(models), min_size=1, max_size=2, unique=True),
        "settings": table,
        "agreements": st.lists(st.sampled_from(["baa", "dpa", "zdr", "scc"]), min_size=1, unique=True),
        "tier": st.sampled_from(["self_serve", "enterprise"]),
        "region": st.sampled_from(["us", "eu", "de", "global"]),
    }
    if written.get("endpoints"):
        several = st.lists(st.sampled_from(written["endpoints"]), min_size=1, max_size=2, unique=True)
        optional["endpoints"] = several
    return st.fixed_dictionaries({}, optional=optional).map(lambda declared: {"offering": offering, **declared})


IDS = st.sampled_from(sorted(path.stem for path in FILES.glob("*.yaml")))
CLASSES = ["phi", "pii", "special_category", "children", "pci", "source_code", "internal", "confidential"]
SHARED: dict[str, st.SearchStrategy[Any]] = {
    "purpose": st.just("To try it"),
    "subjects": st.lists(st.sampled_from(["us", "de", "global", "jp"]), min_size=1, max_size=2, unique=True),
    "environment": st.sampled_from(["production", "staging"]),
}


@st.composite
def real_usages(draw: st.DrawFn) -> Document:
    first, *more = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    data = draw(st.lists(st.sampled_from(CLASSES), min_size=1, max_size=2, unique=True))
    usage = {"id": "u", **draw(account(first)), "data": data, **draw(st.fixed_dictionaries({}, optional=SHARED))}
    for offering, way in zip(more, draw(st.permutations(["fallbacks", "via", "recipients"])), strict=False):
        route = draw(st.one_of(st.just(offering), account(offering)))
        usage[way] = route if way == "via" else [route]
    return usage


@settings(QUIET, max_examples=share(200))
@given(usage=real_usages(), style=STYLES)
def test_every_proposal_on_the_real_registry_lifts_exactly_what_it_names(
    real: Gate, usage: Document, style: Style
) -> None:
    manifest = {"version": 1, "project": "p", "usages": [usage]}
    found = assert_holds(real, manifest, TODAY, style=style)
    event("none" if found is None else f"{len(found.declarations)} declarations")


def blind(world: Document) -> Iterator[Document]:
    """Declarations that somebody would try blindly on the usage: what it does not declare, with what is named."""
    usage = world["usage"]
    tried: dict[str, list[Any]] = {
        "endpoints": [["chat"], ["files"], ["batch"]],
        "models": [["m-1"], ["m-2"]],
        "region": ["us", "eu", "de"],
        "cloud_region": ["us-east-1", "eu-central-1", "eu-west-3"],
        "subjects": [["us"], ["de"], ["jp"]],
        "purpose": ["anything"],
    }
    for field, values in tried.items():
        if field not in usage:
            yield from ({field: value} for value in values)
    for table in ("settings", "attributes"):
        for name in ("a", "b"):
            if name not in usage.get(table, {}):
                yield from ({table: {name: value}} for value in (True, False, "x", 30, 60))


def declared(usage: Document, several: tuple[Document, ...]) -> Document | None:
    """The usage with declarations; None where two of them are of one field."""
    changed = {**usage}
    for one in several:
        for field, value in one.items():
            if isinstance(value, dict):
                if changed.get(field, {}).keys() & value.keys():
                    return None
                changed[field] = {**changed.get(field, {}), **value}
            elif field in changed:
                return None
            else:
                changed[field] = value
    return changed


@settings(QUIET, max_examples=share(100))
@given(world=st.one_of(WORLDS, NAMING_WORLDS, observing_worlds(scoped=True)))
def test_no_two_declarations_tried_blindly_lift_more_than_a_proposal(world: Document) -> None:
    world["usage"].pop("fallbacks", None)
    with tempfile.TemporaryDirectory() as name:
        manifest, _ = written(Path(name), world)
        gate = Gate(Path(name) / "policies", Path(name) / "registry")
        evaluation = judged(gate, text_of(manifest), AS_OF)
        before = blocked(evaluation)
        if not before:
            return
        found = proposal_for(evaluation)
        tries = list(blind(world))
        for size in (1, 2):
            for several in sets_of(tries, size, world):
                usage = declared(world["usage"], several)
                if usage is None:
                    continue
                after = blocked(judged(gate, text_of({**manifest, "usages": [usage]}), AS_OF))
                if after < before:
                    assert found is not None, several
                    assert len(found.left) <= len(after) or size > 1, several
                if not after:
                    assert found is not None, several
                    assert not found.left, several
                    assert len(found.declarations) <= size, several

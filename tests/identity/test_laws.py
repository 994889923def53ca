"""Laws of names over random bundles: nobody gains by writing one, and a binding takes nothing from who is bound."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.identity.world import FAILS, Part, baa, judged
from tests.thoroughness import share
from vendorgate.comparison.model import Standing
from vendorgate.comparison.standing import weigh
from vendorgate.model.evaluation import Evaluation

ELSEWHERE, THERE = "other/vendorgate.yaml", "claims/vendorgate.yaml"
NAMES = ["claims", "cl*", "*", "?laims", "pilot", "**"]
WORLDS = st.fixed_dictionaries(
    {
        "agreements": st.lists(st.builds(baa, st.sampled_from(NAMES)), max_size=3),
        "waivers": st.lists(
            st.fixed_dictionaries({"project": st.sampled_from(NAMES), "policy": st.sampled_from(["p", "f", "*"])}),
            max_size=3,
        ),
        "rules": st.fixed_dictionaries({"forbid_self_approval": st.booleans()}),
    }
)
POLICIES = [{"id": "p", "title": "P", "require": [{"agreement": "baa"}]}, {**FAILS, "id": "f"}]
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"project": st.sampled_from(["claims", "*", "pilot"]), "paths": st.just(["claims/**"])},
        optional={"owner": st.sampled_from(["a", "b"])},
    ),
    max_size=3,
)


def standings(evaluation: Evaluation) -> list[Standing]:
    return [weigh(one.outcome, one.severity, one.blocks) for one in evaluation.results]


def found(projects: list[Part] | None, path: str, project: str, world: dict[str, Any]) -> Evaluation:
    with tempfile.TemporaryDirectory() as folder:
        one = {"project": project, "owner": "a"}
        return judged(Path(folder).resolve(), projects, {path: one}, policies=POLICIES, **world)


@settings(max_examples=share(200), deadline=None)
@given(ENTRIES, WORLDS)
def test_unbound_manifest_gets_what_a_project_gets_that_nobody_knows(
    projects: list[Part], world: dict[str, Any]
) -> None:
    claimed, unknown = (found(projects, ELSEWHERE, name, world) for name in ("claims", "nobody-knows"))
    assert standings(claimed) == standings(unknown)
    counted = found(None, ELSEWHERE, "claims", world)
    assert all(one >= other for one, other in zip(standings(claimed), standings(counted), strict=True))


@settings(max_examples=share(200), deadline=None)
@given(ENTRIES, ENTRIES, WORLDS)
def test_another_binding_takes_and_gives_nothing_to_who_is_bound(
    projects: list[Part], more: list[Part], world: dict[str, Any]
) -> None:
    own: Part = {"project": "claims", "paths": ["claims/*"]}
    before = found([*projects, own], THERE, "claims", world)
    after = found([*projects, own, *more], THERE, "claims", world)
    assert standings(before) == standings(after)

"""An exclusion, or a scope of facts, that fits nothing of an offering is a mistake of whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.load.test_linear import assert_in_proportion
from tests.world import OFFERING, Part, judge
from vendorgate.errors import InputError, Problem
from vendorgate.load import exclusions
from vendorgate.model.registry import OfferingFile
from vendorgate.source import Source

FINE: Part = {"value": "yes_public", "verified": "2026-11-01", "source": "https://example.org"}
ALPHA: Part = {"models": ["gpt-*", "dall-e-?"], "endpoints": ["chat"], "features": ["search"], "cloud": "acme"}
CLOUDS: Part = {"clouds": {"acme": {"us-gov-1": "us", "eu-1": "de"}}}
RULE: Part = {"require": [{"covered": "hipaa_baa"}]}


def problems(folder: Path, cell: Part, *, own: bool = False, **offering: object) -> list[str]:
    """What is said of a cell of the registry, or of the organization's own."""
    cells = {"hipaa_baa": {**FINE, **cell}}
    overlays = {"o": {"extends": "alpha", "dimensions": cells}} if own else {}
    alpha = {**ALPHA, "dimensions": {} if own else cells, **offering}
    bundle = {"region_groups": {"home": ["de", "at"]}}
    try:
        judge(folder, alpha, RULE, {"data": ["pii"]}, snapshot=CLOUDS, overlays=overlays, bundle=bundle)
    except InputError as error:
        return [f"{problem.title} ({problem.help})" for problem in error.problems]
    return []


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(
    ("axis", "name", "title"),
    [
        ("models", "dal-e-2", "`dal-e-2` is not among the models of this offering (did you mean `dall-e-?`?)"),
        ("models", "GPT-*", "`GPT-*` fits none of the models of this offering"),
        ("endpoints", "chats*", "`chats*` fits none of the endpoints of this offering"),
        ("features", "Search*", "`Search*` fits none of the features of this offering"),
        ("regions", "xx*", "`xx*` fits none of the regions"),
        ("regions", "ue", "`ue` is not a region (did you mean `eu`?)"),
        ("cloud_regions", "us-gob-*", "`us-gob-*` fits none of the regions of its cloud"),
        ("cloud_regions", "us-gob-1", "`us-gob-1` is not among the regions of its cloud (did you mean `us-gov-1`?)"),
        ("lifecycle", "prevew", "`prevew` is not a lifecycle (did you mean `preview`?)"),
        ("lifecycle", "pre-*", "`pre-*` fits none of the lifecycles"),
    ],
)
def test_exclusion_that_excludes_nothing_is_refused(
    tmp_path: Path, own: bool, axis: str, name: str, title: str
) -> None:
    (found,) = problems(tmp_path, {"scope": {axis: {"except": [name]}}}, own=own)
    assert found.startswith(title)


@pytest.mark.parametrize(
    ("axis", "name"),
    [
        *(("models", name) for name in ("gpt-4o", "dall-e-2", "*-preview", "gpt-*", "dall-e-?", "*")),
        *(("endpoints", name) for name in ("chat", "c*")),
        *(("features", name) for name in ("search", "?earch")),
        *(("regions", name) for name in ("de", "uk", "u?", "global")),
        *(("cloud_regions", name) for name in ("us-gov-1", "US Gov 1", "us-gov-*")),
        *(("lifecycle", name) for name in ("preview", "pre*")),
    ],
)
def test_exclusion_that_may_exclude_something_is_fine(tmp_path: Path, axis: str, name: str) -> None:
    assert problems(tmp_path, {"scope": {axis: {"except": [name]}}}) == []


@pytest.mark.parametrize("axis", ["models", "endpoints", "features", "cloud_regions"])
def test_where_nothing_is_listed_anything_may_be_excluded(tmp_path: Path, axis: str) -> None:
    silent: Part = {"cloud" if axis == "cloud_regions" else axis: None}
    assert problems(tmp_path, {"scope": {axis: {"except": ["anything", "any*"]}}}, **silent) == []


def test_own_cell_may_exclude_a_group_of_regions(tmp_path: Path) -> None:
    for names in (["home"], ["hom*"]):
        assert problems(tmp_path, {"scope": {"regions": {"except": names}}}, own=True) == []


def test_what_a_scope_is_restricted_to_need_not_be_listed(tmp_path: Path) -> None:
    cell = {"scope": {"models": {"only": ["later-*"]}, "cloud_regions": {"only": ["later-1"]}}}
    assert problems(tmp_path, cell) == []


def test_of_very_many_models_nobody_looks_through_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = [f"m-{number}" for number in range(100)]
    glob, name = ({"scope": {"models": {"except": [one]}}} for one in ("n-*", "n-1"))
    assert problems(tmp_path, glob, models=models) != []
    monkeypatch.setattr(exclusions, "MOST_COMPARED", 100)
    assert problems(tmp_path, glob, models=models) == []
    assert problems(tmp_path, name, models=models) != []


MANY: dict[str, Callable[[int], tuple[list[str], list[str]]]] = {
    "names among names": lambda size: (
        [f"m-{number}" for number in range(size)],
        [f"m-{number}" for number in range(size)],
    ),
    "names among globs": lambda size: (
        [f"m-{number}-*" for number in range(size)],
        [f"m-{number}-x" for number in range(size)],
    ),
    "globs among names": lambda size: (
        [f"m-{number}" for number in range(size)],
        [f"*-{number}-*" for number in range(size)],
    ),
    "long globs among long globs": lambda size: (
        ["a*" * size] * 2,
        [f"{number}{'a?' * size}*b" for number in range(9)],
    ),
}


@pytest.mark.parametrize("made", MANY.values(), ids=MANY)
def test_time_to_hold_exceptions_against_what_can_be_declared_grows_with_both(
    made: Callable[[int], tuple[list[str], list[str]]],
) -> None:
    source = Source("offering.yaml", "x: 1\n", lambda text: None)

    def work(size: int) -> Callable[[], object]:
        listed, names = made(size)
        offering = msgspec.convert({**OFFERING, "id": "alpha", "dimensions": {}, "models": listed}, OfferingFile)

        def look() -> None:
            exceptions, found = exclusions.Exceptions(offering, {}, ()), list[Problem]()
            for name in names:
                exceptions.check("models", name, (source, ()), found)

        return look

    assert_in_proportion(work, 600)


@pytest.mark.parametrize(("name", "refused"), [("gpt-4", False), ("g*", False), ("GPT-4", True), ("GPT-*", True)])
def test_scope_of_facts_that_reaches_no_model_is_refused(tmp_path: Path, name: str, refused: bool) -> None:
    """It would leave the facts in force that hold for all others."""
    cell = {"scoped_facts": [{"scope": {"models": {"only": [name]}}, "facts": {"retention_days": 400}}]}
    assert (problems(tmp_path, cell) != []) is refused


def test_excluded_region_of_a_cloud_is_excluded_however_the_registry_writes_it(tmp_path: Path) -> None:
    cell = {**FINE, "scope": {"cloud_regions": {"except": ["US Gov 1"]}}}
    for name, outcome in (("us-gov-1", "fail"), ("US-GOV 1", "fail"), ("eu-1", "pass")):
        usage = {"data": ["pii"], "cloud_region": name}
        alpha = {**ALPHA, "dimensions": {"hipaa_baa": cell}}
        assert judge(tmp_path, alpha, RULE, usage, snapshot=CLOUDS).results[0].outcome == outcome

"""A search ends in time however many routes a usage has: looking at all of them counts, too."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

from tests.lifting.worlds import AS_OF
from tests.world import OFFERING, SNAPSHOT
from vendorgate import Gate
from vendorgate.lifting.repairs import judges_for, repairs_of, trial_of
from vendorgate.lifting.search import Bounds
from vendorgate.lifting.trial import MANY, Trial

ROUTES = 150
_JUDGEMENTS = 2_000 + 20_000 + 2 * 2_000
"""For the whole, for the results one by one, and for the last of these and the rest."""


def test_usage_of_very_many_routes_is_not_looked_at_as_often_as_it_has_routes(tmp_path: Path) -> None:
    asked = [{"==": [{"var": f"usage.settings.{name}"}, True]} for name in ("one", "two", "three")]
    policies = [{"id": f"p{number}", "title": "P", "require": [rule]} for number, rule in enumerate(asked)]
    fallbacks = [{"offering": "alpha", "account": f"a{number}"} for number in range(ROUTES)]
    usage = {"id": "u", "offering": "alpha", "data": ["phi"], "fallbacks": fallbacks}
    files = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/p.yaml": {"version": 1, "policies": policies},
        "m.yaml": {"version": 1, "project": "p", "usages": [usage]},
    }
    for name, value in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    evaluation = Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "m.yaml", as_of=AS_OF)
    trial = trial_of(evaluation, "u", judges_for(evaluation, evaluation.snapshot, None))
    with mock.patch.object(Trial, "changed", autospec=True, side_effect=Trial.changed) as changed:
        found = repairs_of(trial, Bounds(judgements=2_000))
    assert found.search is not None
    assert found.search.stopped == "judgements"
    assert changed.call_count < _JUDGEMENTS // (ROUTES // MANY)

"""The coming days by what happens: no result is lost, nobody reads the same sentence a hundred times."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.command import vendorgate
from tests.commands.plan.worlds import START, Part, worlds, write
from tests.thoroughness import share
from vendorgate.commands.plan.grouping import grouped
from vendorgate.commands.plan.turns import plan_of

_INPUTS = ("--policies", "policies", "--registry", "registry", "--as-of", START.isoformat())


@settings(max_examples=share(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_every_turn_of_a_day_stands_in_one_group(files: Mapping[str, Part]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gate = write(folder, files)
        evaluation = gate.check([str(folder / "vendorgate.yaml")], as_of=START)
        plan = plan_of(evaluation, START + datetime.timedelta(days=400))
    by_day: dict[datetime.date, list[int]] = {}
    for turn in plan.turns:
        by_day.setdefault(turn.day, []).append(id(turn))
    for day, turns in by_day.items():
        groups = grouped(turn for turn in plan.turns if turn.day == day)
        assert sorted(id(turn) for group in groups for turn in group.turns) == sorted(turns)
        assert all(turn.causes == group.causes for group in groups for turn in group.turns)
        ranks = [group.rank for group in groups]
        assert ranks == sorted(ranks)


def _many(folder: Path, count: int) -> None:
    """So many manifests, all of one offering, of which two cells age on one day."""
    cell = {"value": "yes_public", "verified": START.isoformat(), "confidence": "high", "source": "https://a.example"}
    offering = {"id": "alpha", "name": "A", "developer": "A", "platform": "A", "category": "first_party"}
    registry = {"version": 1, "name": "r", "generated": "2026-07-05", "license": "x", "attribution": "x"}
    policies = [
        {"id": f"needs-{name}", "title": "T", "remediation": "choose another", "require": [{"covered": name}]}
        for name in ("soc2_type2", "iso_27001")
    ]
    write(
        folder,
        {
            "registry/snapshot.yaml": {**registry, "dimensions": {"soc2_type2": "q", "iso_27001": "q"}},
            "registry/offerings/alpha.yaml": {**offering, "dimensions": {"soc2_type2": cell, "iso_27001": cell}},
            "policies/p.yaml": {"version": 1, "policies": policies},
            **{
                f"s/{index}/vendorgate.yaml": {
                    "version": 1,
                    "project": f"p{index}",
                    "usages": [{"id": "u", "purpose": "P", "offering": "alpha", "data": ["public"]}],
                }
                for index in range(count)
            },
        },
    )


def _text(folder: Path, *more: str) -> str:
    return vendorgate("plan", "s", *_INPUTS, "--within", "400d", *more, folder=folder).stdout


def test_many_results_with_one_cause_are_told_as_one(tmp_path: Path) -> None:
    _many(tmp_path, 60)
    text = _text(tmp_path)
    assert len(text.splitlines()) < 30
    assert "60 results, pass -> unknown, starts to block" in text
    assert "and 57 more (--verbose)" in text
    assert text.count("= fix: by 2029-02-09: have the registry read the source again") == 2
    assert "choose another" not in text


def test_verbose_names_every_result(tmp_path: Path) -> None:
    _many(tmp_path, 60)
    text = _text(tmp_path, "--verbose")
    turns = json.loads(
        vendorgate("plan", "s", *_INPUTS, "--within", "400d", "--format", "json", folder=tmp_path).stdout
    )
    assert len(turns["turns"]) == 120
    assert all(text.count(f"project `p{index}` (s/{index}/vendorgate.yaml:") == 2 for index in range(60))
    assert "--verbose" not in text

"""GitLab's code quality report has the fields that GitLab wants, and fingerprints that no two entries share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.report.evaluations import EVALUATIONS
from tests.report.one import MANIFEST, PASSING, evaluation, repeated
from tests.thoroughness import share
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import gitlab
from vendorgate.report.surroundings import Surroundings


def entries(found: Evaluation, surroundings: Surroundings = Surroundings()) -> list[dict[str, Any]]:
    parsed: list[dict[str, Any]] = json.loads(gitlab.render(found, surroundings))
    return parsed


@settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(EVALUATIONS, st.integers(1, 3))
def test_entries_are_what_gitlab_reads(judged: tuple[Evaluation, Surroundings], times: int) -> None:
    found = entries(repeated(judged[0], times), judged[1])
    assert len({entry["fingerprint"] for entry in found}) == len(found)
    paths = {judged[1].path(manifest.source.path) for manifest in judged[0].manifests}
    for entry in found:
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["path"] in paths
        assert not entry["location"]["path"].startswith((".", "/"))
        assert entry["location"]["lines"]["begin"] >= 1
        assert 0 < len(entry["description"]) <= 1000


def test_what_blocks_is_a_blocker_and_waived_results_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    found = evaluation(tmp_path)
    around = Surroundings(str(tmp_path), str(tmp_path))
    severities = {entry["check_name"]: entry["severity"] for entry in entries(found, around)}
    assert severities == {"needs-baa": "blocker", "unknown-but-passes": "info", "vendorgate-waived": "info"}
    counted = entries(found, around)[-1]
    assert counted["description"] == "1 result is waived; --show-waived shows it"
    assert counted["location"] == {"path": MANIFEST, "lines": {"begin": 1}}
    (waived,) = entries(found, Surroundings(str(tmp_path), str(tmp_path), waived=True))[2:]
    assert waived["check_name"] == "waived"
    assert waived["severity"] == "info"
    assert waived["description"] == "W: usage `first` on alpha: waived until 2027-11-30 by ciso: pilot"
    assert waived["location"] == {"path": MANIFEST, "lines": {"begin": 1}}


def test_nothing_to_say_is_an_empty_list(tmp_path: Path) -> None:
    assert entries(evaluation(tmp_path, **{"policies/p.yaml": PASSING})) == []

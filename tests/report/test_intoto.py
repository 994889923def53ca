"""The verification summary is a statement of in-toto, and says PASSED only where the verdict is a pass."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from google.protobuf import json_format
from hypothesis import HealthCheck, given, settings
from in_toto_attestation.predicates.vsa.v1.vsa_pb2 import VerificationSummary
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage

from tests.report import one
from tests.report.evaluations import EVALUATIONS
from tests.thoroughness import share
from vendorgate.errors import Problem
from vendorgate.model.evaluation import Evaluation, NotJudged
from vendorgate.model.identity import RepositoryName
from vendorgate.report.attestation import NOTHING_BLOCKS, NOTHING_SHORT, OURS
from vendorgate.report.diagnostic import of_problems
from vendorgate.report.diagnostics import intoto as diagnostics
from vendorgate.report.intoto import render
from vendorgate.report.surroundings import Surroundings

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
UNJUDGED = (NotJudged("b/vendorgate.yaml", (Problem("no such file"),)),)


def parsed(text: str) -> Any:
    """As in-toto's own library reads it."""
    message = json_format.Parse(text, StatementMessage())
    Statement.copy_from_pb(message).validate()
    predicate = json.loads(text)["predicate"]
    assert all(isinstance(level, str) for level in predicate["verifiedLevels"])
    # The library has one level where SLSA has a list.
    without = {name: value for name, value in predicate.items() if name != "verifiedLevels"}
    json_format.ParseDict(without, VerificationSummary(), ignore_unknown_fields=True)
    return message


@random_evaluations
@given(EVALUATIONS)
def test_statement_is_one_of_in_toto(judged: Judged) -> None:
    evaluation = judged[0]
    message = parsed(render(*judged))
    digests = [subject.digest["sha256"] for subject in message.subject]
    assert digests == [manifest.sha256 for manifest in evaluation.manifests]


@random_evaluations
@given(EVALUATIONS)
def test_only_a_verdict_that_is_a_pass_is_passed(judged: Judged) -> None:
    evaluation = judged[0]
    predicate = json.loads(render(*judged))["predicate"]
    passed = evaluation.verdict == "pass"
    assert predicate["verificationResult"] == ("PASSED" if passed else "FAILED")
    assert (predicate["verifiedLevels"] == ["FAILED"]) == (not passed)
    counts = {**msgspec.to_builtins(evaluation.summary), "on_claims_alone": evaluation.on_claims_alone}
    assert predicate[OURS]["summary"] == counts


def predicate_of(evaluation: Evaluation) -> Any:
    return json.loads(render(evaluation))["predicate"]


def passing(folder: Path) -> Evaluation:
    return one.evaluation(folder, **{"policies/p.yaml": one.PASSING, "policies/waivers.yaml": None})


def test_manifest_that_was_not_judged_makes_it_failed(tmp_path: Path) -> None:
    evaluation = passing(tmp_path)
    assert predicate_of(evaluation)["verificationResult"] == "PASSED"
    left = predicate_of(msgspec.structs.replace(evaluation, not_judged=UNJUDGED))
    assert (left["verificationResult"], left["verifiedLevels"]) == ("FAILED", ["FAILED"])
    assert left[OURS]["notJudged"] == [{"path": "b/vendorgate.yaml", "problems": ["no such file"]}]


def test_level_says_whether_something_falls_short_and_does_not_block(tmp_path: Path) -> None:
    assert predicate_of(passing(tmp_path))["verifiedLevels"] == [NOTHING_SHORT]
    short = one.evaluation(tmp_path, **{"policies/bundle.yaml": {"fail_on": "never"}})
    assert short.summary.fail
    assert predicate_of(short)["verifiedLevels"] == [NOTHING_BLOCKS]


def test_nothing_that_applies_is_no_level_of_passing(tmp_path: Path) -> None:
    evaluation = one.evaluation(tmp_path, **{one.MANIFEST: {"version": 1, "project": "notes", "usages": []}})
    assert predicate_of(evaluation)["verifiedLevels"] == [NOTHING_BLOCKS]


@pytest.mark.parametrize(
    ("name", "uri"), [("acme/clinic", "urn:vendorgate:repository:acme/clinic"), (None, "urn:vendorgate:project:notes")]
)
def test_resource_is_the_repository_or_the_project(name: str | None, uri: str, tmp_path: Path) -> None:
    evaluation = msgspec.structs.replace(passing(tmp_path), repository=RepositoryName(name))
    assert predicate_of(evaluation)["resourceUri"] == uri


def test_time_is_the_day_that_was_judged_by(tmp_path: Path) -> None:
    found = predicate_of(passing(tmp_path))
    assert found["timeVerified"] == "2026-11-23T00:00:00Z"
    assert "no clock" in found[OURS]["timeVerifiedIs"]


def test_nothing_judged_is_failed_and_of_the_mistakes() -> None:
    problems = [Problem("a <b>mistake</b> \x1b[31m")]
    text = diagnostics.render(of_problems("vendorgate check", problems), datetime.date(2026, 11, 29))
    message = parsed(text)
    assert message.predicate["verificationResult"] == "FAILED"
    assert [subject.name for subject in message.subject] == ["problems"]

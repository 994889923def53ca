"""The bill of what is used is what CycloneDX's own schema takes, and met is only what passes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cyclonedx.model.bom import Bom
from hypothesis import HealthCheck, given, settings

from tests.command import ROOT, vendorgate
from tests.commands.detect.bills import wrong
from tests.report import one
from tests.report.evaluations import CONTROL, EVALUATIONS
from tests.thoroughness import share
from vendorgate.errors import Problem
from vendorgate.model.evaluation import Evaluation, NotJudged
from vendorgate.report.bill_declarations import score
from vendorgate.report.cyclonedx import render
from vendorgate.report.diagnostic import of_problems
from vendorgate.report.diagnostics import cyclonedx as diagnostics
from vendorgate.report.surroundings import Surroundings

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
UNJUDGED = (NotJudged("b/vendorgate.yaml", (Problem("no such file"),)),)


def written(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> Any:
    return json.loads(render(evaluation, surroundings))


def said(part: Any, name: str) -> list[str]:
    """Values of a property of ours."""
    return [one["value"] for one in part["properties"] if one["name"] == f"vendorgate:{name}"]


def walk(node: Any) -> Iterator[tuple[str, Any]]:
    """Every field of a document."""
    for name, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield str(name), value
        yield from walk(value)


@random_evaluations
@given(EVALUATIONS)
def test_bill_is_what_the_schema_takes(judged: Judged) -> None:
    text = render(*judged)
    assert wrong(text) == []
    texts = [value for _, value in walk(json.loads(text)) if isinstance(value, str)]
    assert not [text for text in texts if CONTROL.search(text)]


@random_evaluations
@given(EVALUATIONS)
def test_every_reference_leads_to_one_part(judged: Judged) -> None:
    bill = written(*judged)
    refs = Counter(value for name, value in walk(bill) if name == "bom-ref")
    assert set(refs.values()) == {1}
    lists = ("dependsOn", "assemblies", "evidence", "claims", "counterClaims", "mitigationStrategies")
    referred = {value for name, value in walk(bill) if name in ("ref", "target", "requirement", "assessor")}
    referred |= {ref for name, value in walk(bill) if name in lists for ref in value if isinstance(ref, str)}
    assert referred <= refs.keys()


@random_evaluations
@given(EVALUATIONS)
def test_claims_and_properties_count_as_the_evaluation_does(judged: Judged) -> None:
    evaluation = judged[0]
    bill, counts = written(*judged), msgspec.to_builtins(evaluation.summary)
    assert {name: said(bill["metadata"], name.replace("_", "-")) for name in counts} == {
        name: [str(number)] for name, number in counts.items()
    }
    assert said(bill["metadata"], "verdict") == [evaluation.verdict]
    assert said(bill["metadata"], "on-claims-alone") == [str(evaluation.on_claims_alone)]
    for outcome in ("pass", "fail", "unknown", "waived", "not_applicable"):
        numbers = [int(said(one, outcome.replace("_", "-"))[0]) for one in bill["services"]]
        assert sum(numbers) == counts[outcome]
    declared = bill["declarations"]
    policies = [one for found in declared["attestations"] if found["summary"] == "Policies" for one in found["map"]]
    assert sum(len(one.get("claims", ())) for one in policies) == evaluation.summary.passed
    short = evaluation.summary.fail + evaluation.summary.unknown + evaluation.summary.waived
    assert sum(len(one.get("counterClaims", ())) for one in policies) == short
    assert len(declared["claims"]) == evaluation.summary.passed + short


@random_evaluations
@given(EVALUATIONS)
def test_only_what_is_met_as_a_whole_scores_one(judged: Judged) -> None:
    for found in written(*judged)["declarations"]["attestations"]:
        for met in found["map"]:
            assert (met["conformance"]["score"] == 1) == ("counterClaims" not in met)


def test_score_of_all_but_one_of_very_many_is_less_than_one() -> None:
    assert [score(*given) for given in ((99_999, 100_000), (1, 1), (0, 3), (1, 3))] == [0.9999, 1.0, 0.0, 0.3333]


def test_where_something_was_not_judged_the_bill_is_incomplete_and_nothing_is_met(tmp_path: Path) -> None:
    passing = one.evaluation(tmp_path, **{"policies/p.yaml": one.PASSING, "policies/waivers.yaml": None})
    whole = written(passing)
    assert "compositions" not in whole
    left = msgspec.structs.replace(passing, not_judged=UNJUDGED)
    assert wrong(render(left)) == []
    bill = written(left)
    assert [one["aggregate"] for one in bill["compositions"]] == ["incomplete"]
    assert said(bill["metadata"], "verdict") == ["incomplete"]
    assert said(bill["metadata"], "not-judged") == ["b/vendorgate.yaml: no such file"]
    scores = [met["conformance"]["score"] for found in bill["declarations"]["attestations"] for met in found["map"]]
    assert scores == [0.5]


def test_service_says_whose_it_is_and_which_data_it_gets(tmp_path: Path) -> None:
    (service,) = written(one.evaluation(tmp_path))["services"]
    assert (service["name"], service["group"], service["provider"]) == ("Alpha", "alpha", {"name": "A"})
    assert service["x-trust-boundary"] is True
    assert "authenticated" not in service
    assert [(data["flow"], data["classification"]) for data in service["data"]] == [("inbound", "phi")]
    assert "endpoints" not in service


def usage(**more: Any) -> dict[str, Any]:
    only = {"id": "u", "offering": "alpha", "data": ["phi"], **more}
    return {one.MANIFEST: {"version": 1, "project": "notes", "usages": [only]}}


def test_endpoint_that_is_an_address_is_one_and_a_name_is_a_property(tmp_path: Path) -> None:
    manifest = usage(endpoints=["chat", "https://llm.acme.example/v1"])
    (service,) = written(one.evaluation(tmp_path, **manifest))["services"]
    assert service["endpoints"] == ["https://llm.acme.example/v1"]
    assert said(service, "endpoint") == ["chat"]


def test_each_account_and_each_unlisted_vendor_is_a_service_of_its_own(tmp_path: Path) -> None:
    routes = [{"offering": "alpha", "account": "b"}, {"offering": "unlisted", "vendor": "A C"}]
    routes += [{"offering": "unlisted", "vendor": "A%20C"}]
    bill = written(one.evaluation(tmp_path, **usage(account="a", fallbacks=routes)))
    refs = ["alpha/account=a", "alpha/account=b", "unlisted/vendor=A%20C", "unlisted/vendor=A%2520C"]
    assert [service["bom-ref"] for service in bill["services"]] == refs
    assert [service.get("group") for service in bill["services"]] == ["alpha", "alpha", None, None]
    (needed,) = [one["dependsOn"] for one in bill["dependencies"] if one["ref"].startswith("manifest/")]
    assert needed == refs


def test_waiver_is_what_mitigates(tmp_path: Path) -> None:
    declared = written(one.evaluation(tmp_path))["declarations"]
    (found,) = [
        met for one in declared["attestations"] for met in one["map"] if "mitigationStrategies" in met["conformance"]
    ]
    (ref,) = found["conformance"]["mitigationStrategies"]
    (waiver,) = [one for one in declared["evidence"] if one["bom-ref"] == ref]
    assert (waiver["propertyName"], waiver["expires"]) == ("vendorgate:waiver", "2027-11-30T23:59:59Z")


@pytest.mark.parametrize("example", ["clinic", "code-assistant", "eu-support-bot", "newsletter"])
def test_what_is_written_of_an_example_is_read_back_by_detection_and_by_the_library(
    example: str, tmp_path: Path
) -> None:
    text = vendorgate("check", f"examples/{example}", "--format", "cyclonedx", folder=ROOT).stdout
    (tmp_path / "bom.json").write_text(text, encoding="utf-8")
    ended = vendorgate("detect", "--from", "cyclonedx", "bom.json", "--format", "json", folder=tmp_path)
    read = {found["offering"]: found for found in json.loads(ended.stdout)["offerings"]}
    services = {service["group"]: service for service in json.loads(text)["services"]}
    assert read.keys() == services.keys()
    for offering, service in services.items():
        assert sorted(read[offering]["models"]) == sorted(said(service, "model"))
        assert set(read[offering]["endpoints"]) >= set(said(service, "endpoint"))
    bom = Bom.from_json(json.loads(text))  # type: ignore[attr-defined]
    assert {service.group for service in bom.services} == services.keys()
    assert bom.validate()


def test_nothing_judged_is_no_bill_of_anything() -> None:
    problems = [Problem("a <b>mistake</b> \x1b[31m")]
    text = diagnostics.render(of_problems("vendorgate check", problems))
    assert wrong(text) == []
    bill = json.loads(text)
    assert bill["services"] == []
    assert said(bill["metadata"], "not-checked") == ["not checked: 1 problem"]

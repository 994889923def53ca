"""OSCAL's assessment results are what NIST's schema takes, and satisfied is only what passes."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.command import vendorgate
from tests.golden.cast import CAST, HERE
from tests.report import one
from tests.report.evaluations import CONTROL, EVALUATIONS, TEXTS
from tests.report.oscal_schema import schema_file, wrong
from tests.thoroughness import share
from vendorgate.errors import Problem, UsageError
from vendorgate.model.evaluation import Evaluation, NotJudged
from vendorgate.model.identity import RepositoryName
from vendorgate.report.diagnostic import of_problems
from vendorgate.report.diagnostics import oscal as diagnostics
from vendorgate.report.oscal import render
from vendorgate.report.oscal_words import line, string, token
from vendorgate.report.surroundings import Surroundings
from vendorgate.terminal.escape import escape

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
UNJUDGED = (NotJudged("b/vendorgate.yaml", (Problem("no such file"),)),)
OF_REFERENCES = ("actor-uuid", "component-uuid", "subject-uuid", "observation-uuid", "risk-uuid")


def results(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> Any:
    (found,) = json.loads(render(evaluation, surroundings))["assessment-results"]["results"]
    return found


def said(part: Any, name: str) -> str | None:
    """A property of ours."""
    return next((one["value"] for one in part["props"] if one["name"] == name), None)


def walk(node: Any) -> Iterator[tuple[str, Any]]:
    """Every field of a document."""
    for name, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield str(name), value
        yield from walk(value)


@random_evaluations
@given(EVALUATIONS)
def test_document_is_what_the_schema_takes(judged: Judged) -> None:
    assert wrong(render(*judged)) == []


def test_schema_refuses_what_is_wrong_and_takes_what_is_right_in_another_engine_too(tmp_path: Path) -> None:
    from check_jsonschema import main as check_jsonschema

    text = (HERE / "check-controls.oscal.json").read_text(encoding="utf-8")
    broken = text.replace('"control-id": "Policies_waived"', '"control-id": "9 waived"')
    assert wrong(broken)
    for content, code in ((text, 0), (broken, 1)):
        (tmp_path / "a.json").write_text(content, encoding="utf-8")
        ended = CliRunner().invoke(check_jsonschema, ["--schemafile", schema_file(), str(tmp_path / "a.json")])
        assert ended.exit_code == code, ended.output


@random_evaluations
@given(EVALUATIONS)
def test_every_name_is_of_one_part_and_every_reference_leads_to_one(judged: Judged) -> None:
    document = json.loads(render(*judged))
    names = Counter(value for name, value in walk(document) if name == "uuid")
    assert set(names.values()) == {1}
    referred = {value for name, value in walk(document) if name in OF_REFERENCES}
    referred |= {value[1:] for name, value in walk(document) if name == "href" and value.startswith("#")}
    parties = {uuid for name, value in walk(document) if name == "party-uuids" for uuid in value}
    assert referred | parties <= names.keys()


@random_evaluations
@given(EVALUATIONS)
def test_observations_risks_and_properties_count_as_the_evaluation_does(judged: Judged) -> None:
    counts = judged[0].summary
    found = results(*judged)
    outcomes = Counter(said(one, "outcome") for one in found.get("observations", ()))
    assert outcomes == Counter(
        {"pass": counts.passed, "fail": counts.fail, "unknown": counts.unknown, "waived": counts.waived}
    )
    risks = found.get("risks", [])
    assert len(risks) == counts.fail + counts.unknown + counts.waived
    assert sum(said(one, "blocks") == "yes" for one in risks) == counts.blocking
    assert sum(one["status"] == "deviation-approved" for one in risks) == counts.waived
    assert said(found, "verdict") == judged[0].verdict
    claimed = [one for one in found.get("observations", ()) if said(one, "on-claims-alone") == "yes"]
    assert [said(found, "on-claims-alone")] == [str(len(claimed))] == [str(judged[0].on_claims_alone)]
    told = {name: said(found, name.replace("_", "-")) for name in msgspec.to_builtins(counts)}
    assert told == {name: str(number) for name, number in msgspec.to_builtins(counts).items()}


@random_evaluations
@given(EVALUATIONS)
def test_only_an_objective_of_which_everything_passes_is_satisfied(judged: Judged) -> None:
    found = results(*judged)
    outcomes = {one["uuid"]: said(one, "outcome") for one in found.get("observations", ())}
    seen = set()
    for finding in found.get("findings", ()):
        related = {outcomes[one["observation-uuid"]] for one in finding["related-observations"]}
        seen |= {one["observation-uuid"] for one in finding["related-observations"]}
        status = finding["target"]["status"]
        assert (status["state"] == "satisfied") == (related == {"pass"})
        assert status["reason"] == ("pass" if related == {"pass"} else "fail" if "fail" in related else "other")
    assert seen == outcomes.keys()


def test_where_something_was_not_judged_nothing_is_satisfied(tmp_path: Path) -> None:
    passing = one.evaluation(tmp_path, **{"policies/p.yaml": one.PASSING, "policies/waivers.yaml": None})
    assert [one["target"]["status"]["state"] for one in results(passing)["findings"]] == ["satisfied"]
    left = msgspec.structs.replace(passing, not_judged=UNJUDGED)
    assert wrong(render(left)) == []
    found = results(left)
    assert {one["target"]["status"]["state"] for one in found["findings"]} == {"not-satisfied"}
    assert {one["target"]["status"]["reason"] for one in found["findings"]} == {"other"}
    assert (said(found, "verdict"), said(found, "not-judged")) == ("incomplete", "1")
    assert "b/vendorgate.yaml" in found["description"]


def test_finding_is_of_a_control_and_of_a_policy_where_that_serves_none(tmp_path: Path) -> None:
    policies = one.world()["policies/p.yaml"]
    for policy in policies["policies"]:
        if policy["id"] in ("needs-baa", "waived"):
            policy["controls"] = [{"framework": "hipaa", "id": "164.502(e)"}]
    evaluation = one.evaluation(tmp_path, **{"policies/p.yaml": policies})
    found = {finding["target"]["target-id"]: finding for finding in results(evaluation)["findings"]}
    assert found.keys() == {"Policies_unknown-but-passes", "hipaa_164.502-e", "Policies_passes"}
    assert said(found["hipaa_164.502-e"], "control") == "164.502(e)"
    states = {
        name: (one["target"]["status"]["state"], one["target"]["status"]["reason"]) for name, one in found.items()
    }
    assert states == {
        "Policies_unknown-but-passes": ("not-satisfied", "other"),
        "hipaa_164.502-e": ("not-satisfied", "fail"),
        "Policies_passes": ("satisfied", "pass"),
    }


def test_waiver_is_a_risk_that_is_accepted_until_its_last_day(tmp_path: Path) -> None:
    found = results(one.evaluation(tmp_path))
    (risk,) = [risk for risk in found["risks"] if risk["status"] == "deviation-approved"]
    assert risk["deadline"] == "2027-11-30T23:59:59Z"
    assert (said(risk, "waived-by"), said(risk, "waived-until"), said(risk, "accepted")) == (
        "ciso",
        "2027-11-30",
        "yes",
    )
    assert said(risk, "waiver-reason") == "pilot"


@pytest.mark.parametrize("expires", ["9999-12-31", "3000-01-01"])
def test_last_day_that_oscal_cannot_write_stays_a_property(expires: str, tmp_path: Path) -> None:
    waivers = one.world()["policies/waivers.yaml"]
    waivers["waivers"][0]["expires"] = expires
    evaluation = one.evaluation(tmp_path, **{"policies/waivers.yaml": waivers})
    assert wrong(render(evaluation)) == []
    (risk,) = [risk for risk in results(evaluation)["risks"] if risk["status"] == "deviation-approved"]
    assert "deadline" not in risk
    assert said(risk, "waived-until") == expires


@pytest.mark.parametrize("day", ["1899-12-31", "3000-01-01", "1996-02-29"])
def test_day_that_oscal_cannot_write_is_refused(day: str, tmp_path: Path) -> None:
    evaluation = msgspec.structs.replace(one.evaluation(tmp_path), as_of=datetime.date.fromisoformat(day))
    with pytest.raises(UsageError, match=day):
        render(evaluation)


def test_command_that_cannot_write_the_day_ends_with_2_and_says_so() -> None:
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "3000-01-01")
    ended = vendorgate("check", *inputs, "--format", "oscal", folder=CAST)
    assert (ended.code, ended.stdout) == (2, "")
    assert "OSCAL has no time for 3000-01-01" in ended.stderr


def test_names_of_usages_and_risks_stay_from_day_to_day_and_those_of_what_is_found_do_not(tmp_path: Path) -> None:
    evaluation = one.evaluation(tmp_path)
    later = msgspec.structs.replace(evaluation, as_of=datetime.date(2026, 11, 24))
    today, tomorrow = results(evaluation), results(later)

    def names(found: Any, *path: str) -> list[str]:
        for step in path:
            found = found[step]
        return [one["uuid"] for one in found]

    for path in (("risks",), ("local-definitions", "components"), ("local-definitions", "inventory-items")):
        assert names(today, *path) == names(tomorrow, *path)
    for path in (("observations",), ("findings",)):
        assert not {*names(today, *path)} & {*names(tomorrow, *path)}


def test_names_of_usages_and_risks_are_others_in_another_repository(tmp_path: Path) -> None:
    evaluation = one.evaluation(tmp_path)
    elsewhere = msgspec.structs.replace(evaluation, repository=RepositoryName("acme/other"))
    here, there = results(evaluation), results(elsewhere)
    for name in ("observations", "risks"):
        assert len(here[name]) == len(there[name]) > 0
    assert not {one["uuid"] for one in here["risks"]} & {one["uuid"] for one in there["risks"]}
    items = [{one["uuid"] for one in found["local-definitions"]["inventory-items"]} for found in (here, there)]
    assert not items[0] & items[1]


def test_policy_that_is_enforced_later_is_a_risk_with_that_day_as_its_deadline(tmp_path: Path) -> None:
    policy = {"id": "later", "title": "L", "require": [{"covered": "hipaa_baa"}], "enforce_from": "2027-01-01"}
    evaluation = one.evaluation(tmp_path, **{"policies/p.yaml": {"version": 1, "policies": [policy]}})
    (risk,) = results(evaluation)["risks"]
    assert (risk["deadline"], said(risk, "blocks")) == ("2027-01-01T00:00:00Z", "no")


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])


@given(TEXTS)
def test_line_of_markup_means_nothing_but_itself(text: str) -> None:
    written = line(text)
    assert "\n" not in written
    page = MARKDOWN.render(written)
    assert set(re.findall(r"<(/?\w+)", page)) <= {"p", "/p", "code", "/code"}
    plain = re.sub(r"</?(?:p|code)>", "", page).strip()
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    assert plain.replace("`", "").split() == escape(text).replace("`", "").split()
    assert "{{" not in written


@given(st.text())
def test_tokens_and_strings_are_what_their_patterns_take(text: str) -> None:
    assert re.fullmatch(r"[^\W\d][\w.\-]*", token(text)), token(text)
    assert re.fullmatch(r"\S(.*\S)?", string(text))
    assert not CONTROL.search(string(text) + token(text) + line(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("soc-2_CC9.2", "soc-2_CC9.2"),
        ("gdpr_Art. 28(3)", "gdpr_Art.-28-3"),
        ("164.502(e)", "_164.502-e"),
        ("第28条", "第28条"),
    ],
)
def test_token_is_as_near_to_the_name_as_it_can_be(text: str, name: str) -> None:
    assert token(text) == name


def test_nothing_judged_satisfies_nothing() -> None:
    problems = [Problem("a <b>mistake</b> \x1b[31m"), Problem("another", help="mend it")]
    text = diagnostics.render(of_problems("vendorgate check", problems), datetime.date(2026, 11, 29))
    assert wrong(text) == []
    (found,) = json.loads(text)["assessment-results"]["results"]
    assert [one["target"]["status"]["state"] for one in found["findings"]] == ["not-satisfied"]
    assert len(found["observations"]) == 2

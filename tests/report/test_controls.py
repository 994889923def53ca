"""A check by control: each result under each of its controls once, none passes that is not known, all formats alike."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.command import vendorgate
from tests.report.evaluations import CONTROL, EVALUATIONS, judge
from tests.thoroughness import share
from tests.workbooks import table
from vendorgate.model.evaluation import Evaluation, NotJudged
from vendorgate.model.frameworks.table import FRAMEWORKS
from vendorgate.report import controls_csv, controls_html, controls_markdown, controls_xlsx
from vendorgate.report import text as text_report
from vendorgate.report.controls import STANDINGS, ControlGroup, grouped_by_control
from vendorgate.report.look import TextLook
from vendorgate.report.surroundings import Surroundings

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@random_evaluations
@given(EVALUATIONS)
def test_every_result_stands_under_each_of_its_controls_once_and_no_other_does(judged: Judged) -> None:
    evaluation = judged[0]
    places: dict[int, list[tuple[str, str]]] = {id(one): [] for one in evaluation.results}
    for framework in grouped_by_control(evaluation):
        for group in framework.controls:
            name = "" if framework.framework is None else framework.framework.id
            for one in group.results:
                places[id(one)].append((name, group.control.id))
    for one in evaluation.results:
        named = {(control.framework, control.id) for control in one.policy.controls} or {("", "")}
        assert sorted(places[id(one)]) == sorted(named)


@random_evaluations
@given(EVALUATIONS)
def test_counts_of_all_groups_are_those_of_the_summary(judged: Judged) -> None:
    evaluation = judged[0]
    found = {id(one): one for it in grouped_by_control(evaluation) for group in it.controls for one in group.results}
    counts = Counter(one.outcome for one in found.values())
    summary = evaluation.summary
    assert (counts["pass"], counts["fail"], counts["unknown"]) == (summary.passed, summary.fail, summary.unknown)
    assert (counts["waived"], counts["not_applicable"]) == (summary.waived, summary.not_applicable)
    for framework in grouped_by_control(evaluation):
        assert sum(framework.standings.values()) == len(framework.controls)


@random_evaluations
@given(EVALUATIONS)
def test_no_control_passes_where_anything_falls_short_or_is_not_known(judged: Judged) -> None:
    for framework in grouped_by_control(judged[0]):
        for group in framework.controls:
            outcomes = {one.outcome for one in group.results}
            passes = group.standing in ("passes", "on_claims_alone")
            assert passes == (outcomes - {"not_applicable"} == {"pass"})
            claimed = not any(one.can_be_shown for one in group.results)
            assert (group.standing == "on_claims_alone") == (passes and claimed)
            assert (group.standing == "not_addressed") == (not group.served_by)
            assert (group.standing == "falls_short") == ("fail" in outcomes)
            if group.served_by and outcomes <= {"not_applicable"}:
                assert group.standing == "not_applicable"


@random_evaluations
@given(EVALUATIONS)
def test_no_control_passes_where_a_manifest_was_not_judged(judged: Judged) -> None:
    left = msgspec.structs.replace(judged[0], not_judged=(NotJudged("other/vendorgate.yaml", ()),))
    standings = {group.standing for one in grouped_by_control(left) for group in one.controls}
    assert standings <= {"falls_short", "unknown", "not_addressed"}
    assert "not all manifests were judged" in controls_markdown.render(left)


@random_evaluations
@given(EVALUATIONS)
def test_what_passes_rest_on_is_what_each_of_them_rests_on(judged: Judged) -> None:
    for framework in grouped_by_control(judged[0]):
        for group in framework.controls:
            passes = [one for one in group.results if one.outcome == "pass"]
            expected = {(it.kind, it.what) for one in passes for it in one.rests_on}
            assert {(one.support.kind, one.support.what) for one in group.supports} == expected
            assert all(0 < one.passes <= len(passes) for one in group.supports)


@random_evaluations
@given(EVALUATIONS)
def test_frameworks_that_are_named_have_all_their_controls_in_order(judged: Judged) -> None:
    for framework in grouped_by_control(judged[0]):
        ordered = framework.framework
        if ordered is not None and not ordered.is_own:
            listed = [*FRAMEWORKS[ordered.id].controls]
            assert [one.control.id for one in framework.controls][: len(listed)] == listed


# Formats.


def rows(report: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report)))


@random_evaluations
@given(EVALUATIONS)
def test_csv_and_workbook_have_a_row_for_each_result_under_each_control(judged: Judged) -> None:
    evaluation = judged[0]
    groups = [group for one in grouped_by_control(evaluation) for group in one.controls]
    expected = Counter[str](one.outcome for group in groups for one in group.results)
    expected["policy_off"] += sum(len(group.off) for group in groups)
    expected["not_addressed"] += sum(not group.served_by for group in groups)
    expected["no_usage"] += sum(not one.results for group in groups for one in group.served_by)
    report = controls_csv.render(*judged)
    assert Counter(row["outcome"] for row in rows(report)) == +expected
    told = table(controls_xlsx.render(*judged), "Controls")
    assert Counter(str(row["outcome"]) for row in told) == +expected


@random_evaluations
@given(EVALUATIONS)
def test_page_has_each_control_with_its_standing_and_no_text_of_it_is_markup(judged: Judged) -> None:
    page = etree.HTML(controls_html.render(*judged))
    section = page.find(".//section[@class='controls']")
    assert section is not None
    badges = [_text(one) for one in section.iter("span") if "badge" in one.get("class", "")]
    groups = [group for one in grouped_by_control(judged[0]) for group in one.controls if group.control.id]
    assert badges == [STANDINGS[group.standing] for group in groups]
    tags = "section h2 h3 h4 p div span details summary dl dt dd ul li a code"
    assert {one.tag for one in section.iter()} <= set(tags.split())
    anchors = {one.get("href", "")[1:] for one in section.iter("a") if one.get("href", "").startswith("#")}
    assert anchors <= {one.get("id", "") for one in page.iter()}
    assert not CONTROL.search(_text(section))


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


@random_evaluations
@given(EVALUATIONS)
def test_every_format_says_how_many_controls_come_to_what(judged: Judged) -> None:
    texts = (
        text_report.render(judged[0], look=TextLook(by_control=True)),
        controls_markdown.render(*judged),
        controls_html.render(*judged),
    )
    for one in grouped_by_control(judged[0]):
        for standing, number in one.standings.items():
            if one.framework is not None:
                words = rf"{number} (?:{STANDINGS[standing]}|fall short)"
                assert all(re.search(words, text) for text in texts)


# A world in which something of everything is.

_FINE = {"value": "yes_public", "verified": "2026-11-01", "confidence": "high", "source": "https://v.example/baa"}


def world(**policies: dict[str, Any]) -> dict[str, Any]:
    about = {"name": "A", "developer": "D", "platform": "P", "category": "first_party"}
    usage = {"id": "u", "offering": "alpha", "data": ["phi"], "models": ["m"], "settings": {"mode": "good"}}
    return {
        "registry/snapshot.yaml": {
            "version": 1,
            "name": "r",
            "generated": "2026-11-01",
            "license": "x",
            "attribution": "x",
            "dimensions": {"hipaa_baa": "Is there a BAA?"},
        },
        "registry/offerings/alpha.yaml": {"id": "alpha", **about, "dimensions": {"hipaa_baa": _FINE}},
        "policies/p.yaml": {
            "version": 1,
            "policies": [{"id": id.replace("_", "-"), "title": id, **one} for id, one in policies.items()],
        },
        "policies/agreements.yaml": {
            "version": 1,
            "agreements": [
                {
                    "kind": "baa",
                    "offerings": ["*"],
                    "status": "executed",
                    "signed": "2026-02-11",
                    "expires": "2027-02-11",
                    "reference": "LEGAL-482",
                }
            ],
        },
        "clinic/vendorgate.yaml": {"version": 1, "project": "clinic", "usages": [usage]},
    }


E, B = {"framework": "hipaa", "id": "164.504(e)"}, {"framework": "hipaa", "id": "164.308(b)"}
SERVING: dict[str, dict[str, Any]] = {
    "covered": {"require": [{"covered": "hipaa_baa"}, {"agreement": "baa"}], "controls": [E]},
    "no_mode": {"require": [{"==": [{"var": "usage.settings.mode"}, "bad"]}], "controls": [B]},
    "elsewhere": {
        "require": [{"covered": "hipaa_baa"}],
        "when": {"in": ["pii", {"var": "usage.data"}]},
        "controls": [{"framework": "hipaa", "id": "164.410"}],
    },
    "claims": {
        "require": [{"==": [{"var": "usage.settings.mode"}, "good"]}],
        "controls": [{"framework": "acme", "id": "1"}],
    },
}


def groups(evaluation: Evaluation) -> dict[str, ControlGroup]:
    return {group.control.id: group for one in grouped_by_control(evaluation) for group in one.controls}


def test_pass_rests_on_evidence_with_its_day_and_on_agreements_with_their_reference(tmp_path: Path) -> None:
    found = judge(world(**SERVING), tmp_path)
    group = groups(found)["164.504(e)"]
    assert group.standing == "passes"
    shown = {one.support.kind: one for one in group.supports if one.can_be_shown}
    assert str(shown["evidence"].support.verified) == "2026-11-01"
    assert shown["evidence"].support.reference == "https://v.example/baa"
    assert (shown["agreement"].support.reference, shown["agreement"].offerings) == ("LEGAL-482", ("alpha",))
    text = text_report.render(found, look=TextLook(by_control=True))
    read = "`yes_public`, verified 2026-11-01, confidence high, until 2027-11-01, https://v.example/baa"
    assert f"rests on evidence hipaa_baa of alpha: {read}" in text
    assert "rests on agreement baa of alpha: `executed`, LEGAL-482, until 2027-02-11" in text
    assert "rests on claims of the manifests alone: settings.mode" in text
    assert "claims: 1 passes (1 on claims alone)" in text


def test_standings_of_a_world_with_something_of_everything(tmp_path: Path) -> None:
    found = groups(judge(world(**SERVING), tmp_path))
    assert {id: one.standing for id, one in found.items() if one.standing != "not_addressed"} == {
        "164.308(b)": "falls_short",
        "164.410": "not_applicable",
        "164.504(e)": "passes",
        "1": "on_claims_alone",
    }


@pytest.mark.parametrize(
    ("rule", "standing"),
    [
        ({"covered": "hipaa_baa"}, "passes"),
        ({"known": "usage.settings.mode"}, "on_claims_alone"),
        ({"==": [{"var": ["usage.settings.nobody", True]}, True]}, "on_claims_alone"),
        ({"!": {"known": "usage.settings.nobody"}}, "on_claims_alone"),
        ({">=": [{"var": "today"}, "2020-01-01"]}, "on_claims_alone"),
        ({"==": [1, 1]}, "on_claims_alone"),
    ],
)
def test_control_passes_on_claims_alone_where_there_is_nothing_to_show(
    rule: dict[str, object], standing: str, tmp_path: Path
) -> None:
    policy = {"require": [rule], "controls": [{"framework": "acme", "id": "7"}]}
    assert groups(judge(world(only=policy), tmp_path))["7"].standing == standing


def test_control_whose_policy_is_off_says_so_and_is_not_addressed(tmp_path: Path) -> None:
    files = world(**SERVING)
    off = [{"policy": id, "off": True, "reason": "covered by POL-7"} for id in ("covered", "no-mode")]
    files["policies/bundle.yaml"] = {"overrides": off}
    found = judge(files, tmp_path)
    assert groups(found)["164.504(e)"].standing == "not_addressed"
    assert [one.policy for one in groups(found)["164.504(e)"].off] == ["covered"]
    for report in (
        text_report.render(found, look=TextLook(by_control=True)),
        controls_markdown.render(found),
        controls_html.render(found),
    ):
        plain = re.sub("</?code>", "`", report)
        assert "the policy `covered` is off: covered by POL-7" in plain
    assert [row["policy"] for row in rows(controls_csv.render(found)) if row["outcome"] == "policy_off"] == [
        *("no-mode", "covered"),
    ]


def test_framework_that_only_policies_name_that_are_off_is_shown(tmp_path: Path) -> None:
    files = world(**SERVING)
    files["policies/bundle.yaml"] = {"overrides": [{"policy": "claims", "off": True, "reason": "none"}]}
    assert groups(judge(files, tmp_path))["1"].standing == "not_addressed"


def test_what_is_waived_does_not_pass(tmp_path: Path) -> None:
    files = world(**SERVING)
    waiver = {"policy": "no-mode", "reason": "pilot", "approved_by": "ciso@example.org", "expires": "2027-01-01"}
    files["policies/waivers.yaml"] = {"version": 1, "waivers": [waiver]}
    found = judge(files, tmp_path)
    assert groups(found)["164.308(b)"].standing == "waived"
    text = text_report.render(found, look=TextLook(by_control=True))
    assert "waived     u of clinic on alpha, until 2027-01-01 by ciso@example.org" in text


def test_bundle_without_controls_has_one_group(tmp_path: Path) -> None:
    (only,) = grouped_by_control(judge(world(plain={"require": [{"covered": "hipaa_baa"}]}), tmp_path))
    assert only.framework is None
    assert [len(one.results) for one in only.controls[0].served_by] == [1]


# The command.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, value in world(**SERVING).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(value), encoding="utf-8")
    return tmp_path


ARGUMENTS = ("check", "clinic/vendorgate.yaml", "--registry", "registry", "--as-of", "2026-11-24")


def test_grouping_changes_no_exit_code_and_no_other_format(folder: Path) -> None:
    plain = vendorgate(*ARGUMENTS, "--format", "json", folder=folder)
    grouped = vendorgate(*ARGUMENTS, "--group-by", "control", "--output", "json=r.json", folder=folder)
    assert (plain.code, grouped.code) == (1, 1)
    assert (folder / "r.json").read_text("utf-8") == plain.stdout
    assert json.loads(plain.stdout)["results"][0]["controls"] == [E]
    assert "falls short     164.308(b)" in grouped.stdout
    assert grouped.stdout.splitlines()[-2].startswith("FAIL  1 usage, 4 policies")


@pytest.mark.parametrize("format", ["json", "sarif", "junit", "github", "gitlab"])
def test_grouping_what_cannot_be_grouped_is_refused_with_what_can(format: str, folder: Path) -> None:
    ended = vendorgate(*ARGUMENTS, "--group-by", "control", "--format", format, folder=folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"`--group-by control`, and `{format}` cannot be grouped" in ended.stderr
    assert "these can: text, markdown, csv, html, xlsx" in ended.stderr


@pytest.mark.parametrize("format", ["markdown", "csv", "html", "xlsx"])
def test_one_report_that_can_be_grouped_is_enough(format: str, folder: Path) -> None:
    more = ("--format", "json", "--output", f"{format}=r")
    assert vendorgate(*ARGUMENTS, "--group-by", "control", *more, folder=folder).code == 1
    plain = vendorgate(*ARGUMENTS, "--output", f"{format}=plain", folder=folder)
    assert plain.code == 1
    assert (folder / "r").read_bytes() != (folder / "plain").read_bytes()


def test_telling_the_verdict_alone_and_grouping_exclude_each_other(folder: Path) -> None:
    ended = vendorgate(*ARGUMENTS, "--group-by", "control", "--quiet", folder=folder)
    assert ended.code == 2
    assert "--quiet and --group-by exclude each other" in ended.stderr


def test_verbose_names_every_usage_and_statistics_follow(folder: Path) -> None:
    usages = [{"id": f"u{number}", "offering": "alpha", "data": ["phi"], "models": ["m"]} for number in range(9)]
    manifest = {"version": 1, "project": "clinic", "usages": usages}
    (folder / "clinic/vendorgate.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    short = vendorgate(*ARGUMENTS, "--group-by", "control", folder=folder).stdout
    assert "and 4 more: --verbose" in short
    whole = vendorgate(*ARGUMENTS, "--group-by", "control", "--verbose", "--statistics", folder=folder).stdout
    assert "more: --verbose" not in whole
    assert "u8 of clinic on alpha" in whole
    assert "by policy" in whole

"""`vendorgate fleet policy`: real runs, real bundles, every format, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, Ended, vendorgate
from tests.commands.fleet.runs import CLINIC, NEWSLETTER, REPOSITORIES, checked, rows_file, small_run
from tests.evaluate.fleets import VENDORS

HOSTILE = "<b>|]]>%0A\x1b[31m‮" + "x" * 300


def bundle(folder: Path, most: int = 2, **more: Any) -> str:
    """A bundle that demands nothing of one usage, and a number of vendors that see PHI at most."""
    folder.mkdir()
    whole = {"id": "few-vendors", "title": "Few vendors see PHI", "require": [{"<=": [VENDORS, most]}]}
    files = {
        "p.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", "require": [True]}]},
        "fleet.yaml": {"version": 1, "fleet_policies": [{**whole, **more}]},
    }
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    return str(folder)


def asked(run: Path, policies: str, *more: str) -> Ended:
    return vendorgate("fleet", "policy", str(run), "--policies", policies, *more, folder=ROOT)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a store of which everything was judged."""
    folder = tmp_path_factory.mktemp("whole")
    return small_run(folder, errors={}, policies=bundle(folder / "policies"))


def test_a_run_is_held_to_the_rules_of_a_bundle(whole: Path, tmp_path: Path) -> None:
    passed = asked(whole, str(whole.parent / "policies"))
    lines = ["pass[few-vendors]: Few vendors see PHI", "", "1 rule over 8 usages, as of 2026-11-24"]
    assert (passed.code, passed.stdout.splitlines()) == (0, [*lines, "pass: nothing blocks"])
    failed = asked(whole, bundle(tmp_path / "b", most=0, remediation="Move it"))
    assert failed.code == 1
    assert "= fail: required: the number of distinct offering.platform" in failed.stdout
    assert "`OpenAI`: 2 usages, such as `summaries` of letters, openai-api (acme/clinic/" in failed.stdout
    assert "= fix: Move it" in failed.stdout
    assert "warning: the run was judged by other policies than these" in failed.stdout
    assert failed.stdout.endswith("fail: 1 of 1 rule blocks\n")


def test_the_rules_of_a_run_are_among_its_results(tmp_path: Path) -> None:
    run = small_run(tmp_path, errors={}, policies=bundle(tmp_path / "policies", most=0))
    about = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert about["verdict"] == "fail"
    assert [(one["id"], one["outcome"], one["blocks"]) for one in about["rules"]] == [("few-vendors", "fail", True)]


@pytest.mark.parametrize(
    ("more", "arguments", "code", "outcome"),
    [
        ({"severity": "warning"}, (), 0, "fail"),
        ({"severity": "warning"}, ("--fail-on", "warning"), 1, "fail"),
        ({"enforce_from": "2026-11-25"}, (), 0, "fail"),
        ({"enforce_from": "2026-11-24"}, (), 1, "fail"),
    ],
)
def test_severity_day_and_threshold_are_those_of_a_check(
    more: Any, arguments: tuple[str, ...], code: int, outcome: str, whole: Path, tmp_path: Path
) -> None:
    ended = asked(whole, bundle(tmp_path / "b", most=0, **more), "--format", "json", *arguments)
    report = json.loads(ended.stdout)
    assert (ended.code, report["policies"][0]["outcome"], report["as_of"]) == (code, outcome, "2026-11-24")
    assert report["policies"][0]["blocks"] == (code == 1)


def test_json_says_by_what_run_and_bundle_it_is(whole: Path, tmp_path: Path) -> None:
    about = json.loads((whole / "run.json").read_text(encoding="utf-8"))
    report = json.loads(asked(whole, str(whole.parent / "policies"), "--format", "json").stdout)
    assert (report["schema"], report["verdict"], report["same_bundle"]) == ("vendorgate.fleet-policy/1", "pass", True)
    assert (report["run"], report["usages"], report["not_judged"]) == (about["database"]["sha256"], 8, 0)
    other = json.loads(asked(whole, bundle(tmp_path / "b", most=3), "--format", "json").stdout)
    assert other["same_bundle"] is False


def test_what_was_not_judged_leaves_a_rule_open_and_ends_with_2(tmp_path: Path) -> None:
    run = small_run(tmp_path, policies=bundle(tmp_path / "policies"))
    ended = asked(run, str(tmp_path / "policies"))
    assert ended.code == 2
    assert "error[few-vendors]: Few vendors see PHI" in ended.stdout
    assert "nothing is known of the usages in 1 place that could not be judged" in ended.stdout
    assert ended.stdout.endswith("incomplete: 1 place of the run not judged; 1 of 1 rule blocks\n")


def test_unlisted_vendors_may_be_of_one_or_of_two(tmp_path: Path) -> None:
    usages = [{"id": f"u{n}", "offering": "unlisted", "vendor": f"Vendor {n}", "data": ["phi"]} for n in range(2)]
    rows_file(tmp_path / "rows.jsonl", [{**CLINIC, "usages": [*CLINIC["usages"], *usages]}])
    checked(tmp_path, "rows.jsonl", policies=bundle(tmp_path / "policies"))
    ended = asked(tmp_path / "run", str(tmp_path / "policies"))
    assert ended.code == 1
    assert "1 to 3 distinct values of offering.platform; of 2 usages it is not known which" in ended.stdout
    assert "not known: `u0` of clinic, unlisted (Vendor 0) (acme/r0/vendorgate.yaml)" in ended.stdout


def test_settings_that_only_a_fleet_policy_reads_are_kept_by_the_run(tmp_path: Path) -> None:
    rule = {"<=": [{"count_distinct": [{"var": "usages"}, {"var": "usage.settings.zone"}]}, 2]}
    values: list[Any] = [True, 1, "1"]
    usages = [
        {"id": f"u{n}", "offering": "openai-api", "data": ["public"], "settings": {"zone": value}}
        for n, value in enumerate(values)
    ]
    rows_file(tmp_path / "rows.jsonl", [{**NEWSLETTER, "usages": usages}])
    checked(tmp_path, "rows.jsonl", policies=bundle(tmp_path / "policies", require=[rule]))
    report = json.loads(asked(tmp_path / "run", str(tmp_path / "policies"), "--format", "json").stdout)
    (told,) = report["policies"][0]["requirements"][0]["reasons"]
    assert (report["policies"][0]["outcome"], told["message"]) == ("fail", "3 distinct values of usage.settings.zone")


def test_settings_that_a_run_did_not_keep_are_unknown(whole: Path, tmp_path: Path) -> None:
    rule = {"none": [{"var": "usages"}, {"==": [{"var": "usage.settings.zone"}, "x"]}]}
    report = json.loads(asked(whole, bundle(tmp_path / "b", require=[rule]), "--format", "json").stdout)
    assert report["policies"][0]["outcome"] == "unknown"


def test_a_region_that_is_contradicted_counts_for_nothing(tmp_path: Path) -> None:
    usage = {"id": "u", "offering": "azure-openai", "data": ["phi"], "region": "eu", "cloud_region": "eastus"}
    rows_file(tmp_path / "rows.jsonl", [{**CLINIC, "usages": [usage]}])
    rule = {"all": [{"var": "usages"}, {"==": [{"var": "usage.region"}, "eu"]}]}
    checked(tmp_path, "rows.jsonl", policies=bundle(tmp_path / "policies", require=[rule]))
    report = json.loads(asked(tmp_path / "run", str(tmp_path / "policies"), "--format", "json").stdout)
    assert report["policies"][0]["outcome"] == "unknown"


def test_text_of_inputs_does_nothing(tmp_path: Path) -> None:
    hostile = {"clinic": {"vendorgate.yaml": {**CLINIC, "owner": HOSTILE}}}
    repositories = {f"acme/{name}": files for name, files in hostile.items()}
    count = {"<=": [{"count_distinct": [{"var": "usages"}, {"var": "project.owner"}]}, 0]}
    policies = bundle(tmp_path / "policies", require=[{"that": count, "message": HOSTILE}], title=HOSTILE)
    run = small_run(tmp_path, repositories, {}, policies=policies)
    text = asked(run, policies).stdout
    assert "\x1b" not in text
    assert "‮" not in text
    assert asked(run, policies, "--format", "json").stdout.isascii()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda run: shutil.rmtree(run), ""),
        (lambda run: (run / "run.json").unlink(), "no run"),
        (lambda run: (run / "run.sqlite").write_bytes((run / "run.sqlite").read_bytes()[:5000]), "other bytes than"),
    ],
    ids=["gone", "not ended", "cut in half"],
)
def test_a_run_that_is_not_whole_is_refused(damage: Any, expected: str, whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "run")
    damage(tmp_path / "run")
    ended = asked(tmp_path / "run", str(whole.parent / "policies"))
    assert (ended.code, ended.stdout) == (2, "")
    assert expected in ended.stderr


def test_a_bundle_without_fleet_policies_is_refused(whole: Path, tmp_path: Path) -> None:
    ended = asked(whole, bundle(tmp_path / "b"))
    (tmp_path / "b/fleet.yaml").unlink()
    ended = asked(whole, str(tmp_path / "b"))
    assert ended.code == 2
    assert "has no rules over all usages of a fleet" in ended.stderr


def test_a_laxer_threshold_than_the_bundles_is_refused(whole: Path, tmp_path: Path) -> None:
    ended = asked(whole, bundle(tmp_path / "b"), "--fail-on", "never")
    assert (ended.code, ended.stdout) == (2, "")


def test_the_same_run_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    policies = bundle(tmp_path / "b", most=0)
    assert asked(whole, policies).stdout == asked(whole, policies).stdout
    small_run(tmp_path, REPOSITORIES, {}, policies=str(whole.parent / "policies"))
    others = asked(tmp_path / "run", policies, "--format", "json").stdout
    assert others == asked(whole, policies, "--format", "json").stdout

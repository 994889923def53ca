"""`vendorgate fleet diff`: real runs, every format, exit codes, and runs that are not whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, Ended, vendorgate
from tests.commands.fleet.runs import BROKEN, CLINIC, NEWSLETTER, REPOSITORIES, small_run

HOSTILE = "<b>|]]>%0A`x`@team #1"
BUNDLE = {"version": 1, "policies": [{"id": "baa", "title": "BAA", "require": [{"documented": "hipaa_baa"}]}]}


def judging(folder: Path, registry: dict[str, str] | None = None) -> dict[str, str]:
    """A bundle of one policy, and a registry in which texts of files are other ones."""
    (folder / "policies").mkdir(parents=True)
    (folder / "policies/p.yaml").write_text(json.dumps(BUNDLE), encoding="utf-8")
    shutil.copytree(ROOT / "registry-snapshot", folder / "registry")
    (folder / "registry/index.yaml").unlink()
    for old, new in (registry or {}).items():
        path = folder / "registry/offerings/openai-api.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return {"policies": str(folder / "policies"), "registry": str(folder / "registry")}


GRADE = {"  hipaa_baa:\n    value: yes_sales_gated": '  hipaa_baa:\n    value: "no"'}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four runs: one, one by a registry that says less, one of changed manifests, and one that could not judge all."""
    folder = tmp_path_factory.mktemp("runs")
    usual, other = judging(folder / "by" / "usual"), judging(folder / "by" / "other", GRADE)
    for name, repositories, by, errors in (
        ("usual", REPOSITORIES, usual, {}),
        ("worse", REPOSITORIES, other, {}),
        ("edited", {**REPOSITORIES, "acme/newsletter": {"vendorgate.yaml": {**NEWSLETTER, "usages": []}}}, usual, {}),
        (
            "broken",
            {**REPOSITORIES, "acme/clinic": {"vendorgate.yaml": BROKEN}},
            usual,
            {"acme/gone": ("gone", "look")},
        ),
    ):
        (folder / name).mkdir()
        small_run(folder / name, repositories, errors, **by)
    return folder


def compared(runs: Path, before: str, after: str, *more: str) -> Ended:
    return vendorgate("fleet", "diff", f"{before}/run", f"{after}/run", *more, folder=runs)


def report(runs: Path, before: str, after: str, *more: str) -> Any:
    return json.loads(compared(runs, before, after, "--format", "json", *more).stdout)


def test_one_change_of_the_registry_is_told_once_for_all_that_it_turned(runs: Path) -> None:
    found = report(runs, "usual", "worse")
    (group,) = found["turned"]
    assert (group["kind"], group["inputs"], group["what"]) == ("worse", ["registry"], "openai-api: hipaa_baa")
    assert (group["results"], group["subjects"], group["newly_blocking"]) == (6, 6, 6)
    assert [one["policy"] for one in group["policies"]] == ["baa"]
    assert group["examples"][0]["repository"] == "acme/clinic"
    text = compared(runs, "usual", "worse").stdout
    assert "worse: 6 results of 6 subjects, of which 6 block\n  = the registry changed (openai-api: hipaa_baa)" in text
    assert text.endswith("6 worse; 2 as they were; 0 subjects came, 0 went\n")


def test_the_way_back_is_fixed(runs: Path) -> None:
    (group,) = report(runs, "worse", "usual")["turned"]
    assert (group["kind"], group["results"], group["blocking"]) == ("fixed", 6, 0)


def test_the_same_run_twice_has_nothing(runs: Path) -> None:
    ended = compared(runs, "usual", "usual", "--fail-when", "any")
    assert ended.code == 0
    assert "note: both are of the same bytes" in ended.stdout
    assert ended.stdout.endswith("nothing turned; 8 as they were; 0 subjects came, 0 went\n")


def test_what_could_not_be_judged_is_no_improvement_and_ends_with_2(runs: Path) -> None:
    ended = compared(runs, "worse", "broken")
    assert ended.code == 2
    found = report(runs, "worse", "broken")
    assert {one["kind"]: (one["results"], one["what"]) for one in found["turned"] if not one["inputs"]} == {
        "gone": (2, "its manifest is not there any more"),
        "lost": (2, "its manifest or repository could not be judged any more"),
    }
    assert "not judged any more: 2 results of 2 subjects, of which 2 blocked" in ended.stdout
    assert "1 repository cannot be judged now: acme/gone" in ended.stdout
    assert "1 manifest cannot be judged now: acme/clinic/vendorgate.yaml" in ended.stdout


@pytest.mark.parametrize(
    ("before", "after", "fails"),
    [
        ("usual", "worse", ("new", "worse", "any")),
        ("worse", "usual", ("any",)),
        ("usual", "edited", ("any",)),
        ("usual", "usual", ()),
    ],
)
def test_fail_when_says_what_exits_with_1(before: str, after: str, fails: tuple[str, ...], runs: Path) -> None:
    for word in ("new", "worse", "any", "never"):
        assert compared(runs, before, after, "--fail-when", word).code == int(word in fails), word


def test_days_in_the_wrong_order_are_noted(runs: Path, tmp_path: Path) -> None:
    by = {name: str(runs / "by" / "usual" / name) for name in ("policies", "registry")}
    later = small_run(tmp_path, REPOSITORIES, {}, as_of="2026-12-24", **by)
    ended = vendorgate("fleet", "diff", str(later), str(runs / "usual/run"), folder=tmp_path)
    assert "note: the first run is of a later day (2026-12-24) than the second (2026-11-24)" in ended.stdout
    assert ended.code == 0


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_text_of_inputs_does_nothing(format: str, tmp_path: Path) -> None:
    usage = {**NEWSLETTER["usages"][0], "offering": "unlisted", "vendor": HOSTILE}
    by = judging(tmp_path / "by")
    usual = {"acme/y": {"vendorgate.yaml": NEWSLETTER}}
    hostile = {**usual, "acme/x": {"vendorgate.yaml": {**CLINIC, "usages": [usage]}}}
    for name, repositories in (("a", usual), ("b", hostile)):
        (tmp_path / name).mkdir()
        small_run(tmp_path / name, repositories, {}, **by)
    told = vendorgate("fleet", "diff", "a/run", "b/run", "--format", format, folder=tmp_path).stdout
    assert "unlisted" in told
    if format == "markdown":
        assert "<b>" not in told
        assert "@team" not in told
    if format == "json":
        assert told.isascii()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda run: shutil.rmtree(run), ""),
        (lambda run: (run / "run.json").unlink(), "no run"),
        (lambda run: (run / "run.sqlite").write_bytes((run / "run.sqlite").read_bytes()[:5000]), "other bytes than"),
        (
            lambda run: (run / "run.json").write_text(
                (run / "run.json").read_text("utf-8").replace("vendorgate.fleet-run/1", "vendorgate.fleet-run/9")
            ),
            "run.json",
        ),
    ],
    ids=["gone", "not ended", "cut in half", "another format"],
)
def test_a_run_that_is_not_whole_is_refused_on_either_side(
    damage: Any, expected: str, runs: Path, tmp_path: Path
) -> None:
    shutil.copytree(runs / "usual/run", tmp_path / "run")
    damage(tmp_path / "run")
    for sides in ((tmp_path / "run", runs / "usual/run"), (runs / "usual/run", tmp_path / "run")):
        ended = vendorgate("fleet", "diff", *map(str, sides), folder=tmp_path)
        assert (ended.code, ended.stdout) == (2, "")
        assert expected in ended.stderr


def test_the_same_runs_give_the_same_bytes(runs: Path) -> None:
    for format in ("text", "json", "markdown"):
        arguments = ("usual", "worse", "--format", format)
        assert compared(runs, *arguments).stdout == compared(runs, *arguments).stdout


@pytest.mark.parametrize("name", ["acme/clinic", "clinic", "a/b/c clinic"])
def test_what_cannot_be_reached_any_more_is_no_improvement_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    rest = {"acme/other": {"vendorgate.yaml": CLINIC}}
    small_run(tmp_path, {name: {"vendorgate.yaml": CLINIC}, **rest}, errors={}, out="before")
    shutil.rmtree(tmp_path / "store")
    small_run(tmp_path, rest, errors={name: ("it is gone", "look")}, out="after")
    ended = vendorgate("fleet", "diff", "before", "after", "--format", "json", folder=tmp_path)
    found = json.loads(ended.stdout)["turned"]
    assert ended.code == 2
    assert {one["kind"] for one in found} == {"lost"}
